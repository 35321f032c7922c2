"""Kinds of events are found as if all words of all kinds were tried at each place."""

import re
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.stories.kinds import _ALTERNATIVE, _KINDS, kinds

PLAIN = re.compile("|".join(f"(?P<k{n}>{p})" for n, p in enumerate(_KINDS.values())))
WORDS = sorted(set(chain.from_iterable(map(_ALTERNATIVE.findall, _KINDS.values()))))
LETTERS = sorted(set("".join(_KINDS.values())) | set("新闻，0３.万"))


@given(st.lists(st.sampled_from([*WORDS, *LETTERS, *LETTERS])).map("".join))
def test_only_what_can_begin_at_a_letter_is_tried_and_nothing_is_missed(head: str) -> None:
    names = list(_KINDS)
    found = [names[int(m.lastgroup[1:])] for m in PLAIN.finditer(head) if m.lastgroup]
    assert kinds(head) == tuple(dict.fromkeys(found))


def test_the_first_mention_comes_first() -> None:
    assert kinds("新闻发布会通报地震灾情，已召回92号汽油，2比1战胜") == (
        "地震",
        "召回",
        "油价",
        "赛果",
    )
