"""Sketches: what is kept of an article for comparing it with others, a kilobyte or two.

Comparing reads nothing but sketches, so that finding an article's story never reads or cuts the
text of another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat

from bot.digest import words
from bot.digest.dates import find_dates
from bot.digest.dates.numerals import number
from bot.digest.events import NEVER
from bot.digest.reading import Reading
from bot.digest.sentences import PROSE
from bot.digest.stories import places
from bot.digest.stories.kinds import kinds
from bot.digest.stories.reprints import prints
from bot.model import DateMention, Granularity, Sketch, Words

_MOST_WORDS = 160
_LEAD = 240
_MOST_TEXT = 4000  # characters in which figures are looked for
_MOST_FIGURES = 40

_FIGURE = re.compile(
    r"(\d(?<![\d.A-Za-z].)\d{0,11}(?:\.\d{1,4})?)(?![\d.A-Za-z号])\s?([万亿]?)[多余]?"
    r"(个?百分点|个?基点|公里|千米|毫米|平方米|美元|欧元|港元|[一-鿿%℃]?)"
)
_SCALE = {"": 1.0, "万": 1e4, "亿": 1e8}
_OF_TIME = frozenset("年月日时点秒天周岁届轮批比")
_KNOWN_UNITS = """
    人 元 美元 欧元 港元 级 % 百分点 基点 辆 米 公里 毫米 平方米 吨 家 款 座 只 件 户 套 台 ℃ 度
    艘 架 枚 所 间 亩 票 股 桶 升 例
"""
_UNITS = {unit: unit for unit in _KNOWN_UNITS.split()} | {
    "名": "人", "位": "人", "千米": "公里", "块": "元", "个基点": "基点", "个百分点": "百分点",
}  # fmt: skip
_NUMERAL = "0-9一二三四五六七八九十"
_PERIOD = re.compile(  # all begins in one set of characters, which makes the search quick
    rf"[第前上下半中{_NUMERAL}](?:(?<=第)[{_NUMERAL}]{{1,3}}(?:届|轮|批|季度|场|号台风)"
    r"|(?<=[一二三四])(?:季[度报]|个季度)|(?<=前)[二三]季|(?<=[上下])半年|(?<=中)报|(?<=半)年度?报"
    rf"|(?<=[0-9])[0-9]{{0,2}}比[0-9]{{1,3}}|(?<=[{_NUMERAL}])[{_NUMERAL}]{{0,2}}(?:号线|月份)"
    r"|(?<=[12])(?<!\d.)(?:(?<=2)0|(?<=1)9)\d\d(?=年(?!\d|[一二三]?十?月)|年?度))"
)
_WORK = re.compile("《[^《》]{1,30}》")
_QUARTERS = dict(zip("一二三四上下中半1234", "123424221234", strict=True))


def sketch(reading: Reading, index: Words) -> Sketch:
    """The sketch of an article.

    Args:
        reading: any article.
        index: its words.
    """
    article = reading.article
    body = "\n".join(b.text for b in article.blocks if b.kind in PROSE)
    head = f"{article.title}。{body[:_LEAD]}".replace("北京时间", "")
    title = tuple(dict.fromkeys(words.telling(article.title)))
    said = tuple(islice(_whole(list(filter(words.is_telling, index.body))), _MOST_WORDS))
    in_head = tuple(dict.fromkeys(_figures(head)))
    figures = dict.fromkeys([*in_head, *_figures(body[_LEAD:_MOST_TEXT])])
    return Sketch(
        title=title,
        words=said,
        places=_places([*title, *(w for w in said if w in head)], head),
        figures=tuple(islice(figures, _MOST_FIGURES)),
        head_figures=min(len(in_head), _MOST_FIGURES),
        days=tuple(dict.fromkeys(_days(reading, body))),
        periods=tuple(
            dict.fromkeys(
                [*map(_period, _PERIOD.findall(head)), *_WORK.findall(article.title)],
            )
        ),
        kinds=kinds(head),
        prints=prints(body),
        published=reading.day,
    )


def _whole(said: Sequence[str]) -> Iterator[str]:
    """Words without the parts that the index has before a long one: 格力 电器 格力电器."""
    after = (islice(chain(said, repeat("")), n, None) for n in (1, 2, 3))
    for word, second, third, fourth in zip(said, *after, strict=False):
        if not (word in second or word in third or word in fourth):
            yield word


def _places(some: Iterable[str], head: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(places.named(some, head)))


def _figures(text: str) -> Iterator[tuple[str, float]]:
    """Unit and value of each figure that is no date, time or age."""
    for match in _FIGURE.finditer(text):
        value, scale, unit = match.groups()
        if unit not in _OF_TIME:
            yield _UNITS.get(unit, ""), float(value) * _SCALE[scale]


def _days(reading: Reading, body: str) -> Iterator[str]:
    """The days that title and lead name for certain, as month and day: the year may be guessed."""
    title = find_dates(reading.article.title, reading.day or NEVER)
    for mention in chain(title, _in_lead(reading, body)):
        when = mention.when
        exact = when.certain and when.granularity is Granularity.DAY
        if exact and (reading.day or "月" in mention.text):
            yield when.start.isoformat()[5:]


def _in_lead(reading: Reading, body: str) -> Iterator[DateMention]:
    """The dates that stand in the lead to their end."""
    at = 0
    for sentence, mentions, _ in reading.dated:
        at = body.find(sentence.text, at)
        if at >= _LEAD:
            return
        yield from (mention for mention in mentions if at + mention.end <= _LEAD)
        at += len(sentence.text)


def _period(said: str) -> str:
    """A period as kind and number, so that 三季报 and 前三季 are one: 季3, 届4, 年2021."""
    if said.isdigit():
        return f"年{said}"
    if "比" in said:
        return f"比{said}"
    if re.search("季|半年|中报", said):
        return "季" + next((_QUARTERS[c] for c in said if c in _QUARTERS), said)
    stem = said.rstrip("届轮批场号台风线月份").lstrip("第")
    try:
        return f"{said[-1]}{number(stem)}"
    except ValueError:  # 十十
        return f"{said[-1]}{stem}"
