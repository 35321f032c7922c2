"""The answer to a question as a message: valid whatever the sentence and the names are."""

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import stories
from bot.model import Cited, Sentence, Story
from bot.model.questions import Found, Question
from bot.render import questions
from bot.sandbox.entities import parse_html, utf16
from tests.writing import READER, TRADITIONAL, article, stored

ONE = stored(1, article("张三说，新桥通车。"))
VIEW = stories.tell(Story(1, (ONE,)))


def said(text: str, *named: str) -> Found:
    return Found(Cited(ONE, Sentence(text, 0, 0)), named)


def test_what_answers_is_bold_and_marked() -> None:
    shown = questions.answer(
        Question.WHO, VIEW, [said("张三说，李四同意，张三<笑>。", "张三", "李四")], READER
    )
    assert "<b>张三</b>说，<b>李四</b>同意，<b>张三</b>&lt;笑&gt;。\u2060[1]" in shown.text
    assert shown.text.endswith("<i>[1] 晨报 · 12月2日</i>")


def test_one_article_has_one_mark() -> None:
    shown = questions.answer(Question.WHY, VIEW, [said("因为甲。"), said("由于乙。")], READER)
    assert shown.text.count("[1]") == 3
    assert "[2]" not in shown.text


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=20), max_size=4))
def test_any_sentence_and_any_names_make_a_valid_message(text: str, names: list[str]) -> None:
    for reader in (READER, TRADITIONAL):
        shown = questions.answer(Question.WHO, VIEW, [said(text, *names)] * 4, reader)
        assert 0 < utf16(parse_html(shown.text)[0]) <= 4096
