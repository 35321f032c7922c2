"""What places were told is found by its keys, however much was told to others."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot.model.delivery import Place
from bot.store import Store
from bot.store.engine import Cursor, Database
from bot.store.engines.postgres import Server
from bot.store.engines.sqlite import File
from tests.store.test_subscriptions import digest_of, reported, subscribed
from tests.writing import NOW

OTHERS = 30_000
_NUMBERS = f"""WITH RECURSIVE numbers (n) AS (
    SELECT 9 UNION ALL SELECT n + 1 FROM numbers WHERE n < {OTHERS})"""
_READ = re.compile(r"(FROM|JOIN) told\b")
_WHOLE = re.compile(r"SCAN (told|t)\b|Seq Scan on told")


def tell_others(db: Database) -> None:
    """The same story to all; PostgreSQL has not looked at its tables since they were empty."""
    db.execute(
        f"""{_NUMBERS} INSERT INTO chats (id, kind, title, zone, language, known_since)
            SELECT n, 'private', '', 'Asia/Shanghai', 'zh', '2021-12-07' FROM numbers"""
    )
    db.execute(
        f"""{_NUMBERS} INSERT INTO told (chat_id, topic, story_id, article_id, subscription_id,
                digest, told_at) SELECT n, 0, 1, 1, 1, 1, '2021-12-07' FROM numbers"""
    )


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How the engine carries out what reads `told`, step by step."""
    steps: list[str] = []

    def explaining(explain: str, execute: Callable[..., Cursor]) -> Callable[..., Cursor]:
        def both(db: Database, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
            if _READ.search(sql) and "SELECT" in sql:
                steps.extend(str(r[-1]) for r in execute(db, f"{explain} {sql}", parameters))
            return execute(db, sql, parameters)

        return both

    for engine, explain in ((File, "EXPLAIN QUERY PLAN"), (Server, "EXPLAIN")):
        monkeypatch.setattr(engine, "execute", explaining(explain, engine.execute))
    return steps


async def test_what_others_were_told_is_not_read(store: Store, plans: list[str]) -> None:
    one = await subscribed(store)
    story = await reported(store, "新桥通车")
    await store._engine.write(tell_others)
    await store.subscriptions.publish([digest_of(one, (story, 0, 1))], NOW)
    assert plans
    places = {Place(n) for n in range(100)}
    told = await store.subscriptions.told_of_news(places, 0, 1)
    assert told.keys() == places - {Place(n) for n in (0, *range(2, 9))}
    assert {tuple(stories) for stories in told.values()} == {(story,)}
    assert await store.subscriptions.told_of_news({Place(1, topic=7)}, 0, 1) == {}
    assert await store.subscriptions.told_of_news({Place(1)}, 1, 9) == {}
    assert [step for step in plans if _WHOLE.search(step)] == []
