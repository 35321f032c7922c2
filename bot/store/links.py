"""Links: what a chat wants done with them, by kind and by domain."""

from collections.abc import Sequence

from bot.model.links import LinkKind, LinkPolicy, LinkRule
from bot.store import bans, rows
from bot.store.engine import Database, Engine


class Links:
    """The rules that chats have chosen; where they chose none, a default holds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def set(self, chat: int, target: LinkKind | str, rule: LinkRule | None) -> None:
        """Choose what is done with a kind or a domain, in a chat that we know; None: the default.

        Args:
            chat: its number.
            target: the kind, or the domain in ASCII.
            rule: what is done.
        """

        def change(db: Database) -> None:
            if rule is None:
                db.execute("DELETE FROM links WHERE chat_id = ? AND target = ?", [chat, target])
            else:
                sql = """INSERT INTO links (chat_id, target, rule) VALUES (?, ?, ?)
                         ON CONFLICT (chat_id, target) DO UPDATE SET rule = excluded.rule"""
                db.execute(sql, [chat, rows.storable(target), rule])

        await self._engine.write(change)

    async def reset(self, chat: int) -> None:
        """Nothing is chosen any more."""
        await self._engine.write(
            lambda db: db.execute("DELETE FROM links WHERE chat_id = ?", [chat]) and None
        )


def policies(db: Database, chats: Sequence[int]) -> dict[int, LinkPolicy]:
    """What some chats have chosen themselves, and what is blocked for all."""
    blocked = bans.domains(db)
    kinds: dict[int, dict[LinkKind, LinkRule]] = {chat: {} for chat in chats}
    domains: dict[int, dict[str, LinkRule]] = {chat: {} for chat in chats}
    sql = f"SELECT chat_id, target, rule FROM links WHERE chat_id IN ({rows.marks(chats)})"
    for chat, target, rule in db.execute(sql, list(chats)).fetchall():
        if target in set(LinkKind):  # a domain has a dot
            kinds[chat][LinkKind(target)] = LinkRule(rule)
        else:
            domains[chat][target] = LinkRule(rule)
    return {chat: LinkPolicy(kinds[chat], domains[chat], blocked) for chat in chats}
