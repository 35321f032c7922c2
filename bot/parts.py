"""Long sequences, a part at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def parts(some: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """A sequence in pieces of at most some size."""
    return (some[n : n + size] for n in range(0, len(some), size))
