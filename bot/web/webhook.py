"""The door that Telegram knocks at: who may come in, and how much they may bring.

Everything is checked before it is parsed. An update is answered with 200 only after it was handled,
so whatever dies meanwhile, Telegram brings it again.
"""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import ReadError

MOST_BYTES = 1 << 20  # Telegram's own updates hold a few kilobytes
HEADER = "x-telegram-bot-api-secret-token"

Take = Callable[[dict[str, Any]], Awaitable[bool]]


def secret(token: str) -> str:
    """What Telegram must say at the door: made from the bot's token, which it does not tell.

    1 to 256 of A-Z, a-z, 0-9, _ and -: https://core.telegram.org/bots/api#setwebhook
    """
    return hmac.new(token.encode(), b"mailuo webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Takes updates by HTTP.

    Args:
        secret: what Telegram must say.
    """

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._take: Take | None = None

    def hand_to(self, take: Take | None) -> None:
        """Who takes updates from now on; None for nobody, then Telegram keeps them.

        It is given the JSON object, says whether that was handled, and raises `ReadError` for one
        that is no update.
        """
        self._take = take

    async def knock(self, request: Request) -> Response:
        """Answer one knock."""
        said = request.headers.get(HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(said, self.secret.encode()):
            return _answer(403, "wrong secret")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _answer(415, "not JSON")
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _answer(400, "cut off")
        if body is None:
            return _answer(413, "too large")
        return await self._handled(body)

    async def _handled(self, body: bytes) -> Response:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            return _answer(400, "not JSON")
        if not isinstance(document, dict):
            return _answer(400, "not an object")
        if self._take is None:
            return _answer(503, "not now")
        try:
            handled = await self._take(document)
        except ReadError as error:
            return _answer(400, str(error))
        return _answer(200, "") if handled else _answer(503, "not now")


async def _body(request: Request) -> bytes | None:
    """The body; None as soon as it is too large."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:20]) > MOST_BYTES:
        return None
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > MOST_BYTES:
            return None
    return bytes(parts)


def _answer(status: int, words: str) -> Response:
    return PlainTextResponse(words, status)
