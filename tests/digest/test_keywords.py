"""Keywords, new words and names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import words
from bot.digest.article import digest
from bot.digest.coined import coined, whole
from bot.digest.names import names
from bot.digest.reading import read
from bot.errors import ConfigError
from bot.model import Article, NameKind
from bot.sources.posts import find_posts, read_post
from tests.writing import SEEDS, SHANGHAI, article

METAVERSE = article(
    "多家公司近日公布元宇宙计划。元宇宙一词出自科幻小说，如今成了投资人的口头禅。",
    "江城游戏说，做元宇宙不能只靠改名；分析师则提醒，元宇宙离落地尚早。",
    "由盒马集市等合并而来的淘菜菜，也打算把菜场搬进虚拟世界，用户复制一串淘口令就能进店。",
    "平台之间的“隐形门”若不打开，互联互通就无从谈起。互联互通需要规则，而规则还在路上。",
    title="谁在谈论元宇宙",
)


def found(one: Article) -> dict[str, str]:
    return {name.text: name.kind.value for name in names(read(one))}


@pytest.mark.parametrize("word", ["元宇宙", "淘菜菜", "淘口令", "隐形门"])
def test_new_words_are_whole(word: str) -> None:
    assert len(words.cut(word)) > 1 or word == "隐形门"  # the dictionary does not know them
    reading = read(METAVERSE)
    assert any(word in telling for telling in reading.telling)


def test_new_words_are_keywords_and_their_parts_are_not() -> None:
    kept = digest(METAVERSE, SHANGHAI).keywords
    assert kept[0] == "元宇宙"
    assert "互联互通" in kept
    assert not {"宇宙", "互联", "互通"} & set(kept)


@pytest.mark.parametrize(
    "text",
    [
        "公司表示业绩增长。公司表示将分红。公司表示不裁员。",  # frequent, yet two words
        "新产品今天发布。新产品售价不高。新产品很轻。",
        "会议前三天开始报名。放假前三天停课。",
        "他说好。他说不。他说行。",
    ],
)
def test_frequent_neighbours_are_not_yet_words(text: str) -> None:
    assert coined([words.cut(sentence) for sentence in text.split("。")]) == {}


@given(st.lists(st.text(alphabet="元宇宙淘菜菜的。，“”1a", max_size=30), max_size=5))
def test_joining_words_keeps_the_text(texts: list[str]) -> None:
    cut = [words.cut(text) for text in texts]
    new = coined(cut)
    assert ["".join(whole(tokens, new)) for tokens in cut] == texts


@given(st.text(max_size=80))
def test_cutting_keeps_the_text(text: str) -> None:
    """Offsets in a sentence are counted along its words."""
    assert "".join(words.cut(text)) == text


def test_the_fast_engine_cuts_alike_and_bears_any_text() -> None:
    pytest.importorskip("rjieba", reason="the extra 'fast' is not installed")
    text = "微信群聊对淘宝链接敞开了大门，由盒马集市合并而来的淘菜菜😀。"
    told = words.cut(text)
    words.use_engine("rjieba")
    try:
        assert words.cut(text) == told
        assert "".join(words.cut("微信\ud800更新")) == "微信\ufffd更新"
        assert digest(article("微信\ud800昨日更新了外链规范。"), SHANGHAI).line is not None
    finally:
        words.use_engine("jieba")


ORIGINALS = {"互联互通": 5, "淘菜菜": 2, "淘口令": 2}  # how many of the reports hold it


def kept_whole(folder: Path, word: str) -> int:
    readings = [read(read_post(path)) for path in find_posts([folder])]
    holding = [r for r in readings if any(word in s.text for s in r.sentences)]
    return sum(any(word in telling for telling in r.telling) for r in holding) * (len(holding) > 0)


@pytest.mark.parametrize("word", ORIGINALS)
def test_new_words_come_out_of_the_originals(shared: Path, word: str) -> None:
    assert kept_whole(shared / "seeds", word) == ORIGINALS[word]


@pytest.mark.parametrize(("word", "reports"), [("互联互通", 3), ("淘菜菜", 1), ("淘口令", 2)])
def test_new_words_come_out_of_the_seeds(word: str, reports: int) -> None:
    assert kept_whole(SEEDS, word) >= reports


def test_names_by_their_looks_and_neighbours() -> None:
    one = article(
        "南屏市应急管理局局长郑国平12月1日介绍，河东化工园的爆燃事故已造成3人遇难。",
        "上海财经大学教授崔丽丽认为，《江城市安全生产条例》亟待修订。",
        "宏盛乳业股份公司在浙江的工厂已停产，其C919配套业务与iPhone 13代工不受影响。",
    )
    assert found(one) == {
        "郑国平": "person",
        "崔丽丽": "person",
        "南屏市应急管理局": "organisation",
        "南屏市": "place",
        "上海财经大学": "organisation",
        "江城市安全生产条例": "product",
        "浙江": "place",
        "C919": "product",
        "iPhone 13": "product",
        "3人": "figure",
    } | {name: kind for name, kind in found(one).items() if "宏盛" in name}
    assert any("宏盛" in name for name in found(one))


@pytest.mark.parametrize(
    "text",
    [
        "城市夜市恢复营业，全市超市客流上升，股市收涨。",
        "该公司表示，内部团队正在调整布局，全部门店照常营业。",
        "高度重视、明确要求、万众一心，方能成功。",
        "据H7N9监测，PM2.5与CO2浓度下降，Q3收官。",
        "有关部门和相关单位开会，各大银行与上市公司参加。",
    ],
)
def test_everyday_words_are_no_names(text: str) -> None:
    kept = {n: k for n, k in found(article(text)).items() if k != NameKind.FIGURE}
    assert kept == {}


def test_one_person_is_named_once_and_figures_come_from_the_lead() -> None:
    one = article(
        "罗致远说，气温每升高1摄氏度，水汽增加7%。",
        "罗致远表示不必恐慌。",
        "罗致远认为预警要提前。",
        "排水管网按三十年前的雨量设计，占比约23%。",
    )
    assert found(one) == {"罗致远": "person", "1摄氏度": "figure", "7%": "figure"}


@given(st.lists(st.text(alphabet="王李说市公司《》0123.,%万元aA-9C 局", max_size=60), max_size=4))
def test_names_stand_in_the_article(texts: list[str]) -> None:
    one = article(*texts)
    for name in names(read(one)):
        assert name.text
        assert any(name.text in block.text for block in one.blocks)


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="jeiba"):
        words.use_engine("jeiba")
    assert words.engine() == "jieba"
