"""Stories: what is compared, what decides, and how reprints and round-ups are told."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.pairs import LABELLED, pairs
from bot.digest import stories, words
from bot.digest.reading import read
from bot.digest.stories.kinds import kinds
from bot.digest.stories.places import named
from bot.digest.stories.reprints import body, contained, folded, prints
from bot.digest.stories.tell import says_most
from bot.flow.keeping import file
from bot.model import Article, Block, BlockKind, Byline, Candidate, Sketch, Story, Words
from tests.writing import SHANGHAI, article, one_story, stored

DAY = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
FLASH = "3月1日上午，云山大桥正式通车，全长4.2公里，双向六车道，总投资58亿元。"
WIRE = (
    "3月1日上午，云山大桥正式通车。大桥全长4.2公里，双向六车道，总投资58亿元，连接云山新区与老城。",
    "市交通局局长周伟介绍，大桥通车后，两岸通行时间由四十分钟缩短到八分钟，首月免收通行费。",
    "大桥2018年开工，建设者在江心完成了六个深水桥墩的施工，创下当地水深之最。",
)


def sketch(one: Article) -> Sketch:
    made = file(one, SHANGHAI).whole
    assert made is not None
    return made


def test_held_pairs_are_judged_as_promised() -> None:
    held = [(p, stories.compare(p.one.sketch, p.other.sketch).same) for p in pairs("held")]
    joined = [p for p, same in held if same]
    assert sum(p.same for p in joined) / len(joined) >= 0.97
    assert sum(p.same for p in joined) / sum(p.same for p, _ in held) >= 0.8


@pytest.mark.parametrize("half", ["dev", "held"])
def test_there_are_pairs_enough(half: str) -> None:
    assert (LABELLED / f"{half}.jsonl").exists()
    assert sum(p.same for p in pairs(half)) >= 60
    assert sum(p.hard and not p.same for p in pairs(half)) >= 60


def test_the_order_does_not_matter() -> None:
    for pair in pairs("dev")[::97]:
        one, other = pair.one.sketch, pair.other.sketch
        there, back = stories.compare(one, other), stories.compare(other, one)
        assert (there.same, there.score, there.reprint) == (back.same, back.score, back.reprint)


texts = st.text(alphabet="云山大桥通车3.5亿元月日第届比县市，。：【】1、 \ud800\0😀a", max_size=200)


@given(texts, texts, texts)
def test_any_text_can_be_compared(title: str, body: str, other: str) -> None:
    one, two = article(body, other, title=title), article(other, title=body[:30])
    made = file(one, SHANGHAI).whole, file(two, SHANGHAI).whole
    if made[0] and made[1]:
        assert 0 <= stories.compare(made[0], made[1]).score <= 1


@pytest.mark.parametrize(
    "piece", ["第1届", "3.5万", "【一】", "1、", "甲县", "发布", "1比1", "9月"]
)
def test_a_long_text_does_not_hang(piece: str) -> None:
    one = article(piece * (300_000 // len(piece)), title=piece * 100)
    stories.sketch(read(one), Words(body=(piece,)))
    stories.items(one)


def test_reasons_name_what_is_shared_and_what_differs() -> None:
    one = article("1月8日，门源县发生6.9级地震，兰新高铁停运。", title="门源6.9级地震", at=DAY)
    other = article("9月5日，泸定县发生6.8级地震，景区道路中断。", title="泸定6.8级地震", at=DAY)
    found = stories.compare(sketch(one), sketch(other))
    assert not found.same
    assert "共同：" in found.reason
    assert "地震" in found.shared
    assert "地点 门源／泸定" in found.reason
    assert "6.9级／6.8级" in found.reason


def test_articles_weeks_apart_are_different_stories() -> None:
    one = article(FLASH, title="云山大桥通车", at=DAY)
    later = article("云山大桥通车了，全长4.2公里，投资58亿元。", title="云山大桥", at=DAY)
    assert one_story(one, later)
    later = replace(later, published_at=DAY + timedelta(days=20))
    assert not one_story(one, later)
    assert "发布相隔 20 天" in stories.compare(sketch(one), sketch(later)).reason


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["泸定县", "发生", "地震"], ["泸定"]),
        (["泸定", "发生", "地震"], ["泸定"]),
        (["泸县"], ["泸县"]),
        (["四川省", "印度尼西亚"], ["四川", "印尼"]),
        (["上市", "城市", "开发区", "公司"], []),
    ],
)
def test_places(words: list[str], places: list[str]) -> None:
    assert list(named(words)) == places


def test_a_rare_name_before_its_disaster_is_a_place() -> None:
    assert list(named(["门源", "地震"], "门源6.9级地震")) == ["门源"]
    assert list(named(["门源", "地震"], "门源的故事")) == []


def test_kinds_tell_a_launch_from_a_recall() -> None:
    assert kinds("星河汽车宣布召回1.2万辆汽车") == ("召回",)
    assert "新品" in kinds("星河汽车发布首款轿车E5")
    assert kinds("市政府举行新闻发布会") == ()


def candidates(*known: Article, settled: bool = False) -> list[Candidate]:
    return [Candidate(n, n, n, sketch(a), settled) for n, a in enumerate(known, 1)]


BRIDGE = article(*WIRE, title="云山大桥今日通车 首月免费", outlet="晨报", at=DAY)
BRIDGE_TOO = article(
    "云山大桥3月1日通车，全长4.2公里，投资58亿元。", title="云山大桥通车", outlet="晚报", at=DAY
)
QUAKE = article("门源县发生6.9级地震，兰新高铁停运。", title="门源6.9级地震", at=DAY)


def test_an_article_joins_the_story_it_is_most_like() -> None:
    choice = stories.choose(sketch(article(FLASH, at=DAY)), candidates(QUAKE, BRIDGE))
    assert (choice.story_id, choice.article_id, choice.merged) == (2, 2, ())
    assert stories.choose(sketch(QUAKE), candidates(BRIDGE)).story_id is None


def test_an_article_that_is_surely_two_stories_makes_them_one() -> None:
    new = sketch(article(FLASH, title="云山大桥正式通车", at=DAY))
    choice = stories.choose(new, candidates(BRIDGE, BRIDGE_TOO))
    assert {choice.story_id, *choice.merged} == {1, 2}
    choice = stories.choose(new, candidates(BRIDGE, BRIDGE_TOO, settled=True))
    assert choice.merged == ()


def test_items_of_roundups_are_claimed_but_make_no_story() -> None:
    item = Candidate(9, 9, None, sketch(BRIDGE_TOO))
    choice = stories.choose(sketch(BRIDGE), [item])
    assert (choice.story_id, choice.items) == (None, (9,))


def edited(one: Article, outlet: str, **changes: object) -> Article:
    blocks = tuple(replace(b, text=b.text.replace("介绍", "说")) for b in one.blocks)
    return replace(one, key=outlet, outlet=outlet, blocks=blocks, **changes)  # type: ignore[arg-type]


def test_a_reprint_is_known_also_with_edits_another_title_and_weeks_later() -> None:
    copy = edited(BRIDGE, "门户", title="八分钟过江！这座桥通了", published_at=DAY + timedelta(30))
    found = stories.compare(sketch(BRIDGE), sketch(copy))
    assert found.reprint
    assert found.same
    assert not stories.compare(sketch(BRIDGE), sketch(BRIDGE_TOO)).reprint


def test_a_part_of_a_body_is_contained_in_it() -> None:
    body = "".join(f"第{n}句话说的是另一件小事。" for n in range(400))
    assert held(body, body) == 1
    assert held(body, body[:900]) > 0.8
    assert held(body, "完全不同的文字，" * 50) < 0.1
    assert held("太短", "太短") == 0


def held(one: str, other: str) -> float:
    return contained(body(prints(one)), body(prints(other)))


@given(
    st.text(alphabet="云山大桥通车。，0a\ud800", max_size=300),
    st.sampled_from([1, 3, 40]),
    st.integers(0, 900),
)
def test_prints_are_the_least_hashes_of_all(piece: str, times: int, others: int) -> None:
    text = piece * times + "".join(map(chr, range(0x4E00, 0x4E00 + others)))
    whole = "".join(filter(str.isalnum, text)).encode("utf-16-le")
    runs = {whole[at : at + 10] for at in range(0, len(whole) - 9, 2)}
    assert prints(text) == tuple(sorted(set(map(zlib.crc32, runs)))[:128])


some_prints = st.lists(st.integers(0, 4000), max_size=128, unique=True).map(sorted)


@given(some_prints, some_prints, st.sampled_from([0.3, 0.75, 1.0]))
def test_what_holds_too_little_may_be_told_as_nothing_and_nothing_else(
    one: list[int], other: list[int], least: float
) -> None:
    bodies = body(tuple(one)), body(tuple(other))
    exact = contained(*bodies)
    assert contained(*bodies, least) == exact or exact < least
    assert contained(bodies[1], bodies[0]) == exact


def test_bodies_that_share_their_marks_are_told_apart() -> None:
    one = tuple(range(24))
    assert contained(body(one), body(tuple(n + 1024 for n in one)), 0.75) == 0
    crowded = tuple(sorted(n * 1024 for n in range(40)))
    assert contained(body(crowded), body(crowded), 0.75) == 1


def test_reprints_fold_behind_the_original() -> None:
    taken = edited(BRIDGE, "门户", byline=Byline(upstream="晨报"))
    later = edited(BRIDGE, "网站", published_at=DAY + timedelta(hours=1))
    articles = [
        stored(1, taken),
        replace(stored(2, BRIDGE), reprint_of=1),
        replace(stored(3, later), reprint_of=2),
        stored(4, BRIDGE_TOO),
    ]
    sources = folded(articles)
    assert [s.article.id for s in sources] == [2, 4]
    assert [a.id for a in sources[0].reprints] == [1, 3]
    assert sources[1].reprints == ()


def roundup(title: str, *blocks: str, kind: BlockKind = BlockKind.TEXT) -> Article:
    return replace(article(title=title), blocks=tuple(Block(kind, b) for b in blocks))


NEWS = [
    "门源县发生6.9级地震，兰新高铁停运，九人受伤。",
    "云山大桥今日通车，全长4.2公里，投资58亿元。",
    "星河汽车发布首款轿车E5，起售价18.98万元。",
    "国家统计局：3月份居民消费价格同比上涨1.5%。",
]


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(
            roundup("早报｜门源地震", *(f"{n}、{t}" for n, t in enumerate(NEWS, 1))), id="、"
        ),
        pytest.param(roundup("今日要闻", *(f"{n}. {t}" for n, t in enumerate(NEWS, 1))), id="."),
        pytest.param(roundup("科技早知道", *(f"【{t[:6]}】{t}" for t in NEWS)), id="【】"),
        pytest.param(roundup("一周要闻速递", *NEWS, kind=BlockKind.LIST), id="list"),
        pytest.param(roundup("周三的几件事", *(f"• {t}" for t in NEWS)), id="untitled"),
    ],
)
def test_a_roundup_is_split_into_its_items(one: Article) -> None:
    items = stories.items(one)
    assert [i.number for i in items] == [1, 2, 3, 4]
    assert ["地震" in i.sentence.text for i in items] == [True, False, False, False]
    assert all(i.sentence.text in one.blocks[i.number - 1].text for i in items)


@pytest.mark.parametrize(
    "one",
    [
        BRIDGE,
        roundup("云山大桥通车的三个看点", *(f"{n}、云山大桥{t}" for n, t in enumerate(
            ["全长4.2公里，双向六车道。", "通车后首月免费通行。", "通车缩短过江的时间。"], 1))),
        roundup("晚报：云山大桥通车", *WIRE),
        roundup("今日要闻", "1、太短", "2、也短", "3、还短"),
        article(title="早报"),
    ],
)  # fmt: skip
def test_an_article_about_one_thing_is_no_roundup(one: Article) -> None:
    assert stories.items(one) == ()


def test_an_item_is_like_the_report_of_its_event() -> None:
    one = roundup("今日要闻", *(f"{n}、{t}" for n, t in enumerate(NEWS, 1)))
    filed = file(replace(one, published_at=DAY), SHANGHAI)
    assert filed.whole is None
    like = [stories.compare(s.sketch, sketch(BRIDGE)).same for s in filed.sketches]
    assert like == [False, True, False, False]


def test_the_title_is_the_newest_plain_one() -> None:
    said = ("云山大桥全长4.2公里，总投资58亿元，连接云山新区与老城。",)
    titles = ["云山大桥即将通车", "云山大桥正式通车", "云山大桥通车意味着什么？"]
    articles = [
        stored(n, article(*said, title=title, outlet=str(n), at=DAY + timedelta(hours=n)))
        for n, title in enumerate(titles)
    ]
    assert stories.tell(Story(1, tuple(reversed(articles)))).title == "云山大桥正式通车"


def test_the_second_sentence_is_no_background() -> None:
    one = article(
        "3月1日上午，云山大桥正式通车，首日车流超过三万辆。",
        "此前，云山大桥的施工曾因云山江洪水停工两个月，云山大桥工程一度延期。",
        "市交通局宣布云山大桥首月免收通行费，两岸通行时间缩短到八分钟。",
        title="云山大桥通车",
        at=DAY,
    )
    view = stories.tell(Story(1, (stored(1, one),)))
    assert "正式通车" in view.summary[0].sentence.text
    assert "免收" in view.summary[1].sentence.text


def test_a_story_of_hundreds_is_told_soon() -> None:
    many = tuple(replace(stored(1, BRIDGE), id=n, reprint_of=n - 1 or None) for n in range(1, 900))
    view = stories.tell(Story(1, many))
    assert len(view.sources) == 1
    assert len(view.sources[0].reprints) == 898


def test_numbers_of_a_series_are_one_in_either_writing() -> None:
    def series(text: str) -> tuple[str, ...]:
        return sketch(article(text, title="一则消息")).periods

    assert series("江城地铁五号线开通。") == series("江城地铁5号线开通。") == ("线5",)
    assert series("三季报公布。") == series("前三季度的业绩。") == series("第3季度。") == ("季3",)
    assert series("第四届进博会开幕。") != series("第五届进博会开幕。")


def test_a_date_that_the_end_of_the_lead_cuts_is_no_other_day() -> None:
    first = "11月18日，大桥通车。" + "云" * 223 + "。"
    assert len(first + "11月1") == 240
    assert sketch(article(first + "11月19日，车流平稳。")).days == ("11-18",)
    assert sketch(article("11月19日晴。" + first)).days == ("11-19", "11-18")


said = st.text(alphabet="云山大桥正式通车，全长km、İß ", max_size=30)
told = st.sampled_from(["云山", "大桥", "山大", "通车", "正式", "全长", "km", "云山大桥"])


@given(
    st.lists(st.tuples(said, st.sampled_from([0.4, 1.0, 1.3])), max_size=8),
    st.dictionaries(told, st.floats(0.1, 15)),
)
def test_what_says_most_is_found_without_cutting_all(
    texts: list[tuple[str, float]], weight: dict[str, float]
) -> None:
    def worth(place: int) -> float:
        text, factor = texts[place]
        return sum(weight.get(w, 0.0) for w in set(words.telling(text))) * factor

    found = says_most(texts, weight)
    if found is None:
        assert not texts
    else:
        assert worth(found) == pytest.approx(max(map(worth, range(len(texts)))))
