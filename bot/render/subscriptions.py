"""Subscribing by buttons, step by step, and the list of what a chat subscribes to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import Button, Message
from bot.model.delivery import (
    EVERY_DAY,
    GENERAL,
    ChatSettings,
    Pace,
    Quiet,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
    Subscription,
)
from bot.render import words
from bot.render.actions import Action, Screen
from bot.render.keys import Row, button, fresh, message
from bot.render.keys import setup as key
from bot.render.notes import filled
from bot.render.rich import Rich, bold, clip, join, text
from bot.render.setup import Setup, Step
from bot.render.times import moment

CLOCKS = ("07:00", "08:00", "09:00", "12:00", "18:00", "20:00", "21:00", "22:00")
OUTLETS_PER_PAGE = 8
LISTED = 20
NAME_UNITS = 60


def to_list(setup: Setup | None = None) -> Button:
    """The way to the list; a message of its own from anywhere else."""
    if setup is None:
        return fresh(key(words.TO_SUBSCRIPTIONS, Setup(Step.LIST)))
    return key(words.TO_BACK, Setup(Step.LIST, target=setup.target))


def clock(minute: int) -> str:
    """A time of day: 08:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def rhythm_name(rhythm: Rhythm) -> str:
    """When, in words: 即时, 每天 08:00, 每周一、三 09:00."""
    at = clock(rhythm.minute)
    match rhythm.pace:
        case Pace.INSTANT:
            return words.INSTANT
        case Pace.HOURLY:
            return words.HOURLY
    match rhythm.days:
        case days if days == EVERY_DAY:
            return words.DAILY_AT.format(clock=at)
        case days if days == EVERY_DAY[:5]:
            return words.WORKDAYS_AT.format(clock=at)
        case days if days == EVERY_DAY[5:]:
            return words.WEEKEND_AT.format(clock=at)
        case days:
            named = "、".join(words.WEEKDAYS[day] for day in days)
            return words.WEEKLY_AT.format(days=named, clock=at)


def scope_name(scope: Scope, story: str = "") -> str:
    """What about, in words; `story` is the title of a followed story."""
    match scope.kind:
        case ScopeKind.ALL:
            return words.SCOPE_ALL
        case ScopeKind.STORY:
            return words.SCOPE_STORY.format(title=story or scope.value)
        case ScopeKind.WORDS if scope.value.startswith("-"):
            return f"{words.SCOPE_ALL} {scope.value}"
        case _:
            return scope.value


def quiet_name(quiet: Quiet | None) -> str:
    """Quiet hours in words: 23:00–07:00, 无."""
    if quiet is None:
        return words.QUIET_NONE
    return words.QUIET_HOURS.format(since=clock(quiet.since), until=clock(quiet.until))


def summed(subscription: Subscription, story: str = "") -> str:
    """A subscription in a line: 微信 · 每天 08:00 · 摘要 · 静音."""
    parts = [
        clip(scope_name(subscription.scope, story), NAME_UNITS),
        rhythm_name(subscription.rhythm),
        words.SIZES[subscription.size],
        *([words.SILENT] if subscription.silent else []),
        *(
            [words.IN_TOPIC.format(topic=subscription.place.topic)]
            if subscription.place.topic != GENERAL
            else []
        ),
    ]
    return " · ".join(parts)


def listing(
    settings: ChatSettings,
    subscriptions: Sequence[Subscription],
    titles: dict[int, str],
    setup: Setup,
    above: Rich | None = None,
) -> Message:
    """What a chat subscribes to, a button each.

    Args:
        settings: the chat's.
        subscriptions: in their order.
        titles: of followed stories, by number.
        setup: the step that is shown; names the chat when it is another than the reader's.
        above: a word before it.
    """
    shown = subscriptions[:LISTED]
    title = bold(words.SUBSCRIPTIONS)
    if setup.target:
        title = bold(words.SUBSCRIPTIONS_OF.format(title=clip(settings.title, NAME_UNITS)))
    lines = [text(f"{n}. {summed(s, story_title(s, titles))}") for n, s in enumerate(shown, 1)]
    hours = words.SUBSCRIPTIONS_HOURS.format(zone=settings.zone, quiet=quiet_name(settings.quiet))
    blocks = [above or Rich(), title, join(lines or [text(words.SUBSCRIPTIONS_NONE)]), text(hours)]
    if settings.paused:
        blocks.append(filled(words.SUBSCRIPTIONS_PAUSED, reason=settings.paused))
    items = [key(str(n), replace(setup, step=Step.ITEM, ref=s.id)) for n, s in enumerate(shown, 1)]
    rows: list[Row] = [tuple(items[n : n + 5]) for n in range(0, len(items), 5)]
    more: tuple[Button, ...] = (
        key(words.TO_ADD if shown else words.TO_SUBSCRIBE, setup.to(Step.SCOPE)),
    )
    if shown:
        more += (
            key(words.TO_PREVIEW, setup.to(Step.PREVIEW)),
            key(words.TO_NOW, setup.to(Step.NOW)),
        )
    return message(blocks, *rows, more)


def story_title(subscription: Subscription, titles: dict[int, str]) -> str:
    """The title of the story that a subscription follows, if it follows one."""
    if subscription.scope.kind is not ScopeKind.STORY:
        return ""
    return titles.get(int(subscription.scope.value), "")


def item(
    subscription: Subscription, title: str, setup: Setup, now: datetime, zone: ZoneInfo
) -> Message:
    """One subscription, and what may be done with it."""
    blocks = [text(summed(subscription, title)), _next(subscription, now, zone)]
    again = replace(
        setup,
        scope=subscription.scope.kind,
        pace=subscription.rhythm.pace,
        minute=subscription.rhythm.minute,
        days=subscription.rhythm.days,
        size=subscription.size,
        silent=subscription.silent,
    )
    return message(
        blocks,
        (
            key(words.TO_CHANGE, again.to(Step.CHANGE)),
            key(words.TO_UNSUBSCRIBE, setup.to(Step.DROP)),
        ),
        (to_list(setup),),
    )


def _next(subscription: Subscription, now: datetime, zone: ZoneInfo) -> Rich:
    if subscription.due_at is None or subscription.rhythm.pace is Pace.INSTANT:
        return text(words.SUBSCRIBED_INSTANT)
    at = moment(subscription.due_at, now, zone)
    return filled(words.SUBSCRIBED_NEXT, time=at, zone=zone.key)


def saved(
    subscription: Subscription,
    title: str,
    chat_title: str,
    setup: Setup,
    now: datetime,
    zone: ZoneInfo,
) -> Message:
    """A subscription was made."""
    said = filled(
        words.SUBSCRIBED,
        scope=scope_name(subscription.scope, title),
        rhythm=rhythm_name(subscription.rhythm),
        size=words.SIZES[subscription.size],
    )
    blocks = [said, _next(subscription, now, zone)]
    if setup.target:
        blocks.append(filled(words.SUBSCRIBED_TO, title=chat_title))
    at = replace(setup, ref=subscription.id)
    return message(
        blocks,
        (
            key(words.TO_SUBSCRIPTIONS, at.to(Step.LIST)),
            key(words.TO_UNSUBSCRIBE, at.to(Step.DROP)),
        ),
        (button(words.TO_LATEST, Action(Screen.LATEST)),),
    )


def scopes(setup: Setup) -> Message:
    """Step one: what about?"""
    return message(
        [bold(words.SUBSCRIBE_WHAT), text(words.SUBSCRIBE_HINT)],
        (
            key(
                words.TO_ALL_MESSAGES, replace(setup, step=Step.RHYTHM, scope=ScopeKind.ALL, ref=0)
            ),
            key(words.TO_AN_OUTLET, setup.to(Step.OUTLETS)),
            key(words.TO_A_WORD, setup.to(Step.WORD)),
        ),
        (to_list(setup),),
    )


def word(setup: Setup) -> Message:
    """How to subscribe to a word: buttons cannot ask for one."""
    return message([text(words.SUBSCRIBE_WORD)], (key(words.TO_BACK, setup.to(Step.SCOPE)),))


def outlets(named: Sequence[tuple[str, int]], total: int, setup: Setup) -> Message:
    """Which outlet? `named` are names and the numbers of their phrases, of this page."""
    chosen = replace(setup, step=Step.RHYTHM, scope=ScopeKind.OUTLET, page=0)
    keys = [key(name, replace(chosen, ref=phrase)) for name, phrase in named]
    rows: list[Row] = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    turning = []
    if setup.page:
        turning.append(key(words.TO_PREVIOUS, replace(setup, page=setup.page - 1)))
    if (setup.page + 1) * OUTLETS_PER_PAGE < total:
        turning.append(key(words.TO_NEXT, replace(setup, page=setup.page + 1)))
    back = (key(words.TO_BACK, setup.to(Step.SCOPE)),)
    return message([text(words.SUBSCRIBE_OUTLET)], *rows, tuple(turning), back)


def rhythms(scope: str, setup: Setup) -> Message:
    """Step two: when?"""
    every = replace(setup, pace=Pace.SLOT)
    return message(
        [filled(words.SUBSCRIBE_WHEN, scope=scope)],
        (
            key(words.TO_INSTANT, replace(setup, step=Step.SIZE, pace=Pace.INSTANT)),
            key(words.TO_HOURLY, replace(setup, step=Step.SIZE, pace=Pace.HOURLY)),
        ),
        (
            key(words.TO_DAILY, replace(every, step=Step.CLOCK, days=EVERY_DAY)),
            key(words.TO_WORKDAYS, replace(every, step=Step.CLOCK, days=EVERY_DAY[:5])),
            key(words.TO_WEEKLY, replace(every, step=Step.DAYS, days=(0,))),
        ),
        (key(words.TO_BACK, setup.to(Step.SCOPE)),),
    )


def days(scope: str, setup: Setup) -> Message:
    """On which days of the week? Each button turns one on or off; one stays on."""
    toggles = []
    for day in EVERY_DAY:
        chosen = day in setup.days
        changed = sorted({*setup.days} ^ {day}) or [day]
        label = f"✓{words.WEEKDAYS[day]}" if chosen else words.WEEKDAYS[day]
        toggles.append(key(label, replace(setup, days=tuple(changed))))
    return message(
        [filled(words.SUBSCRIBE_DAYS, scope=scope)],
        tuple(toggles[:4]),
        tuple(toggles[4:]),
        (key(words.TO_DONE, setup.to(Step.CLOCK)), key(words.TO_BACK, setup.to(Step.RHYTHM))),
    )


def clocks(scope: str, setup: Setup) -> Message:
    """At what time?"""
    keys = []
    for at in CLOCKS:
        hour, minute = at.split(":")
        chosen = replace(setup, step=Step.SIZE, minute=int(hour) * 60 + int(minute))
        keys.append(key(at, chosen))
    rhythm = rhythm_name(setup.rhythm).rsplit(" ", 1)[0]
    back = (key(words.TO_BACK, setup.to(Step.RHYTHM)),)
    asked = filled(words.SUBSCRIBE_CLOCK, scope=scope, rhythm=rhythm)
    return message([asked], tuple(keys[:4]), tuple(keys[4:]), back)


def sizes(scope: str, setup: Setup) -> Message:
    """Step three: how much?"""
    asked = filled(words.SUBSCRIBE_SIZE, scope=scope, rhythm=rhythm_name(setup.rhythm))
    keys = [key(words.SIZES[size], replace(setup, step=Step.SAVE, size=size)) for size in Size]
    louder = words.TO_LOUD if setup.silent else words.TO_SILENT
    toggled = key(louder, replace(setup, silent=not setup.silent))
    return message([asked], tuple(keys), (toggled, key(words.TO_BACK, setup.to(Step.RHYTHM))))


def forget() -> Message:
    """Are you sure?"""
    return message(
        [text(words.FORGET_SURE)],
        (
            key(words.TO_FORGET, Setup(Step.FORGOTTEN)),
            key(words.TO_KEEP, Setup(Step.LIST)),
        ),
    )
