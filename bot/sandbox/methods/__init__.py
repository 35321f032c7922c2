"""The Bot API's methods, one small function each, with Telegram's limits and refusals.

To add a method: write a function of its name (in Python's spelling) and list it in `METHODS` with
the parameters that it knows.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.methods import chats, inline, menu, messages, polling
from bot.sandbox.params import Params
from bot.sandbox.world import World

Method = Callable[[World, Params], Awaitable[Any]]

_SENDING = (
    "chat_id message_thread_id parse_mode disable_notification reply_parameters reply_markup "
)

METHODS: dict[str, tuple[Method, frozenset[str]]] = {
    name: (method, frozenset(known.split()))
    for name, method, known in [
        ("getMe", polling.get_me, ""),
        ("getUpdates", polling.get_updates, "offset limit timeout allowed_updates"),
        (
            "setWebhook",
            polling.set_webhook,
            "url secret_token max_connections allowed_updates drop_pending_updates",
        ),
        ("deleteWebhook", polling.delete_webhook, "drop_pending_updates"),
        ("getWebhookInfo", polling.get_webhook_info, ""),
        ("sendMessage", messages.send_message, _SENDING + "text entities link_preview_options"),
        ("sendDocument", messages.send_document, _SENDING + "document caption caption_entities"),
        ("sendPhoto", messages.send_photo, _SENDING + "photo caption caption_entities"),
        (
            "editMessageText",
            messages.edit_message_text,
            "chat_id message_id text parse_mode entities link_preview_options reply_markup",
        ),
        (
            "editMessageCaption",
            messages.edit_message_caption,
            "chat_id message_id caption parse_mode caption_entities reply_markup",
        ),
        (
            "editMessageMedia",
            messages.edit_message_media,
            "chat_id message_id media reply_markup",
        ),
        (
            "editMessageReplyMarkup",
            messages.edit_message_reply_markup,
            "chat_id message_id reply_markup",
        ),
        ("deleteMessage", messages.delete_message, "chat_id message_id"),
        (
            "answerCallbackQuery",
            messages.answer_callback_query,
            "callback_query_id text show_alert cache_time",
        ),
        (
            "answerInlineQuery",
            inline.answer_inline_query,
            "inline_query_id results cache_time is_personal next_offset button",
        ),
        ("sendChatAction", messages.send_chat_action, "chat_id message_thread_id action"),
        ("setMyCommands", menu.set_my_commands, "commands scope language_code"),
        ("getMyCommands", menu.get_my_commands, "scope language_code"),
        ("deleteMyCommands", menu.delete_my_commands, "scope language_code"),
        ("getChat", chats.get_chat, "chat_id"),
        ("getChatMember", chats.get_chat_member, "chat_id user_id"),
        ("getChatAdministrators", chats.get_chat_administrators, "chat_id return_bots"),
        ("getChatMemberCount", chats.get_chat_member_count, "chat_id"),
        ("getFile", chats.get_file, "file_id"),
    ]
}
