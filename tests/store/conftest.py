"""Both engines of the store, each with an empty database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store


@pytest.fixture(params=("sqlite", "postgres"))
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where an empty database is: a file, or on a server."""
    if request.param == "sqlite":
        return tmp_path / "a.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def store(where: Path | str) -> AsyncIterator[Store]:
    """An empty store."""
    async with await Store.open(where, word_engine="jieba") as opened:
        yield opened
