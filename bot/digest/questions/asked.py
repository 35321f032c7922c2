"""Which question a short text asks: 谁, 什么时候的事, 2 来源, who was it?

Only a text that is nothing but the question counts. 谁信啊 or 多少有点夸张 is talk among readers,
and a bot that answers talk is a nuisance in a group.
"""

import re

from bot.model.questions import Asked, Question

_LONGEST = 32  # characters

_CHINESE = {
    Question.WHO: "谁 什么人 哪些人 哪个人 哪位 何人 谁干的 谁做的",
    Question.WHEN: "什么时候 啥时候 何时 哪天 哪一天 几号 几时 哪年 哪一年 几月 时间",
    Question.SOURCE: "来源 出处 消息来源 哪里来的 哪儿来的 哪来的 从哪来的 出自哪里 谁说的 "
    "谁报道的 谁报导的 哪家媒体 原文",
    Question.FIGURES: "多少 多少钱 多少人 几个 几人 数字 数据 数目",
    Question.WHERE: "哪里 哪儿 在哪 什么地方 何处 何地 地点",
    Question.OUTCOME: "结果 结果如何 后来 然后 后续 进展 最新进展 怎么样了",
    Question.WHY: "为什么 为何 为啥 原因 何故 怎么回事",
}
_BEFORE = "请问 那么 那 这件事 这事 此事 它 都 到底 究竟 具体 是 有 在 说 涉及 一共 总共 这"
_AFTER = "发生 开始 提到 涉及 发布 的 了 是 呢 啊 呀 吗 嘛 事 事情 说 在 这 有 这件事 这事"
_SIMPLIFIED = str.maketrans(
    "誰甚麼個幹時號幾間來處從說報導媒體錢數據裡裏兒後續進結樣為這請問總開發嗎",
    "谁什么个干时号几间来处从说报导媒体钱数据里里儿后续进结样为这请问总开发吗",
)
_ENGLISH = {
    "who": Question.WHO,
    "whose": Question.WHO,
    "when": Question.WHEN,
    "source": Question.SOURCE,
    "sources": Question.SOURCE,
    "says who": Question.SOURCE,
    "how many": Question.FIGURES,
    "how much": Question.FIGURES,
    "figures": Question.FIGURES,
    "where": Question.WHERE,
    "outcome": Question.OUTCOME,
    "and then": Question.OUTCOME,
    "what then": Question.OUTCOME,
    "what happened next": Question.OUTCOME,
    "why": Question.WHY,
    "how come": Question.WHY,
}
_FILLING = """
    is are was were did does do it this that they he she happen happened the story event begin start
    people involved say said from
    """.split()  # noqa: SIM905
_NUMBER = re.compile(r"#?(\d{1,2})(?!\d)[.、．:：,，\s]*", re.ASCII)
_MARKS = re.compile(r"[\s?？!！。.,，、…~～“”\"'’]+")


def _either(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


_FORMS = {
    question: re.compile(
        f"(?:{_either(_BEFORE)}){{0,3}}(?:{_either(said)})(?:{_either(_AFTER)}){{0,4}}"
    )
    for question, said in _CHINESE.items()
}


def asked(text: str) -> Asked | None:
    """The question that a text is, or None where it is anything else.

    Args:
        text: what a reader wrote; a number before it names one of several stories.
    """
    said = text.strip().lower()
    if len(said) > _LONGEST:
        return None
    match = _NUMBER.match(said)
    question = _question(said[match.end() :] if match else said)
    if question is None:
        return None
    return Asked(question, int(match[1]) if match else None)


def _question(said: str) -> Question | None:
    joined = _MARKS.sub("", said).translate(_SIMPLIFIED)
    for question in (Question.SOURCE, *_FORMS):  # 谁说的 asks for the source, though 谁 is in it
        if _FORMS[question].fullmatch(joined):
            return question
    return _english(_MARKS.sub(" ", said).split())


def _english(words: list[str]) -> Question | None:
    """The longest question that the words begin with, when nothing but filling follows."""
    for length in (3, 2, 1):
        question = _ENGLISH.get(" ".join(words[:length]))
        if question and set(words[length:]) <= set(_FILLING):
            return question
    return None
