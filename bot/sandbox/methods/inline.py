"""Answering inline queries, with Telegram's limits."""

import re
from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.methods import content
from bot.sandbox.params import Params
from bot.sandbox.updates import Json
from bot.sandbox.world import World

MOST_RESULTS = 50
MOST_ID_BYTES = MOST_OFFSET_BYTES = 64
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ARTICLE = {
    "type": str, "id": str, "title": str, "input_message_content": dict, "reply_markup": dict,
    "url": str, "description": str, "thumbnail_url": str, "thumbnail_width": int,
    "thumbnail_height": int,
}  # fmt: skip


async def answer_inline_query(world: World, params: Params) -> bool:
    query = world.inline.get(params.text("inline_query_id"))
    if query is None or query.answered:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    given = params.json("results") or []
    if not (params.has("results") and isinstance(given, list)):
        raise bad("can't parse inline query results: expected an Array")
    if len(given) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    results = [_result(one) for one in given]
    if len({one["id"] for one in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    next_offset = params.text("next_offset", "")
    if len(next_offset.encode()) > MOST_OFFSET_BYTES:
        raise bad("NEXT_OFFSET_INVALID")
    query.button = _button(params.json("button"))
    query.results, query.next_offset = results, next_offset
    query.cache_time = params.number("cache_time", 300)
    query.is_personal = params.flag("is_personal")
    query.answered = True
    world.stir()
    return True


def _result(given: Any) -> Json:
    """A result as it is listed, and the message that choosing it sends."""
    if not isinstance(given, dict):
        raise bad("can't parse inline query result: expected an Object")
    if given.get("type") != "article":
        raise bad("can't parse inline query result: the sandbox knows only articles")
    for name, value in given.items():
        if not isinstance(value, _ARTICLE.get(name, ())):
            raise bad(f"can't parse inline query result: field {name!r} is unknown or mistyped")
    if not 1 <= len(given.get("id", "").encode()) <= MOST_ID_BYTES:
        raise bad("RESULT_ID_INVALID")
    if not given.get("title"):
        raise bad('can\'t parse inline query result: Field "title" must be non-empty')
    return {**given, "message": _message(given)}


def _message(given: Json) -> Json:
    written = given.get("input_message_content")
    if not isinstance(written, dict) or not written.get("message_text"):
        raise bad("MESSAGE_TEXT_EMPTY" if isinstance(written, dict) else "INPUT_MESSAGE_EMPTY")
    params = Params({**written, "text": written["message_text"]})
    keys = content.markup(Params({"reply_markup": given.get("reply_markup")}))
    return content.text(params) | content.preview(params) | keys


def _button(given: Any) -> Json | None:
    if given is None:
        return None
    if not (isinstance(given, dict) and isinstance(given.get("text"), str) and given["text"]):
        raise bad("can't parse InlineQueryResultsButton: expected an Object with a text")
    parameter = given.get("start_parameter")
    if not (isinstance(parameter, str) and _PARAMETER.fullmatch(parameter)):
        raise bad("START_PARAM_INVALID")
    return given
