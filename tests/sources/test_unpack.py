"""What is packed comes out whole, however it is cut and packed, and a little at a time."""

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ReadError
from bot.sources.unpack import Unpacker

MIB = 2**20
STEP = 2**16  # bytes between two turns of others


def halves(body: bytes) -> tuple[bytes, bytes, bytes]:
    """Two of them, with nothing between."""
    return body[: len(body) // 2], b"", body[len(body) // 2 :]


WAYS = {
    "": bytes,
    "gzip": gzip.compress,
    "members of gzip": lambda body: b"".join(map(gzip.compress, halves(body))),
    "padded gzip": lambda body: gzip.compress(body) + b"\0\x1f\x8b",
    "deflate": zlib.compress,
    "bare deflate": lambda body: zlib.compress(body)[2:-4],
}

TIMES = [1, STEP // 2, STEP - 1, STEP, STEP + 1, 3 * STEP]


def fed(unpacker: Unpacker, piece: bytes) -> None:
    for _ in unpacker.feed(piece):
        pass


def cut(body: bytes, cuts: list[int]) -> list[bytes]:
    ends = sorted({0, len(body), *(min(c, len(body)) for c in cuts)})
    return [body[a:b] for a, b in pairwise(ends)]


@given(
    st.binary(max_size=300),
    st.sampled_from(TIMES),
    st.sampled_from(sorted(WAYS)),
    st.lists(st.integers(0, 2000), max_size=6),
)
def test_what_was_packed_comes_out_whole_in_small_steps(
    start: bytes, times: int, way: str, cuts: list[int]
) -> None:
    body = start + b"x" * times
    unpacker = Unpacker(way.rpartition(" ")[2], MIB)
    for piece in cut(WAYS[way](body), cuts):
        before = unpacker.held
        for _ in unpacker.feed(piece):
            assert unpacker.held - before <= max(STEP, len(piece))
            before = unpacker.held
    whole = unpacker.body() == body  # a difference would be shown for minutes
    assert whole


@pytest.mark.parametrize("more", [0, 1, 4, 200])
def test_what_is_left_inside_after_the_last_step_comes_out(more: int) -> None:
    body = b"x" * (STEP + more)
    unpacker = Unpacker("deflate", MIB)
    fed(unpacker, WAYS["bare deflate"](body))
    assert unpacker.body() == body


def test_a_bomb_is_given_up_at_the_limit() -> None:
    unpacker = Unpacker("gzip", MIB)
    with pytest.raises(ReadError, match="larger than 1 MiB"):
        fed(unpacker, gzip.compress(b" " * 50 * MIB))
    assert unpacker.held <= MIB + STEP


def test_a_bomb_of_many_members_is_given_up_too() -> None:
    unpacker = Unpacker("gzip", MIB)
    with pytest.raises(ReadError, match="larger than 1 MiB"):
        fed(unpacker, gzip.compress(b" " * STEP) * 50)
    assert unpacker.held <= MIB + STEP


@pytest.mark.parametrize("cut", [-9, -1])
def test_a_last_member_that_is_not_whole_is_told(cut: int) -> None:
    unpacker = Unpacker("gzip", MIB)
    fed(unpacker, gzip.compress(b"feed") + gzip.compress(b"feed" * 99)[:cut])
    with pytest.raises(ReadError, match="cut off"):
        unpacker.body()


def test_a_last_member_that_is_damaged_is_told() -> None:
    with pytest.raises(ReadError, match="damaged"):
        fed(Unpacker("gzip", MIB), gzip.compress(b"feed") + b"\x1f\x8b nonsense")


def test_what_follows_the_end_counts_too() -> None:
    unpacker = Unpacker("gzip", MIB)
    fed(unpacker, gzip.compress(b"feed"))
    with pytest.raises(ReadError, match="larger than 1 MiB"):
        fed(unpacker, b"\0" * MIB)
    assert unpacker.held == len(b"feed")
