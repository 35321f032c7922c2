"""A backup is the database of one instant, whatever is written meanwhile; or it is not there."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store
from bot.store.backup import back_up, dated, inside, inspect, opened, prune
from tests.writing import NOW, ROOT

# Each chat has two subscriptions at every instant that anybody can see.
WRITER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
db.execute("PRAGMA foreign_keys = ON")
number = 1000
while True:
    number += 1
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO chats (id, kind, title, zone, language, known_since)"
               " VALUES (?, 'private', ?, 'Asia/Shanghai', '', '')", [number, "x" * 3000])
    for topic in (1, 2):
        db.execute("INSERT INTO subscriptions (chat_id, topic, scope, value, pace, minute, days,"
                   " size, silent, seen, digests, active, created_at)"
                   " VALUES (?, ?, 'all', '', 'instant', 0, 0, 'brief', 0, 0, 0, 1, '')",
                   [number, topic])
    db.execute("COMMIT")
    if number % 50 == 0:
        print(number, flush=True)
"""


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    path = tmp_path / "mailuo.db"
    async with await Store.open(path, word_engine="jieba"):
        pass
    return path


def test_while_another_process_writes(database: Path, tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    try:
        for _ in range(10):  # it is at work, with pages enough for several steps
            writer.stdout.readline()
        before, ticks = written(database), []

        def tick(done: int, total: int) -> None:
            if total:
                ticks.append(done)
                writer.stdout.readline()  # type: ignore[union-attr]  # more is written meanwhile

        target = tmp_path / "copy.db"
        held = back_up(database, target, NOW, force=False, tick=tick)
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert len(ticks) > 1
    with opened(target) as db:
        inspect(db, target)
        assert inside(db) == held
        assert held.made_at == NOW
        assert held.subscriptions == 2 * held.chats
    assert before <= held.chats < written(database)
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir() if "copy" in p.name) == ["copy.db"]


def written(database: Path) -> int:
    with closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT count(*) FROM chats").fetchone()[0])


def test_what_ends_midway_leaves_nothing(database: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert (tmp_path / ".copy.db.partial").exists()
        raise StoreError("stopped")

    with pytest.raises(StoreError, match="stopped"):
        back_up(database, tmp_path / "copy.db", NOW, force=False, tick=stop)
    assert [p.name for p in tmp_path.iterdir() if "copy" in p.name] == []


KILLED = """
import sys, os
from pathlib import Path
from bot.store.backup import back_up
from datetime import datetime, UTC
def tick(done, total):
    print("under way", flush=True)
    sys.stdin.readline()
back_up(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC), force=False, tick=tick)
"""


def test_one_that_is_killed_has_no_final_name_and_the_next_works(
    database: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(database), str(target)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert killed.stdout is not None
    assert killed.stdin is not None
    assert killed.stdout.readline() == "under way\n"
    with pytest.raises(StoreError, match="another process is writing"):
        back_up(database, target, NOW, force=False, tick=quiet)
    killed.kill()
    killed.wait()
    killed.stdout.close()
    killed.stdin.close()
    assert not target.exists()
    back_up(database, target, NOW, force=False, tick=quiet)
    assert target.exists()
    assert not (tmp_path / ".copy.db.partial").exists()


def test_nothing_is_replaced_unless_asked(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(StoreError, match="--force"):
        back_up(database, target, NOW, force=False, tick=quiet)
    assert target.read_text(encoding="utf-8") == "precious"
    back_up(database, target, NOW, force=True, tick=quiet)
    assert target.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StoreError, match="the database itself"):
        back_up(database, database, NOW, force=True, tick=quiet)
    (tmp_path / "copy.db-wal").touch()
    with pytest.raises(StoreError, match="in use"):
        back_up(database, target, NOW, force=True, tick=quiet)
    with pytest.raises(StoreError, match="no database"):
        back_up(tmp_path / "nowhere.db", target, NOW, force=True, tick=quiet)
    assert not (tmp_path / "nowhere.db").exists()
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(database, tmp_path / "no" / "folder.db", NOW, force=False, tick=quiet)


@pytest.mark.parametrize("spoil", ["torn", "foreign", "text"])
def test_what_is_damaged_or_not_ours_is_not_backed_up(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "x.db"
    if spoil == "text":
        path.write_text("no database at all" * 1000, encoding="utf-8")
    else:
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE meta (name, value)")
            db.execute("CREATE TABLE _sqlite_migrations (name)")
            if spoil == "foreign":
                db.execute("DROP TABLE meta")
            db.executemany("INSERT INTO _sqlite_migrations VALUES (?)", [["x" * 900]] * 100)
            db.commit()
    if spoil == "torn":
        whole = bytearray(path.read_bytes())
        whole[5 * 4096 : 6 * 4096] = bytes(4096)
        path.write_bytes(whole)
    with pytest.raises(StoreError, match=r"damaged|not one of|not a database"):
        back_up(path, tmp_path / "copy.db", NOW, force=False, tick=quiet)
    assert not (tmp_path / "copy.db").exists()


def test_only_our_own_dated_names_are_pruned(tmp_path: Path) -> None:
    database = tmp_path / "mailuo.db"
    made = [dated(database, tmp_path, NOW + timedelta(days=day)) for day in range(5)]
    others = [
        tmp_path / name
        for name in (
            "mailuo.db", "mailuo-replaced-20211207T040000Z.db", "mailuo-20211207T040000Z.db.gz",
            "other-20000101T000000Z.db", "mailuo-20000101.db", "notes.txt",
        )
    ]  # fmt: skip
    for path in (*made, *others):
        path.touch()
    folder = tmp_path / "mailuo-19990101T000000Z.db"
    folder.mkdir()
    assert prune(database, tmp_path, 2) == made[:3]
    assert prune(database, tmp_path, 2) == []
    assert {*made[3:], *others, folder} == set(tmp_path.iterdir())
