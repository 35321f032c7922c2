"""Where things come from: outlets, articles of an outlet or a story, one article in full."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Mention, Message, OutletCount, Source, StoredArticle, StoryView
from bot.model.links import LinkRule
from bot.render import links
from bot.render.actions import Action, Screen
from bot.render.keys import back, button, message, numbers, report, turning
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, code, italic, join, text
from bot.render.stories import (
    OUTLET_UNITS,
    TITLE_UNITS,
    heading,
    headline,
    named,
    quoted,
)
from bot.render.stories import outlets as outlets_of
from bot.render.times import ago, moment, when
from bot.render.typography import tidy

OUTLETS_PER_PAGE = 12
ARTICLES_PER_PAGE = 6
LINKS_SHOWN = 5
EVENTS_SHOWN = 6


def outlets(
    here: Sequence[OutletCount],
    phrases: Sequence[int],
    total: int,
    action: Action,
    reader: Reader,
    above: Rich | None = None,
) -> Message:
    """One page of the outlets, most articles first.

    Args:
        here: the outlets of this page.
        phrases: the numbers of their names in the store, for the buttons.
        total: how many outlets there are.
        action: the screen and its page.
        reader: for whom.
        above: a sentence over the list, for example that a name was not found.
    """
    first = action.page * OUTLETS_PER_PAGE + 1
    lines = [_outlet(first + n, count, reader) for n, count in enumerate(here)]
    keys = numbers(first, [Action(Screen.OUTLET, phrase=p) for p in phrases])
    return message(
        reader,
        [above or Rich(), bold(reader.words.outlets), join(lines)],
        keys[:6],
        keys[6:],
        turning(action, -(-total // OUTLETS_PER_PAGE), reader),
    )


def _outlet(number: int, count: OutletCount, reader: Reader) -> Rich:
    about = filled(
        reader.words.outlet_line, count=count.articles, time=ago(count.latest_at, reader)
    )
    return text(f"{number}. ") + bold(count.outlet, OUTLET_UNITS) + " · " + about


def outlet(
    articles: Sequence[StoredArticle],
    total: int,
    action: Action,
    reader: Reader,
) -> Message:
    """One page of an outlet's articles, newest first; at least one."""
    reader = reader.naming(articles)
    name = articles[0].article.outlet
    first = action.page * ARTICLES_PER_PAGE + 1
    entries = [
        join([headline(a.article.title, f"{first + n}. "), _made_by(a, reader)])
        for n, a in enumerate(articles)
    ]
    return message(
        reader,
        [
            heading(text(name, OUTLET_UNITS), filled(reader.words.count_articles, total=total)),
            *entries,
        ],
        numbers(first, [action.to(Screen.ARTICLE, a.id) for a in articles]),
        turning(action, -(-total // ARTICLES_PER_PAGE), reader),
        (button(reader.words.to_outlets, Action(Screen.OUTLETS)),),
    )


def sources(view: StoryView, action: Action, reader: Reader) -> Message:
    """The articles of one story, each with a button to its provenance."""
    reader = reader.naming(view.story.articles)
    entries: list[Source | Mention] = [*view.sources, *view.story.mentions]
    pages = -(-len(entries) // ARTICLES_PER_PAGE)
    shown = replace(action, page=min(action.page, pages - 1))
    first = shown.page * ARTICLES_PER_PAGE
    here = entries[first : first + ARTICLES_PER_PAGE]
    total = len(view.story.articles) + len(view.story.mentions)
    return message(
        reader,
        [
            heading(text(reader.words.sources), filled(reader.words.count_articles, total=total)),
            *(_entry(number, entry, reader) for number, entry in enumerate(here, first + 1)),
        ],
        numbers(first + 1, [shown.to(Screen.ARTICLE, entry.article.id) for entry in here]),
        turning(shown, pages, reader),
        back(shown.to(Screen.STORY, view.story.id), reader),
    )


def _entry(number: int, entry: Source | Mention, reader: Reader) -> Rich:
    """One article of a story, with who repeats it, or what a round-up says of the story."""
    a = entry.article
    lines = [
        text(f"{number}. ") + bold(a.article.outlet, OUTLET_UNITS),
        text(tidy(a.article.title), TITLE_UNITS),
        _made_by(a, reader),
    ]
    if isinstance(entry, Mention):
        lines.append(text(reader.words.mentioned) + quoted(entry.sentence.text, TITLE_UNITS))
    elif entry.reprints:
        lines.append(
            text(
                reader.words.reprinted_by.format(
                    outlets=named(outlets_of(entry.reprints), reader, 4)
                )
            )
        )
    return join(lines)


def _made_by(stored: StoredArticle, reader: Reader) -> Rich:
    """When it was published and what its byline says, on one line."""
    parts = [ago(stored.article.published_at, reader), *_byline(stored, reader)]
    return italic(" · ".join(parts), 200)


def _byline(stored: StoredArticle, reader: Reader) -> list[str]:
    byline = stored.article.byline
    said = [
        (reader.words.upstream, byline.upstream),
        (reader.words.author, byline.author),
        (reader.words.editor, byline.editor),
        (reader.words.pictures, byline.pictures),
    ]
    return [template.format(name=name[:60]) for template, name in said if name]


def article(stored: StoredArticle, action: Action, reader: Reader, feed: str = "") -> Message:
    """Where one article comes from, and which of its sentences back what we show of it.

    Args:
        stored: the article.
        action: what opened it.
        reader: for whom.
        feed: the title of the feed that it came by; '' where it has none, or came otherwise.
    """
    reader = reader.naming([stored])
    blocks = [
        headline(stored.article.title),
        join(_facts(stored, feed, reader)),
        _sentences(stored, reader),
        _events(stored, reader),
        _links(stored, reader),
    ]
    opened = links.opening(stored.article.url, reader.words.to_original, reader)
    return message(
        reader,
        blocks,
        (button(reader.words.to_story, action.to(Screen.STORY, stored.story_id)), *opened),
        (*back(_before(stored, action), reader), report(reader, stored.story_id, stored.id)),
    )


def _before(stored: StoredArticle, action: Action) -> Action:
    if action.origin is Screen.OUTLET or action.origin is Screen.OUTLETS:
        return action.back()
    return action.to(Screen.SOURCES, stored.story_id)


def _facts(stored: StoredArticle, feed: str, reader: Reader) -> list[Rich]:
    """One fact a line, only those that the source gives."""
    a = stored.article
    if a.published_at is None:
        time = filled(reader.words.published_unknown, raw=a.published_at_raw)
    else:
        time = filled(reader.words.published, time=moment(a.published_at, reader))
    lines = [
        bold(a.outlet, OUTLET_UNITS) + " · " + filled(reader.words.article_number, id=stored.id),
        time,
        *(text(fact) for fact in _byline(stored, reader)),
    ]
    if a.categories:
        lines.append(
            filled(reader.words.categories, names=reader.words.list_gap.join(a.categories))
        )
    original = links.judge(a.url, reader.links, original=True)
    if original.rule is not LinkRule.HIDE:
        lines.append(text(reader.words.original) + links.rendered(original, "", reader))
    lines += _came_by(a.path, feed, reader)
    if stored.revision > 1:
        lines.append(filled(reader.words.revised, revision=stored.revision))
    if told := stored.digest.early:
        lines.append(
            filled(reader.words.published_early, when=when(told.when, reader.words) + told.part)
        )
    return lines + [
        text(reader.words.flags[flag]) for flag in a.flags if flag in reader.words.flags
    ]


def _came_by(path: str, feed: str, reader: Reader) -> list[Rich]:
    """The feed: its title and its domain, which a chat may hide as any other. Never its address,
    which may hold a key and which a phone cannot show anyway; of a route the part before its query.
    """
    if path.lower().startswith("rsshub://"):
        domain = path.partition("?")[0]
    elif path.startswith(("https://", "http://")):
        domain = links.judge(path, reader.links).domain
    else:
        return []
    named = [
        *([text(feed, OUTLET_UNITS)] if feed else []),
        *([code(domain, TITLE_UNITS)] if domain else []),
    ]
    return [text(reader.words.feed_of) + join(named, " ")] if named else []


def _sentences(stored: StoredArticle, reader: Reader) -> Rich:
    if not stored.digest.summary:
        return text(reader.words.no_prose)
    lines = [
        filled(reader.words.sentence_at, number=s.position + 1) + " · " + quoted(s.text)
        for s in stored.digest.summary
    ]
    return join([bold(reader.words.backed_by), *lines])


def _events(stored: StoredArticle, reader: Reader) -> Rich:
    told = sorted(stored.digest.events, key=lambda e: -e.salience)[:EVENTS_SHOWN]
    lines = [
        text(when(e.when, reader.words))
        + " · "
        + filled(reader.words.sentence_at, number=e.sentence.position + 1)
        for e in sorted(told, key=lambda e: (e.when.start, e.when.end))
    ]
    return join([bold(reader.words.events_here), *lines]) if lines else Rich()


def _links(stored: StoredArticle, reader: Reader) -> Rich:
    """The links in its text that the reader's chat shows."""
    judged = [(n, links.judge(n.url, reader.links)) for n in stored.article.links]
    shown = [(n, s) for n, s in judged if s.rule is not LinkRule.HIDE][:LINKS_SHOWN]
    lines = [links.rendered(s, "" if n.text == n.url else n.text, reader) for n, s in shown]
    return join([bold(reader.words.links), *lines]) if lines else Rich()
