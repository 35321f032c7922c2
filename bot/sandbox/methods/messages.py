"""Methods that send, change and delete messages."""

from bot.sandbox.chats import Chat
from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad
from bot.sandbox.files import MOST_DOCUMENT_BYTES, MOST_PHOTO_BYTES, Upload, picture_size
from bot.sandbox.methods import content
from bot.sandbox.methods.chats import found
from bot.sandbox.params import Params
from bot.sandbox.rights import check_open, check_write
from bot.sandbox.updates import Json
from bot.sandbox.world import World

MOST_ANSWER = 200
_SAME = ("text", "entities", "reply_markup")
_CAPTION = ("caption", "caption_entities", "reply_markup")
_MEDIA = ("photo", "document")


async def send_message(world: World, params: Params) -> Json:
    chat = found(world, params)
    return _sent(world, chat, params, content.text(params) | content.preview(params))


async def send_document(world: World, params: Params) -> Json:
    chat = found(world, params)
    caption = content.caption(params)
    return _sent(world, chat, params, _document(world, params, "document") | caption)


async def send_photo(world: World, params: Params) -> Json:
    chat = found(world, params)
    caption = content.caption(params)
    return _sent(world, chat, params, _photo(world, params, "photo") | caption)


async def edit_message_text(world: World, params: Params) -> Json:
    chat, message = _own(world, params)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    new = content.text(params) | content.preview(params) | content.markup(params)
    _check_new(message, new, _SAME)
    return _replaced(chat, _without(message, *_SAME, "link_preview_options") | new)


async def edit_message_caption(world: World, params: Params) -> Json:
    chat, message = _own(world, params)
    if not any(name in message for name in _MEDIA):
        raise bad("there is no caption in the message to edit")
    new = content.caption(params) | content.markup(params)
    _check_new(message, new, _CAPTION)
    return _replaced(chat, _without(message, *_CAPTION) | new)


async def edit_message_media(world: World, params: Params) -> Json:
    """A text can become a picture or a document, and one of them another; none becomes a text."""
    chat, message = _own(world, params)
    media = params.within("media")
    match media.text("type"):
        case "photo":
            made = _photo(world, media, "media")
        case "document":
            made = _document(world, media, "media")
        case other:
            raise bad(f"can't parse InputMedia: unknown type {other}")
    new = made | content.caption(media) | content.markup(params)
    _check_new(message, new, (*_MEDIA, *_CAPTION))
    return _replaced(chat, _without(message, *_SAME, *_MEDIA, *_CAPTION) | new)


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    chat, message = _own(world, params)
    return _replaced(chat, _without(message, "reply_markup") | content.markup(params))


async def delete_message(world: World, params: Params) -> bool:
    chat = found(world, params)
    check_open(chat)
    if chat.messages.pop(params.number("message_id"), None) is None:
        raise bad("message to delete not found")
    chat.acted()
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    callback = world.callbacks.get(params.text("callback_query_id"))
    if callback is None or callback.answered:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text", "")
    if utf16(text) > MOST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    callback.answered, callback.text, callback.alert = True, text, params.flag("show_alert")
    world.chats[callback.chat_id].acted()
    return True


async def send_chat_action(world: World, params: Params) -> bool:
    chat = found(world, params)
    params.text("action")
    check_write(chat, params.number("message_thread_id", 0))
    return True


def _sent(world: World, chat: Chat, params: Params, carried: Json) -> Json:
    """The last steps of all that send."""
    thread, silent = params.number("message_thread_id", 0), params.flag("disable_notification")
    carried |= content.reply(chat, params) | content.markup(params)
    check_write(chat, thread)
    if thread:
        carried |= {"message_thread_id": thread, "is_topic_message": True}
    world.traffic.admit(chat.id, private=chat.kind == "private")
    message = chat.post(world.me(), carried)
    number = int(message["message_id"])
    if silent:
        chat.silent.add(number)
    words = carried.get("text") or carried.get("caption", "")
    world.traffic.note(chat.id, thread, number, words, silent)
    chat.acted()
    return message


def _photo(world: World, params: Params, name: str) -> Json:
    number = _file(world, params, name, MOST_PHOTO_BYTES)
    width, height = picture_size(world.files.get(number).data)
    return {"photo": [world.files.about(number) | {"width": width, "height": height}]}


def _document(world: World, params: Params, name: str) -> Json:
    number = _file(world, params, name, MOST_DOCUMENT_BYTES)
    upload = world.files.get(number)
    named = {"file_name": upload.name, "mime_type": upload.kind}
    return {"document": world.files.about(number) | named}


def _check_new(message: Json, new: Json, names: tuple[str, ...]) -> None:
    """An edit must change something."""
    if all(message.get(name) == new.get(name) for name in names):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )


def _file(world: World, params: Params, name: str, most: int) -> str:
    """A file that comes with the call, or that was sent before; its id."""
    given = params.file(name)
    if isinstance(given, Upload):
        return world.files.keep(given, most)
    if "://" in given:
        raise bad("wrong type of the web page content: the sandbox fetches nothing")
    world.files.get(given)
    return given


def _own(world: World, params: Params) -> tuple[Chat, Json]:
    chat = found(world, params)
    check_open(chat)
    number = params.number("message_id")
    if number not in chat.messages:
        raise bad("message to edit not found")
    if not chat.by_bot(chat.messages[number]):
        raise bad("message can't be edited")
    return chat, chat.messages[number]


def _without(message: Json, *names: str) -> Json:
    return {name: value for name, value in message.items() if name not in names}


def _replaced(chat: Chat, message: Json) -> Json:
    """A new version of a message; what was answered and queued before keeps the old one."""
    edited = message | {"edit_date": chat.core.now()}
    chat.messages[edited["message_id"]] = edited
    chat.acted()
    return edited
