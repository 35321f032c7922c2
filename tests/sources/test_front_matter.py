"""Front matter: what is tolerated, and what is refused with a reason."""

import pytest

from bot.errors import ReadError
from bot.sources.front_matter import decode, split

PLAIN = ({"title": "甲", "date": "2021-10-28 14:08:07"}, "正文。")
TEXT = "---\ntitle: 甲\ndate: 2021-10-28 14:08:07\n---\n\n正文。"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\n\n" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        TEXT.replace("---", "---  "),
    ],
)
def test_small_faults_are_tolerated(text: str) -> None:
    assert split(text.encode()) == PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert split(TEXT.encode(encoding)) == PLAIN


def test_gb18030_with_a_mark_of_its_own() -> None:
    assert split(("\ufeff" + TEXT).encode("gb18030")) == PLAIN


def test_every_value_stays_as_written() -> None:
    fields, _ = split(b"---\na: 0123\nb: yes\nc: 2021-08-07\nd: null\ne: 'null'\nf: ~\n---\nx")
    assert fields == {"a": "0123", "b": "yes", "c": "2021-08-07", "d": "", "e": "null", "f": ""}


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("a: &x [1, 2]\nb: [*x, *x]", "aliases"),
        ("[" * 5_000, "name: value"),
        ("just words", "name: value"),
        ("a: " + "long " * 20_000, "longer than"),
        ("a: !!python/object:os.system {}\n  b", "YAML"),
        ("? [a]\n: b", "YAML"),
    ],
)
def test_what_is_refused(front: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        split(f"---\n{front}\n---\nx".encode())


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    whole = "本报讯，这里是一段足够长的中文正文，其中只有一个字节在传输时损坏。" * 3
    raw = whole.encode()
    with pytest.raises(ReadError, match="damaged"):
        decode(raw[:40] + b"\xb5" + raw[40:])
    assert decode(whole.encode("gb18030")) == whole
