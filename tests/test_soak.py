"""The soak: lines through samples with known answers, feeds that move on."""

import random
import sys
from pathlib import Path

import pytest

from benchmarks.feeds.documents import document
from benchmarks.feeds.serve import Server
from benchmarks.soak.__main__ import reported
from benchmarks.soak.samples import BLOCKS, Sample, bounded_caches, taken, trend
from bot.digest import script, words
from bot.model.feeds import Feed
from bot.sources.feeds import read_feed
from tests.writing import NOW

HOURS = [n / 30 for n in range(60)]


def held(memory: list[float], files: int = 20) -> list[Sample]:
    """Samples of two hours that differ in memory."""
    pairs = zip(HOURS, memory, strict=True)
    return [Sample(hour, value, 0.0, value, files, 10, 5, 1.0) for hour, value in pairs]


def test_a_line_is_found() -> None:
    found = trend(HOURS, [200 + 3 * hour for hour in HOURS])
    assert found.slope == pytest.approx(3)
    assert found.least == pytest.approx(3)
    assert found.noise == pytest.approx(0, abs=1e-9)


def test_noise_is_no_line() -> None:
    chance = random.Random(3)
    found = trend(HOURS, [200 + chance.gauss(0, 5) for _ in HOURS])
    assert found.least < 0 < found.most
    assert found.noise == pytest.approx(5, rel=0.3)


def test_a_line_is_found_in_noise() -> None:
    chance = random.Random(3)
    found = trend(HOURS, [200 + 8 * hour + chance.gauss(0, 2) for hour in HOURS])
    assert 0 < found.least < 8 < found.most


def test_too_few_samples() -> None:
    with pytest.raises(ValueError, match="too few"):
        trend(HOURS[: BLOCKS - 1], HOURS[: BLOCKS - 1])


def missed(samples: list[Sample]) -> list[str]:
    """What grows, by the report."""
    return [name for name, _, _, good in reported(samples, 2, 40, 100, 1.0).rows if not good]


def test_a_leak_is_told_from_noise() -> None:
    chance = random.Random(5)
    noise = [chance.gauss(0, 2) for _ in HOURS]
    assert missed(held([200 + n for n in noise])) == []
    leaking = held([200 + 20 * h + n for h, n in zip(HOURS, noise, strict=True)])
    assert "memory without caches, MiB" in missed(leaking)
    quiet = held([200.0] * len(HOURS))
    assert any("files" in name for name in missed([*quiet[:40], *held([200.0] * 60, 21)[40:]]))


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
async def test_a_sample_of_ourselves(tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    before = taken(0.5, database)
    with database.with_name("x.db-wal").open("wb") as file:
        file.write(bytes(2**20))
        file.flush()
        during = taken(0.6, database)
    assert before.memory > 20
    assert during.files == before.files + 1
    assert (before.wal, during.wal) == (0, 1)


def test_bounded_caches_are_emptied_and_no_others() -> None:
    found = bounded_caches()
    assert words.rarity in found
    assert script._words not in found


def test_a_moving_feed_has_one_more_each_time() -> None:
    def titles(first: int) -> list[str]:
        body, kind = document(1, 8, NOW, first)
        content = read_feed(body, kind, "http://127.1.0.1/", Feed("k", "u"))
        return sorted(a.key for a in content.articles)

    one, other = titles(0), titles(1)
    assert len(set(one) & set(other)) == len(one) - 1
    server = Server(2, NOW, moving=True)
    before = server._feeds[1].etag
    server._move(1)
    assert server._feeds[1].etag != before
