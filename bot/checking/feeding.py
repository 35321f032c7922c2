"""How the feeds stood when they were asked last."""

from bot.app import opened
from bot.checking.finding import Finding, ok, warn
from bot.config import Config
from bot.errors import MailuoError
from bot.store.standing import missing

SHOWN = 5


async def feeds(config: Config) -> list[Finding]:
    """Feeds that fail; nothing where there is no database of this version."""
    try:
        if await missing(config.store.where) != []:
            return []
        async with opened(config) as house:
            listed = await house.store.feeds.listed()
    except MailuoError:
        return []  # told of the database
    failing = [f for f in listed if f.state.gone or f.state.failing_since is not None]
    found = [
        warn("feeds", f"feed {f.id} ({f.feed.url}) fails: {f.state.error}. mailuo feeds check, or "
             f"mailuo feeds remove")
        for f in failing[:SHOWN]
    ]  # fmt: skip
    if len(failing) > SHOWN:
        found.append(warn("feeds", f"and {len(failing) - SHOWN} more feeds fail: mailuo feeds"))
    if listed and not failing:
        found.append(ok("feeds", f"{len(listed)} feeds answered when they were asked last"))
    return found
