"""Who else says a sentence, and a story at length."""

from dataclasses import replace

from bot.digest import stories
from bot.model import Story
from tests.writing import article, stored

SAID = "江城新桥12月7日正式通车，全长三公里，总投资4亿元。"


def also(*other: str) -> list[int]:
    """Who else says the first sentence of a story of two articles."""
    first = stored(1, article(SAID, title="江城新桥通车"))
    second = stored(2, article(*other, title="江城新桥通车", outlet="晚报"))
    view = stories.tell(Story(1, (first, second)))
    view = stories.backed(view)
    at = next((n for n, c in enumerate(view.summary) if c.article.id == 1), None)
    return [] if at is None else [a.id for a in view.also[at]]


def test_the_same_in_other_words_counts_other_figures_do_not() -> None:
    assert also("12月7日，总投资4亿元、全长三公里的江城新桥正式通车。", "有居民步行过桥。") in (
        [2],
        [],
    )
    assert also("江城新桥12月7日正式通车，全长三公里，总投资5亿元。") == []
    assert also("江城动物园12月7日开放夜场，门票半价。") == []


def test_at_length_others_add_what_the_first_does_not_say() -> None:
    first = stored(1, article(SAID, "货车须绕行石桥镇。", title="江城新桥通车"))
    second = stored(2, article(SAID, "首日有8000辆车驶过。", title="江城新桥通车了", outlet="晚报"))
    view = stories.longer(stories.tell(Story(1, (second, first))))
    told = [c.sentence.text for c in view.summary]
    assert told.count(SAID) == 1
    assert "首日有8000辆车驶过。" in told
    assert "货车须绕行石桥镇。" in told
    assert len(told) <= 10


def test_a_list_has_the_title_and_the_line_that_the_story_is_told_by() -> None:
    first = stored(1, article(SAID, "货车须绕行石桥镇。", title="江城新桥通车"))
    second = stored(2, article(SAID, "首日有8000辆车驶过。", title="江城新桥通车了", outlet="晚报"))
    for story in (Story(1, (first,)), Story(1, (second, first)), Story(1, (stored(3, article()),))):
        told = stories.tell(story)
        assert stories.listed(story) == replace(told, summary=(), asked=())


def test_figures_that_agree_are_given_with_their_clause() -> None:
    one = stored(1, article("江城新桥昨日通车，总投资4亿元。", title="江城新桥通车"))
    view = stories.backed(stories.tell(Story(1, (one,))))
    assert [(f.clause, f.text) for f in view.figures] == [("总投资4亿元", "4亿元")]


def test_figures_of_another_year_or_in_dispute_are_left_out() -> None:
    old = stored(1, article("1988年，江城地震造成617人死亡。", title="江城地震"))
    assert stories.backed(stories.tell(Story(1, (old,)))).figures == ()
    early = stored(2, article("江城化工园爆燃已造成12人遇难。", title="江城化工园爆燃"))
    late = stored(
        3, article("江城化工园爆燃已造成14人遇难。", title="江城化工园爆燃", outlet="晚报")
    )
    view = stories.backed(stories.tell(Story(1, (late, early))))
    assert view.figures == ()
    assert [[value for value, _ in d.values] for d in view.disputes] == [["12人", "14人"]]
