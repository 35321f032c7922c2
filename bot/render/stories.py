"""Stories in a list, and one story told."""

from collections.abc import Sequence
from itertools import groupby, zip_longest

from bot.model import Cited, FigureDispute, KeyFigure, Message, Method, StoredArticle, StoryView
from bot.model.delivery import ScopeKind
from bot.render import feedback
from bot.render.actions import Action, Screen
from bot.render.keys import Row, back, button, message, numbers, report, setup, turning
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, italic, join, soft, text
from bot.render.setup import Setup, Step
from bot.render.times import ago
from bot.render.typography import spaced, tidy

PER_PAGE = 5
TITLE_UNITS = 160
SENTENCE_UNITS = 400
FULL_UNITS = 300  # a sentence of the full summary: ten of them fit
LIST_UNITS = 120  # a sentence in a list
OUTLET_UNITS = 40
SOURCES_SHOWN = 6
DISPUTES_SHOWN = 3
FIGURES_SHOWN = 3
MARKS_SHOWN = 4  # behind one sentence
ASKED_UNITS = 10  # Latin letters; a Han character takes two

# What holds a mark to the words before it; behind a full-width mark there is room enough.
_NO_BREAK, _NO_ROOM = "\u00a0", "\u2060"
_WIDE = "。！？；…”’）》」』】"
_LOOKED_AT = 4  # times what is shown: a text that is nothing but blanks must not cost more


def outlets(articles: Sequence[StoredArticle]) -> list[str]:
    """The outlets of some articles, each once, in their order."""
    return list(dict.fromkeys(a.article.outlet for a in articles))


def independent(view: StoryView) -> list[StoredArticle]:
    """The articles of a story without those that only repeat another."""
    return [source.article for source in view.sources] or list(view.story.articles)


def named(outlets: Sequence[str], reader: Reader, shown: int = 2, total: int = 0) -> str:
    """Outlets in a few words: 虎嗅、ZAKER, or 虎嗅、ZAKER 等 4 家媒体; in all it may be more."""
    count = max(total, len(outlets))
    few = reader.words.list_gap.join(o if len(o) <= 30 else o[:29] + "…" for o in outlets[:shown])
    if count <= shown:
        return few
    return tidy(reader.words.outlet_and_more.format(outlet=few, count=count))


def quoted(sentence: str, most: int = SENTENCE_UNITS) -> Rich:
    """A sentence as it was written, but for the blanks beside Latin words and marks."""
    return text(spaced(sentence[: _LOOKED_AT * most]), most)


def headline(title: str, before: str = "", most: int = TITLE_UNITS) -> Rich:
    """A title, bold, with full-width marks; `before` is the bot's own: a number."""
    return bold(before + tidy(title[: _LOOKED_AT * most]), most)


def deck(line: str, most: int = LIST_UNITS) -> Rich:
    """A one line under a title, without the full stop at its end: it may have been cut from a
    longer sentence, and lines of a list should end alike."""
    return quoted(line.rstrip("。 "), most)


def heading(title: Rich, about: Rich) -> Rich:
    """A bold title and, behind it, how much there is."""
    return Rich(f"<b>{title.html}</b>", title.units) + " · " + about


def published(stored: StoredArticle, reader: Reader) -> Rich:
    """Outlet and time of publication."""
    article = stored.article
    return text(tidy(article.outlet), OUTLET_UNITS) + f" · {ago(article.published_at, reader)}"


def latest(
    views: Sequence[StoryView],
    total: int,
    query: str,
    action: Action,
    reader: Reader,
) -> Message:
    """One page of stories, newest first, each with a button that opens it."""
    reader = reader.naming(a for v in views for a in v.story.articles)
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


def _entry(number: int, view: StoryView, reader: Reader) -> Rich:
    lines = [headline(view.title, f"{number}. ")]
    if view.line is not None:
        lines.append(deck(view.line.sentence.text))
    return join([*lines, about(view, reader)])


def about(view: StoryView, reader: Reader) -> Rich:
    """Who tells a story, and since when: 虎嗅、ZAKER 等 4 家媒体 · 3 小时前."""
    newest = view.story.articles[0].article.published_at
    who = named(outlets(independent(view)), reader, total=view.story.outlets)
    return italic(f"{who} · {ago(newest, reader)}")


def story(
    view: StoryView,
    action: Action,
    reader: Reader,
    asked: Sequence[tuple[str, int]] = (),
) -> Message:
    """One story: its sentences, each with the numbers of the sources that say it.

    Args:
        view: how it is told; at length where the action asks for that.
        action: what opened it.
        reader: for whom.
        asked: words that a reader may search for next, and the numbers of their phrases.
    """
    reader = reader.naming(view.story.articles)
    order = _order(view)
    told = _paragraphs(view, order) if action.full else _sentences(view, order)
    blocks = [
        join([headline(view.title), *_told_by(view, action, reader)]),
        *(told or [text(reader.words.no_prose)]),
        _figures(view, order),
        *(_dispute(d, reader) for d in view.disputes[:DISPUTES_SHOWN]),
        _legend(view, order, reader),
    ]
    return message(reader, blocks, *_story_keys(view, action, reader, asked))


def _story_keys(
    view: StoryView, action: Action, reader: Reader, asked: Sequence[tuple[str, int]]
) -> list[Row]:
    """Ways on, words to ask for next, and the way back beside what the reader thinks of it."""
    number = view.story.id
    leading: Row = ()
    way_back = back(action.to(Screen.STORY, number) if action.full else action.back(), reader)
    if not action.full:
        leading = (
            button(reader.words.to_timeline, action.to(Screen.STORYLINE, number)),
            button(reader.words.to_sources, action.to(Screen.SOURCES, number)),
            button(reader.words.to_full, action.to_full(number)),
            setup(reader.words.to_follow, Setup(Step.FOLLOW, ScopeKind.STORY, number)),
        )
    words = tuple(
        button(tidy(word), Action(Screen.SEARCH, phrase=phrase)) for word, phrase in asked
    )
    judged = Method.FULL if action.full else Method.BRIEF
    return [leading, words, (*way_back, *feedback.keys(number, judged), report(reader, number))]


def askable(words: Sequence[str]) -> list[str]:
    """Words that find room on a button, four of which share a row."""
    return [w for w in words if sum(1 if c.isascii() else 2 for c in w) <= ASKED_UNITS]


def _told_by(view: StoryView, action: Action, reader: Reader) -> list[Rich]:
    """Under the headline: how many outlets and since when; nothing that the legend says."""
    told = [text(reader.words.full_about)] if action.full else []
    who = outlets(independent(view))
    if len(who) > 1:
        newest = view.story.articles[0].article.published_at
        told.append(filled(reader.words.count_outlets, count=len(who)))
        told.append(text(ago(newest, reader)))
    return [soft(join(told, " · "))] if told else []


def _order(view: StoryView) -> list[StoredArticle]:
    """The story's articles: those that the summary cites first, as it cites them."""
    cited = [a for c, also in _with_others(view) for a in (c.article, *also)]
    figures = [f.said.article for f in _new_figures(view)]
    return list({a.id: a for a in (*cited, *figures, *independent(view))}.values())


def _with_others(view: StoryView) -> list[tuple[Cited, tuple[StoredArticle, ...]]]:
    """Each sentence, and who else says it."""
    pairs = zip_longest(view.summary, view.also[: len(view.summary)], fillvalue=())
    return [(c, also) for c, also in pairs if isinstance(c, Cited)]


def _marks(articles: Sequence[StoredArticle], order: Sequence[StoredArticle]) -> str:
    """The numbers of some sources: [1][3]."""
    place = {a.id: n for n, a in enumerate(order, 1)}
    numbers = sorted({place[a.id] for a in articles})
    return _NO_ROOM.join(f"[{n}]" for n in numbers[:MARKS_SHOWN])


def marked(said: Rich, marks: str) -> Rich:
    """Words with the marks of their sources, which never begin a line."""
    wide = said.html.endswith(tuple(_WIDE))
    return said + (_NO_ROOM if wide else _NO_BREAK) + marks


def _sentences(view: StoryView, order: Sequence[StoredArticle]) -> list[Rich]:
    return [
        marked(quoted(c.sentence.text), _marks((c.article, *also), order))
        for c, also in _with_others(view)
    ]


def _paragraphs(view: StoryView, order: Sequence[StoredArticle]) -> list[Rich]:
    """Sentences of one paragraph that the same sources say stand together."""

    def whence(pair: tuple[Cited, tuple[StoredArticle, ...]]) -> tuple[int, int, str]:
        cited, also = pair
        return cited.article.id, cited.sentence.block, _marks((cited.article, *also), order)

    return [
        marked(join([quoted(c.sentence.text, FULL_UNITS) for c, _ in group], ""), marks)
        for (_, _, marks), group in groupby(_with_others(view), key=whence)
    ]


def _new_figures(view: StoryView) -> list[KeyFigure]:
    """The figures that neither headline nor summary says already."""
    said = "\n".join([view.title, *(c.sentence.text for c in view.summary)])
    return [f for f in view.figures if f.text not in said][:FIGURES_SHOWN]


def _figures(view: StoryView, order: Sequence[StoredArticle]) -> Rich:
    return join([marked(_figure(f), _marks([f.said.article], order)) for f in _new_figures(view)])


def _figure(figure: KeyFigure) -> Rich:
    """A clause that gives a figure, the figure bold."""
    before, value, after = spaced(figure.clause).partition(spaced(figure.text))
    return text("• ") + text(before) + bold(value) + text(after)


def _dispute(dispute: FigureDispute, reader: Reader) -> Rich:
    """A figure that differs, with who said what and when."""
    told = (
        reader.words.figure_by.format(
            outlet=c.article.article.outlet[:OUTLET_UNITS],
            value=value,
            time=ago(c.article.article.published_at, reader),
        )
        for value, c in dispute.values
    )
    values = reader.words.list_gap.join(told)
    return quoted(reader.words.figures_differ.format(what=dispute.what, values=values))


def _legend(view: StoryView, order: Sequence[StoredArticle], reader: Reader) -> Rich:
    """Who the numbers are, a line each, and who else tells the story."""
    cited = {a.id for c, also in _with_others(view) for a in (c.article, *also)}
    cited |= {f.said.article.id for f in _new_figures(view)}
    shown = [a for a in order if a.id in cited][:SOURCES_SHOWN] or order[:1]
    lines = [text(f"[{n}] ") + published(a, reader) for n, a in enumerate(shown, 1)]
    told = outlets(shown)
    others = [o for o in outlets(order) if o not in told]
    if others:
        lines.append(
            text(tidy(reader.words.others_report.format(outlets=named(others, reader, 3))))
        )
    return soft(join(lines))
