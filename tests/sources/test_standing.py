"""After a poll a feed stands well or ill, and is asked again in time."""

from dataclasses import replace
from datetime import timedelta

from bot.model.feeds import (
    Failed,
    Feed,
    FeedContent,
    FeedState,
    Fetched,
    Gone,
    NotModified,
    StoredFeed,
    Validators,
)
from bot.sources.standing import after_poll
from tests.writing import NOW

HOUR = timedelta(hours=1)
FEED = Feed("http://a.cn/feed", "http://a.cn/feed")
FRESH = StoredFeed(1, FEED, FeedState(next_at=NOW - HOUR))
KNOWN = replace(
    FRESH, state=FeedState("晨报", "http://a.cn/", Validators('"1"', "then"), 1200.0, NOW)
)
BODY = Fetched(b"x", "text/xml", "http://a.cn/feed", "", Validators('"2"'))
CONTENT = FeedContent("晚报", "http://a.cn/", 0.0, ())


def never() -> float:
    return 0.0


def test_a_first_answer_is_remembered() -> None:
    state = after_poll(FRESH, BODY, NOW, never, content=CONTENT, changed=True).state
    assert (state.title, state.site, state.validators.etag) == ("晚报", "http://a.cn/", '"2"')
    assert state.next_at == NOW + HOUR / 2
    assert state.changed_at == state.polled_at == NOW


def test_news_shorten_the_wait_and_silence_lengthens_it() -> None:
    news = after_poll(KNOWN, BODY, NOW, never, content=CONTENT, changed=True).state
    silence = after_poll(KNOWN, NotModified(), NOW, never).state
    assert (news.interval, silence.interval) == (600.0, 1800.0)
    assert silence.changed_at is None
    assert silence.title == "晨报"


def test_what_feed_and_server_ask_for_is_kept_to() -> None:
    slow = replace(CONTENT, ttl=7200.0)
    assert after_poll(KNOWN, BODY, NOW, never, content=slow).state.next_at == NOW + 2 * HOUR
    fresh = NotModified(max_age=10_800.0)
    assert after_poll(KNOWN, fresh, NOW, never).state.next_at == NOW + 3 * HOUR


def test_what_a_feed_asks_for_holds_until_a_document_of_it_says_otherwise() -> None:
    day = timedelta(days=1)
    asked = after_poll(KNOWN, BODY, NOW, never, content=replace(CONTENT, ttl=86_400.0))
    for before in (asked, after_poll(asked, Failed("HTTP 500"), NOW, never)):
        assert after_poll(before, NotModified(), NOW, never).state.next_at == NOW + day
    no_more = after_poll(asked, BODY, NOW, never, content=CONTENT)
    assert after_poll(no_more, NotModified(), NOW, never).state.ttl == 0
    assert no_more.state.next_at != NOW + day


def test_a_304_keeps_the_validators_it_does_not_name() -> None:
    assert after_poll(KNOWN, NotModified(), NOW, never).state.validators == Validators(
        '"1"', "then"
    )
    named = NotModified(validators=Validators('"3"'))
    assert after_poll(KNOWN, named, NOW, never).state.validators == Validators('"3"', "then")
    assert after_poll(KNOWN, BODY, NOW, never).state.validators == Validators('"2"')


def test_a_feed_moves_when_it_answered_from_its_new_place() -> None:
    moved = replace(BODY, moved_to="https://a.cn/new")
    feed = after_poll(KNOWN, moved, NOW, never, content=CONTENT).feed
    assert (feed.url, feed.key) == ("https://a.cn/new", "http://a.cn/feed")


def test_a_route_stays_a_route_wherever_its_instance_leads() -> None:
    route = replace(KNOWN, feed=Feed("rsshub://a/b", "rsshub://a/b"))
    moved = replace(BODY, moved_to="https://other.cn/a/b")
    assert after_poll(route, moved, NOW, never).feed == route.feed


def test_failures_add_up_and_keep_what_was_known() -> None:
    once = after_poll(KNOWN, Failed("HTTP 500"), NOW, never)
    twice = after_poll(once, Failed("HTTP 502", 7200.0), NOW + HOUR, never)
    assert once.state.next_at == NOW + HOUR / 3
    assert (twice.state.failures, twice.state.error) == (2, "HTTP 502")
    assert (twice.state.failing_since, twice.state.next_at) == (NOW, NOW + 3 * HOUR)
    assert (twice.state.validators, twice.state.interval) == (KNOWN.state.validators, 1200.0)


def test_an_answer_ends_a_failure() -> None:
    ill = replace(KNOWN.state, failures=9, error="x", failing_since=NOW - HOUR, told_operator=True)
    state = after_poll(replace(KNOWN, state=ill), NotModified(), NOW, never).state
    assert (state.failures, state.error, state.failing_since) == (0, "", None)
    assert not state.told_operator


def test_what_is_gone_is_never_asked_again() -> None:
    state = after_poll(KNOWN, Gone(), NOW, never).state
    assert state.gone
    assert state.next_at is None
    assert "410" in state.error
