"""A story is told once for many readers, and anew when it changed."""

from dataclasses import replace

import pytest

from bot.digest import stories
from bot.flow.telling import Telling
from bot.model import Story
from tests.writing import article, stored

FIRST = article("江城新桥12月7日正式通车，全长三公里。", title="江城新桥通车")
OTHER = article("江城新桥通车首日，有8000辆车驶过。", title="江城新桥首日车流", outlet="晚报")


async def test_what_did_not_change_is_told_once() -> None:
    telling = Telling(stories.tell)
    story = Story(1, (stored(1, FIRST),))
    (view,) = await telling.views([story])
    assert view == stories.tell(story)
    (again,) = await telling.views([Story(1, (stored(1, FIRST),))])  # as it is read the next time
    assert again is view


async def test_what_changed_is_told_as_it_is_now() -> None:
    telling = Telling(stories.tell)
    before = Story(1, (stored(1, FIRST),))
    one = stored(1, FIRST)
    for after in (
        Story(1, (stored(2, OTHER), one)),
        Story(1, (replace(one, article=replace(FIRST, title="江城新桥今通车"), revision=2),)),
        Story(1, (replace(one, reprint_of=7),)),
    ):
        await telling.views([before])
        assert await telling.views([after]) == [stories.tell(after)]


async def test_a_list_keeps_its_order_whatever_was_told_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.flow.telling.MOST", 2)
    telling = Telling(stories.tell)
    some = [Story(n, (stored(n, article(f"第{n}座桥通车。"), n),)) for n in range(1, 6)]
    for asked in (some, some[::-1], some[1:4], []):
        assert [view.story for view in await telling.views(asked)] == asked
    (kept,) = await telling.views(some[:1])
    await telling.views(some[1:3])
    assert (await telling.views(some[:1]))[0] is not kept  # no more than two
