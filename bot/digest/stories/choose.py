"""Which story a new article joins, of those that share words with it."""

from collections.abc import Sequence

from bot.digest.stories.compare import Comparison, compared
from bot.digest.stories.sides import side
from bot.model import Candidate, Sketch, StoryChoice

_SURE = 0.8  # an article this like two stories shows that they are one

ALONE = StoryChoice(None, 0.0, "没有相近的报道")
ROUNDUP = StoryChoice(None, 0.0, "要闻汇总，各条分属不同报道")


def choose(sketch: Sketch, candidates: Sequence[Candidate]) -> StoryChoice:
    """Which of the candidates' stories an article belongs to, if any, and why.

    A story that an administrator arranged is joined, but never merged with another.

    Args:
        sketch: of the new article, or of an item of a round-up.
        candidates: what it is compared with.
    """
    one = side(sketch)
    found = [(compared(one, side(c.sketch)), c) for c in candidates]
    same = sorted((pair for pair in found if pair[0].same), key=_most_like)
    items = tuple(c.id for _, c in same if c.story_id is None)
    stories = [(how, c) for how, c in same if c.story_id is not None]
    if not stories:
        nearest = min(found, key=_most_like, default=None)
        return _alone(nearest[0] if nearest else None, items)
    how, best = stories[0]
    return StoryChoice(
        best.story_id,
        how.score,
        how.reason,
        article_id=best.article_id,
        reprint_of=next((c.article_id for h, c in stories if h.reprint), None),
        merged=_merged(stories),
        items=items,
    )


def _most_like(pair: tuple[Comparison, Candidate]) -> tuple[float, int]:
    how, candidate = pair
    return -how.score, candidate.id


def _alone(nearest: Comparison | None, items: tuple[int, ...]) -> StoryChoice:
    if nearest is None:
        return StoryChoice(None, ALONE.score, ALONE.reason, items=items)
    return StoryChoice(None, nearest.score, nearest.reason, items=items)


def _merged(stories: Sequence[tuple[Comparison, Candidate]]) -> tuple[int, ...]:
    """The other stories that are surely the best one too."""
    settled = {c.story_id for _, c in stories if c.settled}
    sure = [c.story_id for how, c in stories if how.score >= _SURE and c.story_id is not None]
    best = stories[0][1].story_id
    if best not in sure or best in settled:
        return ()
    return tuple(dict.fromkeys(s for s in sure if s != best and s not in settled))
