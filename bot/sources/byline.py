"""Who wrote an article and where it comes from, as its body says: 来源：…，作者：…，编辑：…"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

from bot.model import Byline, Link

_LABELS = {
    "upstream": "本文来自微信公众号|本文转载自微信公众号|来自微信公众号|微信公众号|公众号"
    "|本文来源|文章来源|原文来源|信息来源|来源|本文转载自|转载自|转自|本文来自|本文首发于|首发于",
    "author": "本文作者|作者|撰文|采写|本报记者|记者|通讯员|文",
    "editor": "责任编辑|责编|本文编辑|编辑|编译|主编",
    "pictures": "头图来自|头图来源|题图来自|题图来源|题图|头图|封面来源|图片来自|图片来源|图源"
    "|摄影|图",
    "": "校对|审校|审核|排版|设计|监制|运营|制图|ID|原标题|原文标题",  # stated, not kept
}
_FIELD_OF = {label: f for f, labels in _LABELS.items() for label in labels.split("|")}
_LABEL = "|".join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True))
# Words that open an ordinary line as well: 记者：您怎么看？ 图：微信的页面 设计：更薄的机身
_WEAK = {"记者", "文", "图", "ID", "设计", "运营", "监制", "审核", "排版", "首发于"}

# A label at the start or behind a separator, a mark, and a value up to the next separator. The
# value may hold brackets: 新榜（ID：newrankcn）. Quotes do for a mark: 公众号“新榜”.
_MARK = r"[:：]|[/／丨｜|](?!/)"
_PAIR = re.compile(
    rf"(?:^|(?<=[\s，,；;。、（(【\[|丨｜·]))(?P<label>{_LABEL})\s*(?:{_MARK}|(?=[“「]))\s*"
    rf"(?P<value>(?:[^，,；;。|丨｜（(）)】\]\n]|[（(][^（）()]*[）)])+?)"
    rf"(?=\s*(?:[，,；;。|丨｜）)】\]\n]|$|\s(?:{_LABEL})\s*(?:{_MARK})))"
)
_WHOLE = re.compile(r"[\w\s]{2,16}出品|[（(]?原(?:文)?标题[:：].*")
_AUTHORISED = re.compile(r"(?:本文)?\w{0,12}(?:经|已|获).{0,4}授权(?:发布|转载|发表)?")
_NAMES = re.compile(r"[一-鿿·]{2,5}(?:[\s、，]+[一-鿿·]{2,5}){0,4}")
_REPORTER = re.compile(r"[电讯][（(](?:记者|通讯员)[\s:：]*(?P<value>[^（）()]{2,24})[）)]")
_STATED = tuple(field.name for field in fields(Byline))
LONGEST_BYLINE = 160
_LONGEST_VALUE = 60


class _Statement(NamedTuple):
    label: str
    value: str


def is_byline(text: str) -> bool:
    """Whether a whole paragraph is a byline: nothing but labels and their values."""
    if len(text) > LONGEST_BYLINE:
        return False
    if _WHOLE.fullmatch(text):
        return True
    if not _trusted(list(_statements(text))):
        return False
    rest = _AUTHORISED.sub("", _PAIR.sub("", text))
    return len(re.sub(r"[\W_]", "", rest)) <= 4


def byline(paragraphs: Iterable[tuple[str, Sequence[Link]]]) -> Byline:
    """What some paragraphs state; the first statement of each counts.

    Args:
        paragraphs: the text of a byline, and the links in it.
    """
    said = dict.fromkeys(_STATED, "")
    for text, links in paragraphs:
        for label, value in _statements(text):
            field = _FIELD_OF[label]
            if field and not said[field]:
                said[field] = value
                if field == "upstream":
                    said["upstream_url"] = _address(value, links)
    return Byline(**said)


def aside(text: str) -> str:
    """What a paragraph of news says of its making by the way, as a byline, else ''.

    Closing brackets （来源：新华社） and the reporter of a dateline: 新华社北京11月29日电（记者…）.
    """
    match = re.search(r"[（(]([^（）()]{2,60})[）)]$", text)
    if match and is_byline(match[1]):
        return match[1]
    reporter = _REPORTER.search(text[:60])
    return f"作者：{reporter['value'].strip()}" if reporter else ""


def _statements(text: str) -> Iterator[_Statement]:
    for match in _PAIR.finditer(text):
        value = " ".join(re.sub("[“”「」]", "", match["value"]).split())
        if 0 < len(value) <= _LONGEST_VALUE:
            yield _Statement(match["label"], value)


def _trusted(statements: Sequence[_Statement]) -> bool:
    """Whether statements can be meant as such: a weak label needs company, or names behind it."""
    if not statements or any(re.search("[？！?!]", s.value) for s in statements):
        return False
    if any(s.label not in _WEAK for s in statements) or len(statements) > 1:
        return True
    label, value = statements[0]
    return label in ("记者", "文", "图") and _NAMES.fullmatch(value) is not None


def _address(upstream: str, links: Sequence[Link]) -> str:
    """The link that the name of the upstream publication carries, or ''."""
    return next((n.url for n in links if n.text in upstream or upstream in n.text), "")
