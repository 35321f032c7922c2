"""A restore: what the lost database sent is not sent again, what nobody sent comes once."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import trial
from bot.config import Config
from bot.errors import StoreError
from bot.flow.moving import restored
from bot.model.delivery import ParcelState
from bot.model.moving import Restored, Waiting
from bot.sandbox import Chat
from bot.store import only_one
from bot.store.backup import back_up
from tests.chat.talk import ask
from tests.writing import NOW, SHANGHAI, UNLIMITED, post

EVENTS = {
    "大桥": "<p>新桥正式通车，全长 3 公里，总投资 12 亿元。</p>",
    "粮价": "<p>早稻收购价公布，每斤 1.24 元，比上年高两分。</p>",
    "球赛": "<p>海风队在主场以二比零战胜北山队，升至榜首。</p>",
    "列车": "<p>首趟冷链班列从成都开出，装载鲜果 800 吨。</p>",
}
MIDNIGHT = NOW.replace(hour=0) + timedelta(days=1)


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass
class Site:
    """An installation that is stopped and started: settings, posts, and what readers got."""

    config: Config
    folder: Path
    now: datetime = NOW
    got: list[str] = field(default_factory=list)

    def reported(self, name: str) -> None:
        at = f"{self.now.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
        made = post(EVENTS[name], title=f"'{name}消息'", date=at)
        (self.folder / f"{name}.md").write_bytes(made)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[tuple[trial.Trial, Chat]]:
        """The worker, reading what is there; what it sends of its own accord is in `got`."""
        async with trial.trying(self.config, lambda: self.now, limits=UNLIMITED) as tried:
            chat = tried.world.private_chat()
            await tried.house.ingest.posts([self.folder])
            yield tried, chat
            sent = [m["text"] for m in chat.messages.values() if "+s.list" in str(m)]
            self.got += [name for text in sent for name in EVENTS if f"{name}消息" in text]

    def backed_up(self) -> Path:
        file = self.folder.parent / "backup.db"
        back_up(self.config.store.path, file, self.now, force=False, tick=quiet)
        return file

    async def restored(
        self, file: Path, sent_until: datetime | None = None, waiting: Waiting = Waiting.HOLD
    ) -> Restored:
        return await restored(
            *(self.config.store.path, file, self.now),
            sent_until=sent_until, waiting=waiting, word_engine="jieba", tick=quiet,
        )  # fmt: skip


@pytest.fixture
def site(config: Config, folder: Path) -> Site:
    return Site(config, folder)


async def lost(site: Site) -> Path:
    """A backup with a message waiting; then more is sent, an hour passes, and the disk dies."""
    async with site.running() as (tried, chat):
        await ask(chat, "/subscribe 即时")
        site.reported("大桥")
        await tried.house.ingest.posts([site.folder])
        await tried.house.publisher.tick()
        file = site.backed_up()
        site.now += timedelta(minutes=30)
        site.reported("粮价")
        await tried.house.ingest.posts([site.folder])
        await tried.deliver()
        site.now += timedelta(minutes=30)
    assert site.got == ["大桥", "粮价"]
    os.utime(site.config.store.path, (site.now.timestamp(),) * 2)
    site.now += timedelta(hours=3)  # until somebody notices
    return file


async def started_again(site: Site) -> list[str]:
    """What is sent after a restore, of old posts and of a new one."""
    site.got.clear()
    async with site.running() as (tried, _):
        await tried.bot.delivery.begin()
        await tried.deliver()
        site.now += timedelta(minutes=5)
        site.reported("球赛")
        await tried.house.ingest.posts([site.folder])
        await tried.deliver()
    return site.got


async def test_nothing_is_sent_twice(site: Site) -> None:
    done = await site.restored(await lost(site))
    assert done.inside.made_at == NOW
    assert (done.inside.articles, done.inside.chats, done.inside.subscriptions) == (1, 1, 1)
    assert done.resumed.sent_until == NOW + timedelta(hours=1)
    assert (done.resumed.set_aside, done.resumed.moved_on, done.inside.waiting) == (1, 1, 0)
    assert await started_again(site) == ["球赛"]
    async with trial.trying(site.config, lambda: site.now) as tried:
        (held,) = await tried.house.store.outbox.listed([ParcelState.UNCERTAIN], 9)
        assert "backup" in held.error


@pytest.mark.parametrize(
    ("waiting", "sent"), [(Waiting.SEND, ["大桥", "球赛"]), (Waiting.DROP, ["球赛"])]
)
async def test_what_waited_can_be_sent_or_dropped(
    site: Site, waiting: Waiting, sent: list[str]
) -> None:
    await site.restored(await lost(site), waiting=waiting)
    assert await started_again(site) == sent


async def test_nothing_is_lost_when_the_operator_prefers_that(site: Site) -> None:
    file = await lost(site)
    done = await site.restored(file, sent_until=datetime.min.replace(tzinfo=UTC))
    assert (done.resumed.sent_until, done.inside.waiting) == (None, 1)
    assert await started_again(site) == ["大桥", "粮价", "球赛"]


async def test_a_report_after_the_end_is_told(site: Site) -> None:
    file = await lost(site)
    site.now -= timedelta(hours=1)
    site.reported("列车")  # while nothing ran
    site.now += timedelta(hours=1)
    await site.restored(file)
    assert await started_again(site) == ["列车", "球赛"]


async def test_a_slot_that_nobody_served_is_caught_up_with_once(site: Site) -> None:
    async with site.running() as (_, chat):
        await ask(chat, "/subscribe 每天 13:00")  # an hour after noon
        await ask(chat, "/subscribe 粮价 每周三 13:00")  # tomorrow
        file = site.backed_up()
    site.reported("粮价")
    site.now += timedelta(hours=2)  # the slot of today was served; the disk died
    os.utime(site.config.store.path, (site.now.timestamp(),) * 2)
    site.now += timedelta(hours=1)
    site.reported("大桥")
    site.now += timedelta(days=1, hours=2)  # so was that of tomorrow by nobody
    done = await site.restored(file)
    assert done.resumed.moved_on == 1
    async with site.running() as (tried, _):
        await tried.deliver()
        await tried.deliver()
    assert sorted(site.got) == ["大桥", "粮价"]  # the one daily, the other of its week


async def test_a_message_for_after_quiet_hours_is_sent_after_them(site: Site) -> None:
    file = await lost(site)
    later = (NOW + timedelta(hours=9)).isoformat(timespec="microseconds")
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE outbox SET next_at = ?", [later])
        db.commit()
    done = await site.restored(file)
    assert (done.resumed.set_aside, done.inside.waiting) == (0, 1)


async def test_not_while_a_worker_runs(site: Site) -> None:
    file = await lost(site)
    before = site.config.store.path.read_bytes()
    async with only_one(site.config.store.path):
        with pytest.raises(StoreError, match="a worker runs"):
            await site.restored(file)
    with closing(sqlite3.connect(site.config.store.path)) as reader:
        reader.execute("SELECT count(*) FROM chats").fetchone()
        with pytest.raises(StoreError, match="open in another program"):
            await site.restored(file)
    assert site.config.store.path.read_bytes() == before
    assert [p.name for p in file.parent.iterdir() if "restoring" in p.name] == []


async def test_the_database_of_before_is_kept_whole(site: Site) -> None:
    file = await lost(site)
    site.config.store.path.chmod(0o640)
    done = await site.restored(file)
    assert done.kept is not None
    with closing(sqlite3.connect(done.kept)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert site.config.store.path.stat().st_mode & 0o777 == 0o640
    back = await site.restored(done.kept)  # and the way back is the same
    assert (back.inside.made_at, back.inside.articles) == (None, 2)


async def test_a_damaged_database_is_kept_with_what_lay_beside_it(site: Site) -> None:
    file = await lost(site)
    path = site.config.store.path
    path.write_bytes(b"x" * 8192)
    path.with_name(f"{path.name}-wal").write_bytes(b"y" * 99)
    done = await site.restored(file)
    assert done.kept is not None
    assert done.kept.read_bytes() == b"x" * 8192
    assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"y" * 99
    assert not path.with_name(f"{path.name}-wal").exists()
    assert await started_again(site) != []


async def test_on_a_new_machine_all_until_now_counts_as_sent(site: Site) -> None:
    file = await lost(site)
    site.config.store.path.unlink()
    done = await site.restored(file)
    assert (done.kept, done.resumed.sent_until) == (None, site.now)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
         " VALUES ('mailuo', 'm999_future', '')", "newer than this program"),
        ("UPDATE meta SET value = 'other' WHERE name = 'word_engine'", "word engine"),
        ("INSERT INTO links VALUES (77, 'other', 'hide')", "refers to chats"),
        ("DROP TABLE meta", "not one of"),
    ],
)  # fmt: skip
async def test_what_is_not_ours_is_refused(site: Site, sql: str, said: str) -> None:
    file = await lost(site)
    with closing(sqlite3.connect(file)) as db:
        db.execute(sql)
        db.commit()
    before = site.config.store.path.read_bytes()
    with pytest.raises(StoreError, match=said):
        await site.restored(file)
    assert site.config.store.path.read_bytes() == before
    names = await asyncio.to_thread(lambda: [p.name for p in file.parent.iterdir()])
    assert [n for n in names if "restoring" in n or "replaced" in n] == []
