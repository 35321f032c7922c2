"""The soak: lines through samples with known answers, feeds that move on."""

import platform
import random
import sys
import threading
from pathlib import Path

import pytest

from benchmarks.feeds.documents import document
from benchmarks.feeds.serve import Server
from benchmarks.soak.__main__ import reported
from benchmarks.soak.allocators import used
from benchmarks.soak.samples import BLOCKS, Sample, bounded_caches, taken, trend
from bot.digest import script, words
from bot.model.feeds import Feed
from bot.sources.feeds import read_feed
from tests.writing import NOW

HOURS = [n / 30 for n in range(60)]


def held(memory: list[float], files: int = 20) -> list[Sample]:
    """Samples of two hours that differ in memory."""
    pairs = zip(HOURS, memory, strict=True)
    return [Sample(hour, value, value, 0.0, value, files, 10, 5, 1.0) for hour, value in pairs]


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


def test_what_is_just_being_done_is_no_line() -> None:
    """It does something in three samples of four, and ever more."""
    values = [200 + (n % 4 > 0) * 5 * hour for n, hour in enumerate(HOURS)]
    found = trend(HOURS, values)
    assert found.slope == pytest.approx(0, abs=1e-9)
    assert found.noise > 1


def test_a_line_is_found_in_noise() -> None:
    chance = random.Random(3)
    found = trend(HOURS, [200 + 8 * hour + chance.gauss(0, 2) for hour in HOURS])
    assert 0 < found.least < 8 < found.most


def test_too_few_samples() -> None:
    with pytest.raises(ValueError, match="too few"):
        trend(HOURS[: BLOCKS - 1], HOURS[: BLOCKS - 1])


def missed(samples: list[Sample]) -> list[str]:
    """What grows, by the report."""
    return [name for name, _, _, good in reported(samples, 2, 40, 1000, 1.0).rows if not good]


def busy(leak: float, noise: float) -> list[Sample]:
    """Samples of a worker that does something now and then, and loses MiB each hour."""
    chance = random.Random(5)
    return held([200 + leak * hour + chance.expovariate(1 / noise) for hour in HOURS])


def test_a_leak_is_told_from_noise() -> None:
    assert missed(busy(0, 0.5)) == []
    assert "memory in use, MiB" in missed(busy(1, 0.5))
    quiet = held([200.0] * len(HOURS))
    assert any("files" in name for name in missed([*quiet[:36], *held([200.0] * 60, 21)[36:]]))


def test_a_run_too_noisy_to_show_a_leak_shows_nothing() -> None:
    assert "memory in use, MiB" in missed(busy(0, 20))


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
async def test_a_sample_of_ourselves(tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    before = taken(0.5, database)
    with database.with_name("x.db-wal").open("wb") as file:
        file.write(bytes(2**20))
        file.flush()
        during = taken(0.6, database)
    assert before.used > 10
    assert before.memory > 20
    assert during.files == before.files + 1
    assert (before.wal, during.wal) == (0, 1)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs mallinfo2")
def test_what_is_used_is_counted_wherever_it_lies() -> None:
    """Small things, large ones, and those of another thread; not what was given back."""
    kept: list[bytes] = []

    def grown(size: int, count: int) -> float:
        before = used()
        thread = threading.Thread(target=lambda: kept.extend(bytes(size) for _ in range(count)))
        thread.start()
        thread.join()
        return used() - before

    before = used()
    assert grown(200, 20_000) == pytest.approx(4.7, abs=1)
    assert grown(2000, 2000) == pytest.approx(3.9, abs=1)
    assert grown(10**7, 1) == pytest.approx(9.5, abs=1)
    kept.clear()
    assert used() == pytest.approx(before, abs=1)


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
