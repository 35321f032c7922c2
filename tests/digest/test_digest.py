"""Sentences, summaries, events, timelines and stories: verbatim, dated, merged with care."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import stories, timeline, words
from bot.digest.article import digest
from bot.digest.sentences import sentences, split
from bot.digest.summary import brief, trimmed
from bot.model import Article, Granularity, Sentence, StoredArticle, Story
from bot.sources.posts import find_posts, read_post
from tests.writing import SEEDS, SHANGHAI, article, is_verbatim, one_story, stored

BRIDGE = article(
    "江城日报讯 12月1日上午，江城长江新桥正式通车，首日车流突破十万辆。",
    "新桥全长3.2公里，2018年5月动工，总投资46亿元。“过江从一个小时缩短到十分钟。”市民陈先生说。",
    "市交通局介绍，11月20日，新桥通过荷载试验；次日，通车方案获市政府批准。",
    "未来会怎样？让我们拭目以待。",
    title="江城长江新桥通车",
    outlet="江城日报",
)
BRIDGE_TOO = article(
    "12月1日，江城长江新桥通车，当天有十万辆车驶过。",
    "新桥于2018年5月动工，历时三年半。",
    "11月份，新桥通过荷载试验。",
    title="江城人等了三年半的桥通了",
    outlet="晚报",
)
BANK = article(
    "江城银行12月1日公布三季报，净利润同比下降12%。",
    "该行表示，拨备增加是主要原因。",
    title="江城银行三季度净利下滑",
    outlet="财经网",
)


def test_quotations_are_not_cut() -> None:
    assert split("他说：“先等等。再看看！”随后离开。“第二句。”王五表示。最后一句") == [
        "他说：“先等等。再看看！”",
        "随后离开。",
        "“第二句。”王五表示。",
        "最后一句",
    ]
    assert split("《问答？再问！》上映。票房3.5亿元！") == [
        "《问答？再问！》上映。",
        "票房3.5亿元！",
    ]


@given(st.text(alphabet="甲乙。！？“”《》（）‘’.a A…；，说", max_size=60))
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.lists(st.text(max_size=60), max_size=5))
def test_every_sentence_shown_stands_in_its_block(texts: list[str]) -> None:
    one = article(*texts, title="任意")
    made = digest(one, SHANGHAI)
    for sentence in [*sentences(one), *made.summary, *made.full]:
        assert sentence.text in one.blocks[sentence.block].text
    if made.line:
        assert is_verbatim(made.line.text, one.blocks[made.line.block].text)
    for event in made.events:
        assert event.text in event.sentence.text


def test_the_line_is_the_news_without_its_dateline() -> None:
    line = digest(BRIDGE, SHANGHAI).line
    assert line is not None
    assert line.text == "江城长江新桥正式通车，首日车流突破十万辆。"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("IT之家9月12日消息 微软修补了一处漏洞，影响家庭版。", "微软修补了一处漏洞，影响家庭版。"),
        ("据悉，新规将从下月起在全市施行。", "新规将从下月起在全市施行。"),
        ("【新桥通车】江城长江新桥于今晨通车了。", "江城长江新桥于今晨通车了。"),
        ("微软修补了一处漏洞。", "微软修补了一处漏洞。"),
    ],
)
def test_datelines_are_trimmed(raw: str, kept: str) -> None:
    assert trimmed(Sentence(raw, 0, 0)).text == kept


def test_summaries_stand_alone_and_in_order() -> None:
    chosen = brief(BRIDGE, 3)
    assert [s.position for s in chosen] == sorted(s.position for s in chosen)
    assert 1 <= len(chosen) <= 3
    assert not any("拭目以待" in s.text or s.text.startswith("未来") for s in chosen)
    assert len(brief(BRIDGE, 1)) == 1


def test_an_article_without_words_has_an_empty_digest() -> None:
    made = digest(article(title="图集"), SHANGHAI)
    assert (made.line, made.summary, made.events) == (None, (), ())


def test_dated_events_are_clauses_at_their_date() -> None:
    events = {e.when.start: e.text for e in digest(BRIDGE, SHANGHAI).events}
    assert events[date(2018, 5, 1)].startswith("新桥全长")
    assert events[date(2021, 11, 20)].endswith("新桥通过荷载试验")
    assert events[date(2021, 11, 21)] == "通车方案获市政府批准。"


def test_an_article_without_a_date_gives_only_full_dates() -> None:
    one = article("2018年5月，新桥动工建设。", "昨日，新桥正式通车了。", at=None)
    assert [e.when.start for e in digest(one, SHANGHAI).events] == [date(2018, 5, 1)]


def told(*articles: Article) -> list[tuple[str, int]]:
    kept = [stored(n, a) for n, a in enumerate(articles, 1)]
    return [
        (e.when.start.isoformat(), len(e.sources)) for e in timeline.timeline(kept, (), SHANGHAI)
    ]


def test_the_same_event_from_two_articles_stands_once() -> None:
    assert told(BRIDGE, BRIDGE_TOO) == [
        ("2018-05-01", 2),
        ("2021-11-20", 2),  # 11月份 in one, 11月20日 in the other
        ("2021-11-21", 1),
        ("2021-12-01", 2),
    ]


def test_different_events_of_one_day_stay_apart() -> None:
    assert told(BRIDGE_TOO, BANK)[-2:] == [("2021-12-01", 1), ("2021-12-01", 1)]


def test_the_order_of_articles_does_not_matter() -> None:
    kept = [stored(n, a) for n, a in enumerate((BRIDGE, BRIDGE_TOO, BANK), 1)]
    first = timeline.timeline(kept, (), SHANGHAI)
    for order in permutations(kept):
        assert timeline.timeline(order, (), SHANGHAI) == first


def test_the_most_telling_come_first_and_stay_in_order() -> None:
    events = timeline.timeline([stored(1, BRIDGE), stored(2, BRIDGE_TOO)], (), SHANGHAI)
    top = timeline.top(events, 2)
    assert len(top) == 2
    assert top == sorted(top, key=lambda e: e.when.start)
    assert max(e.salience for e in events) in {e.salience for e in top}


def joins(new: Article, *known: Article) -> bool:
    return any(one_story(new, a) for a in known)


def test_two_reports_of_one_thing_are_one_story() -> None:
    assert joins(BRIDGE_TOO, BRIDGE)


APART = [
    ("华信手机今日发布新款折叠屏手机，售价8999元起，12月10日开售。",
     "华信手机今日宣布在西安新建研发中心，投资二十亿元，明年动工。"),
    ("漾濞县凌晨发生4.2级地震，震源深度10千米，暂无人员伤亡。",
     "泸县凌晨发生5.1级地震，震源深度12千米，两所学校停课。"),
    ("东海队客场三比一战胜北山队，前锋李强梅开二度。",
     "东海队官方宣布签下巴西中场席尔瓦，合同为期三年。"),
    ("江城地铁五号线今日开通，全长三十公里，设站二十座。",
     "江城地铁票价听证会明日举行，起步价拟由二元调至三元。"),
    ("宏远集团公布年报，营收增长一成，拟每股派息两角。",
     "宏远集团董事长因涉嫌内幕交易被立案调查，股票停牌。"),
    ("省考公告发布，计划招录六千人，报名一月五日开始。",
     "国考笔试昨日开考，全省十万考生在三百个考点应试。"),
    ("飞鸟网约车在深州上线自动驾驶出租车，首批五十辆。",
     "飞鸟网约车因泄露乘客信息被网信部门约谈并处罚款。"),
    ("台风海燕今晨登陆琼岛，最大风力十四级，航班全部取消。",
     "台风海燕残余云系带来暴雨，桂南三县水库开闸泄洪后发生溃坝，转移群众。"),
    ("央行宣布下调存款准备金率0.5个百分点，释放资金约一万亿元。",
     "央行发布新版纪念币，共计发行三千万枚，下周一起预约。"),
    ("老城区一火锅店后厨起火，消防员二十分钟扑灭，无人伤亡。",
     "新区一化工仓库起火，现场浓烟滚滚，周边居民连夜疏散。"),
    ("新片《远山》首映，导演周岚讲述三年藏区拍摄经历。",
     "新片《近水》定档春节，主演周岚首次挑战喜剧角色。"),
    ("小麦期货主力合约涨停，机构称与出口国减产预期有关。",
     "小麦新品种通过国家审定，亩产较对照增加百分之八。"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_events_of_one_name_stay_apart(one: str, other: str) -> None:
    assert not joins(article(one, title=one[:16]), article(other, title=other[:16]))


def test_a_story_is_told_from_all_its_articles() -> None:
    view = stories.tell(Story(1, (stored(1, BRIDGE), stored(2, BRIDGE_TOO))))
    assert view.line is not None
    assert "通车" in view.line.sentence.text
    assert len({c.sentence.text for c in view.summary}) == len(view.summary)
    assert view.title in (BRIDGE.title, BRIDGE_TOO.title)


def test_a_query_of_anything_is_words_or_none() -> None:
    assert (
        words.query("微信 外链").words == ("微信", "外", "链")
        or "微信" in words.query("微信").words
    )
    assert words.query("😀").words == ()
    assert words.query('"a*" OR').text == '"a*" OR'


THIRTEEN = {
    "2010": "3Q", "2013": "淘宝", "2020-08": "冷知识", "2021-02": "起诉", "2021-06": "大事记",
    "2021-07-26": "专项整治", "2021-09-09": "行政指导会", "2021-09-16": "QQ", "2021-09-17": "微信",
    "2021-10": "彭博社", "2021-11-12": "抖音公开", "2021-11-29": "微信", "2021-11-30": "证券日报",
}  # fmt: skip


def check_thirteen(articles: list[StoredArticle]) -> None:
    events = timeline.timeline(articles, ("微信",), SHANGHAI)
    assert len(timeline.top(events, 25)) <= 25
    for label, word in THIRTEEN.items():
        year, month, day = (int(part) for part in (label + "-1-1").split("-")[:3])
        grain = [Granularity.YEAR, Granularity.MONTH, Granularity.DAY][label.count("-")]
        there = [
            e for e in events
            if e.when.granularity is grain and e.when.start == date(year, month, day)
            and word in e.text
        ]  # fmt: skip
        assert len(there) == 1, label
    for label in ("2021-11-29", "2021-09-17"):
        (event,) = [e for e in events if e.when.start == date.fromisoformat(label)]
        assert len(event.sources) >= 3, label


def test_the_seeds_tell_the_story() -> None:
    check_thirteen([stored(n, read_post(p)) for n, p in enumerate(find_posts([SEEDS]), 1)])


def test_the_originals_tell_the_story(shared: object) -> None:
    found = find_posts([shared / "seeds"])  # type: ignore[operator]
    check_thirteen([stored(n, read_post(p)) for n, p in enumerate(found, 1)])


@pytest.mark.parametrize("which", ["seeds", "originals"])
def test_the_five_reports_are_one_story_in_any_order(which: str, request: object) -> None:
    folder = SEEDS
    if which == "originals":
        folder = request.getfixturevalue("shared") / "seeds"  # type: ignore[attr-defined]
    articles = [read_post(p) for p in find_posts([folder])]
    for order in permutations(range(5), 2):
        assert joins(articles[order[0]], articles[order[1]])


def test_reading_at_is_in_the_outlets_zone() -> None:
    late = article("今日，新桥正式通车了，首日免费。", at=datetime(2021, 12, 1, 17, 0, tzinfo=UTC))
    assert digest(late, SHANGHAI).events[0].when.start == date(2021, 12, 2)
