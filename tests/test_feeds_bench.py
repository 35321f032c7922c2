"""The measurements of feeds run, on a handful of feeds; how quick they are is not asked here."""

import sys
from functools import partial

import pytest

from benchmarks.delivery.common import Result
from benchmarks.feeds import faults, latency, newsroom, rounds, ssrf
from benchmarks.feeds.documents import document
from benchmarks.feeds.faulty import FAULTS
from benchmarks.feeds.newsroom import ENTRIES
from bot import app
from bot.model import BlockKind
from bot.model.feeds import Feed
from bot.sources.feeds import read_feed
from tests.writing import NOW

TIMED = ("seconds", "CPU", "MiB", "ms", "p95", "silence")

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and all of 127.0.0.0/8")


def missed(result: Result) -> list[str]:
    """What was not as wanted, but for timings."""
    return [
        name for name, _, _, good in result.rows if not good and not any(t in name for t in TIMED)
    ]


@pytest.mark.parametrize("feed", range(4))
def test_a_made_up_feed_is_read_whole(feed: int) -> None:
    body, kind = document(feed, 8, NOW)
    content = read_feed(body, kind, "http://127.1.0.1/", Feed("k", "u"))
    told = newsroom.entries(feed, 8, NOW)
    assert [a.title for a in content.articles] == [entry.title for entry in told]
    for entry, article in zip(told, content.articles, strict=True):
        assert article.published_at
        assert abs(article.published_at - entry.at).total_seconds() < 1
    sizes = [
        sum(len(b.text) for b in a.blocks if b.kind is BlockKind.TEXT) for a in content.articles
    ]
    assert min(sizes) > 800
    assert max(sizes) < 2400


@linux
async def test_rounds() -> None:
    result = await rounds.measure(6)
    assert missed(result) == []
    assert result.figures["entries read"] == 6 * ENTRIES
    assert result.figures["CPU against these together"] > 0


@linux
async def test_latency() -> None:
    assert missed(await latency.measure(6, asked=2)) == []


@linux
async def test_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "FetchLimits", partial(app.FetchLimits, seconds=10))
    result = await faults.measure(2 * len(FAULTS))
    assert missed(result) == []
    assert len(result.rows) > len(FAULTS)


@linux
async def test_hostile_addresses() -> None:
    assert missed(await ssrf.measure()) == []
