"""When to ask a feed again: from how often it brings something, and what its server asks for."""

from collections.abc import Callable

SHORTEST = 10 * 60.0  # seconds
LONGEST = 24 * 3600.0
FIRST = 30 * 60.0  # of a feed that nothing is known about
_QUICKER, _SLOWER = 0.5, 1.5
_JITTER = 0.1  # part of the wait by which it varies, so that feeds do not all come at once

Chance = Callable[[], float]  # 0 up to, not including, 1


def after_answer(interval: float, *, changed: bool) -> float:
    """The interval after a feed answered: shorter when it brought something, longer when not.

    Multiplying both ways settles near the time between two changes, the way that miniflux and
    others reach only with a week of history.

    Args:
        interval: the present one in seconds; 0 when nothing is known yet.
        changed: whether there was anything new.
    """
    if not interval:
        return FIRST
    return _within(interval * (_QUICKER if changed else _SLOWER))


def wait(interval: float, chance: Chance, *, ttl: float = 0.0, max_age: float = 0.0) -> float:
    """How long to wait after a feed answered, in seconds.

    Args:
        interval: as `after_answer` gave it.
        chance: spreads feeds that were read together.
        ttl: how long the feed itself asks to be left alone.
        max_age: how long its server calls the answer fresh.
    """
    return _spread(_within(max(interval, ttl, max_age)), chance)


def wait_after_failure(
    interval: float, failures: int, chance: Chance, *, retry_after: float = 0.0
) -> float:
    """How long to wait after a feed failed, in seconds: twice as long each time, up to a day.

    Args:
        interval: the present one; 0 when nothing is known yet.
        failures: how often it failed in a row, this time included.
        chance: spreads feeds that failed together.
        retry_after: what the server asks for; it is kept to a day.
    """
    doubled = (interval or FIRST) * 2.0 ** min(max(failures - 1, 0), 16)
    return _spread(_within(max(doubled, retry_after)), chance)


def _spread(seconds: float, chance: Chance) -> float:
    """A little later, never earlier: what a server asked for is a least."""
    return seconds * (1 + _JITTER * chance())


def _within(seconds: float) -> float:
    return min(max(seconds, SHORTEST), LONGEST)
