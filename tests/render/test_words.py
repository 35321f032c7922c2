"""The catalogues: complete, with the same fields in every language."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.digest import zones
from bot.digest.script import simplified
from bot.render import words
from bot.render.traditional import traditional
from bot.render.words import Catalogue
from tests.writing import ROOT

NAMES = [field.name for field in fields(Catalogue)]


def sentences(said: Any) -> Iterator[tuple[str, str]]:
    """Every text in a field of a catalogue, with what it is called there."""
    if isinstance(said, str):
        yield "", said
    elif isinstance(said, Mapping):
        yield from said.items()
    else:
        yield from ((str(n), text) for n, text in enumerate(said))


def asked(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("catalogue", words.every(), ids=lambda c: c.code)
def test_every_language_says_everything_with_the_same_fields(
    catalogue: Catalogue, name: str
) -> None:
    theirs = dict(sentences(getattr(catalogue, name)))
    ours = dict(sentences(getattr(words.SIMPLIFIED, name)))
    assert theirs.keys() == ours.keys()
    for part, text in ours.items():
        assert theirs[part].strip()
        # A language may say less of a date; it never asks for what is not given.
        dated = name in ("later_this_year", "later_this_month")
        assert asked(theirs[part]) == asked(text) or dated


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh_hant", "zh-hant"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("en-GB", "en"),
        ("de", "en"),
    ],
)
def test_the_language_of_a_reader(language: str, code: str) -> None:
    assert words.of(language).code == code


HAN = re.compile("[\u3400-\u9fff]+")
EXAMPLES = {"微信", "淘宝", "简体", "繁體", "脉络"}  # what is typed, and languages in themselves


def every_text(catalogue: Catalogue) -> Iterator[str]:
    for name in NAMES:
        yield from (text for _, text in sentences(getattr(catalogue, name)))


def test_english_has_no_chinese_but_examples() -> None:
    said = " ".join(every_text(words.ENGLISH))
    assert set(HAN.findall(said)) <= EXAMPLES
    assert not re.search("[，。：；？！（）、“”]{2}|[，。：；？！（）、]", said)


@pytest.mark.parametrize("catalogue", words.every()[:2], ids=lambda c: c.code)
def test_no_script_is_mixed(catalogue: Catalogue) -> None:
    """A message is converted once more before it is sent, which must change nothing."""
    for text in every_text(catalogue):
        if catalogue.code == "zh-hant":
            assert traditional(text) == text
            assert not re.search("[“”]|報道|里", text)
        else:
            assert simplified(text.replace("繁體", "")) == text.replace("繁體", "")


@pytest.mark.parametrize("catalogue", words.every()[:2], ids=lambda c: c.code)
def test_chinese_is_set_as_chinese(catalogue: Catalogue) -> None:
    """Full-width marks beside Han, and a blank between Han and Latin or digits."""
    for text in every_text(catalogue):
        bare = re.sub(r"\{\w+\}|/\S+", "", text)
        assert not re.search("[\u3400-\u9fff][,;:?!]|[,;:?!][\u3400-\u9fff]", bare), text
        assert not re.search("[\u3400-\u9fff][A-Za-z]|[A-Za-z][\u3400-\u9fff]", bare), text


def test_each_language_has_a_city_for_each_zone() -> None:
    assert all(zones.find(city) == ZoneInfo(zone) for zone, city in words.ENGLISH.cities.items())
    for catalogue in words.every():
        assert all(zones.find(city) == ZoneInfo(z) for z, city in catalogue.cities.items())


ROOMS = ("render", "flow", "chat")
LISTED = (" · ", " ", "\u3000")  # set between the items of a list; no sentence is made so


def is_said(node: ast.expr) -> str | None:
    """The field of the catalogue that an expression shows, filled in or set in type."""
    match node:
        case ast.Attribute(value=ast.Attribute(attr="words") | ast.Name(id="words"), attr=field):
            return field
        case ast.Call(func=ast.Name(id="text" | "bold" | "italic" | "filled"), args=[said, *_]):
            return is_said(said)
        case ast.Call(func=ast.Attribute(value=said, attr="format")) | ast.Subscript(value=said):
            return is_said(said)
    return None


def added(node: ast.expr) -> list[ast.expr]:
    """What an expression sets one behind the other."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*added(node.left), *added(node.right)]
    if isinstance(node, ast.JoinedStr):
        return [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values]
    return [node]


def glued() -> set[str]:
    """The fields that have something set directly before or behind them."""
    found = set()
    files = [path for room in ROOMS for path in (ROOT / "bot" / room).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    for node in (n for tree in trees for n in ast.walk(tree)):
        if not isinstance(node, ast.BinOp | ast.JoinedStr):
            continue
        for one, other in pairwise(added(node)):
            listed = [p for p in (one, other) if isinstance(p, ast.Constant) and p.value in LISTED]
            if not listed:
                found |= {field for part in (one, other) if (field := is_said(part))}
    return found


def test_no_sentence_is_glued_from_parts() -> None:
    """Only whole labels stand before a quotation (原文：) or behind a name (（…）)."""
    whole = re.compile(r"^[（(\s].*[）)]$|^[〔\[].*[〕\]]\s?$|[：:]\s?$")
    for field in glued():
        for catalogue in words.every():
            assert whole.search(getattr(catalogue, field)), (catalogue.code, field)
