"""The list of chats, out of either engine and into either."""

from pathlib import Path

from bot.model.delivery import ChatSettings, Pace, Place, Quiet, Rhythm, Scope, ScopeKind, Size
from bot.model.links import LinkKind, LinkRule
from bot.model.moving import IMPORTED, Added
from bot.store import Store
from bot.store.listing import Arrival
from tests.writing import NOW

CHATS = (-7, 3, 5)


async def test_there_and_into_a_file(store: Store, tmp_path: Path) -> None:
    for chat in CHATS:
        await store.chats.put(ChatSettings(chat, "group", quiet=Quiet(60, 120)), NOW)
        await store.links.set(chat, LinkKind.VIDEO, LinkRule.HIDE)
        for scope in (Scope(), Scope(ScopeKind.WORDS, "微信"), Scope(ScopeKind.STORY, "9")):
            await store.subscriptions.put(
                Place(chat, 2), scope, Rhythm(Pace.INSTANT), Size.FULL,
                silent=True, due_at=None, now=NOW,
            )  # fmt: skip
    listed = [chat async for some in store.listing.all() for chat in some]
    assert [chat.settings.id for chat in listed] == list(CHATS)
    assert {chat.settings.quiet for chat in listed} == {Quiet(60, 120)}
    assert [chat.links for chat in listed] == [{LinkKind.VIDEO: LinkRule.HIDE}] * 3
    # the story is not there, so nothing names it elsewhere
    assert [len(chat.subscriptions) for chat in listed] == [2, 2, 2]
    arrivals = [Arrival(chat, (None, NOW)) for chat in listed]
    async with await Store.open(tmp_path / "new.db", word_engine="jieba") as other:
        assert await other.listing.add(arrivals, IMPORTED, NOW) == Added(3, 6)
        assert [chat async for some in other.listing.all() for chat in some] == listed
    assert await store.listing.add(arrivals, IMPORTED, NOW) == Added()
    assert await store.listing.paused(CHATS, IMPORTED) == set()
    await store.chats.forget(3)
    assert await store.listing.add(arrivals, IMPORTED, NOW) == Added(1, 2)
    assert await store.listing.paused(CHATS, IMPORTED) == {3}
    assert await store.chats.resume(3) == IMPORTED
