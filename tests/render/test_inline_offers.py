"""An offer is valid for Telegram whatever its articles hold."""

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import stories
from bot.model import Story
from bot.render import inline
from bot.render.rich import units
from bot.sandbox.entities import parse_html, utf16
from tests.writing import READER, TRADITIONAL, article, stored

TEXTS = st.text(max_size=300)


@given(TEXTS, TEXTS, TEXTS)
def test_any_story_is_offered(title: str, outlet: str, body: str) -> None:
    one = article(body, title=title or "题", outlet=outlet or "报")
    view = stories.tell(Story(7, (stored(1, one, 7),)))
    for reader in (READER, TRADITIONAL):
        offer = inline.offer(view, "mailuo_bot", reader)
        assert offer.id == "7"
        assert offer.title.strip()
        assert units(offer.title) <= inline.TITLE_UNITS
        assert units(offer.description) <= inline.DESCRIPTION_UNITS
        assert 0 < utf16(parse_html(offer.message.text)[0]) <= 4096
        assert all(button.url for row in offer.message.buttons for button in row)


def test_what_is_shared_says_no_just_now() -> None:
    view = stories.tell(Story(7, (stored(1, article("新桥通车。", at=READER.now), 7),)))
    offer = inline.offer(view, "mailuo_bot", READER)
    assert offer.description == "晨报 · 刚刚"
    assert "今天 12:00" in offer.message.text
