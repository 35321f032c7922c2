"""Names: people, organisations, places, products and figures that a reader may ask for next.

By what names look like and what stands beside them: a surname with 表示 behind it, 集团 at the end,
《》 around, letters with digits. No tagger: one would cost more than all the rest of a digest.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.digest import words
from bot.digest.name_words import (
    ABBREVIATED,
    KNOWN_ORGANISATIONS,
    NO_ORGANISATIONS,
    NO_PLACES,
    ORGANISATIONS,
    ORGANISATIONS_TOO,
    PARTS,
    PLACES,
    ROLES,
    SAYS,
    SURNAMES,
)
from bot.digest.reading import Reading
from bot.digest.stopwords import STOPWORDS
from bot.model import Name, NameKind

Found = tuple[str, NameKind]

_MOST = {  # of a kind
    NameKind.PERSON: 4,
    NameKind.ORGANISATION: 5,
    NameKind.PLACE: 3,
    NameKind.PRODUCT: 4,
    NameKind.FIGURE: 3,
}
_READ = 20  # sentences; who matters is named in them
_LEAD = 3  # sentences whose names count twice
_TITLE_WEIGHT = 3
_MOST_PARTS = 4  # words before the ending of an organisation

# words.rarity from which on a word is taken for a name
_RARE, _UNKNOWN, _UNKNOWN_SHORT = 11.0, 12.5, 13.5

_LEVELS = ("省", "市", "县", "区")
_HAN = re.compile("[\u3400-\u9fff]+")
_ROLE_END = re.compile(
    "(?:[局院部市省县区镇村校事行会队处科书馆园组厂社站所团厅署台乡]长|[律医教厨]师|[学专作画企业]家"
    "|[究演队派务售]员|总裁|博士|院士|C[ETF]O)$"
)
_NOT_LAST = "以在将也说称的和与对从被把就都则却曾等"  # cut to a name by mistake
_PLACE = re.compile("[\u3400-\u9fff]{1,5}(?:省|市|县|州|镇|乡|自治区|特区|开发区|新区|群岛)")
_NO_PLACE = re.compile("[经由在从至到三两全本各该这那每跨出入赴驻与和及外]|.*[城门超都]市$")
_ENDS = tuple(ORGANISATIONS | ORGANISATIONS_TOO)
_PLACE_ENDS = ("省", "市", "县", "州", "镇", "乡", "区", "群岛")
_ENDS_SURELY = re.compile(
    "(?:" + "|".join(ORGANISATIONS) + "|..[局署厅]|[江山海城州国京河南北]队|[省市县区]委)$"
)
_WORK = re.compile("《([^《》]{2,30})》")
_NEWSPAPER = re.compile(".*(?:报|周刊|杂志|网|新闻)")
_LATIN = re.compile("[A-Za-z]")
_MODEL = re.compile(
    r"(?<![A-Za-z0-9.])(?:[A-Z][A-Za-z]{0,15}(?:[- ]?[A-Z][A-Za-z]{0,15})?[- ]?\d{1,4}[A-Za-z]{0,4}"
    r"|[a-z][A-Z][A-Za-z]{1,15}(?:[- ]?\d{1,3}[A-Za-z]{0,4})?)(?![A-Za-z0-9.%])"
)
_NO_MODEL = re.compile(r"[A-Z]\s?\d{1,2}|H\d+N\d+|PM\s?\d+|CO2|COVID.*|IP[X\d]\d|TOP\s?\d+|VOL.*")
_FIGURE = re.compile(
    r"\d[\d,]{0,12}+(?:\.\d{1,4})?\s?[多余]?(?:万亿|[万亿])?\s?"
    r"(?:[美欧日港]?元|人次|人|名|[%％℃]|个百分点|公里|吨|辆|台|件|例|倍|摄氏度)"
)


def names(reading: Reading) -> tuple[Name, ...]:
    """The names and figures most worth asking for, most telling first.

    Args:
        reading: the article.
    """
    counts: Counter[Found] = Counter()
    persons: set[str] = set()
    for sentence, tokens in zip(reading.sentences[:_READ], reading.tokens, strict=False):
        weight = 2 if sentence.position < _LEAD else 1
        for found in {**_in_words(tokens, persons), **_in_text(sentence.text)}:
            counts[found] += weight
    for found in counts:
        counts[found] += _TITLE_WEIGHT * (found[0] in reading.article.title)
    return tuple(Name(*found) for found in _best(counts, persons))


def _best(counts: Counter[Found], persons: set[str]) -> Iterator[Found]:
    """The most frequent, no more than fit of a kind, none that is part of a better one.

    Only those count for persons who were seen to be. A figure counts that the lead gives, or that
    comes twice.
    """
    of_kind: Counter[NameKind] = Counter()
    taken: list[str] = []
    for found, count in counts.most_common():
        text, kind = found
        doubtful = (kind is NameKind.PERSON and text not in persons) or (
            kind is NameKind.FIGURE and count < 2
        )
        if not doubtful and of_kind[kind] < _MOST[kind] and not any(text in t for t in taken):
            of_kind[kind] += 1
            taken.append(text)
            yield found


def _in_words(tokens: Sequence[str], persons: set[str]) -> dict[Found, None]:
    """People, organisations and places among the words of a sentence, in their order.

    Args:
        tokens: the words of the sentence.
        persons: receives those whose neighbours show that they are persons.
    """
    found: dict[Found, None] = {}
    for n, kind in enumerate(map(_kind, tokens)):
        if kind is not None and (name := _name(kind, tokens, n, persons)):
            found[name, kind] = None
    return found


def _name(kind: NameKind, tokens: Sequence[str], at: int, persons: set[str]) -> str:
    """The name that a word is or ends, by the words around it; or ''."""
    name = tokens[at]
    before = tokens[at - 1] if at else ""
    behind = tokens[at + 1] if at + 1 < len(tokens) else ""
    if kind is NameKind.PERSON:
        name = name if len(name) < 3 else name.rstrip(_NOT_LAST)
        if behind in SAYS or _is_role(before):
            persons.add(name)
    elif kind is NameKind.ORGANISATION and name not in KNOWN_ORGANISATIONS:
        return _organisation(tokens, at)
    return "" if behind == "时间" else name  # 北京时间


@lru_cache(maxsize=50_000)
def _kind(token: str) -> NameKind | None:
    """What a word may be the name of by its looks; an organisation also when only its ending."""
    if token in STOPWORDS or not _HAN.fullmatch(token):
        return None
    if token in PLACES or _is_place(token):
        return NameKind.PLACE
    if token in KNOWN_ORGANISATIONS or token.endswith(_ENDS):
        return NameKind.ORGANISATION
    unknown = words.rarity(token) > (_UNKNOWN_SHORT if len(token) == 2 else _UNKNOWN)
    return NameKind.PERSON if token[0] in SURNAMES and len(token) in (2, 3) and unknown else None


def _is_place(word: str) -> bool:
    """Whether a word ends as places do and is no everyday word."""
    if not word.endswith(_PLACE_ENDS) or word in NO_PLACES:
        return False
    if _NO_PLACE.match(word) or not _PLACE.fullmatch(word):
        return False
    return len(word) > 2 and words.rarity(word) > _RARE


def _is_role(word: str) -> bool:
    return word in ROLES or _ROLE_END.search(word) is not None


def _organisation(tokens: Sequence[str], at: int) -> str:
    """The organisation that ends with a word, with the words before it that belong to it; or ''."""
    if tokens[at][-2:] in NO_ORGANISATIONS - ORGANISATIONS:
        return ""  # 布局
    start = at
    while start and at - start < _MOST_PARTS and _belongs(tokens[start - 1], tokens[start]):
        start -= 1
    name = "".join(tokens[start : at + 1])
    if len(name) < 3 or name in NO_ORGANISATIONS:
        return ""
    return name if _ENDS_SURELY.search(name) else ""


@lru_cache(maxsize=50_000)
def _belongs(before: str, after: str) -> bool:
    """Whether a word is the front part of the name that goes on with the next."""
    if before in STOPWORDS or not _HAN.fullmatch(before):
        return False
    if before in PLACES or before in PARTS or _is_place(before):
        return True
    bare = after in _LEVELS or after in _ENDS
    return bare and len(before) > 1 and words.rarity(before) > _RARE


def _in_text(text: str) -> dict[Found, None]:
    """Products, works and figures in a sentence, each kind in its order."""
    works = [m[1] for m in _WORK.finditer(text)] if "《" in text else []
    models = [m[0] for m in _MODEL.finditer(text)] if _LATIN.search(text) else []
    figures = _FIGURE.findall(text)
    if not works and not models and not figures:
        return {}
    return dict.fromkeys(
        [
            *((work, _kind_of_work(work)) for work in works if work not in ABBREVIATED),
            *((model, NameKind.PRODUCT) for model in models if not _NO_MODEL.fullmatch(model)),
            *((figure, NameKind.FIGURE) for figure in figures),
        ]
    )


def _kind_of_work(title: str) -> NameKind:
    return NameKind.ORGANISATION if _NEWSPAPER.fullmatch(title) else NameKind.PRODUCT
