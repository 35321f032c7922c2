"""The catalogues: complete, with the same fields in every language."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest

from bot.render import words
from bot.render.words import Catalogue

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
