"""The settings panel: what its buttons carry, and its panes."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Message
from bot.model.delivery import ChatSettings, Quiet, Size
from bot.render import settings as screens
from bot.render import words
from bot.render.keys import FRESH
from bot.render.linkpress import LinkPress, LinkStep, pack_link, unpack_link
from bot.render.panel import Pane, Press, pack, unpack
from bot.render.paused import paused
from bot.render.reader import Reader
from bot.render.rich import Rich, text
from bot.render.setup import unpack as unpack_setup
from tests.writing import NOW, READER

TARGETS = st.integers(-(10**16) + 1, 10**16 - 1)
CODES = [c.code for c in words.every()]


def data(message: Message) -> list[str]:
    return [button.data.removeprefix(FRESH) for row in message.buttons for button in row]


def shown(press: Press, spoken: str = "zh-hans", **fields: object) -> screens.Shown:
    settings = ChatSettings(press.target or 1, title="早报", **fields)  # type: ignore[arg-type]
    reader = Reader.speaking(spoken, NOW, ZoneInfo(settings.zone))
    return screens.Shown(settings, press, reader, 3)


@given(st.sampled_from(CODES), TARGETS, st.sampled_from(Size), st.booleans())
def test_every_button_of_every_pane_is_understood(
    language: str, target: int, size: Size, quiet: bool
) -> None:
    hours = Quiet(23 * 60, 7 * 60) if quiet else None
    given = shown(Press(target=target), language, size=size, quiet=hours, language=language)
    panes = (screens.home, screens.language, screens.zone, screens.quiet, screens.size)
    for pane in panes:
        for carried in data(pane(given)):
            assert len(FRESH + carried) <= 64
            understood = unpack(carried) or unpack_setup(carried) or unpack_link(carried)
            assert understood is not None
            assert understood.target == target


@pytest.mark.parametrize(
    "forged",
    [
        "", "set", "set.", "set.home", "set.home..", "set.home..x", "set.home.x.0", "set.lang.fr.0",
        "set.zone.Mars.0", "set.zone.../../etc.0", "set.quiet.1-2-3.0", "set.quiet.99999-1.0",
        "set.size.huge.0", "set.spread.x.0", "set.home..0\n", "set.home..١", "set.home..0.0",
        "set.zone.Asia/Tokyo.12345678901234567",
    ],
)  # fmt: skip
def test_anything_else_is_refused(forged: str) -> None:
    assert unpack(forged) is None


@given(st.text(), st.sampled_from(list(Pane)))
def test_no_text_breaks_it(said: str, pane: Pane) -> None:
    press = unpack(f"set.{pane}.{said}.0")
    assert press is None or pack(press) == f"set.{pane}.{said}.0"


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("size", Size)
def test_what_is_chosen_is_marked_once_in_each_pane(language: str, size: Size) -> None:
    given = shown(Press(), language, size=size, quiet=Quiet(1380, 420))
    for pane in (screens.language, screens.zone, screens.quiet, screens.size):
        marks = [b.text for row in pane(given).buttons for b in row if b.text.startswith("✓")]
        assert len(marks) == 1


def test_the_rules_for_links_are_one_press_away() -> None:
    given = shown(Press(target=-100))
    assert pack_link(LinkPress(LinkStep.PANEL, target=-100)) in data(screens.home(given))


def test_a_channels_panel_names_it_and_its_own_language() -> None:
    said = screens.home(shown(Press(target=-100), language="zh-hans")).text
    assert "“早报”的设置" in said
    given = screens.Shown(ChatSettings(-100, language="en"), Press(target=-100), READER)
    assert "语言：English" in screens.home(given).text


def test_what_was_changed_stands_above() -> None:
    above: Rich = text("改好了")
    assert screens.home(shown(Press()), above).text.startswith("改好了\n\n")


def test_a_zone_without_a_name_of_ours_is_called_by_its_city() -> None:
    assert "Istanbul 时间" in screens.home(shown(Press(), zone="Europe/Istanbul")).text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Forbidden: bot was blocked by the user", "我不在那里了"),
        ("kicked", "我不在那里了"),
        ("left", "我不在那里了"),
        ("Bad Request: not enough rights to send text messages to the chat", "没有发消息的权限"),
        ("CHAT_WRITE_FORBIDDEN", "没有发消息的权限"),
        ("Bad Request: chat not found", "找不到那个聊天"),
        ("Something that Telegram says tomorrow", "暂时不让我发消息"),
    ],
)
def test_readers_never_see_telegrams_errors(reason: str, said: str) -> None:
    assert said in paused(reason, READER)
    assert reason not in paused(reason, READER)
