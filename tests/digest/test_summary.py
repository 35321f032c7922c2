"""The one line and the summaries: what is trimmed, what stays, what is never shown."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.article import digest
from bot.digest.headline import line, standing
from bot.digest.reading import read
from bot.digest.sentences import balanced
from bot.digest.shape import fitness, leans
from bot.digest.summary import brief
from bot.digest.trim import front, headline, pieces
from bot.model import Article, Sentence
from bot.sources.posts import find_posts, read_post
from tests.writing import ROOT, SHANGHAI, article, is_verbatim

LABELLED = find_posts([ROOT / "benchmarks" / "labelled" / "articles"])
DAY = date(2021, 12, 2)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (
            "新华社北京12月1日电（记者张三、李四）全国铁路今天调整运行图。",
            "全国铁路今天调整运行图。",
        ),
        ("新华社北京12月1日电全国铁路今天调整运行图。", "全国铁路今天调整运行图。"),
        ("【环球时报综合报道】全国铁路今天调整运行图。", "全国铁路今天调整运行图。"),
        ("本报讯（记者 方圆 通讯员 李想）全国铁路今天调整运行图。", "全国铁路今天调整运行图。"),
        ("人民网海州12月1日电 （记者李文涛）全国铁路调整运行图。", "全国铁路调整运行图。"),
        (
            "IT 之家 9 月 12 日消息 微软修补了一处漏洞，影响家庭版。",
            "微软修补了一处漏洞，影响家庭版。",
        ),
        ("记者1日从市应急局获悉，河东化工园全部停产检查。", "河东化工园全部停产检查。"),
        ("据新华社报道，河东化工园全部停产检查。", "河东化工园全部停产检查。"),
        ("国家统计局数据显示，十一月居民消费价格同比上涨。", "十一月居民消费价格同比上涨。"),
        ("格隆汇12月1日丨南湖银行董事会选举赵敏为董事长。", "南湖银行董事会选举赵敏为董事长。"),
        ("新浪科技讯 12月1日早间消息，云帆科技昨夜宣布裁员。", "云帆科技昨夜宣布裁员。"),
        ("（观察者网讯）云帆科技昨夜宣布裁员两千人。", "云帆科技昨夜宣布裁员两千人。"),
        ("36氪获悉，云帆科技已经完成两千万元融资。", "云帆科技已经完成两千万元融资。"),
        ("1、南湖银行董事会选举赵敏为董事长。", "南湖银行董事会选举赵敏为董事长。"),
        ("12月1日中午消息，云帆科技昨夜宣布裁员。", "云帆科技昨夜宣布裁员。"),
        ("国家航天局消息，望舒一号成功着陆月球。", "望舒一号成功着陆月球。"),
        ("港交所官网信息显示，甜橙出行撤回了上市申请。", "甜橙出行撤回了上市申请。"),
        ("此前在今年9月，工信部召开了行政指导会。", "今年9月，工信部召开了行政指导会。"),
    ],
)
def test_what_is_not_the_news_goes(raw: str, kept: str) -> None:
    assert raw[front(raw) :] == kept


@pytest.mark.parametrize(
    "raw",
    [
        "据路透社报道，该公司涉嫌向官员行贿一千万元。",  # whose word it is
        "据知情人士透露，星河汽车计划明年赴港上市。",
        "国盛证券研报认为，外部电商可得三千亿元导流。",
        "公司昨日收到消息，董事长被带走调查了。",  # no dateline
        "国家航天局消息，望舒一号可能提前着陆。",  # whose word it is
        "此前三年，两家公司从未往来过一次。",
        "2013年，手机淘宝关闭了微信跳转的通道。",  # another time
        "9月17日，微信先开放了一对一聊天的外链。",
        "记者从博物馆了解到，该馆将延长开放时间。",  # 该馆 needs it
        "江城市交管局公布的数据显示，今年一季度全市事故317起。",  # 全市 needs it
        "从两名员工处获悉，团队在两小时前才接到通知。",  # their word only
        "上海财经大学电子商务研究所执行所长崔丽丽认为，群聊放开链接会让社交与买卖贴得更紧。",
        "证券观察电力板块全天走强，六只个股涨停收盘。",
    ],
)
def test_what_makes_it_true_stays(raw: str) -> None:
    assert front(raw, DAY) == 0


def test_the_outlets_own_name_goes_and_the_source_stays() -> None:
    text = "财经新报记者昨日从两名员工处获悉，团队在两小时前才接到通知。"
    assert text[front(text, DAY) :] == "从两名员工处获悉，团队在两小时前才接到通知。"
    assert front(text) == 0


def test_a_day_goes_when_it_is_the_articles_own() -> None:
    text = "12月1日上午9时许，江城长江新桥正式通车。"
    assert text[front(text, DAY) :] == "江城长江新桥正式通车。"
    assert front(text) == 0
    assert front(text, date(2022, 3, 1)) == 0


def offered(text: str) -> list[str]:
    return [piece.text for piece in pieces(text, DAY)]


def test_clauses_behind_the_main_one_may_go() -> None:
    text = "云帆科技宣布关停旗下运营六年的社区团购业务，约两千名员工受到影响，股价应声下跌。"
    assert "云帆科技宣布关停旗下运营六年的社区团购业务" in offered(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("海州市一名副市长收受他人贿赂一千余万元，检察机关指控称。", "一千余万元"),
        ("新药让早期患者的认知衰退明显放缓两成九，但一成患者出现脑水肿。", "两成九"),
        ("宏远集团去年净利润达到四十二亿八千万元，同比下降三成。", "八千万元"),
        ("主播在直播间声泪俱下地讲述果农的蜜橘滞销的故事，实际卖的却是批发来的橘子。", "故事"),
        ("云帆云随后在状态页面上确认，其上海可用区机房因制冷系统故障，部分服务器关机。", "故障"),
        ("微信发布《外部链接内容管理规范》（以下简称《规范》），点对点聊天可访问外链。", "规范》"),
        ("何志坚涉嫌受贿一案的审查，由省监察委员会调查终结，由检察院提起公诉。", "调查终结"),
        ("受台风影响，江城机场取消了今天全部的进出港航班计划，如果风力减弱则恢复。", "计划"),
        ("江城市税务部门依法对演员顾宁偷逃税款一案作出处理，罚款1.06亿元。", "处理"),
        ("微信发布更新声明，公布下一步的互联互通方案，点对点聊天可访问外链。", "方案"),
        ("省应急管理厅公布恒源化工爆炸事故调查报告，认定这是责任事故。", "报告"),
        ("林女士反映，她在超市购买的速冻水饺里，吃出了一枚带血的创可贴。", "里"),
        ("华信董事长卢伟上午在微博发文，就手机转轴的缺陷向用户道歉。", "发文"),
        ("市教育局有关负责人今天在发布会上表示，明年起取消中考体育的统一测试。", "表示"),
    ],
)
def test_what_takes_something_back_is_not_cut_off(text: str, never: str) -> None:
    assert not any(piece.endswith(never) for piece in offered(text))


def test_asides_go_and_exceptions_stay() -> None:
    (whole, *_) = offered("海州市原副市长何志坚（副厅级）涉嫌受贿一案今日开庭审理。")
    assert whole == "海州市原副市长何志坚涉嫌受贿一案今日开庭审理。"
    (whole, *_) = offered("央行下调存款准备金率（不含已执行百分之五的机构）零点二五个百分点。")
    assert "不含" in whole
    (whole, *_) = offered("江城公布《江城电动自行车条例（草案）》（下称条例）征求意见。")
    assert whole == "江城公布《江城电动自行车条例（草案）》征求意见。"


def test_a_flash_is_its_own_headline() -> None:
    flash = (
        "【央行下调存款准备金率0.25个百分点】财联快讯12月2日电，为保持流动性，央行今日宣布下调。"
    )
    made = digest(article(flash), SHANGHAI).line
    assert made is not None
    assert made.text == "央行下调存款准备金率0.25个百分点"
    assert headline("【财经新报综合报道】昨日夜间发生一起事故。") is None


SCENE = [
    "凌晨三点，老街还黑着，石磨已经转了起来。",
    "12月1日，江城市住建局发布通知，老街二十六户商家须在年底前搬迁修缮。",
    "通知说，修缮后的老街将于明年十月重新开放，商家可以优先回迁。",
]


def test_the_news_is_found_behind_a_scene() -> None:
    made = digest(article(*SCENE), SHANGHAI).line
    assert made is not None
    assert made.position == 1


@pytest.mark.parametrize(
    ("told", "news"),
    [
        (  # the first only says that there is a statement
            ["12月1日，微信通过公众号更新了《外部链接管理规范》的说明。",
             "一是在点对点聊天场景中，用户可以直接访问外部链接；二是群聊中试行开放电商链接。"],
            "在点对点聊天场景中，用户可以直接访问外部链接",
        ),
        (  # the later ones look back
            ["大熊猫圆梦乘坐专机从马德里启程回国。",
             "圆梦2014年2月随父母抵达西班牙，2016年8月30日产下一子。"],
            "大熊猫圆梦乘坐专机从马德里启程回国。",
        ),
        (  # the first is of the day
            ["12月2日，石桥镇中心小学的孩子们在帐篷里复课。",
             "9月8日零时，搜救工作基本结束，地震最终造成9人遇难。"],
            "石桥镇中心小学的孩子们在帐篷里复课。",
        ),
        (
            ["华信董事长卢伟上午就手机转轴的缺陷向用户道歉。",
             "昨日，华信宣布召回12.3万部华信手机。"],
            "华信董事长卢伟上午就手机转轴的缺陷向用户道歉。",
        ),
    ],
)  # fmt: skip
def test_the_line_tells_what_is_new(told: list[str], news: str) -> None:
    made = digest(article(*told), SHANGHAI).line
    assert made is not None
    assert made.text == news


@pytest.mark.parametrize(
    "text",
    ["他在会上作了说明。", "该公司否认了这一说法。", "此举引发争议。", "在他看来，这并不难。",
     "其中，三成是外贸箱。",
     "据此，法院驳回上诉。", "对此，网友议论纷纷。", "但专家并不乐观。",
     "第二，后续将开发管理功能。"],
)  # fmt: skip
def test_what_leans_on_the_sentence_before(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    ["其他城市也在跟进。", "此前，两市已谈判三年。", "云帆云随后确认，其上海机房一度过热。",
     "并购案昨日获批。",
     "并州路今起封闭施工。", "该不该取消考试，家长看法不一。", "江城地铁五号线开通。"],
)  # fmt: skip
def test_what_stands_alone(text: str) -> None:
    assert not leans(text)


@pytest.mark.parametrize(
    "text",
    ["点击“阅读原文”，查看条例全文。", "更多资讯，请扫码下载早安财经APP。",
     "（本文来源：财经新报 责任编辑：王可）",
     "新华社记者 李明 摄", "图为施工现场。", "欢迎关注“都市快讯”公众号。",
     "风险提示：以上内容不构成投资建议。",
     "他说：“我们会等。", "（应受访者要求，林小满为化名）", "原标题：江城新桥通车"],
)  # fmt: skip
def test_what_is_never_shown(text: str) -> None:
    assert fitness(text) == 0


@pytest.mark.parametrize(
    "text",
    ["群好友点击自动生成的淘口令链接，已经可以打开淘宝的购物页面。",
     "微信更新公众号关注页面的样式与规则。",
     "请愿书由三万名市民签名，昨日递交市政府。", "图书馆新馆今日开放。"],
)  # fmt: skip
def test_news_of_links_and_followers_is_news(text: str) -> None:
    assert fitness(text) > 0


def test_what_leans_comes_with_what_it_leans_on() -> None:
    one = article(
        "江城银行12月1日公布三季报，净利润同比下降12%，拨备同比增加。",
        "该行表示，拨备增加是净利润下降的主要原因，三季度已见好转。",
        "江城证券分析师周敏认为，江城银行的不良贷款率仍高于同业。",
        "据此，江城证券下调了江城银行的目标价和评级。",
    )
    for most in (1, 2, 3, 4):
        told = [s.position for s in brief(one, most)]
        assert told == sorted(told)
        assert all(p == 0 or not leans(one.blocks[p].text) or p - 1 in told for p in told)


def test_the_same_is_not_said_twice() -> None:
    again = "江城长江新桥昨日正式通车，首日车流突破十万辆。"
    one = article(again, again, "新桥总投资46亿元，2018年5月动工兴建。")
    assert [s.position for s in brief(one, 3)] == [0, 2]


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_labelled_articles_are_summed_up_in_order_and_whole(path: Path) -> None:
    one = read_post(path)
    made = digest(one, SHANGHAI)
    assert made.line is not None
    assert is_verbatim(made.line.text, one.blocks[made.line.block].text)
    assert len(made.summary) <= 3
    assert set(made.summary) <= set(made.full)
    for told in (made.summary, made.full):
        assert [s.position for s in told] == sorted({s.position for s in told})
        assert all(balanced(s.text) and fitness(s.text) > 0 for s in told)
        assert not leans(told[0].text) or told[0].position == 0


@given(
    st.lists(
        st.text(alphabet="甲公司发布。，“”（）他说12月日据报道称电讯", max_size=90), max_size=6
    )
)
def test_any_text_is_summed_up_verbatim(texts: list[str]) -> None:
    one = article(*texts)
    made = digest(one, SHANGHAI)
    if made.line:
        assert is_verbatim(made.line.text, one.blocks[made.line.block].text)
        assert balanced(made.line.text)
    for sentence in made.full:
        assert sentence.text in one.blocks[sentence.block].text
        assert balanced(sentence.text)


def test_the_line_does_not_look_at_the_title() -> None:
    told = [
        line(read(article(*SCENE, title=title)), DAY)
        for title in ("老街石磨凌晨转动", "老街商家须搬迁", "无关的标题")
    ]
    assert len({one.text for one in told if one}) == 1


def test_an_old_article_keeps_its_days() -> None:
    one: Article = article("12月1日，新桥正式通车，首日车流突破十万辆。", at=None)
    made = digest(one, SHANGHAI).line
    assert made is not None
    assert made.text.startswith("12月1日")
    late = article(
        "12月1日，新桥正式通车，首日车流突破十万辆。", at=datetime(2022, 5, 1, tzinfo=UTC)
    )
    made = digest(late, SHANGHAI).line
    assert made is not None
    assert made.text.startswith("12月1日")


@pytest.mark.parametrize(
    "piece",
    [
        "据微信报道，",
        "12月1日，",
        "记者获悉，",
        "【微信】",
        "1、a；",
        "（a",
        "“",
        "近日，",
        "微信：",
        "图",
        "一是甲；二是",
        "此前 ",
        "《",
        "发布方案，",
        "2019年",
    ],
)
def test_hostile_sentences_cost_their_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        front(text, DAY), pieces(text, DAY), standing(Sentence(text, 1, 0), DAY)
        return time.process_time() - started

    small = max(seconds(50_000), 0.005)
    assert seconds(400_000) < 40 * small  # eight times the text; the square would be 64 times
