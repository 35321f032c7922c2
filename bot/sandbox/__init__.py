"""A local Bot API and a chat page, for trying and testing; the worker never imports it.

`World` is what Telegram would know: people, chats, messages, updates; `life` is what happens to
chats, `Traffic` what was sent and what is too much. `methods` are the Bot API on it, `server` puts
it on HTTP, `static` is the chat page, `python -m bot.sandbox` a process of its own.
"""

from bot.sandbox.chats import Chat
from bot.sandbox.core import Call, Callback, Person
from bot.sandbox.errors import REFUSALS, ApiError, flood, moved
from bot.sandbox.faults import Fault, Faults, Storm
from bot.sandbox.server import create_app, serve
from bot.sandbox.traffic import Limits, Sent, Traffic
from bot.sandbox.world import World

__all__ = [
    "REFUSALS",
    "ApiError",
    "Call",
    "Callback",
    "Chat",
    "Fault",
    "Faults",
    "Limits",
    "Person",
    "Sent",
    "Storm",
    "Traffic",
    "World",
    "create_app",
    "flood",
    "moved",
    "serve",
]
