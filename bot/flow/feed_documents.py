"""Feeds as documents for the command line's `--json`."""

from datetime import datetime
from typing import Any

from bot.flow.looking import Look
from bot.flow.poll import Round
from bot.model.feeds import FeedState, Fetched, StoredFeed
from bot.render.times import utc
from bot.sources.interval import FIRST, wait

Document = dict[str, Any]


def feed(stored: StoredFeed) -> Document:
    """A feed, and how it stands: new, well, failing or gone."""
    wanted, state = stored.feed, stored.state
    return {
        "id": stored.id,
        "url": wanted.url,
        "added_as": wanted.key,
        "title": state.title,
        "site": state.site,
        "outlet": wanted.outlet,
        "zone": wanted.zone,
        "full_text": wanted.full_text,
        "stands": _stands(state),
        "error": state.error,
        "failures": state.failures,
        "failing_since": utc(state.failing_since),
        "polled_at": utc(state.polled_at),
        "changed_at": utc(state.changed_at),
        "next_at": utc(state.next_at),
    }


def _stands(state: FeedState) -> str:
    if state.gone:
        return "gone"
    if state.error:
        return "failing"
    return "well" if state.polled_at else "new"


def look(seen: Look, now: datetime) -> Document:
    """What asking a feed gave."""
    if seen.content is None or not isinstance(seen.result, Fetched):
        return {"url": seen.feed.url, "ok": False, "error": seen.reason}
    articles = seen.content.articles
    next_in = wait(FIRST, lambda: 0.0, ttl=seen.content.ttl, max_age=seen.result.max_age)
    dates = sorted(a.published_at for a in articles if a.published_at)
    return {
        "url": seen.feed.url,
        "ok": True,
        "error": "",
        "moved_to": seen.result.moved_to,
        "title": seen.content.title,
        "site": seen.content.site,
        "content_type": seen.result.content_type,
        "bytes": len(seen.result.body),
        "entries": len(articles),
        "oldest": utc(dates[0] if dates else None),
        "newest": utc(dates[-1] if dates else None),
        "undated": len(articles) - len(dates),
        "future": sum(at > now for at in dates),
        "empty": sum("empty-body" in a.flags for a in articles),
        "damaged": seen.damaged,
        "rejected": len(seen.content.rejected),
        "conditional": bool(seen.result.validators.etag or seen.result.validators.last_modified),
        "robots": seen.leave.given if seen.leave and seen.leave.known else None,
        "no_full_text": seen.leave.reason if seen.leave else "",
        "next_minutes": round(next_in / 60),
    }


def polled(done: Round) -> Document:
    """What came of a round."""
    return {
        "asked": done.asked,
        "failed": done.failed,
        "new": done.outcomes["new"],
        "updated": done.outcomes["updated"],
        "unchanged": done.outcomes["unchanged"],
        "rejected": [{"feed": r.path, "reason": r.reason} for r in done.rejected],
    }
