"""Subscribing by buttons, step by step, and the list of what a chat subscribes to."""

from collections.abc import Sequence
from dataclasses import replace

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
from bot.render.actions import Action, Screen
from bot.render.keys import Row, button, fresh, message
from bot.render.keys import settings as settings_key
from bot.render.keys import setup as key
from bot.render.notes import filled
from bot.render.paused import paused
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, clip, join, text
from bot.render.setup import Setup, Step
from bot.render.times import moment
from bot.render.typography import spaced

CLOCKS = ("07:00", "08:00", "09:00", "12:00", "18:00", "20:00", "21:00", "22:00")
OUTLETS_PER_PAGE = 8
LISTED = 20
NAME_UNITS = 60


def to_list(reader: Reader, setup: Setup | None = None) -> Button:
    """The way to the list; a message of its own from anywhere else."""
    if setup is None:
        return fresh(key(reader.words.to_subscriptions, Setup(Step.LIST)))
    return key(reader.words.to_back, Setup(Step.LIST, target=setup.target))


def clock(minute: int) -> str:
    """A time of day: 08:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def rhythm_name(rhythm: Rhythm, reader: Reader) -> str:
    """When, in words: 即时, 每天 08:00, 每周一、三 09:00."""
    match rhythm.pace:
        case Pace.INSTANT:
            return reader.words.instant
        case Pace.HOURLY:
            return reader.words.hourly
    named = days_name(rhythm.days, reader)
    return reader.words.slot.format(days=named, clock=clock(rhythm.minute))


def days_name(days: tuple[int, ...], reader: Reader) -> str:
    """Which days, in words: 每天, 工作日, 每周一、三."""
    words = reader.words
    match days:
        case days if days == EVERY_DAY:
            return words.every_day
        case days if days == EVERY_DAY[:5]:
            return words.workdays
        case days if days == EVERY_DAY[5:]:
            return words.weekend
        case days:
            named = words.list_gap.join(words.weekdays[day] for day in days)
            return words.weekly.format(days=named)


def scope_name(scope: Scope, reader: Reader, story: str = "") -> str:
    """What about, in words; `story` is the title of a followed story."""
    match scope.kind:
        case ScopeKind.ALL:
            return reader.words.scope_all
        case ScopeKind.STORY:
            return reader.words.scope_story.format(title=story or scope.value)
        case ScopeKind.WORDS if scope.value.startswith("-"):
            return reader.words.scope_all_but.format(words=scope.value)
        case _:
            return scope.value


def quiet_name(quiet: Quiet | None, reader: Reader) -> str:
    """Quiet hours in words: 23:00–07:00, 无."""
    if quiet is None:
        return reader.words.quiet_none
    return reader.words.quiet_hours.format(since=clock(quiet.since), until=clock(quiet.until))


def zone_name(zone: str, reader: Reader) -> str:
    """A time zone in words: 北京时间; a city that we have no word for as its standard name has it.

    Args:
        zone: the standard name.
        reader: for whom.
    """
    city = reader.words.cities.get(zone) or zone.rpartition("/")[2].replace("_", " ")
    return spaced(reader.words.zone_of.format(city=city))


def summed(subscription: Subscription, reader: Reader, story: str = "") -> str:
    """A subscription in a line: 微信 · 每天 08:00 · 摘要 · 静音."""
    parts = [
        clip(scope_name(subscription.scope, reader, story), NAME_UNITS),
        rhythm_name(subscription.rhythm, reader),
        reader.words.sizes[subscription.size],
        *([reader.words.silent] if subscription.silent else []),
        *(
            [reader.words.in_topic.format(topic=subscription.place.topic)]
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
    reader: Reader,
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
    title = bold(reader.words.subscriptions)
    if setup.target:
        title = bold(reader.words.subscriptions_of.format(title=clip(settings.title, NAME_UNITS)))
    lines = [
        text(f"{n}. {summed(s, reader, story_title(s, titles))}") for n, s in enumerate(shown, 1)
    ]
    hours = reader.words.subscriptions_hours.format(
        zone=zone_name(settings.zone, reader), quiet=quiet_name(settings.quiet, reader)
    )
    blocks = [
        above or Rich(),
        title,
        join(lines or [text(reader.words.subscriptions_none)]),
        text(hours),
    ]
    if settings.paused:
        blocks.append(text(paused(settings.paused, reader)))
    items = [key(str(n), replace(setup, step=Step.ITEM, ref=s.id)) for n, s in enumerate(shown, 1)]
    rows: list[Row] = [tuple(items[n : n + 5]) for n in range(0, len(items), 5)]
    more: tuple[Button, ...] = (
        key(reader.words.to_add if shown else reader.words.to_subscribe, setup.to(Step.SCOPE)),
    )
    if shown:
        more += (
            key(reader.words.to_preview, setup.to(Step.PREVIEW)),
            key(reader.words.to_now, setup.to(Step.NOW)),
        )
    return message(reader, blocks, *rows, more, (settings_key(reader, setup.target),))


def story_title(subscription: Subscription, titles: dict[int, str]) -> str:
    """The title of the story that a subscription follows, if it follows one."""
    if subscription.scope.kind is not ScopeKind.STORY:
        return ""
    return titles.get(int(subscription.scope.value), "")


def item(
    subscription: Subscription,
    title: str,
    setup: Setup,
    reader: Reader,
) -> Message:
    """One subscription, and what may be done with it."""
    blocks = [text(summed(subscription, reader, title)), _next(subscription, reader)]
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
        reader,
        blocks,
        (
            key(reader.words.to_change, again.to(Step.CHANGE)),
            key(reader.words.to_unsubscribe, setup.to(Step.DROP)),
        ),
        (to_list(reader, setup),),
    )


def _next(subscription: Subscription, reader: Reader) -> Rich:
    if subscription.due_at is None or subscription.rhythm.pace is Pace.INSTANT:
        return text(reader.words.subscribed_instant)
    at = moment(subscription.due_at, reader)
    return filled(reader.words.subscribed_next, time=at, zone=zone_name(reader.zone.key, reader))


def saved(
    subscription: Subscription,
    title: str,
    chat_title: str,
    setup: Setup,
    reader: Reader,
) -> Message:
    """A subscription was made."""
    said = filled(
        reader.words.subscribed,
        scope=scope_name(subscription.scope, reader, title),
        rhythm=rhythm_name(subscription.rhythm, reader),
        size=reader.words.sizes[subscription.size],
    )
    blocks = [said, _next(subscription, reader)]
    if setup.target:
        blocks.append(filled(reader.words.subscribed_to, title=chat_title))
    at = replace(setup, ref=subscription.id)
    return message(
        reader,
        blocks,
        (
            key(reader.words.to_subscriptions, at.to(Step.LIST)),
            key(reader.words.to_unsubscribe, at.to(Step.DROP)),
            button(reader.words.to_latest, Action(Screen.LATEST)),
        ),
    )


def scopes(setup: Setup, reader: Reader) -> Message:
    """Step one: what about?"""
    return message(
        reader,
        [bold(reader.words.subscribe_what), text(reader.words.subscribe_hint)],
        (
            key(
                reader.words.to_all_messages,
                replace(setup, step=Step.RHYTHM, scope=ScopeKind.ALL, ref=0),
            ),
            key(reader.words.to_an_outlet, setup.to(Step.OUTLETS)),
            key(reader.words.to_a_word, setup.to(Step.WORD)),
        ),
        (to_list(reader, setup),),
    )


def word(setup: Setup, reader: Reader) -> Message:
    """How to subscribe to a word: buttons cannot ask for one."""
    return message(
        reader,
        [text(reader.words.subscribe_word)],
        (key(reader.words.to_back, setup.to(Step.SCOPE)),),
    )


def outlets(named: Sequence[tuple[str, int]], total: int, setup: Setup, reader: Reader) -> Message:
    """Which outlet? `named` are names and the numbers of their phrases, of this page."""
    chosen = replace(setup, step=Step.RHYTHM, scope=ScopeKind.OUTLET, page=0)
    keys = [key(name, replace(chosen, ref=phrase)) for name, phrase in named]
    rows: list[Row] = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    turning = []
    if setup.page:
        turning.append(key(reader.words.to_previous, replace(setup, page=setup.page - 1)))
    if (setup.page + 1) * OUTLETS_PER_PAGE < total:
        turning.append(key(reader.words.to_next, replace(setup, page=setup.page + 1)))
    back = (key(reader.words.to_back, setup.to(Step.SCOPE)),)
    return message(reader, [text(reader.words.subscribe_outlet)], *rows, tuple(turning), back)


def rhythms(scope: str, setup: Setup, reader: Reader) -> Message:
    """Step two: when?"""
    every = replace(setup, pace=Pace.SLOT)
    return message(
        reader,
        [filled(reader.words.subscribe_when, scope=scope)],
        (
            key(reader.words.to_instant, replace(setup, step=Step.SIZE, pace=Pace.INSTANT)),
            key(reader.words.to_hourly, replace(setup, step=Step.SIZE, pace=Pace.HOURLY)),
        ),
        (
            key(reader.words.to_daily, replace(every, step=Step.CLOCK, days=EVERY_DAY)),
            key(reader.words.to_workdays, replace(every, step=Step.CLOCK, days=EVERY_DAY[:5])),
            key(reader.words.to_weekly, replace(every, step=Step.DAYS, days=(0,))),
        ),
        (key(reader.words.to_back, setup.to(Step.SCOPE)),),
    )


def days(scope: str, setup: Setup, reader: Reader) -> Message:
    """On which days of the week? Each button turns one on or off; one stays on."""
    toggles = []
    for day in EVERY_DAY:
        chosen = day in setup.days
        changed = sorted({*setup.days} ^ {day}) or [day]
        named = reader.words.weekdays[day]
        label = reader.words.chosen.format(choice=named) if chosen else named
        toggles.append(key(label, replace(setup, days=tuple(changed))))
    return message(
        reader,
        [filled(reader.words.subscribe_days, scope=scope)],
        tuple(toggles[:4]),
        tuple(toggles[4:]),
        (
            key(reader.words.to_done, setup.to(Step.CLOCK)),
            key(reader.words.to_back, setup.to(Step.RHYTHM)),
        ),
    )


def clocks(scope: str, setup: Setup, reader: Reader) -> Message:
    """At what time?"""
    keys = []
    for at in CLOCKS:
        hour, minute = at.split(":")
        chosen = replace(setup, step=Step.SIZE, minute=int(hour) * 60 + int(minute))
        keys.append(key(at, chosen))
    rhythm = days_name(setup.days, reader)
    back = (key(reader.words.to_back, setup.to(Step.RHYTHM)),)
    asked = filled(reader.words.subscribe_clock, scope=scope, rhythm=rhythm)
    return message(reader, [asked], tuple(keys[:4]), tuple(keys[4:]), back)


def sizes(scope: str, setup: Setup, reader: Reader) -> Message:
    """Step three: how much?"""
    asked = filled(
        reader.words.subscribe_size, scope=scope, rhythm=rhythm_name(setup.rhythm, reader)
    )
    keys = []
    for size in Size:
        named = reader.words.sizes[size]
        label = reader.words.chosen.format(choice=named) if size is setup.size else named
        keys.append(key(label, replace(setup, step=Step.SAVE, size=size)))
    louder = reader.words.to_loud if setup.silent else reader.words.to_silent
    toggled = key(louder, replace(setup, silent=not setup.silent))
    return message(
        reader, [asked], tuple(keys), (toggled, key(reader.words.to_back, setup.to(Step.RHYTHM)))
    )


def forget(reader: Reader) -> Message:
    """Are you sure?"""
    return message(
        reader,
        [text(reader.words.forget_sure)],
        (
            key(reader.words.to_forget, Setup(Step.FORGOTTEN)),
            key(reader.words.to_keep, Setup(Step.LIST)),
        ),
    )
