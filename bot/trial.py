"""The real bot in the sandbox: a demonstration in the browser, and one talk on the command line.

The only place where the bot and the local Bot API meet; the worker imports neither this nor that.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from telegram.request import HTTPXRequest

from bot import app, worker
from bot.config import Config, Reading, StoreSettings, Telegram
from bot.errors import ReadError
from bot.flow.pacing import Limits
from bot.sandbox import Call, Chat, Faults, World, create_app, serve
from bot.sandbox.entities import parse_html
from bot.sandbox.transport import InProcess
from bot.sources.posts import find_posts, read_post

IN_PROCESS = "http://sandbox/bot"
LATE_SECONDS = 60.0  # when the last post of the demonstration arrives
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
SHOWN = (
    "sendMessage",
    "sendPhoto",
    "editMessageText",
    "editMessageMedia",
    "editMessageCaption",
    "answerCallbackQuery",
)

Document = dict[str, Any]


def in_sandbox(config: Config, world: World, address: str = IN_PROCESS) -> Config:
    """The settings of a bot that talks to the sandbox rather than to Telegram."""
    telegram = Telegram.model_validate(
        {"token": world.token, "base_url": address, "operators": config.telegram.operators}
    )
    return config.model_copy(update={"telegram": telegram})


def in_process(sandbox: Starlette) -> worker.Requests:
    """A transport that calls the sandbox without a socket."""
    transport = InProcess(sandbox)
    return lambda: HTTPXRequest(httpx_kwargs={"transport": transport})


@dataclass(frozen=True, slots=True)
class Trial:
    """The whole bot in a sandbox. Nothing is delivered by itself: `deliver` does it."""

    world: World
    house: app.House
    bot: worker.Answering

    async def deliver(self) -> None:
        """Queue what is due, and send what may be sent."""
        await self.house.publisher.tick()
        await self.bot.delivery.tick()

    async def rest(self, seconds: float = 30.0) -> None:
        """Until the bot has learned of all that happened so far and has done with it.

        Args:
            seconds: how long to wait at most.

        Raises:
            TimeoutError: it was busy all the while.
        """
        async with asyncio.timeout(seconds):
            await self.world.updates.fetched()
            await self.bot.application.update_queue.join()


@asynccontextmanager
async def trying(
    config: Config,
    clock: app.Clock = app.utc_now,
    faults: Faults | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Trial]:
    """The whole bot, answering in a sandbox without a socket, while the block runs.

    Args:
        config: the settings.
        clock: gives the time, UTC.
        faults: what goes wrong in the sandbox.
        limits: of sending; Telegram's by default.
    """
    world = World(clock)
    async with (
        app.opened(in_sandbox(config, world), clock) as house,
        worker.answering(house, in_process(create_app(world, faults)), limits) as bot,
    ):
        yield Trial(world, house, bot)
        world.close()


async def say(
    config: Config,
    texts: Sequence[str],
    presses: Sequence[str],
    kind: str,
    pictures: Path | None = None,
) -> list[Document]:
    """Say some texts, then press some buttons; what the bot sent, in order, also of its own accord.

    Args:
        config: the settings; the database is the one they name.
        texts: messages, one after the other.
        presses: words on buttons of the last message, one after the other.
        kind: private or group.
        pictures: a folder for the pictures that came back; they are not kept by default.

    Raises:
        LookupError: there is no such button.
    """
    async with trying(config) as trial:
        chats = trial.world
        chat = chats.private_chat() if kind == "private" else chats.group("读报群")
        before = len(chats.calls)
        for text in texts:
            chat.say(text)
            await _reaction(chat)
            await trial.deliver()
        for label in presses:
            pressed = chat.press(label)
            await chat.answer()
            await _change(chat, told=bool(chats.callbacks[pressed].text))
            await trial.deliver()
        shown = [call for call in chats.calls[before:] if call.method in SHOWN]
        return [_document(call) | _photo(call, chats, pictures) for call in shown]


async def _change(chat: Chat, *, told: bool) -> None:
    """A press that was answered in words may leave it at that."""
    try:
        await chat.answer(2.0 if told else 10.0, more=1)
    except TimeoutError:
        if not told:
            raise


async def _reaction(chat: Chat) -> None:
    """What is said in a group may rightly stay without an answer."""
    try:
        await chat.answer(10.0 if chat.kind == "private" else 2.0)
    except TimeoutError:
        if chat.kind == "private":
            raise


def _document(call: Call) -> Document:
    markup = json.loads(call.params.get("reply_markup") or "{}")
    said = call.params | json.loads(call.params.get("media") or "{}")
    return {
        "method": call.method,
        "text": said.get("text", said.get("caption", "")),
        "parse_mode": said.get("parse_mode"),
        "buttons": [
            [_button(button) for button in row] for row in markup.get("inline_keyboard", [])
        ],
    }


def _photo(call: Call, world: World, folder: Path | None) -> Document:
    """The picture of a message, where it has one; written into the folder, if any."""
    message = call.answer.get("result")
    if not isinstance(message, dict) or "photo" not in message:
        return {}
    photo = message["photo"][-1]
    about = {name: photo[name] for name in ("width", "height", "file_size")}
    if folder is not None:
        path = folder / f"{photo['file_id']}.png"
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(world.files.get(photo["file_id"]).data)
        about["path"] = str(path)
    return {"caption": message.get("caption", ""), "photo": about}


def _button(button: Document) -> Document:
    kind = "url" if "url" in button else "callback_data"
    return {"text": button["text"], kind.removeprefix("callback_"): button[kind]}


def plain(document: Document) -> str:
    """A message as a terminal can show it."""
    if document["method"] == "answerCallbackQuery":
        return str(document["text"])
    text = parse_html(document["text"])[0]
    rows = ["  ".join(f"[{button['text']}]" for button in row) for row in document["buttons"]]
    return "\n".join([*_picture_line(document), text, "", *rows, "─" * 40])


def _picture_line(document: Document) -> list[str]:
    photo = document.get("photo")
    if photo is None:
        return []
    return [f"[{photo['width']} × {photo['height']}] {photo.get('path', '')}".rstrip()]


async def demo(
    config: Config, posts: Path, port: int, stop: asyncio.Event, tell: Callable[[str], None]
) -> None:
    """The whole bot on some posts, with a chat page in the browser, until told to stop.

    Args:
        config: the settings; a database of the demo's own takes the place of the one they name.
        posts: what the bot is to know.
        port: of the chat page; 0 for any that is free.
        stop: ends it.
        tell: is given lines for the operator.

    Raises:
        ReadError: the posts do not exist.
    """
    world = World(app.utc_now)
    world.private_chat()
    files = await asyncio.to_thread(_oldest_first, posts)
    with tempfile.TemporaryDirectory(prefix="mailuo-") as folder:
        async with serve(world, create_app(world), port) as address:
            store = StoreSettings(path=Path(folder) / "demo.db")
            own = in_sandbox(config, world, f"{address}/bot").model_copy(
                update={"store": store, "reading": Reading(zone=config.reading.zone)}
            )
            async with app.opened(own) as house:
                report = await house.ingest.posts(files[:-1])
                async with worker.answering(house) as bot, worker.delivering(house, bot):
                    tell(
                        f"{report.read} posts read. Open {address} and send /latest, or "
                        f"/subscribe. One more post arrives in a minute. Ctrl+C stops."
                    )
                    await _arrives(house, files[-1:], stop)
                    world.close()


def _oldest_first(posts: Path) -> list[Path]:
    """The posts of a folder by publication, those that cannot be read first."""

    def published(path: Path) -> datetime:
        try:
            return read_post(path).published_at or _LONG_AGO
        except ReadError:
            return _LONG_AGO

    return sorted(find_posts([posts]), key=published)


async def _arrives(house: app.House, files: Sequence[Path], stop: asyncio.Event) -> None:
    """Some posts arrive late, so that whoever subscribed sees a push; then wait for the end."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), LATE_SECONDS)
    if not stop.is_set():
        await house.ingest.posts(files)
    await stop.wait()
