"""A file from before feeds, used as a whole once it is upgraded: asked, and delivered from."""

from pathlib import Path

from sqlite_utils import Database

from bot import trial
from bot.config import Config
from bot.digest import words
from bot.digest.article import digest
from bot.digest.index import index_words
from bot.digest.reading import read
from bot.model import Article
from bot.sandbox import Chat
from bot.store import rows
from bot.store.schema import migrations
from tests.conftest import still
from tests.writing import NOW, SHANGHAI, UNLIMITED, article

ARTICLES = (
    article("12月2日，新桥正式通车，全长 3 公里，总投资 12 亿元。", title="新桥通车"),
    article("12月2日，早稻收购价公布，每斤 1.24 元。", title="早稻收购价公布", outlet="晚报"),
)
CHAT = 1001
AT = rows.instant(NOW)
WAITING = '{"text": "<b>新桥通车</b>", "buttons": [], "plain": false}'  # no pictures in those days


async def test_an_upgraded_file_is_asked_and_delivered_from(config: Config) -> None:
    _make(config.store.path)
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        chat = tried.world.private_chat()
        assert chat.id == CHAT
        latest = await _said(chat, "/latest")
        assert "新桥" in latest
        assert "早稻" in latest
        assert "2021年12月2日" in await _said(chat, "/timeline 新桥")
        assert "晨报" in await _said(chat, "/source")
        assert "新桥通车" in await _said(chat, "/source 1")
        assert "全部" in await _said(chat, "/subscriptions")
        await tried.bot.delivery.tick()
        assert chat.last()["text"] == "新桥通车"
        kept = await tried.house.store.chats.export(CHAT)
        assert [row["state"] for row in kept["outbox"]] == ["sent"]
        assert [row["story_id"] for row in kept["told"]] == [1]
        assert await tried.house.store.articles.count(words.query("")) == len(ARTICLES)


async def _said(chat: Chat, text: str) -> str:
    chat.say(text)
    return str((await chat.answer())["text"])


def _make(path: Path) -> None:
    """A file as the fourth migration left it, with something of everything that it knew."""
    db = Database(path)
    migrations.apply(db, stop_before=["m005_feeds"])
    db.table("meta").insert({"name": "word_engine", "value": words.engine()})
    for number, one in enumerate(ARTICLES, 1):
        _file(db, number, one)
    db.table("chats").insert(
        {
            "id": CHAT, "kind": "private", "title": "", "zone": "Asia/Shanghai",
            "language": "zh-hans", "known_since": AT,
        }
    )  # fmt: skip
    db.table("subscriptions").insert(
        {
            "id": 1, "chat_id": CHAT, "topic": 0, "scope": "all", "value": "", "pace": "instant",
            "minute": 0, "days": 127, "size": "brief", "silent": 0, "seen": 2, "digests": 1,
            "active": 1, "created_at": AT,
        }
    )  # fmt: skip
    db.table("told").insert(
        {
            "chat_id": CHAT, "topic": 0, "story_id": 1, "article_id": 1, "subscription_id": 1,
            "digest": 1, "told_at": AT,
        }
    )  # fmt: skip
    db.table("outbox").insert(
        {
            "chat_id": CHAT, "topic": 0, "subscription_id": 1, "digest": 1, "part": 1,
            "message": WAITING, "silent": 0, "urgent": 0, "state": "queued", "next_at": AT,
            "queued_at": AT,
        }
    )  # fmt: skip
    db.conn.commit()
    db.close()


def _file(db: Database, number: int, one: Article) -> None:
    made = digest(one, SHANGHAI)
    index = index_words(read(one), made)
    at = rows.instant_or_none(one.published_at)
    document = rows.article_json(one)
    db.table("stories").insert({"id": number, "latest_at": at})
    db.table("articles").insert(
        {
            "id": number, "key": one.key, "outlet": one.outlet, "published_at": at,
            "content_hash": one.content_hash, "revision": 1, "document": document,
            "digest": rows.digest_json(made), "plain": one.title, "story_id": number,
            "story_score": 0.0, "story_reason": "", "first_seen_at": AT, "updated_at": AT,
        }
    )  # fmt: skip
    db.table("revisions").insert(
        {
            "article_id": number, "number": 1, "content_hash": one.content_hash,
            "document": document, "read_at": AT,
        }
    )  # fmt: skip
    sql = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"
    db.execute(sql, [number, " ".join(index.title), " ".join(index.body)])
