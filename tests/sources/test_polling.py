"""Fetching, reading and standing together, against a server of this machine."""

from datetime import timedelta

from bot.model.feeds import Feed, FeedState, Fetched, NotModified, StoredFeed
from bot.sources.feeds import read_feed
from bot.sources.fetch import Fetcher
from bot.sources.standing import after_poll
from tests.conftest import still
from tests.sources.feed_cases import BODY, item, rss
from tests.sources.servers import Behaviour, Writer, answering, serving
from tests.writing import NOW


def never() -> float:
    return 0.0


def newest(document: bytes) -> Behaviour:
    """A server that knows when nothing is new."""

    async def behave(request: bytes, writer: Writer) -> None:
        known = b'If-None-Match: "1"\r\n' in request
        status, body = ("304 Not Modified", b"") if known else ("200 OK", document)
        await answering(status, body, etag='"1"', content_type="text/html")(request, writer)

    return behave


async def test_a_feed_is_read_once_and_then_only_asked_for_news() -> None:
    document = rss(item(BODY), "<title>晨报</title><ttl>60</ttl>").encode("gb18030")
    async with serving(newest(document)) as server:
        address = f"http://127.0.0.1:{server.port}/feed"
        known = StoredFeed(1, Feed(address, address), FeedState())
        async with Fetcher("t", still, [f"127.0.0.1:{server.port}"]) as fetcher:
            first = await fetcher.get(address)
            assert isinstance(first, Fetched)
            content = read_feed(first.body, first.content_type, first.url, known.feed)
            known = after_poll(known, first, NOW, never, content=content, changed=True)
            second = await fetcher.get(address, known.state.validators)
    assert content.articles[0].title == "大桥通车"
    assert isinstance(second, NotModified)
    assert known.state.title == "晨报"
    assert known.state.next_at == NOW + timedelta(hours=1)
    assert after_poll(known, second, NOW, never).state.validators == known.state.validators
