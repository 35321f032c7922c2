"""What no file and no question should hold, and does: broken text, numbers beyond all numbers."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model import Article, Digest, Link, Query, StoryChoice, Words
from bot.store import Store, rows
from tests.writing import NOW, article

ALONE = StoryChoice(None, 0.0, "没有相近的报道")
BROKEN = "a\udcffb\0c"
MENDED = "a\ufffdb\ufffdc"
HUGE = 10**20


async def save(store: Store, one: Article, *words: str) -> int:
    return (await store.articles.save(one, Digest(None), Words((), words, words), ALONE, NOW)).id


@given(st.text(st.characters()))
@example(BROKEN)
@example("\ud83d\ude00")
def test_any_text_can_be_stored_and_good_text_stays_as_it_is(text: str) -> None:
    stored = rows.storable(text)
    stored.encode("utf-8")
    assert "\0" not in stored
    assert rows.storable(stored) == stored
    if text.isprintable():
        assert stored == text


async def test_a_file_name_that_is_not_utf8_does_not_stop_the_article(store: Store) -> None:
    links = (Link("https://example.com", BROKEN),)
    one = replace(article("一段。", BROKEN, outlet=BROKEN), path=f"{BROKEN}.md", links=links)
    kept = await store.articles.get(await save(store, replace(one, key="k"), BROKEN))
    assert kept is not None
    assert kept.article.path.startswith("a\ufffdb")
    assert kept.article.links[0].text.startswith("a\ufffdb")
    assert [c.outlet for c in await store.articles.outlets()] == [MENDED]
    assert len(await store.articles.of_outlet(BROKEN, 5)) == 1


async def test_broken_text_finds_nothing_and_never_everything(store: Store) -> None:
    await save(store, article("一段。"), "一段")
    for broken in (BROKEN, "\udcff", "\0"):
        query = Query(broken, (broken,))
        assert await store.articles.count(query) == await store.stories.count(query) == 0
        assert await store.articles.of_outlet(broken, 5) == []
        assert await store.stories.candidates([broken], None, None) == []
        assert await store.articles.hashes([broken]) == {}


async def test_a_broken_phrase_is_remembered_mended(store: Store) -> None:
    number = await store.phrases.remember(BROKEN, NOW)
    assert await store.phrases.remember(BROKEN, NOW) == number
    assert await store.phrases.recall(number) == MENDED


@pytest.mark.parametrize("number", [HUGE, -HUGE, 2**63, 0, -1])
async def test_numbers_that_no_row_can_have(store: Store, number: int) -> None:
    await save(store, article("一段。"))
    assert await store.articles.get(number) is None
    assert await store.articles.revisions(number) == []
    assert await store.stories.get(number) is None
    assert await store.phrases.recall(number) is None


async def test_a_question_without_text_means_the_same_of_articles_and_stories(store: Store) -> None:
    await save(store, article("一段。"), "一段")
    for query, expected in (
        (Query(""), 1),
        (Query(" \n"), 1),
        (Query("", ("一段",)), 1),
        (Query("", ("别的",)), 0),
    ):
        assert await store.articles.count(query) == expected
        assert await store.stories.count(query) == expected


async def test_more_keys_than_a_statement_has_parameters(store: Store) -> None:
    one = article("一段。")
    await save(store, one)
    keys = [*map(str, range(300_000)), one.key]
    assert await store.articles.hashes(keys) == {one.key: one.content_hash}
