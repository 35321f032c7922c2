"""Lists of chats: what was written is read again; what is wrong is named by its line."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ReadError
from bot.model.delivery import ChatSettings, Pace, Quiet, Rhythm, Scope, ScopeKind, Size
from bot.model.links import LinkKind, LinkRule
from bot.model.moving import ListedChat, ListedSubscription
from bot.sources import chatlist
from tests.writing import NOW

HEADER = b'{"mailuo":"chats","version":1}\n'
CHAT = {"chat": 7, "kind": "private", "zone": "Asia/Shanghai"}
DAILY = {"scope": "words", "value": "微信", "pace": "slot"}

_minutes = st.integers(0, 1439)
_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_subscriptions = st.builds(
    ListedSubscription,
    st.integers(0, 2**31),
    st.one_of(
        st.just(Scope()),
        st.builds(
            Scope,
            st.sampled_from([k for k in ScopeKind if k is not ScopeKind.ALL]),
            _words.filter(str.strip),
        ),
    ),
    st.builds(
        Rhythm,
        st.sampled_from(Pace),
        _minutes,
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    ),
    st.sampled_from(Size),
    st.booleans(),
)
_chats = st.builds(
    ListedChat,
    st.builds(
        ChatSettings,
        st.integers(-(2**45), -1),
        st.sampled_from(["group", "supergroup", "channel"]),
        _words,
        st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]),
        st.sampled_from(["", "zh-hans", "en"]),
        st.none() | st.builds(Quiet, _minutes, _minutes),
        size=st.sampled_from(Size),
    ),
    st.dictionaries(
        st.sampled_from([*LinkKind, "example.com", "xn--fiqs8s.cn"]), st.sampled_from(LinkRule)
    ),
    st.lists(_subscriptions, max_size=4).map(tuple),
)


def file(tmp_path: Path, *lines: bytes) -> Path:
    path = tmp_path / "chats.jsonl"
    path.write_bytes(b"".join(lines))
    return path


@given(st.lists(_chats, max_size=4))
def test_what_was_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, chats: list[ListedChat]
) -> None:
    lines = [chatlist.header(NOW), *map(chatlist.line, chats)]
    path = file(tmp_path_factory.mktemp("list"), "\n".join(lines).encode())
    assert list(chatlist.read(path)) == chats


def test_a_persons_name_does_not_leave() -> None:
    person = ListedChat(ChatSettings(7, title="李小明"), {}, ())
    assert "李小明" not in chatlist.line(person)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"chat": "seven"}, "chat: "),
        ({"chat": 2**60}, "chat: "),
        ({"chat": -7}, "a private chat has a positive number"),
        ({"kind": "crowd"}, "kind: "),
        ({"zone": "Asia/Nowhere"}, "zone: is no time zone"),
        ({"zone": "../../etc/passwd"}, "zone: is no time zone"),
        ({"quiet": ["23:00", "25:00"]}, "quiet.1: is no time of day"),
        ({"quiet": ["23:00"]}, "quiet"),
        ({"links": {"javascript:alert(1)": "direct"}}, "neither a kind nor a domain"),
        ({"links": {"other": "everything"}}, "links.other"),
        ({"surprise": 1}, "surprise: "),
        ({"subscriptions": [DAILY | {"days": []}]}, "subscriptions.0.days"),
        ({"subscriptions": [DAILY | {"days": [7]}]}, "subscriptions.0.days.0"),
        ({"subscriptions": [DAILY | {"value": " "}]}, "scope all has no value"),
        ({"subscriptions": [DAILY | {"value": "x" * 501}]}, "subscriptions.0.value"),
        ({"subscriptions": [DAILY] * 101}, "subscriptions: "),
        ({"subscriptions": [DAILY | {"pace": "always"}]}, "subscriptions.0.pace"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: dict[str, object], said: str) -> None:
    good, bad = json.dumps(CHAT).encode() + b"\n", json.dumps(CHAT | change).encode()
    chats = chatlist.read(file(tmp_path, HEADER, good, bad))
    assert next(chats).settings.id == 7
    with pytest.raises(ReadError, match="line 3") as raised:
        next(chats)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "line 1"),
        (b'{"mailuo":"feeds","version":1}\n', "line 1"),
        (b'{"mailuo":"chats","version":2}\n', "reads version 1"),
        (b"\xff\xfe\n", "line 1"),
        (HEADER + b"not json\n", "line 2"),
        (HEADER + b"\n\n[1]\n", "line 4"),
        (HEADER + b"[" * 100_000 + b"\n", "line 2"),
        (HEADER + b'{"chat":' + b"9" * 5000 + b"}\n", "line 2"),
        (HEADER + b'"' + b"x" * 2**20 + b'"\n', "longer than a mebibyte"),
        (HEADER + b'{"chat":7,"kind":"private","zone":"UTC","title":"\\ud800"}\n', "line 2"),
    ],
)
def test_hostile_bytes_are_one_sentence(tmp_path: Path, raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as raised:
        list(chatlist.read(file(tmp_path, raw)))
    assert len(str(raised.value)) < 500


@given(st.binary(max_size=300))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = file(tmp_path_factory.mktemp("list"), HEADER, raw)
    with suppress(ReadError):
        assert list(chatlist.read(path)) == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        list(chatlist.read(tmp_path / "nothing"))
