"""Dated events: what dates them, how they are cut, whose they are, what kind they are of."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.article import digest
from bot.digest.events.hours import apart, at_one_hour, hours
from bot.model import Article, DatedEvent, EventKind, Granularity
from tests.writing import SHANGHAI, article


def events(*paragraphs: str, **more: object) -> tuple[DatedEvent, ...]:
    return digest(article(*paragraphs, **more), SHANGHAI).events  # type: ignore[arg-type]


def only(*paragraphs: str, **more: object) -> DatedEvent:
    (event,) = events(*paragraphs, **more)
    return event


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("此前，9月17日，微信宣布开放外链。", "9月17日，微信宣布开放外链。"),
        ("据悉，新桥2018年5月动工建设。", "新桥2018年5月动工建设。"),
        ("天眼查显示，云帆科技成立于2012年。", "云帆科技成立于2012年。"),
        ("11月29日，微信宣布开放外链，外界认为这是一大步。", "11月29日，微信宣布开放外链"),
        ("11月29日，微信上线了折叠功能，用户可点开“折叠该群聊”。", "11月29日，微信上线了折叠功能"),
        ("11月29日，微信宣布开放外链，也就是说淘宝能点开。", "11月29日，微信宣布开放外链"),
        ("11月20日，新桥通过试验；次日，方案获市政府批准。", "11月20日，新桥通过试验"),
        ("但对此腾讯早有准备，在9月17日就上线了折叠。", "腾讯早有准备，在9月17日就上线了折叠。"),
    ],
)  # fmt: skip
def test_a_clause_stands_alone(text: str, said: str) -> None:
    assert events(text)[0].text == said


def test_a_long_sentence_is_cut_at_a_clause_and_never_in_a_quotation() -> None:
    long = "，以及" + "会后还提到了很多别的事情" * 3
    text = (
        f"9月17日，微信宣布开放外链，并称“安全是底线{long}，不会变”，用户可以自己选择{long * 4}。"
    )
    said = only(text).text
    assert said.startswith("9月17日，微信宣布开放外链")
    assert len(said) <= 110
    assert said.count("“") == said.count("”")


@pytest.mark.parametrize(
    ("paragraph", "subject"),
    [
        ("微信一直很封闭。微信曾屏蔽外链。9月17日宣布开放外链。", "微信"),
        ("微信曾屏蔽外链。微信也曾被批评。其在9月17日宣布开放外链。", "微信"),
        ("江城集团曾否认此事。该公司9月17日发布公告致歉。", "江城集团"),
        ("江城大学教授张伟曾否认此事。他于9月17日辞职离开学校。", "江城大学教授张伟"),
        ("江城集团曾否认此事。他于9月17日辞职离开。", ""),  # a company is no he
        ("张伟曾否认此事。该公司9月17日发布公告致歉。", ""),  # nor a man a company
        ("市交通局介绍，新桥质量可靠。9月17日通过荷载试验。", ""),  # who only speaks of it
        ("新桥的事说来话长。9月17日通过荷载试验验收。", ""),
        ("微信曾屏蔽外链，微信也曾被批评。9月17日，淘宝宣布开放。", ""),  # it stands by itself
        ("微信曾屏蔽外链，微信也曾被批评。9月17日发生一起火灾。", ""),  # nobody does that
        ("微信曾屏蔽外链，微信也曾被批评。9月，彭博社传出消息，称其将开放外链。", ""),
    ],
)  # fmt: skip
def test_a_subject_is_restored_where_it_is_plain(paragraph: str, subject: str) -> None:
    found = events(paragraph)[-1]
    assert found.subject == subject
    assert subject in paragraph


def test_no_subject_comes_from_another_paragraph() -> None:
    assert events("微信曾屏蔽外链。微信被批评。", "9月17日宣布开放外链。")[-1].subject == ""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("新华社北京12月1日电（记者 周行）11月30日，新桥通车了。", [date(2021, 11, 30)]),
        ("新华社北京12月1日电 新桥正式通车，首日免费。", [date(2021, 12, 1)]),
        ("记者12月1日从市交通局获悉，新桥将于12月10日通车。", [date(2021, 12, 10)]),
        ("新华社江城12月1日电 记者12月1日从交通局获悉，新桥11月30日通车。", [date(2021, 11, 30)]),
        ("IT之家11月28日消息 微软今日修补了一处漏洞。", [date(2021, 12, 2)]),
    ],
)
def test_a_dateline_dates_only_what_nothing_else_does(text: str, days: list[date]) -> None:
    found = events(text)
    assert [e.when.start for e in found] == days
    assert not any("电" in e.text or "获悉" in e.text or "消息" in e.text for e in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11月29日，微信发布了更新声明。", EventKind.EVENT),
        ("新桥将于12月10日正式通车。", EventKind.PLANNED),
        ("条例自明年1月1日起施行，全市适用。", EventKind.PLANNED),
        ("11月29日，盘和林表示，互联互通是必然选择。", EventKind.REACTION),
        ("市交通局介绍，11月20日新桥通过荷载试验。", EventKind.EVENT),
        ("截至11月底，全国网民规模达10.11亿。", EventKind.FIGURE),
        ("第三季度，阿里净利润同比下滑39%。", EventKind.FIGURE),
        ("从今年“双11”的消费数据分析看，决策链条在重塑。", EventKind.FIGURE),
        ("直到11月29日的这次更新，才算迈出第一步。", EventKind.BACKGROUND),
        ("腾讯早有准备，此前在9月末就上线了折叠功能。", EventKind.BACKGROUND),
        ("9月末上线的折叠功能能把群收起来。", EventKind.BACKGROUND),
        ("此前在9月末，微信上线了折叠功能。", EventKind.EVENT),
        ("新桥最初计划2020年建成，后来两度延期。", EventKind.BACKGROUND),
        ("11月12日，抖音公开称收到腾讯的邮件。", EventKind.EVENT),
        ("公司公告称，11月30日收到证监会立案通知书。", EventKind.EVENT),
    ],
)
def test_events_are_told_from_what_is_said_of_them(text: str, kind: EventKind) -> None:
    assert only(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "与2019年同期相比，客流下降两成。",
        "2013年与2021年的市场环境完全不同。",
        "2021年世界杯预选赛的门票已经售罄。",
        "《2021年度报告》的内容引起了热议。",
        "9月17日。",
    ],
)
def test_what_is_only_measured_by_or_named_after_a_date_is_no_event(text: str) -> None:
    assert not [e for e in events(text) if e.kind is EventKind.EVENT]


@pytest.mark.parametrize(
    ("text", "start", "grain"),
    [
        ("9月末，微信上线了折叠群聊的功能。", date(2021, 9, 1), Granularity.MONTH),
        ("2017年底，新桥正式动工建设。", date(2017, 1, 1), Granularity.YEAR),
        ("9月中旬，用户开始投诉这款手机。", date(2021, 9, 11), Granularity.WEEK),
    ],
)
def test_a_date_is_as_exact_as_is_sure(text: str, start: date, grain: Granularity) -> None:
    event = only(text)
    assert (event.when.start, event.when.granularity, event.when.certain) == (start, grain, True)


def test_rules_come_into_force_on_a_day_to_come() -> None:
    one = article("条例自7月1日起施行，适用全市。", at=datetime(2022, 4, 28, tzinfo=UTC))
    (event,) = digest(one, SHANGHAI).events
    assert (event.when.start, event.kind) == (date(2022, 7, 1), EventKind.PLANNED)


def test_an_undated_article_keeps_what_leans_on_a_full_date() -> None:
    told = events("2018年5月3日，新桥动工建设。次日，工人进场施工。昨日，新桥通车了。", at=None)
    assert [e.when.start for e in told] == [date(2018, 5, 3), date(2018, 5, 4)]


def test_an_hour_is_of_the_day_that_was_named() -> None:
    told = events("12月1日14时许，化工厂发生爆炸。18时40分，现场明火被扑灭。")
    assert [(e.when.start, e.part) for e in told] == [
        (date(2021, 12, 1), "14时许"),
        (date(2021, 12, 1), "18时40分"),
    ]


def test_two_things_of_one_month_in_a_sentence_are_two_events() -> None:
    told = events("9月，省政府成立了调查组；同月，董事长徐建国辞职。")
    assert [e.text for e in told] == ["9月，省政府成立了调查组", "董事长徐建国辞职。"]


@pytest.mark.parametrize(
    ("part", "span"),
    [("傍晚", (16, 20)), ("14时许", (14, 14)), ("下午3点半", (15.5, 15.5)),
     ("晚7点35分", (19 + 35 / 60,) * 2), ("", (0, 24))],
)  # fmt: skip
def test_parts_of_a_day_are_hours(part: str, span: tuple[float, float]) -> None:
    assert hours(part) == span


def test_hours_tell_events_apart() -> None:
    assert apart("14时许", "当晚")
    assert not apart("傍晚", "18时40分")
    assert not apart("", "当晚")
    assert at_one_hour("14时许", "14时07分")
    assert not at_one_hour("", "")


def early(text: str, at: datetime) -> str:
    told = digest(article(text, at=at), SHANGHAI).early
    return told.part or told.when.start.isoformat() if told else ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("11月29日傍晚，微信发布了更新说明。", "傍晚"),
        ("11月29日上午，微信发布了更新说明。", ""),
        ("11月30日，微信发布了更新说明。", "2021-11-30"),
        ("11月29日傍晚，微信将发布更新说明。", ""),
        ("11月29日晚8时，决赛在江城体育中心举行。", ""),  # a fixture
        ("明日，微信将发布更新说明。", ""),
    ],
)
def test_a_report_from_before_what_it_reports_is_noticed(text: str, told: str) -> None:
    assert early(text, datetime(2021, 11, 29, 3, 11, tzinfo=UTC)) == told


PIECES = st.sampled_from(
    "9月17日|，|。|微信|宣布|“|”|《|》|次日|据悉，|新华社12月1日电 |2013年|（|截至|表示，|其"
    "|14时许，|双11|三天前|发布|🙂|\ud800| |的|；|同比|起施行".split("|")
)


@settings(max_examples=200)
@given(st.lists(st.lists(PIECES, max_size=30).map("".join), max_size=4))
def test_every_event_is_verbatim_whatever_is_written(paragraphs: list[str]) -> None:
    one: Article = article(*paragraphs)
    for event in digest(one, SHANGHAI).events:
        assert event.text
        assert event.text in event.sentence.text
        assert event.subject in one.blocks[event.sentence.block].text
        assert event.part in event.sentence.text
        assert 0 <= event.salience <= 1
        assert event.when.start < event.when.end
