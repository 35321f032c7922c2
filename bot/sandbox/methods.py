"""The Bot API's methods, one small function each, with Telegram's limits and refusals.

To add a method: write a function of its name (in Python's spelling) and list it in `METHODS` with
the parameters that it knows.
"""

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.entities import parse_html, utf16
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, Json, World

MOST_UNITS = 4096
MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_ANSWER = 200
MOST_COMMANDS = 100

_BUTTON_TEXTS = ("text", "callback_data", "url")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


async def get_me(world: World, _: Params) -> Json:
    return {
        **world.me(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    """Long polling; a poll that a newer one overtakes ends with 409."""
    offset, limit = params.number("offset", 0), params.number("limit", 100)
    seconds = float(params.number("timeout", 0))
    mine = world.begin_poll()
    started = time.monotonic()
    while not world.waiting(offset):
        left = seconds - (time.monotonic() - started)
        if left <= 0 or world.closed:
            return []
        await world.change(left)
        if not world.is_latest_poll(mine):
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot "
                "instance is running",
            )
    return world.waiting(offset)[:limit]


async def set_webhook(_: World, params: Params) -> bool:
    if params.text("url", ""):
        raise bad("bad webhook: the sandbox delivers by long polling only")
    return True


async def delete_webhook(_: World, __: Params) -> bool:
    return True


async def get_webhook_info(_: World, __: Params) -> Json:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


async def send_message(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    content = _text(params) | _markup(params)
    thread = params.number("message_thread_id", 0)
    if thread:
        if not chat.forum:
            raise bad("message thread not found")
        content |= {"message_thread_id": thread, "is_topic_message": True}
    message = chat.post(world.me(), content)
    chat.answered()
    return message


async def edit_message_text(world: World, params: Params) -> Json:
    chat, message = _own_message(world, params)
    content = _text(params) | _markup(params)
    if all(message.get(k) == content.get(k) for k in ("text", "entities", "reply_markup")):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    edited = _without(message, "text", "entities", "reply_markup") | content
    return _replaced(world, chat, edited)


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    chat, message = _own_message(world, params)
    return _replaced(world, chat, _without(message, "reply_markup") | _markup(params))


async def delete_message(world: World, params: Params) -> bool:
    chat = _chat(world, params)
    if chat.messages.pop(params.number("message_id"), None) is None:
        raise bad("message to delete not found")
    chat.answered()
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    callback = world.callbacks.get(params.text("callback_query_id"))
    if callback is None or callback.answered:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text", "")
    if utf16(text) > MOST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    callback.answered, callback.text, callback.alert = True, text, params.flag("show_alert")
    callback.chat.answered()
    return True


async def send_chat_action(world: World, params: Params) -> bool:
    _chat(world, params)
    params.text("action")
    return True


async def set_my_commands(world: World, params: Params) -> bool:
    commands = params.json("commands")
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad("can't parse commands")
    for command in commands:
        if not isinstance(command, dict):
            raise bad("can't parse commands: expected an Object")
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_menu(params)] = commands
    world.stir()
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_menu(params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.pop(_menu(params), None)
    return True


async def get_chat(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
    about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return chat.chat() | about


async def get_chat_member(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    if params.number("user_id") != chat.person.id:
        raise bad("user not found")
    return {"status": "member", "user": chat.person.user()}


def _without(message: Json, *names: str) -> Json:
    return {name: value for name, value in message.items() if name not in names}


def _replaced(world: World, chat: Chat, message: Json) -> Json:
    """A new version of a message; what was answered and queued before keeps the old one."""
    edited = message | {"edit_date": int(world.clock().timestamp())}
    chat.messages[edited["message_id"]] = edited
    chat.answered()
    return edited


def _menu(params: Params) -> tuple[str, str]:
    scope = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad("can't parse BotCommandScope: expected an Object")
    return str(scope.get("type")), params.text("language_code", "")


def _chat(world: World, params: Params) -> Chat:
    chat = world.chats.get(params.number("chat_id"))
    if chat is None:
        raise bad("chat not found")
    return chat


def _own_message(world: World, params: Params) -> tuple[Chat, Json]:
    chat = _chat(world, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if not message["from"]["is_bot"]:
        raise bad("message can't be edited")
    return chat, message


def _text(params: Params) -> Json:
    """Text and entities within Telegram's limits, counted after the entities are parsed."""
    source, mode = params.text("text"), params.text("parse_mode", "")
    if mode not in ("", "HTML"):
        raise bad("unsupported parse_mode")
    text, entities = parse_html(source) if mode else (source.strip(), [])
    if not text:
        raise bad("message text is empty")
    if utf16(text) > MOST_UNITS:
        raise bad("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _markup(params: Params) -> Json:
    markup = params.json("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not rows:
        return {}
    if not all(isinstance(row, list) for row in rows):
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


Method = Callable[[World, Params], Awaitable[Any]]

METHODS: dict[str, tuple[Method, frozenset[str]]] = {
    name: (method, frozenset(known.split()))
    for name, method, known in [
        ("getMe", get_me, ""),
        ("getUpdates", get_updates, "offset limit timeout allowed_updates"),
        ("setWebhook", set_webhook, "url"),
        ("deleteWebhook", delete_webhook, "drop_pending_updates"),
        ("getWebhookInfo", get_webhook_info, ""),
        (
            "sendMessage",
            send_message,
            "chat_id message_thread_id text parse_mode entities link_preview_options "
            "disable_notification reply_parameters reply_markup",
        ),
        (
            "editMessageText",
            edit_message_text,
            "chat_id message_id text parse_mode entities link_preview_options reply_markup",
        ),
        (
            "editMessageReplyMarkup",
            edit_message_reply_markup,
            "chat_id message_id reply_markup",
        ),
        ("deleteMessage", delete_message, "chat_id message_id"),
        (
            "answerCallbackQuery",
            answer_callback_query,
            "callback_query_id text show_alert cache_time",
        ),
        ("sendChatAction", send_chat_action, "chat_id message_thread_id action"),
        ("setMyCommands", set_my_commands, "commands scope language_code"),
        ("getMyCommands", get_my_commands, "scope language_code"),
        ("deleteMyCommands", delete_my_commands, "scope language_code"),
        ("getChat", get_chat, "chat_id"),
        ("getChatMember", get_chat_member, "chat_id user_id"),
    ]
}
