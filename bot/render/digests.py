"""The digest of a subscription: stories told for the first time, and what is new in others."""

from collections.abc import Sequence

from bot.model import Button, Cited, Message, Method
from bot.model.delivery import Entry, Size, Subscription
from bot.render import feedback, subscriptions
from bot.render.actions import Action, Screen
from bot.render.keys import Row, button, fresh, message
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, clip, join, pages
from bot.render.stories import (
    OUTLET_UNITS,
    SENTENCE_UNITS,
    TITLE_UNITS,
    about,
    deck,
    headline,
    quoted,
)

PER_PART = {Size.HEADLINES: 16, Size.BRIEF: 8, Size.FULL: 4}
ROW = 8  # buttons
_METHODS = {Size.HEADLINES: Method.HEADLINE, Size.BRIEF: Method.LINE, Size.FULL: Method.BRIEF}


def parts(
    entries: Sequence[Entry],
    subscription: Subscription,
    more: int,
    reader: Reader,
) -> list[Message]:
    """A digest as messages, in their order.

    Args:
        entries: what is told; not empty.
        subscription: what was asked for.
        more: how many stories there are that find no room.
        reader: for whom.
    """
    reader = reader.naming(a for entry in entries for a in entry.view.story.articles)
    numbered = list(enumerate(entries, 1))
    alone = len(entries) == 1
    blocks = [_entry("" if alone else f"{n}. ", e, subscription.size, reader) for n, e in numbered]
    cut = pages(blocks, most=PER_PART[subscription.size], room=3300)
    made, first = [], 0
    for number, page in enumerate(cut, 1):
        shown = numbered[first : first + len(page)]
        first += len(page)
        tail = [filled(reader.words.digest_more, more=more)] if more and number == len(cut) else []
        heading = _heading(subscription, entries, number, len(cut), reader)
        keys = _keys_of(entries[0], subscription.size, reader) if alone else _keys(shown, reader)
        made.append(message(reader, [heading, *page, *tail], *keys))
    return made


def _heading(
    subscription: Subscription, entries: Sequence[Entry], number: int, of: int, reader: Reader
) -> Rich:
    followed = entries[0].view.title
    name = bold(subscriptions.scope_name(subscription.scope, reader, followed), TITLE_UNITS)
    heading = name + f" · {subscriptions.rhythm_name(subscription.rhythm, reader)}"
    if of == 1:
        return heading
    return heading + " · " + filled(reader.words.page, page=number, pages=of)


def _entry(before: str, entry: Entry, size: Size, reader: Reader) -> Rich:
    title = entry.view.title
    if entry.development:
        title = reader.words.development.format(title=title)
        lines = [_attributed(cited, reader) for cited in entry.development]
    else:
        lines = _told(entry, size, reader)
    return join([headline(title, before), *lines, about(entry.view, reader)])


def _told(entry: Entry, size: Size, reader: Reader) -> list[Rich]:
    view = entry.view
    if size is Size.HEADLINES:
        return []
    if size is Size.FULL and view.summary:
        return [_attributed(cited, reader) for cited in view.summary]
    return [deck(view.line.sentence.text, SENTENCE_UNITS)] if view.line else []


def _attributed(cited: Cited, reader: Reader) -> Rich:
    """A sentence and the outlet that says it."""
    by = filled(reader.words.said_by, name=clip(cited.article.article.outlet, OUTLET_UNITS))
    return quoted(cited.sentence.text) + by


def _keys_of(entry: Entry, size: Size, reader: Reader) -> list[Row]:
    """What a reader may open of the only story, as new messages, and what they think of it."""
    story = entry.view.story.id
    opened = (
        fresh(button(reader.words.to_story, Action(Screen.STORY, story))),
        fresh(button(reader.words.to_timeline, Action(Screen.STORYLINE, story))),
        fresh(button(reader.words.to_sources, Action(Screen.SOURCES, story))),
    )
    judged = Method.UPDATE if entry.development else _METHODS[size]
    return [opened, (subscriptions.to_list(reader), *feedback.keys(story, judged))]


def _keys(shown: Sequence[tuple[int, Entry]], reader: Reader) -> list[Row]:
    """What a reader may open, as new messages: the digest stays as it is."""
    opened = [
        fresh(button(str(n), Action(Screen.STORY, entry.view.story.id))) for n, entry in shown
    ]
    lines = [
        fresh(
            button(
                reader.words.to_timeline_of.format(number=n),
                Action(Screen.STORYLINE, e.view.story.id),
            )
        )
        for n, e in shown
        if e.development
    ]
    return [*_rows(opened, ROW), *_rows(lines, 3), (subscriptions.to_list(reader),)]


def _rows(buttons: Sequence[Button], most: int) -> list[Row]:
    return [tuple(buttons[n : n + most]) for n in range(0, len(buttons), most)]
