"""Articles that are stored in one transaction."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Digest, Filed, Sketch, Sketched, StoryChoice, Words
from bot.parts import parts
from bot.store import Store
from bot.store.filing import Find
from bot.store.newest import unpacked
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


def joining_all(one: Filed, find: Find) -> tuple[StoryChoice, tuple[Sketched, ...]]:
    """The story of the likeliest candidate; the stories of the others are merged with it."""
    found = [c.story_id for c in find(one.sketches[0].keywords, None, None) if c.story_id]
    if not found:
        return ALONE, one.sketches
    merged = tuple(dict.fromkeys(story for story in found if story != found[0]))
    return StoryChoice(found[0], 1.0, "", merged=merged), one.sketches


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sets(st.sampled_from("甲乙丙丁"), min_size=1))
    ),
    st.integers(2, 5),
)
def test_a_lot_is_stored_as_its_articles_are_one_after_the_other(
    told: list[tuple[str, set[str]]], size: int
) -> None:
    all_ = [filed(f"{n}。", key, *sorted(words)) for n, (key, words) in enumerate(told)]
    assert asyncio.run(kept(all_, size)) == asyncio.run(kept(all_, 1))


async def kept(all_: list[Filed], size: int) -> list[object]:
    """All rows, when so many articles are stored at a time. What a sketch is found by stands with
    its article: a number that was free is given again."""
    tables = "stories all_articles revisions joins heard words".split()
    with tempfile.TemporaryDirectory() as folder:
        async with await Store.open(Path(folder) / "lots.db", word_engine="jieba") as store:
            for lot in parts(all_, size):
                await store.articles.save_all(lot, joining_all, NOW)
            rows = [await asked(store, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
            sketches = """SELECT k.id, k.article_id, k.story_id, k.published_at, k.sketch, k.sign,
                          w.words FROM sketches k JOIN keywords w ON w.sketch_id = k.id
                          ORDER BY k.id"""
            found = await asked(store, sketches)
            newest = await asked(store, "SELECT word, numbers FROM newest ORDER BY word")
    article = {number: article for number, article, *_ in found}
    having = [(word, *(article[number] for number in unpacked(packed))) for word, packed in newest]
    return [*rows, [rest for _, *rest in found], having]


async def test_what_joined_an_arranged_story_in_the_same_lot_is_known_as_arranged(
    store: Store,
) -> None:
    await store.articles.save_all([filed("甲。", "a", "大桥")], decide, NOW)
    await store.stories.split(1, ALONE, NOW)
    settled = []

    def note(one: Filed, find: Find) -> tuple[StoryChoice, tuple[Sketched, ...]]:
        settled.extend((c.article_id, c.settled) for c in find(["大桥"], None, None))
        return decide(one, find)

    lot = [filed("乙。", "b", "大桥"), filed("丙。", "c", "大桥")]
    await store.articles.save_all(lot, note, NOW)
    assert settled == [(1, True), (2, True), (1, True)]
