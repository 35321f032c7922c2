"""Telling a story: its title, line, summary and keywords, chosen across its articles."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain

from bot.digest import words
from bot.digest.shape import leans
from bot.digest.stories.reprints import folded
from bot.digest.summary import overlap
from bot.model import Cited, NameKind, StoredArticle, Story, StoryView

_REPEATS = 0.4
_SUMMARY = 3
_SHORT = 60  # characters; a line of more must say more of the story
_KEYWORDS = 8
_KEYWORDS_FIRST = 2  # before the names
_NAMES, _LONGEST_NAME = 3, 10
MOST_READ = 40  # articles, the newest: a story of hundreds is told from its present state
# A title that asks, shouts or hides what happened, where another says it.
_TEASING = re.compile(
    r"[？?！!…]|竟然?|震惊|刷屏|重磅|突发|揭秘|究竟|到底|为何|为什么|怎么|如何|什么|谁[在是来能]|意味着|吗$|呢$|背后"
    r"|真相|太[好难强狠]|终于|一文看懂|解读|观察|评论|专访|对话"
)
_BACKGROUND = re.compile(
    r"^(?:此前|早在|此外|另外|据悉|据了解|资料显示|公开资料|公开信息|数据显示|天眼查|企查查|回顾|回看|过去|自\d|截至"
    r"|近年来|长期以来|事实上|值得|业内|专家|分析|有分析|不过|但|对此|与此同时|其)"
)
_OPINION = re.compile(
    "或将|显然|似乎|恐怕|无疑|想必|堪称|不难看出|某种程度|可能会|值得期待|拭目以待|令人|笔者|我们"
)
# A line that needs its article, or keeps a year, which it leaves out where that is the article's.
_ELSEWHERE = re.compile(r"\d{4}\s*年|首日|次日|当[天日晚]|同日")
_ONLY_LEADS_ON = re.compile(
    r"[一二两三四五六七八九十几\d][个项点条大][^，。]{0,6}(?:举措|措施|变化|要求|建议)[。：]$"
)
_VAGUE = re.compile("近日|日前|近期|最近")
_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_TEASES = 0.4
_NEWER = 0.4  # what a title gains by being the newest, as a share
_BESIDE = 1.2  # what the line of the article gains whose title stands above it
_IS_BACKGROUND, _SAYS_NOTHING, _SOME_DAY = 0.5, 0.1, 0.6
_LATER = 0.85  # what each place further back in its article costs a sentence
_LESS_TYPICAL = 0.95
_ROUNDED = 1 + 1e-9  # sums of the same numbers differ a little by their order
_NEVER = datetime.min.replace(tzinfo=UTC)


def tell(story: Story) -> StoryView:
    """A story's title, line, summary and keywords, chosen across its articles."""
    read = story.articles[:MOST_READ]
    weight = _weights(read)
    ranked = _most_typical_first(read, weight)
    view = _listed(story, ranked, weight)
    line = _whole(view.line) if view.line else None
    return replace(view, summary=_summary(ranked, line, weight), asked=_asked(read, weight))


def listed(story: Story) -> StoryView:
    """A story as a list has it, which is told in a quarter of the time: without a summary, and
    without words to ask for."""
    read = story.articles[:MOST_READ]
    weight = _weights(read)
    return _listed(story, _most_typical_first(read, weight), weight)


def _listed(story: Story, ranked: Sequence[StoredArticle], weight: dict[str, float]) -> StoryView:
    lines = [Cited(a, a.digest.line) for a in ranked if a.digest.line]
    newer = _newness(ranked)
    titled = _titled(ranked, weight, newer)

    def counts(line: Cited) -> float:
        beside = _BESIDE if line.article is titled else 1.0
        return _counts(line) * newer[line.article.id] * beside

    best = says_most([(c.sentence.text, counts(c)) for c in lines], weight)
    line = None if best is None else lines[best]
    keywords = tuple(sorted(weight, key=lambda w: (-weight[w], w))[:_KEYWORDS])
    sources = folded(story.articles)
    return StoryView(story, titled.article.title, line, (), keywords, sources=sources)


def _asked(articles: Sequence[StoredArticle], weight: dict[str, float]) -> tuple[str, ...]:
    """What a reader may want to ask for next: names that most articles hold, then keywords."""
    held = Counter(
        name.text
        for article in articles
        for name in article.digest.names
        if name.kind is not NameKind.FIGURE and len(name.text) <= _LONGEST_NAME
    )
    names = [name for name, _ in held.most_common(_NAMES)]
    keywords = sorted(weight, key=lambda w: (-weight[w], w))[:_KEYWORDS]
    new = [w for w in keywords if not any(w in name or name in w for name in names)]
    return (*new[:_KEYWORDS_FIRST], *names, *new[_KEYWORDS_FIRST:])


def _whole(line: Cited) -> Cited:
    """The sentence that a line was cut from: in a summary its day and its source stay."""
    full = line.article.digest.full
    whole = (s for s in full if s.position == line.sentence.position)
    return Cited(line.article, next(whole, line.sentence))


def _counts(line: Cited) -> float:
    """What counts for or against a line, beside what it says of the story."""
    text = line.sentence.text
    short = 1 / (_SHORT + len(text))
    here = _IS_BACKGROUND if _ELSEWHERE.match(text) else 1.0
    return short * here * (_SOME_DAY if _VAGUE.match(_whole(line).sentence.text) else 1.0)


def _newness(articles: Sequence[StoredArticle]) -> dict[int, float]:
    """By what each article's title and line gain by being newer than others', by its number."""
    oldest_first = sorted(articles, key=lambda a: (a.article.published_at or _NEVER, a.id))
    last = max(1, len(oldest_first) - 1)
    return {a.id: 1 + _NEWER * place / last for place, a in enumerate(oldest_first)}


def _titled(
    articles: Sequence[StoredArticle], weight: dict[str, float], newer: dict[int, float]
) -> StoredArticle:
    """The article whose title says most of the story plainly; of like ones the newest."""

    def counts(article: StoredArticle) -> float:
        plain = _TEASES if _TEASING.search(article.article.title) else 1.0
        return plain * newer[article.id]

    best = says_most([(a.article.title, counts(a)) for a in articles], weight)
    return articles[best or 0]


def says_most(texts: Sequence[tuple[str, float]], weight: dict[str, float]) -> int | None:
    """Which text says most of what a story is about; the first of equals, None where there is none.

    To cut forty texts into words takes longer than all else in telling. So only those are cut that
    could say most: no text says more than the words that stand in it, wherever it is cut.

    Args:
        texts: each with what counts for or against it: what it says is multiplied by that.
        weight: of the words that the story is about, in lower case.
    """
    at_most = [_could_say(text, weight) * factor for text, factor in texts]
    best, said = None, -1.0
    for place in sorted(range(len(texts)), key=lambda n: -at_most[n]):
        if at_most[place] < said:
            break
        text, factor = texts[place]
        worth = _said(words.telling(text), weight) * factor
        if best is None or (worth, -place) > (said, -best):
            best, said = place, worth
    return best


def _could_say(text: str, weight: dict[str, float]) -> float:
    lower = text.lower()
    return sum(worth for word, worth in weight.items() if word in lower) * _ROUNDED


def _said(told: Iterable[str], weight: dict[str, float]) -> float:
    """How much of what a story is about some words say."""
    return sum(weight.get(w, 0.0) for w in set(told))


def _most_typical_first(
    articles: Sequence[StoredArticle], weight: dict[str, float]
) -> list[StoredArticle]:
    """Those first whose keywords are most like those of all together."""

    def likeness(article: StoredArticle) -> float:
        vector = _vector(article.digest.keywords)
        norm = math.sqrt(sum(v * v for v in vector.values()))
        return sum(v * weight[w] for w, v in vector.items()) / norm if norm else 0.0

    return sorted(articles, key=lambda a: (-round(likeness(a), 6), a.id))


def _summary(
    ranked: Sequence[StoredArticle], line: Cited | None, weight: dict[str, float]
) -> tuple[Cited, ...]:
    """The line, and then what matters most of what it does not say."""
    offered = [
        (_worth(cited, rank, place, weight) * _newsy(cited, line), cited)
        for rank, article in enumerate(ranked)
        for place, cited in enumerate(Cited(article, s) for s in article.digest.summary)
    ]
    best_first = (cited for _, cited in sorted(offered, key=lambda pair: -pair[0]))
    chosen: list[Cited] = []
    seen: list[frozenset[str]] = []
    for cited in chain([line] if line else [], best_first):
        if len(chosen) == _SUMMARY:
            break
        said = frozenset(words.telling(cited.sentence.text))
        new = all(overlap(said, other) < _REPEATS for other in seen)
        if new and (not leans(cited.sentence.text) or _follows(cited, chosen)):
            chosen.append(cited)
            seen.append(said)
    return tuple(chosen)


def _follows(cited: Cited, chosen: Iterable[Cited]) -> bool:
    """Whether the sentence that one leans on is told."""
    before = (cited.article.id, cited.sentence.position - 1)
    return any((c.article.id, c.sentence.position) == before for c in chosen)


def _worth(cited: Cited, rank: int, place: int, weight: dict[str, float]) -> float:
    told = words.telling(cited.sentence.text)
    said = _said(told, weight) / (8 + len(told))
    return said * _LATER**place * _LESS_TYPICAL**rank


def _newsy(cited: Cited, line: Cited | None) -> float:
    """Less for background and opinion, and for what was before the day of the line."""
    text = cited.sentence.text
    day, today = _DAY.search(text), _DAY.search(line.sentence.text) if line else None
    if _ONLY_LEADS_ON.search(text):
        return _SAYS_NOTHING
    past = bool(day and today and _month_day(day) < _month_day(today))
    return _IS_BACKGROUND if past or _BACKGROUND.match(text) or _OPINION.search(text) else 1.0


def _month_day(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), int(found[2])


def _weights(articles: Sequence[StoredArticle]) -> dict[str, float]:
    """How much each keyword weighs over some articles."""
    sums: dict[str, float] = {}
    for article in articles:
        for word, value in _vector(article.digest.keywords).items():
            sums[word] = sums.get(word, 0.0) + value
    return sums


@lru_cache(maxsize=512)
def _vector(keywords: tuple[str, ...]) -> Mapping[str, float]:
    """Earlier keywords tell more. Remembered, for a story is told anew because of one article."""
    return {w: words.rarity(w) / math.sqrt(n + 1) for n, w in enumerate(keywords)}
