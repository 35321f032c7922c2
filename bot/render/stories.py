"""Stories in a list, and one story told."""

from collections.abc import Sequence

from bot.model import Cited, FigureDispute, Message, StoredArticle, StoryView
from bot.model.delivery import ScopeKind
from bot.render.actions import Action, Screen
from bot.render.keys import back, button, message, numbers, setup, turning
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, italic, join, text
from bot.render.setup import Setup, Step
from bot.render.times import moment

PER_PAGE = 5
TITLE_UNITS = 160
SENTENCE_UNITS = 400
OUTLET_UNITS = 40
SOURCES_SHOWN = 8
DISPUTES_SHOWN = 3


def outlets(articles: Sequence[StoredArticle]) -> list[str]:
    """The outlets of some articles, each once, in their order."""
    return list(dict.fromkeys(a.article.outlet for a in articles))


def independent(view: StoryView) -> list[StoredArticle]:
    """The articles of a story without those that only repeat another."""
    return [source.article for source in view.sources] or list(view.story.articles)


def named(outlets: Sequence[str], reader: Reader, shown: int = 2) -> str:
    """Outlets in a few words: 虎嗅、ZAKER, or 虎嗅、ZAKER等 4 家媒体."""
    few = reader.words.list_gap.join(o if len(o) <= 30 else o[:29] + "…" for o in outlets[:shown])
    if len(outlets) <= shown:
        return few
    return reader.words.outlet_and_more.format(outlet=few, count=len(outlets))


def latest(
    views: Sequence[StoryView],
    total: int,
    query: str,
    action: Action,
    reader: Reader,
) -> Message:
    """One page of stories, newest first, each with a button that opens it."""
    first = action.page * PER_PAGE + 1
    title = filled(reader.words.latest_about, query=query) if query else text(reader.words.latest)
    entries = [_entry(first + n, view, reader) for n, view in enumerate(views)]
    opened = [action.to(Screen.STORY, v.story.id) for v in views]
    return message(
        reader,
        [heading(title, filled(reader.words.count_stories, total=total)), *entries],
        numbers(first, opened),
        turning(action, -(-total // PER_PAGE), reader),
    )


def heading(title: Rich, about: Rich) -> Rich:
    """A bold title and, behind it, how much there is."""
    return Rich(f"<b>{title.html}</b>", title.units) + " · " + about


def _entry(number: int, view: StoryView, reader: Reader) -> Rich:
    newest = view.story.articles[0].article.published_at
    lines = [bold(f"{number}. {view.title}", TITLE_UNITS)]
    if view.line is not None:
        lines.append(text(view.line.sentence.text, SENTENCE_UNITS))
    by = f"{named(outlets(independent(view)), reader)} · {moment(newest, reader)}"
    return join([*lines, italic(by)])


def story(
    view: StoryView,
    action: Action,
    reader: Reader,
    asked: Sequence[tuple[str, int]] = (),
) -> Message:
    """One story: its sentences, each with the number of the source that says it.

    Args:
        view: how it is told.
        action: what opened it.
        reader: for whom.
        asked: words that a reader may search for next, and the numbers of their phrases.
    """
    order = _order(view)
    sentences = [_cited(cited, order) for cited in view.summary] or [text(reader.words.no_prose)]
    sources = [
        text(f"[{number}] ") + published(a, reader)
        for number, a in enumerate(order[:SOURCES_SHOWN], 1)
    ]
    differing = [_dispute(d, reader) for d in view.disputes[:DISPUTES_SHOWN]]
    blocks = [bold(view.title, TITLE_UNITS), *sentences, *differing, join(sources)]
    return message(
        reader,
        blocks,
        (
            button(reader.words.to_timeline, action.to(Screen.STORYLINE, view.story.id)),
            button(reader.words.to_sources, action.to(Screen.SOURCES, view.story.id)),
            setup(reader.words.to_follow, _follow(view)),
        ),
        tuple(button(word, Action(Screen.SEARCH, phrase=phrase)) for word, phrase in asked),
        back(action.back(), reader),
    )


def _follow(view: StoryView) -> Setup:
    return Setup(Step.FOLLOW, ScopeKind.STORY, view.story.id)


def _dispute(dispute: FigureDispute, reader: Reader) -> Rich:
    """A figure that differs, with who said what and when."""
    told = (
        reader.words.figure_by.format(
            outlet=c.article.article.outlet[:OUTLET_UNITS],
            value=value,
            time=moment(c.article.article.published_at, reader),
        )
        for value, c in dispute.values
    )
    line = reader.words.figures_differ.format(what=dispute.what, values=" · ".join(told))
    return text(line, SENTENCE_UNITS)


def published(stored: StoredArticle, reader: Reader) -> Rich:
    """Outlet and time of publication."""
    article = stored.article
    return text(article.outlet, OUTLET_UNITS) + f" · {moment(article.published_at, reader)}"


def _order(view: StoryView) -> list[StoredArticle]:
    """The story's articles: those that the summary cites first, as it cites them."""
    articles = [c.article for c in view.summary] + independent(view)
    return list({a.id: a for a in articles}.values())


def _cited(cited: Cited, order: Sequence[StoredArticle]) -> Rich:
    number = next(n for n, a in enumerate(order, 1) if a.id == cited.article.id)
    return text(cited.sentence.text, SENTENCE_UNITS) + f" [{number}]"
