"""Upgrading from before words had their newest sketches in one row: a file, and a server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from sqlite_utils import Database

from bot.model import Digest, Sketch
from bot.store import Store, newest, rows
from bot.store.engines.postgres import Server
from bot.store.engines.postgres_schema import MIGRATIONS, migrate
from bot.store.schema import migrations
from tests.writing import NOW, article

Run = Callable[[str, list[Any]], object]

MANY = newest.MOST + 5  # sketches that say one word
ONE, TWO = article("第一段。"), article("第一段，改过。")
AT = rows.instant(NOW)


async def test_a_file_of_before_finds_what_it_found(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m015_newest"])
    _fill(lambda sql, values: db.execute(sql, values))
    db.conn.commit()
    db.close()
    await _holds(path)


async def test_a_server_of_before_finds_what_it_found(postgres_url: str) -> None:
    later = {n: MIGRATIONS.pop(n) for n in [*MIGRATIONS] if n >= "p004"}
    try:
        with psycopg.connect(postgres_url, cursor_factory=psycopg.RawCursor) as connection:
            server = Server(connection)
            migrate(server)
            _fill(server.execute)
    finally:
        MIGRATIONS.update(later)
    await _holds(postgres_url)


def _fill(run: Run) -> None:
    """An article of two revisions, and sketches that are found by one word or by two."""
    run("INSERT INTO meta (name, value) VALUES ('word_engine', 'jieba')", [])
    run("INSERT INTO stories (id) VALUES (1)", [])
    run(
        """INSERT INTO all_articles (id, key, outlet, published_at, content_hash, revision,
           document, digest, plain, story_id, story_score, story_reason, first_seen_at, updated_at)
           VALUES (1, ?, '晨报', ?, 'x', 2, ?, ?, '', 1, 0.0, '', ?, ?)""",
        [TWO.key, AT, rows.article_json(TWO), rows.digest_json(Digest(None)), AT, AT],
    )
    for number, one in enumerate((ONE, TWO), 1):
        sql = "INSERT INTO revisions VALUES (1, ?, 'x', ?, ?)"
        run(sql, [number, rows.article_json(one), AT])
    for number in range(1, MANY + 1):
        sql = """INSERT INTO sketches (id, article_id, number, story_id, published_at, sketch)
                 VALUES (?, 1, ?, NULL, ?, ?)"""
        run(sql, [number, number, AT, rows.sketch_json(Sketch(("大桥",)))])
        for word in ("大桥", "通车") if number % 2 else ("大桥",):
            run("INSERT INTO sketch_words (word, sketch_id) VALUES (?, ?)", [word, number])


async def _holds(where: Path | str) -> None:
    async with await Store.open(where, word_engine="jieba") as store:
        assert await store.articles.revisions(1) == [ONE, TWO]

        def kept(sql: str) -> Any:
            return store._engine.read(lambda db: db.execute(sql).fetchall())

        assert await kept("SELECT article_id, number FROM revisions") == [(1, 1)]
        having = {w: newest.unpacked(n) for w, n in await kept("SELECT word, numbers FROM newest")}
        every = range(1, MANY + 1)
        assert having == {"大桥": [*every][-newest.MOST :], "通车": [n for n in every if n % 2]}
        words = {n: set(newest.apart(said)) for n, said in await kept("SELECT * FROM keywords")}
        assert words == {n: {"大桥", "通车"} if n % 2 else {"大桥"} for n in every}
        found = await store.stories.candidates(["大桥", "通车"], None, None)
        assert [c.id for c in found] == [n for n in reversed(every) if n % 2][:20]
