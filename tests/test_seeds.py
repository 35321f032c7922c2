"""The bundled posts: five reports of one story, told in our own words, as messy as real ones."""

import re
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from bot.model import Article, BlockKind
from bot.sources.posts import find_posts, read_post
from tests.writing import SEEDS

FIELDS = ["title", "categories", "headimg", "author", "comments", "date", "thumbnail"]
TOLD = {BlockKind.TEXT, BlockKind.LIST, BlockKind.HEADING}
LONGEST_SHARED_RUN = 13  # characters, beside what has but one wording:
FIXED = re.compile(
    r"《[^》]*》(的更新声明》)?"  # documents and newspapers
    r"|\d+年\d+月|\d+月\d+日|今年\d+月|\d+亿元"
    r"|互联网行业专项整治行动|屏蔽网址链接问题行政指导会"
    r"|上海财经大学电子商务研究所执行所长|工信部信息通信管理局局长"
    r"|阿里巴巴、腾讯、字节跳动、百度、华为、小米"
)

seeds = pytest.mark.parametrize("path", find_posts([SEEDS]), ids=lambda p: p.stem)


def told(article: Article) -> str:
    """What the article tells, without blanks, bylines, captions and boilerplate."""
    text = "\n".join(block.text for block in article.blocks if block.kind in TOLD)
    return re.sub(r"[^\S\n]", "", text)


def test_there_are_five() -> None:
    assert len(find_posts([SEEDS])) == 5


@seeds
def test_a_seed_has_the_fields_of_a_post(path: Path) -> None:
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    assert re.findall(r"^(\w+):", front, re.MULTILINE) == FIELDS
    article = read_post(path)
    assert article.published_at == parsedate_to_datetime(article.published_at_raw)
    assert len(article.categories) == 3
    assert article.flags == ()


@seeds
def test_a_seed_is_a_short_digest(path: Path) -> None:
    assert 400 <= len(told(read_post(path))) <= 900


@pytest.mark.parametrize(
    "mess",
    [
        pytest.param(r"(<zkspan[^>]*>.</zkspan>){20}", id="a tag for every character"),
        pytest.param(r"https://cors\.zfour\.workers\.dev/\?http://", id="proxied pictures"),
        pytest.param(r"picsum\.photos", id="placeholder pictures"),
        pytest.param(r"data-original=", id="lazy pictures"),
        pytest.param(r" _src=", id="lazy pictures of another kind"),
        pytest.param(r'" 屏蔽网址链接', id="quotes with stray blanks"),
        pytest.param(r"title: .*_隐形门_", id="underscores for quotes"),
        pytest.param(r"本文来自微信公众号：", id="a byline in a paragraph"),
        pytest.param(r"文 / 曾宪天", id="a byline at the end"),
        pytest.param(r"【本文图片来自网络】", id="a note on pictures"),
        pytest.param(r'<div id="recommend_bottom">', id="a recommend box"),
        pytest.param(r"</div>[^<]{20}", id="a paragraph without a tag"),
    ],
)
def test_the_mess_of_real_posts_is_there(mess: str) -> None:
    assert any(re.search(mess, path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.md"))


@pytest.mark.parametrize(
    ("expression", "articles"),
    [
        ("2010年", 1),
        ("2013年", 3),
        ("2020年8月", 1),
        ("今年2月", 1),
        ("今年6月", 1),
        ("7月26日", 1),
        ("9月9日", 1),
        ("9月16日晚间", 1),
        ("次日", 1),
        ("9月17日", 3),
        ("10月份", 1),
        ("11月12日", 1),
        ("11月29日", 4),
        ("11月30日", 1),
    ],
)
def test_the_dates_of_the_story_are_told(expression: str, articles: int) -> None:
    telling = [path.stem for path in SEEDS.glob("*.md") if expression in told(read_post(path))]
    assert len(telling) >= articles, telling


def test_the_seeds_stand_for_the_originals(shared: Path) -> None:
    def faces(folder: Path) -> set[tuple[object, ...]]:
        read = map(read_post, find_posts([folder]))
        return {(a.title, a.outlet, a.published_at_raw, a.categories) for a in read}

    assert faces(SEEDS) == faces(shared / "seeds")


@seeds
def test_no_sentence_of_the_originals_is_copied(path: Path, shared: Path) -> None:
    originals = "\n".join(told(read_post(post)) for post in find_posts([shared / "seeds"]))
    ours = FIXED.sub("\n", told(read_post(path)))
    size = LONGEST_SHARED_RUN + 1
    runs = {ours[start : start + size] for start in range(len(ours) - size + 1)}
    assert {run for run in runs if "\n" not in run and run in originals} == set()
