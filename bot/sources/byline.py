"""Who wrote an article and where it comes from, as its body says: 来源：…，作者：…，编辑：…"""

import re
from collections.abc import Iterable
from dataclasses import asdict

from bot.model import Byline

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

# A label at the start or behind a separator, a mark, and a value up to the next separator. The
# value may hold brackets: 新榜（ID：newrankcn）.
_PAIR = re.compile(
    rf"(?:^|(?<=[\s，,；;。、（(【\[|丨·]))(?P<label>{_LABEL})\s*(?:[:：]|[/／丨|](?!/))\s*"
    rf"(?P<value>(?:[^，,；;。|丨（(）)】\]\n]|[（(][^（）()]*[）)])+?)"
    rf"(?=\s*(?:[，,；;。|丨）)】\]\n]|$|\s(?:{_LABEL})\s*[:：/／]))"
)
_PRODUCED = re.compile(r"[\w\s]{2,16}出品")
LONGEST_BYLINE = 160
_LONGEST_VALUE = 60


def is_byline(text: str) -> bool:
    """Whether a whole paragraph is a byline: nothing but labels and their values."""
    if len(text) > LONGEST_BYLINE:
        return False
    if _PRODUCED.fullmatch(text):
        return True
    rest, pairs = _PAIR.subn("", text)
    return bool(pairs) and len(re.sub(r"[\W_]", "", rest)) <= 4


def byline(paragraphs: Iterable[tuple[str, str]]) -> Byline:
    """What some paragraphs state; the first statement of each counts.

    Args:
        paragraphs: the text of a byline, and an address that it links to, or ''.
    """
    said = asdict(Byline())
    for text, url in paragraphs:
        for field, value in _stated(text):
            if not said[field]:
                said[field] = value
                if field == "upstream":
                    said["upstream_url"] = url
    return Byline(**said)


def closing(text: str) -> str:
    """The brackets that end a paragraph when they hold a byline （来源：新华社）, else ''."""
    match = re.search(r"[（(]([^（）()]{2,60})[）)]$", text)
    return match[1] if match and is_byline(match[1]) else ""


def _stated(text: str) -> Iterable[tuple[str, str]]:
    for match in _PAIR.finditer(text):
        field, value = _FIELD_OF[match["label"]], " ".join(match["value"].split())
        if field and 0 < len(value) <= _LONGEST_VALUE:
            yield field, value
