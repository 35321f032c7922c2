"""How a feed stands after a poll: what to remember, and when to ask again."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.feeds import (
    Failed,
    FeedContent,
    FeedState,
    Fetched,
    FetchResult,
    Gone,
    NotModified,
    StoredFeed,
    Validators,
)
from bot.sources.interval import Chance, after_answer, wait, wait_after_failure
from bot.sources.rsshub import is_route


def after_poll(
    known: StoredFeed,
    result: FetchResult,
    now: datetime,
    chance: Chance,
    *,
    content: FeedContent | None = None,
    changed: bool = False,
) -> StoredFeed:
    """The feed as it is to be kept.

    Args:
        known: as it was kept when it was polled.
        result: what the request came to; a body that is no feed is a `Failed` too.
        now: UTC.
        chance: spreads feeds that were polled together.
        content: of a `Fetched` body.
        changed: whether it brought anything new, or anything edited.
    """
    state = replace(known.state, polled_at=now)
    match result:
        case Gone():
            gone = replace(state, next_at=None, gone=True, error="HTTP 410: gone for good")
            return replace(known, state=gone)
        case Failed():
            return replace(known, state=_failed(state, result, now, chance))
        case NotModified() | Fetched():
            stays = is_route(known.feed.url)  # an instance that moved is the operator's setting
            url = known.feed.url if stays else result.moved_to or known.feed.url
            stands = _answered(state, result, now, chance, content=content, changed=changed)
            return replace(known, feed=replace(known.feed, url=url), state=stands)


def _failed(state: FeedState, failed: Failed, now: datetime, chance: Chance) -> FeedState:
    failures = state.failures + 1
    seconds = wait_after_failure(state.interval, failures, chance, retry_after=failed.retry_after)
    return replace(
        state,
        failures=failures,
        error=failed.reason,
        failing_since=state.failing_since or now,
        next_at=now + timedelta(seconds=seconds),
    )


def _answered(
    state: FeedState,
    result: NotModified | Fetched,
    now: datetime,
    chance: Chance,
    *,
    content: FeedContent | None,
    changed: bool,
) -> FeedState:
    interval = after_answer(state.interval, changed=changed)
    ttl = content.ttl if content else state.ttl  # a 304 speaks of the document we have
    seconds = wait(interval, chance, ttl=ttl, max_age=result.max_age)
    return replace(
        state,
        title=(content.title if content else "") or state.title,
        site=(content.site if content else "") or state.site,
        validators=_validators(state.validators, result),
        interval=interval,
        next_at=now + timedelta(seconds=seconds),
        changed_at=now if changed else state.changed_at,
        failures=0,
        error="",
        failing_since=None,
        told_operator=False,
        ttl=ttl,
    )


def _validators(known: Validators, result: NotModified | Fetched) -> Validators:
    """Those of the document we have: a 304 may leave them out, a new document has its own."""
    if isinstance(result, Fetched):
        return result.validators
    said = result.validators
    return Validators(said.etag or known.etag, said.last_modified or known.last_modified)
