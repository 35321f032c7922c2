"""Talking to the bot in a chat of the sandbox."""

from typing import Any

from bot.sandbox import Chat


async def ask(chat: Chat, text: str, **how: Any) -> str:
    """Say something; the text of the answer."""
    chat.say(text, **how)
    return str((await chat.answer())["text"])


async def press(chat: Chat, label: str, **how: Any) -> str:
    """Press a button; the text of the message that changed or came."""
    chat.press(label, **how)
    return str((await chat.answer(more=1))["text"])


def labels(chat: Chat) -> list[str]:
    """The words on the buttons of the last message."""
    rows = chat.last().get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
