"""The newest sketches of words."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.store import Store, newest
from bot.store.engine import Database
from bot.store.newest import MOST, Newest
from tests.store.tables import asked

NUMBERS = st.lists(st.integers(1, 2**63 - 1))


@given(NUMBERS)
def test_numbers_are_read_as_they_were_packed(numbers: list[int]) -> None:
    assert newest.unpacked(newest.packed(numbers)) == numbers


@given(st.lists(st.text()))
def test_words_are_read_as_they_were_joined(words: list[str]) -> None:
    once = newest.storable(words)
    assert newest.apart(newest.joined(once)) == once
    assert len(set(once)) == len(once)


async def test_only_the_newest_of_a_word_are_kept(store: Store) -> None:
    def keep(db: Database) -> None:
        found = Newest(db)
        for number in range(1, MOST + 3):
            found.add(["大桥"], number)
        found.add(["通车"], 2)
        assert found.of(["大桥", "通车", "从未"]) == [[*range(3, MOST + 3)], [2], []]
        found.write()

    await store._engine.write(keep)
    assert await _kept(store) == {"大桥": [*range(3, MOST + 3)], "通车": [2]}


async def test_a_word_that_none_has_any_more_leaves_no_row(store: Store) -> None:
    def keep(db: Database) -> None:
        found = Newest(db)
        found.add(["大桥", "通车"], 1)
        found.add(["大桥"], 2)
        found.write()

    def drop(db: Database) -> None:
        found = Newest(db)
        found.drop(["大桥", "通车"], [1])
        found.write()

    await store._engine.write(keep)
    await store._engine.write(drop)
    assert await _kept(store) == {"大桥": [2]}


async def _kept(store: Store) -> dict[str, Any]:
    found = await asked(store, "SELECT word, numbers FROM newest")
    return {word: newest.unpacked(numbers) for word, numbers in found}
