"""What a message carries: text, buttons, an answer to another; Telegram's limits on each."""

import re

from bot.sandbox.chats import Chat, quoted
from bot.sandbox.entities import parse_html, utf16
from bot.sandbox.errors import bad
from bot.sandbox.params import Params
from bot.sandbox.updates import Json

MOST_UNITS = 4096
MOST_CAPTION_UNITS = 1024
MOST_DATA_BYTES = 64
MOST_BUTTONS = 100

_BUTTON_TEXTS = ("text", "callback_data", "url")


def text(params: Params) -> Json:
    """Text and entities within Telegram's limits, counted after the entities are parsed.

    Raises:
        ApiError: 400.
    """
    found, entities = _marked(params, params.text("text"), "entities")
    if not found:
        raise bad("message text is empty")
    if utf16(found) > MOST_UNITS:
        raise bad("message is too long")
    return {"text": found, "entities": entities} if entities else {"text": found}


def caption(params: Params) -> Json:
    """The words under a picture or a document, if any.

    Raises:
        ApiError: 400.
    """
    found, entities = _marked(params, params.text("caption", ""), "caption_entities")
    if utf16(found) > MOST_CAPTION_UNITS:
        raise bad("message caption is too long")
    if not found:
        return {}
    return {"caption": found, "caption_entities": entities} if entities else {"caption": found}


def _marked(params: Params, source: str, listed: str) -> tuple[str, list[Json]]:
    mode = params.text("parse_mode", "")
    if mode not in ("", "HTML"):
        raise bad("unsupported parse_mode")
    if mode:
        return parse_html(source)
    entities = params.json(listed) or []
    if not isinstance(entities, list):
        raise bad(f"can't parse {listed}: expected an Array")
    return (source.rstrip() if entities else source.strip()), entities


def preview(params: Params) -> Json:
    """How links are shown.

    Raises:
        ApiError: 400.
    """
    options = params.json("link_preview_options")
    if options is not None and not isinstance(options, dict):
        raise bad("can't parse link preview options: expected an Object")
    return {"link_preview_options": options} if options else {}


def reply(chat: Chat, params: Params) -> Json:
    """The message of the same chat that is answered.

    Raises:
        ApiError: 400: there is none, and the bot did not say that this would be all right.
    """
    asked = params.json("reply_parameters")
    if asked is None:
        return {}
    if not isinstance(asked, dict):
        raise bad("can't parse reply parameters: expected an Object")
    message = chat.messages.get(Params(asked).number("message_id"))
    if message is not None:
        return {"reply_to_message": quoted(message)}
    if Params(asked).flag("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def markup(params: Params) -> Json:
    """The buttons under a message.

    Raises:
        ApiError: 400.
    """
    given = params.json("reply_markup")
    rows = given.get("inline_keyboard") if isinstance(given, dict) else None
    if not rows:
        return {}
    if not (isinstance(rows, list) and all(isinstance(row, list) for row in rows)):
        raise bad("can't parse inline keyboard: expected an Array of Array of InlineKeyboardButton")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    return {"reply_markup": {"inline_keyboard": rows}}


def _check_button(button: object) -> None:
    texts = isinstance(button, dict) and [button.get(k, "") for k in _BUTTON_TEXTS]
    if not (isinstance(button, dict) and texts and all(isinstance(t, str) for t in texts)):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not button.get("text"):
        raise bad("BUTTON_TEXT_EMPTY")
    data, url = button.get("callback_data"), button.get("url")
    if (data is None) == (url is None):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed")
    if data is not None and not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if url is not None and not re.match(r"(?:https?|tg)://[^\s/]+\.?[^\s]*$", url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
