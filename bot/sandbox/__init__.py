"""A local Bot API and a chat page, for trying and testing; the worker never imports it.

`World` is what Telegram would know: people, chats, messages, updates. `methods` are the Bot API on
it, `server` puts both on HTTP, `static` is the chat page.
"""

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.server import create_app, serve
from bot.sandbox.world import Call, Chat, World

__all__ = ["ApiError", "Call", "Chat", "Fault", "Faults", "World", "create_app", "serve"]
