"""Documents and pictures: kept, described, fetched again, dropped when there are too many."""

import struct
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import ApiError, Chat, World, create_app
from bot.sandbox.files import Files, Upload, picture_size
from tests.conftest import still
from tests.sandbox.calls import PIXEL, call, refused, upload

JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x02\0\x03" + b"\0" * 20


@pytest.fixture
def world() -> World:
    return World(still)


async def test_a_document_is_kept_and_fetched(world: World) -> None:
    chat = world.private_chat()
    file = ("数据.json", b"{}", "application/json")
    sent = await upload(
        world, "sendDocument", "document", file, chat_id=chat.id, caption="你的数据"
    )
    document = sent["result"]["document"]
    assert document["file_name"] == "数据.json"
    assert document["file_size"] == 2
    about = (await call(world, "getFile", file_id=document["file_id"]))["result"]
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        got = await client.get(f"/file/bot1:SANDBOX/{about['file_path']}")
        assert got.content == b"{}"
        assert (await client.get("/file/bot1:SANDBOX/files/x")).status_code == 404
        assert (await client.get("/file/bot2:WRONG/files/x")).status_code == 401
    again = await call(world, "sendDocument", chat_id=chat.id, document=document["file_id"])
    assert again["result"]["document"] == document


async def test_a_picture_by_attach(world: World) -> None:
    chat = world.private_chat()
    sent = await upload(
        world, "sendPhoto", "p", ("a.png", PIXEL), chat_id=chat.id, photo="attach://p"
    )
    assert sent["result"]["photo"][0]["width"] == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [(b"text", "IMAGE_PROCESS_FAILED"), (b"", "non-empty")],
)
async def test_what_is_no_picture(world: World, file: bytes, words: str) -> None:
    chat = world.private_chat()
    answer = await upload(world, "sendPhoto", "photo", ("a.png", file), chat_id=chat.id)
    assert words in answer["description"]
    assert chat.messages == {}


async def test_missing_files(world: World) -> None:
    chat = world.private_chat()
    for document in ("sandbox-9", "https://example.com/a.pdf", "attach://x"):
        answer = await call(world, "sendDocument", chat_id=chat.id, document=document)
        assert answer["error_code"] == 400


def test_sizes_of_pictures() -> None:
    assert picture_size(PIXEL) == (1, 1)
    assert picture_size(JPEG) == (3, 2)
    with pytest.raises(ApiError, match="DIMENSIONS"):
        picture_size(PIXEL[:16] + b"\0\0\x27\x10\0\0\0\x01")


@given(st.binary(max_size=60), st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_a_picture_or_refused(data: bytes, begin: bytes) -> None:
    with suppress(ApiError):
        assert min(picture_size(begin + data)) > 0


def test_the_oldest_are_dropped_and_the_large_refused() -> None:
    files = Files(most=10)
    first, second = (files.keep(Upload("a", "b", b"123456")) for _ in range(2))
    assert files.get(second).data == b"123456"
    with pytest.raises(ApiError, match="wrong file_id"):
        files.get(first)
    with pytest.raises(ApiError, match="Too Large"):
        files.keep(Upload("a", "b", b"123456"), most=5)


async def pictured(world: World, chat: Chat, **params: Any) -> dict[str, Any]:
    """A photo that the bot sent."""
    sent = await upload(world, "sendPhoto", "photo", ("a.png", PIXEL), chat_id=chat.id, **params)
    message: dict[str, Any] = sent["result"]
    return message


async def test_a_text_becomes_a_picture_and_a_picture_another(world: World) -> None:
    chat = world.private_chat()
    await call(world, "sendMessage", chat_id=chat.id, text="文字")
    here = {"chat_id": chat.id, "message_id": 1}
    media = '{"type": "photo", "media": "attach://p", "caption": "<b>图</b>", "parse_mode": "HTML"}'
    edited = await upload(world, "editMessageMedia", "p", ("a.png", PIXEL), **here, media=media)
    message = edited["result"]
    assert message["caption"] == "图"
    assert message["caption_entities"][0]["type"] == "bold"
    assert "text" not in message
    known = {"type": "photo", "media": message["photo"][0]["file_id"], "caption": "又"}
    again = await call(world, "editMessageMedia", **here, media=known)
    assert again["result"]["caption"] == "又"
    assert "not modified" in await refused(world, "editMessageMedia", **here, media=known)
    document = {**known, "type": "document"}
    assert "photo" not in (await call(world, "editMessageMedia", **here, media=document))["result"]


async def test_a_picture_does_not_become_a_text(world: World) -> None:
    chat = world.private_chat()
    message = await pictured(world, chat)
    here = {"chat_id": chat.id, "message_id": message["message_id"]}
    assert "no text in the message" in await refused(world, "editMessageText", **here, text="文字")


async def test_captions_are_edited_under_what_has_one(world: World) -> None:
    chat = world.private_chat()
    message = await pictured(world, chat, caption="旧")
    here = {"chat_id": chat.id, "message_id": message["message_id"]}
    edited = await call(world, "editMessageCaption", **here, caption="新")
    assert edited["result"]["caption"] == "新"
    assert edited["result"]["photo"] == message["photo"]
    assert "not modified" in await refused(world, "editMessageCaption", **here, caption="新")
    assert "too long" in await refused(world, "editMessageCaption", **here, caption="长" * 1025)
    assert "caption" not in (await call(world, "editMessageCaption", **here))["result"]
    await call(world, "sendMessage", chat_id=chat.id, text="文字")
    here["message_id"] += 1
    assert "no caption" in await refused(world, "editMessageCaption", **here, caption="新")


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ("x", "JSON"),
        ([], "media"),
        ({"media": "x"}, "type is empty"),
        ({"type": "sticker", "media": "x"}, "unknown type"),
        ({"type": "photo"}, "media is empty"),
        ({"type": "photo", "media": "attach://p"}, "no media in the request"),
        ({"type": "photo", "media": "sandbox-77"}, "wrong file_id"),
    ],
)
async def test_what_is_no_media(world: World, media: Any, words: str) -> None:
    chat = world.private_chat()
    message = await pictured(world, chat)
    here = {"chat_id": chat.id, "message_id": message["message_id"]}
    assert words in await refused(world, "editMessageMedia", **here, media=media)
    assert chat.messages[message["message_id"]] == message


async def test_pictures_too_long_or_too_large_are_refused(world: World) -> None:
    chat = world.private_chat()
    head, rest = PIXEL[:16], PIXEL[24:]
    for width, height, taken in ((800, 9200, True), (800, 9201, False), (100, 2001, False)):
        file = head + struct.pack(">II", width, height) + rest
        answer = await upload(world, "sendPhoto", "photo", ("a.png", file), chat_id=chat.id)
        assert answer["ok"] is taken
    large = PIXEL + bytes(10 * 1024 * 1024)
    answer = await upload(world, "sendPhoto", "photo", ("a.png", large), chat_id=chat.id)
    assert answer["error_code"] == 413
