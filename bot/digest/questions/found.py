"""Sentences of a story's articles that answer a question: who, where, how many, why.

Nothing is concluded: a sentence is shown because it names a person, a place or a figure of the
story, or says 因为. When and with what outcome is the timeline's to say.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.digest.sentences import sentences
from bot.model import Cited, NameKind, Sentence, StoredArticle, StoryView
from bot.model.questions import Found, Question

_MOST = 4  # sentences
_MOST_NAMES = 6
_READ = 20  # articles, the newest
_LONGEST = 160  # characters of a sentence that answers
_NAMED = {
    Question.WHO: (NameKind.PERSON, NameKind.ORGANISATION),
    Question.WHERE: (NameKind.PLACE,),
    Question.FIGURES: (NameKind.FIGURE,),
}
_CAUSE = re.compile(
    "因为|由于|原因|起因|源于|缘于|旨在|为了|鉴于|出于|所致|系因|是因|受[^，。；]{1,30}(?:影响|拖累)"
)


def found(question: Question, view: StoryView) -> tuple[Found, ...]:
    """The sentences that answer, those that name what most articles name first.

    Args:
        question: WHO, WHERE, FIGURES or WHY; for any other there is nothing here.
        view: the story.
    """
    read = [source.article for source in view.sources][:_READ] or list(view.story.articles[:_READ])
    if question is Question.WHY:
        return tuple(_causes(read))[:_MOST]
    kinds = _NAMED.get(question, ())
    return _naming(_names(read, kinds), read)


def _names(read: Sequence[StoredArticle], kinds: Sequence[NameKind]) -> list[str]:
    """Names of some kinds, those first that most articles hold; of like ones the earlier kind."""
    held = Counter(n for a in read for n in a.digest.names if n.kind in kinds)
    told: list[str] = []
    for name in sorted(held, key=lambda n: (-held[n], kinds.index(n.kind))):
        if not any(name.text in other or other in name.text for other in told):
            told.append(name.text)
    return told[:_MOST_NAMES]


def _naming(names: Sequence[str], read: Sequence[StoredArticle]) -> tuple[Found, ...]:
    """A sentence for each name; one that holds several stands for all of them."""
    left, answers = list(names), list[Found]()
    while left and len(answers) < _MOST:
        cited = next(_holding(left[0], read), None)
        if cited is None:
            left = left[1:]
            continue
        here = tuple(name for name in left if name in cited.sentence.text)
        left = [name for name in left if name not in here]
        answers.append(Found(cited, here))
    return tuple(answers)


def _holding(name: str, read: Sequence[StoredArticle]) -> Iterator[Cited]:
    """Sentences that hold a name: of summaries first, then any."""
    for of in (_telling, _all):
        for article in read:
            for sentence in of(article):
                if name in sentence.text and len(sentence.text) <= _LONGEST:
                    yield Cited(article, sentence)


def _causes(read: Sequence[StoredArticle]) -> Iterator[Found]:
    """Sentences that give a reason, each once: of summaries first."""
    seen: set[str] = set()
    for of in (_telling, _all):
        for article in read:
            for sentence in of(article):
                text = sentence.text
                if text not in seen and len(text) <= _LONGEST and _CAUSE.search(text):
                    seen.add(text)
                    yield Found(Cited(article, sentence))


def _telling(article: StoredArticle) -> Sequence[Sentence]:
    """The sentences of the longest summary, whole."""
    places = {s.position for s in article.digest.full or article.digest.summary}
    return [s for s in sentences(article.article) if s.position in places]


def _all(article: StoredArticle) -> Sequence[Sentence]:
    return sentences(article.article)
