"""What is new in a story for those who were told of it."""

from bot.digest import stories
from bot.digest.news import development, entry
from bot.model import Story
from tests.writing import article, stored

OPENED = "12月7日，新桥正式通车，全长三公里，总投资十二亿元。"
FLOW = "新桥首日车流量突破四万辆，晚高峰一度限流。"
TOLLS = "管理局决定，国庆假期对小型客车免收通行费。"


def said(*bodies: str) -> list[str]:
    """What is new in the last of some articles."""
    told = [stored(n, article(*body.split("|"))) for n, body in enumerate(bodies, 1)]
    return [cited.sentence.text for cited in development(told, len(told) - 1)]


def test_another_outlet_that_says_the_same_is_no_news() -> None:
    assert said(OPENED, OPENED) == []
    assert said(OPENED, "新桥7日正式通车，全长三公里，投资十二亿元。") == []


def test_only_what_is_new_is_told() -> None:
    assert said(OPENED, f"{OPENED}|{FLOW}") == [FLOW]


def test_it_may_have_been_said_in_any_article_that_was_told() -> None:
    assert said(f"{OPENED}|{FLOW}", OPENED, f"{FLOW}|{TOLLS}") == [TOLLS]


def test_two_new_articles_do_not_say_it_twice() -> None:
    told = [stored(n, article(t)) for n, t in enumerate((OPENED, FLOW, FLOW, TOLLS), 1)]
    assert [c.article.id for c in development(told, 1)] == [2, 4]


def test_a_story_told_for_the_first_time_is_told_whole() -> None:
    view = stories.tell(Story(1, (stored(2, article(FLOW)), stored(1, article(OPENED)))))
    first = entry(view, None)
    assert first is not None
    assert (first.upto, first.known, first.development) == (2, 0, ())
    again = entry(view, 1)
    assert again is not None
    assert (again.upto, again.known) == (2, 1)
    assert entry(view, 2) is None


def test_an_article_without_prose_is_no_news() -> None:
    assert said(OPENED, "") == []
