"""A story as it is offered for sharing in any chat, and as it is then sent."""

from dataclasses import replace

from bot.model import Button, Message, StoryView
from bot.model.inline import Offer
from bot.render.actions import Action, Screen
from bot.render.deep_links import story_link
from bot.render.reader import Reader
from bot.render.rich import clean, clip
from bot.render.stories import independent, named, outlets, story
from bot.render.times import ago
from bot.render.typography import spaced

TITLE_UNITS = 100
DESCRIPTION_UNITS = 120


def offer(view: StoryView, username: str, reader: Reader) -> Offer:
    """A story to share.

    Args:
        view: how it is told.
        username: the bot's, without @.
        reader: who shares it; whoever reads it later does so at another time.
    """
    of_it = reader.naming(view.story.articles)
    newest = view.story.articles[0].article.published_at
    about = f"{named(outlets(independent(view)), of_it)} · {ago(newest, of_it)}"
    return Offer(
        str(view.story.id),
        _shown(view.title, TITLE_UNITS, of_it) or of_it.words.to_story,
        _shown(about, DESCRIPTION_UNITS, of_it),
        shared(view, username, replace(of_it, fresh=False)),
    )


def shared(view: StoryView, username: str, reader: Reader) -> Message:
    """The story card for a chat in which the bot may not be: its only button is an address."""
    card = story(view, Action(Screen.STORY, view.story.id), reader)
    link = Button(reader.script(reader.words.to_open), url=story_link(username, view.story.id))
    return replace(card, buttons=((link,),))


def _shown(plain: str, most: int, reader: Reader) -> str:
    return clip(reader.script(spaced(clean(plain))).strip(), most)
