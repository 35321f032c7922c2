"""Which stories a message shows, read off its buttons as Telegram gives them back."""

import pytest

from bot.model import Button
from bot.render.deep_links import linked, opened, sources_link, story_link
from bot.render.shown import Shown

STORY = "story.12.0.0.latest.0.0"
OTHER = "+story.13.0.0.latest.0.0"


def shown(*buttons: tuple[str, str]) -> Shown:
    return Shown([Button(text, data) for text, data in buttons], "mailuo_bot")


def test_one_story_needs_no_number() -> None:
    one = shown(("时间线", "storyline.12.0.0.latest.0.0"), ("来源", "sources.12.0.0.latest.0.0"))
    assert not one.several
    assert one.story(None) == one.story(7) == 12


def test_of_several_the_number_tells() -> None:
    digest = shown(("1", STORY), ("2", OTHER), ("2 的时间线", "+storyline.13.0.0.latest.0.0"))
    assert digest.several
    assert digest.story(None) is digest.story(3) is None
    assert (digest.story(1), digest.story(2), digest.first_number) == (12, 13, 1)


def test_a_later_page_begins_with_its_own_number() -> None:
    page = shown(("‹ 上一页", "latest.0.0.0.latest.0.0"), ("6", STORY), ("7", OTHER))
    assert page.first_number == 6
    assert page.story(6) == 12


@pytest.mark.parametrize("data", ["", "x", "story.0.0.0.latest.0.0", "s.list.a.0.s.8.127.b.0.0.0"])
def test_other_buttons_show_no_story(data: str) -> None:
    none = shown(("x", data))
    assert not none.several
    assert none.story(None) is None


def test_a_shared_message_is_known_by_its_link() -> None:
    link = Button("在脉络里打开", url=story_link("Mailuo_Bot", 12))
    assert Shown([link], "mailuo_bot").story(None) == 12
    foreign = Button("看", url=story_link("other_bot", 12))
    assert Shown([foreign], "mailuo_bot").story(None) is None


def test_links_come_back_as_what_they_open() -> None:
    assert linked(story_link("mailuo_bot", 12), "mailuo_bot") == opened("story_12")
    assert linked(sources_link("mailuo_bot", 999), "mailuo_bot") == opened("sources_999")
    assert linked("https://example.com/?start=story_12", "mailuo_bot") is None
