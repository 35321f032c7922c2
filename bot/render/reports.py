"""Complaints: what is wrong, with which article, with which of its links."""

from collections.abc import Sequence

from bot.model import Button, Message, StoredArticle, StoryView
from bot.model.links import LinkRule, ShownLink
from bot.model.reports import About
from bot.render import links
from bot.render.actions import Action, Screen
from bot.render.keys import Row, button, message
from bot.render.linkpress import ReportPress, ReportStep, pack_report
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, clip, join, text
from bot.render.stories import OUTLET_UNITS, TITLE_UNITS

ARTICLES_SHOWN = 12
LINKS_SHOWN = 12
BUTTON_UNITS = 40
ROW = 6


def ask(title: str, press: ReportPress, reader: Reader) -> Message:
    """What is wrong?"""
    kinds = reader.words.report_abouts
    steps = {
        About.LINK: ReportStep.LINK if press.article else ReportStep.WHICH,
        About.SOURCE: ReportStep.SEND if press.article else ReportStep.WHICH,
        About.SUMMARY: ReportStep.SEND,
    }
    keys = [
        _key(kinds[about], ReportPress(step, press.story, about, press.article))
        for about, step in steps.items()
    ]
    asked = filled(reader.words.report_what, title=title)
    how = filled(reader.words.report_how, story=press.story)
    return message(reader, [asked, how], tuple(keys), _back(press, reader))


def which(view: StoryView, press: ReportPress, reader: Reader) -> Message:
    """Which article?"""
    here = view.story.articles[:ARTICLES_SHOWN]
    entries = [
        join([text(f"{n}. {a.article.outlet}", OUTLET_UNITS), text(a.article.title, TITLE_UNITS)])
        for n, a in enumerate(here, 1)
    ]
    step = ReportStep.LINK if press.about is About.LINK else ReportStep.SEND
    keys = [
        _key(str(n), ReportPress(step, press.story, press.about, a.id))
        for n, a in enumerate(here, 1)
    ]
    asked = text(reader.words.report_which)
    return message(reader, [asked, *entries], *_rows(keys), _again(press, reader))


def links_of(stored: StoredArticle, reader: Reader) -> list[tuple[int, str, ShownLink]]:
    """The links of an article that a chat shows: number, address and how; the original is 0."""
    article = stored.article
    every = [(0, article.url), *((n, link.url) for n, link in enumerate(article.links, 1))]
    judged = [(n, url, links.judge(url, reader.links, original=n == 0)) for n, url in every if url]
    return [one for one in judged if one[2].rule is not LinkRule.HIDE][:LINKS_SHOWN]


def which_link(
    shown: Sequence[tuple[int, str, ShownLink]], press: ReportPress, reader: Reader
) -> Message:
    """Which link?"""
    lines = [
        text(f"{place}. ") + links.rendered(link, "", reader)
        for place, (_, _, link) in enumerate(shown, 1)
    ]
    keys = [
        _key(str(place), ReportPress(ReportStep.SEND, press.story, About.LINK, press.article, n))
        for place, (n, _, _) in enumerate(shown, 1)
    ]
    asked = text(reader.words.report_which_link)
    return message(reader, [asked, join(lines)], *_rows(keys), _again(press, reader))


def noted(number: int, story: int, reader: Reader) -> Message:
    """A complaint was taken; `number` is its own."""
    thanks = filled(reader.words.report_noted, number=number)
    return message(reader, [thanks], _to_story(story, reader))


def refused(said: str, story: int, reader: Reader) -> Message:
    """Why a complaint was not taken."""
    return message(reader, [Rich() + said], _to_story(story, reader))


def _to_story(story: int, reader: Reader) -> Row:
    return (button(reader.words.to_story, Action(Screen.STORY, story)),)


def _back(press: ReportPress, reader: Reader) -> Row:
    if press.article:
        return (button(reader.words.to_back, Action(Screen.ARTICLE, press.article)),)
    return (button(reader.words.to_back, Action(Screen.STORY, press.story)),)


def _again(press: ReportPress, reader: Reader) -> Row:
    return (_key(reader.words.to_back, ReportPress(ReportStep.ASK, press.story)),)


def _rows(keys: Sequence[Button]) -> list[Row]:
    return [tuple(keys[n : n + ROW]) for n in range(0, len(keys), ROW)]


def _key(label: str, press: ReportPress) -> Button:
    return Button(clip(label, BUTTON_UNITS), data=pack_report(press))
