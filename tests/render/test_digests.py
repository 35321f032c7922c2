"""Digests and subscription buttons fit into Telegram, whatever they hold."""

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import stories
from bot.model import Cited, Sentence, Story
from bot.model.delivery import (
    EVERY_DAY,
    Entry,
    Pace,
    Place,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
    Subscription,
)
from bot.render import digests, feedback, setup
from bot.render.actions import unpack
from bot.render.keys import FRESH
from bot.render.rich import plain, units
from bot.render.setup import Setup, Step
from bot.render.subscriptions import rhythm_name
from tests.writing import NOW, READER, article, stored

SETUPS = st.builds(
    Setup,
    step=st.sampled_from(Step),
    scope=st.sampled_from(ScopeKind),
    ref=st.integers(0, 10**12 - 1),
    pace=st.sampled_from(Pace),
    minute=st.integers(0, 1439),
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda d: tuple(sorted(d))),
    size=st.sampled_from(Size),
    silent=st.booleans(),
    page=st.integers(0, 999),
    target=st.integers(-(10**13), 10**13),
)

STORIES = st.tuples(st.text(max_size=300), st.text(max_size=600), st.booleans())


@given(SETUPS)
def test_a_step_survives_its_button(step: Setup) -> None:
    packed = setup.pack(step)
    assert len(FRESH + packed) <= 64
    assert setup.unpack(packed) == step


@given(st.text(max_size=70))
def test_anything_else_is_no_step(data: str) -> None:
    found = setup.unpack(data)
    assert found is None or setup.pack(found) == data


def subscription(size: Size, words: str = "") -> Subscription:
    scope = Scope(ScopeKind.WORDS, words) if words else Scope()
    rhythm = Rhythm(Pace.SLOT, 480)
    return Subscription(1, Place(1), scope, rhythm, size, False, 0, 0, NOW, NOW)


def entry(number: int, title: str, text: str, told_before: bool) -> Entry:
    one = stored(number, article(text or "。", title=title or "一"), story=number)
    view = stories.tell(Story(number, (one,)))
    fresh = (Cited(one, Sentence(text, 0, 0)),) if told_before and text else ()
    return Entry(view, number, 1 if fresh else 0, fresh)


@given(
    st.lists(STORIES, min_size=1, max_size=30),
    st.sampled_from(Size),
    st.text(max_size=60),
    st.integers(0, 5),
)
def test_every_part_fits_and_every_story_can_be_opened(
    told: list[tuple[str, str, bool]], size: Size, scope: str, more: int
) -> None:
    entries = [entry(n, *one) for n, one in enumerate(told, 1)]
    about = subscription(size, scope)
    made = digests.parts(
        entries, about, more, replace(READER, now=NOW + timedelta(days=1), fresh=False)
    )
    opened: list[int] = []
    for message in made:
        assert 0 < units(plain(message.text)) <= 4096
        assert sum(map(len, message.buttons)) <= 100
        for button in (b for row in message.buttons for b in row):
            assert len(button.data.encode()) <= 64
            assert button.data.startswith(FRESH) or feedback.unpack(button.data)
            if action := unpack(button.data.removeprefix(FRESH)):
                opened.append(action.id)
    assert set(opened) == {e.view.story.id for e in entries}
    assert ("另有" in plain(made[-1].text)) >= bool(more)


def test_sizes() -> None:
    one = entry(1, "新桥通车", "12月7日，新桥正式通车，全长三公里。", False)
    texts = {
        size: plain(digests.parts([one], subscription(size), 0, READER)[0].text) for size in Size
    }
    assert "全长三公里" not in texts[Size.HEADLINES]
    assert "全长三公里\n" in texts[Size.BRIEF]
    assert "全长三公里。（晨报）" in texts[Size.FULL]
    assert texts[Size.BRIEF].startswith("全部消息 · 每天 08:00\n\n新桥通车\n")


def test_rhythms_in_words() -> None:
    for days, name in (
        (EVERY_DAY, "每天 08:00"),
        ((0, 1, 2, 3, 4), "工作日 08:00"),
        ((5, 6), "周末 08:00"),
        ((0, 6), "每周一、日 08:00"),
    ):
        assert rhythm_name(Rhythm(Pace.SLOT, 480, days), READER) == name
    assert re.fullmatch("即时|每小时", rhythm_name(Rhythm(Pace.INSTANT), READER))
