"""Articles that are stored in one transaction."""

from dataclasses import replace

from bot.model import Digest, Filed, Sketch, Sketched, StoryChoice, Words
from bot.store import Store
from bot.store.filing import Find
from tests.store.tables import asked
from tests.writing import NOW, article

ALONE = StoryChoice(None, 0.0, "")


def filed(text: str, key: str, *keywords: str) -> Filed:
    """An article that is found by some words, ready to be stored."""
    sketches = (Sketched(0, Sketch(keywords), keywords),)
    one = replace(article(text), key=key)
    return Filed(one, Digest(None, keywords=keywords), Words(keywords, ()), sketches)


def decide(one: Filed, find: Find) -> tuple[StoryChoice, tuple[Sketched, ...]]:
    """The story of the likeliest candidate."""
    found = find(one.sketches[0].keywords, None, None)
    return (StoryChoice(found[0].story_id, 1.0, "") if found else ALONE), one.sketches


async def test_an_article_is_decided_on_by_those_before_it(store: Store) -> None:
    lot = [filed("甲。", "a", "大桥", "通车"), filed("乙。", "b", "大桥", "通车")]
    saved = await store.articles.save_all(lot, decide, NOW)
    assert [one.outcome for one in saved] == ["new", "new"]
    assert [len(s.articles) for s in await store.stories.latest(None, 9)] == [2]


async def test_an_article_that_changes_within_one_lot_is_found_as_it_is_then(store: Store) -> None:
    lot = [filed("甲。", "a", "大桥", "通车"), filed("甲，改过。", "a", "大桥", "限行")]
    saved = await store.articles.save_all(lot, decide, NOW)
    assert [(one.id, one.outcome) for one in saved] == [(1, "new"), (1, "updated")]
    assert await store.stories.candidates(["通车"], None, None) == []
    (found,) = await store.stories.candidates(["大桥", "限行"], None, None)
    assert found.article_id == 1
    assert await asked(store, "SELECT word FROM newest ORDER BY word") == [("大桥",), ("限行",)]
    assert await asked(store, "SELECT words FROM heard") == [("大桥\n限行",)]
    assert [r.blocks[0].text for r in await store.articles.revisions(1)] == ["甲。", "甲，改过。"]
