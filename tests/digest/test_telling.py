"""Telling a story across its articles: the newest of like lines, short, with nothing dangling."""

from datetime import UTC, datetime, timedelta

from bot.digest import stories
from bot.model import Story, StoryView
from tests.writing import article, stored

DAY = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


def told(*said: tuple[str, ...]) -> StoryView:
    """A story of articles that say this, one an hour."""
    articles = [
        stored(n, article(*one, title=f"大桥消息{n}", outlet=str(n), at=DAY + timedelta(hours=n)))
        for n, one in enumerate(said)
    ]
    return stories.tell(Story(1, tuple(reversed(articles))))


def line(view: StoryView) -> str:
    assert view.line is not None
    return view.line.sentence.text


def shown(view: StoryView) -> list[str]:
    return [cited.sentence.text for cited in view.summary]


def test_the_line_is_the_newest_of_like_ones() -> None:
    view = told(("云山大桥完成荷载试验，大桥即将通车。",), ("云山大桥正式通车，首月免费通行。",))
    assert line(view) == "云山大桥正式通车，首月免费通行。"


def test_the_line_says_the_act_in_few_words() -> None:
    long = (
        "3月1日，云山大桥管理局发布《关于〈云山大桥货车通行规范〉的更新声明》，公布在交通部门指导下"
        "云山大桥进一步的通行方案，云山大桥将可通行货车。"
    )
    short = "3月1日，云山大桥管理局发布声明称，云山大桥将可通行货车。"
    assert line(told((long,), (short,))) == "云山大桥管理局发布声明称，云山大桥将可通行货车。"


def test_a_line_that_needs_its_article_is_another_articles() -> None:
    view = told(
        ("3月1日，云山大桥首日车流超过三万辆。",),
        ("首日，云山大桥的货车车流超过三万辆。",),
    )
    assert line(view) == "云山大桥首日车流超过三万辆。"


def test_a_line_with_its_day_is_preferred_to_one_of_some_day() -> None:
    view = told(
        ("2月20日，专家检查云山大桥的桥墩。",),
        ("3月1日，云山大桥管理局宣布货车可以通行。",),
        ("近日，云山大桥管理局宣布货车可以通行。",),
    )
    assert shown(view)[0].startswith("3月1日")


def test_what_leans_is_not_told_without_what_it_leans_on() -> None:
    both = "云山大桥正式通车，两岸通行时间缩短到八分钟。"
    view = told((both, "这条通道首月免收货车和客车费用。"), (both,))
    assert shown(view) == [both]
    assert len(shown(told((both, "这条通道首月免收货车和客车费用。")))) == 2


def test_a_sentence_that_only_leads_on_is_told_last() -> None:
    view = told(
        (
            "3月1日，云山大桥管理局宣布货车可以通行。",
            "关于货车收费一事，交通局同时推出了三项举措。",
            "夜间费用减半，按里程收取。",
        )
    )
    assert shown(view)[1] == "夜间费用减半，按里程收取。"
