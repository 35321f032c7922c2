"""Questions of one word: which are understood, which are talk, and what answers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import stories
from bot.digest.questions import asked, found
from bot.model import Article, Story, StoryView
from bot.model.questions import Asked, Question
from tests.writing import article, stored


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("谁", Question.WHO),
        ("是谁？", Question.WHO),
        ("誰啊", Question.WHO),
        ("涉及哪些人", Question.WHO),
        ("何时", Question.WHEN),
        ("这是什么时候的事？", Question.WHEN),
        ("哪天發生的", Question.WHEN),
        ("甚麼時候", Question.WHEN),
        ("来源", Question.SOURCE),
        ("來源呢", Question.SOURCE),
        ("哪里来的？", Question.SOURCE),
        ("谁说的", Question.SOURCE),
        ("出处！", Question.SOURCE),
        ("多少", Question.FIGURES),
        ("一共多少钱", Question.FIGURES),
        ("在哪里", Question.WHERE),
        ("在哪裡發生的？", Question.WHERE),
        ("后来呢", Question.OUTCOME),
        ("結果呢？？", Question.OUTCOME),
        ("然后呢……", Question.OUTCOME),
        ("为什么", Question.WHY),
        ("為什麼呢", Question.WHY),
        ("Who?", Question.WHO),
        ("who was it", Question.WHO),
        ("When did it happen?", Question.WHEN),
        ("source?", Question.SOURCE),
        ("how many people", Question.FIGURES),
        ("What happened next?", Question.OUTCOME),
    ],
)
def test_a_question_is_understood(text: str, question: Question) -> None:
    assert asked(text) == Asked(question)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 谁", Asked(Question.WHO, 2)),
        ("2谁", Asked(Question.WHO, 2)),
        ("#3 来源？", Asked(Question.SOURCE, 3)),
        ("12、什么时候", Asked(Question.WHEN, 12)),
        ("1. who", Asked(Question.WHO, 1)),
    ],
)
def test_a_number_names_one_of_several(text: str, expected: Asked) -> None:
    assert asked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "？",
        "2",
        "谁信啊",
        "谁知道呢",
        "多少有点夸张",
        "怎么可能",
        "没什么结果",
        "微信",
        "123 谁",
        "谁" * 40,
        "who cares",
        "whoever",
        "why not",
        "时间管理大师",
        "12月",
        "source code",
    ],
)
def test_talk_is_no_question(text: str) -> None:
    assert asked(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert asked(text) is None or asked(f" {text}？") == asked(text)


def told(*articles: Article) -> StoryView:
    """A story of some articles, as it is told."""
    return stories.tell(Story(1, tuple(stored(n, a) for n, a in enumerate(articles, 1))))


FIRE = told(
    article(
        "12月2日，海宁市一家纺织厂发生火灾，造成3人受伤。海宁市应急管理局局长陈国栋表示，起火原因是电线老化。",
        "由于道路狭窄，消防车晚到了十分钟。厂主李明华称，工厂去年刚通过检查。",
        outlet="晨报",
    ),
    article("海宁市应急管理局局长陈国栋介绍，火灾已扑灭，直接损失约200万元。", outlet="晚报"),
)


def texts(question: Question) -> list[str]:
    return [one.cited.sentence.text for one in found(question, FIRE)]


def test_who_names_people_with_a_sentence_each() -> None:
    answers = found(Question.WHO, FIRE)
    named = [name for one in answers for name in one.named]
    assert {"陈国栋", "李明华"} <= set(named)
    assert len(named) == len(set(named))
    for one in answers:
        assert all(name in one.cited.sentence.text for name in one.named)


def test_every_answer_stands_in_its_article() -> None:
    for question in Question:
        for one in found(question, FIRE):
            body = "".join(block.text for block in one.cited.article.article.blocks)
            assert one.cited.sentence.text in body


def test_where_how_many_and_why() -> None:
    assert any("海宁市" in text for text in texts(Question.WHERE))
    assert any("3人" in text or "200万元" in text for text in texts(Question.FIGURES))
    assert any("原因是电线老化" in text for text in texts(Question.WHY))
    assert any("由于道路狭窄" in text for text in texts(Question.WHY))


def test_what_is_not_said_is_not_answered() -> None:
    bare = told(article("图书馆今天开门。"))
    assert found(Question.WHO, bare) == found(Question.WHY, bare) == ()
    assert found(Question.SOURCE, FIRE) == found(Question.WHEN, FIRE) == ()
