"""Answers: whatever a reader types or a client forges, one valid message comes back."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import app
from bot.config import Config, StoreSettings
from bot.digest import stories
from bot.flow.answer import COMMANDS, Answers
from bot.model import Message
from bot.render import stories as screens
from bot.render.actions import LISTS, Action, Screen, pack
from bot.render.reader import Reader
from bot.sandbox.entities import parse_html, utf16
from tests.conftest import still
from tests.writing import READER, SEEDS, TRADITIONAL, VISIT


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the seeds."""
    path = tmp_path_factory.mktemp("filled") / "mailuo.db"

    async def fill() -> None:
        async with app.opened(Config(store=StoreSettings(path=path)), still) as house:
            await house.ingest.posts([SEEDS])

    asyncio.run(fill())
    return path


def ask(path: Path, *asked: tuple[str, str]) -> list[Message | None]:
    """The answers to some commands (name, words) and presses ('press', data)."""

    async def answer() -> list[Message | None]:
        async with app.opened(Config(store=StoreSettings(path=path)), still) as house:
            answers = Answers(house.store, house.lookup, "mailuo_bot")
            return [
                await (
                    answers.press(words, VISIT)
                    if name == "press"
                    else answers.command(name, words, VISIT)
                )
                for name, words in asked
            ]

    return asyncio.run(answer())


ODD = st.text(max_size=70) | st.text(
    alphabet="\"'*()<>&-:^%_\\ANDOR微信淘宝😀\0\ud800\u202e", max_size=30
)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from([*COMMANDS, "else"]), ODD), min_size=1, max_size=4))
def test_any_question_has_one_valid_answer(filled: Path, asked: list[tuple[str, str]]) -> None:
    for message in ask(filled, *asked):
        assert message is not None
        text, _ = parse_html(message.text)
        assert 0 < utf16(text) <= 4096
        text.encode()


ACTIONS = st.builds(
    Action,
    st.sampled_from(Screen),
    st.integers(0, 8) | st.integers(0, 10**12 - 1),
    st.integers(0, 3) | st.integers(0, 10**12 - 1),
    st.integers(0, 99999),
    st.sampled_from(LISTS),
    st.integers(0, 99999),
    st.booleans(),
)


@settings(max_examples=25)
@given(st.lists(ACTIONS.map(pack), min_size=1, max_size=6))
def test_any_button_shows_a_screen(filled: Path, data: list[str]) -> None:
    for message in ask(filled, ("search", "淘宝"), *(("press", d) for d in data)):
        assert message is not None
        parse_html(message.text)


def test_data_that_is_not_ours_shows_nothing(filled: Path) -> None:
    assert ask(filled, ("press", "x"), ("press", "story.1")) == [None, None]


def test_a_page_beyond_the_last_is_the_last(filled: Path) -> None:
    latest = Action(Screen.LATEST)
    far = Action(Screen.LATEST, page=999)
    assert ask(filled, ("press", pack(far))) == ask(filled, ("press", pack(latest)))


@pytest.mark.parametrize("reader", [READER, TRADITIONAL])
async def test_a_list_shows_the_same_of_heads_as_of_whole_articles(
    filled: Path, reader: Reader
) -> None:
    async with app.opened(Config(store=StoreSettings(path=filled)), still) as house:
        total, views = await house.lookup.page("", 0, 99)
        whole = [stories.listed(s) for s in await house.store.stories.latest(None, 99)]
    assert views
    action = Action(Screen.LATEST)
    shown = [screens.latest(some, total, "", action, reader) for some in (views, whole)]
    assert shown[0] == shown[1]
