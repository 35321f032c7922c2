"""What a picture of a timeline costs, beside the same lines of text drawn bare.

Twenty events of the labelled timelines are laid out and drawn; the reference is the drawing
library alone, given as many lines on as many pictures of the same size. Then /latest is asked in
the sandbox, with nothing else to do and while one picture after the other is drawn.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from bot import trial
from bot.config import Config, StoreSettings
from bot.digest import timeline
from bot.digest.article import digest
from bot.digest.words import load
from bot.flow.drawing import Drawing
from bot.flow.pacing import Limits
from bot.model import StoredArticle, Timeline
from bot.render import picture
from bot.render.picture import svg
from bot.render.reader import Reader
from bot.sandbox import Chat
from bot.sources.posts import find_posts, read_post

LABELLED = Path(__file__).resolve().parent / "labelled" / "timelines"
STORIES = ("startup", "trademark", "typhoon", "vaccine")
EVENTS, ROUNDS, ASKED = 20, 9, 40
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 1, 1, tzinfo=UTC)
READER = Reader(NOW, SHANGHAI)
TEXT = "{http://www.w3.org/2000/svg}text"


def events() -> Timeline:
    """The most telling events of some labelled stories."""
    posts = [read_post(path) for path in find_posts([LABELLED / s for s in STORIES])]
    stored = [
        StoredArticle(n, post, digest(post, SHANGHAI), 1, 1, NOW, NOW)
        for n, post in enumerate(posts, 1)
    ]
    every = timeline.timeline(stored, (), SHANGHAI)
    return Timeline(tuple(timeline.top(every, EVENTS)), len(every))


def bare(page: str) -> str:
    """The lines of text of a picture and nothing else."""
    root = ElementTree.fromstring(page)
    body = "".join(
        svg.text(20, 20 + n * 20, line.text or "", float(line.attrib["font-size"]), "#000000")
        for n, line in enumerate(root.iter(TEXT))
    )
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    return svg.document(wide, high, "#ffffff", body)


def median(work: Callable[[], object]) -> float:
    """Milliseconds at the median of some rounds, the first thrown away."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:])


async def answers(pages: list[str]) -> dict[str, float]:
    """Milliseconds until /latest is answered, in the whole bot without a socket."""
    drawing, drawn = Drawing(most=1), 0  # none is kept, so each is drawn

    async def draw() -> None:
        nonlocal drawn
        while True:
            await drawing.picture(pages[drawn % len(pages)])
            drawn += 1

    with tempfile.TemporaryDirectory() as folder:
        config = Config(store=StoreSettings(path=Path(folder, "mailuo.db")))
        fast = Limits(per_second=1e6, chat_seconds=0, per_group=10**6, group_seconds=0)
        async with trial.trying(config, limits=fast) as tried:
            await tried.house.ingest.posts([LABELLED / story for story in STORIES])
            chat = tried.world.private_chat()
            alone = await latest(chat)
            task = asyncio.create_task(draw())
            busy = await latest(chat)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await drawing.close()
    return {"/latest alone": alone, "/latest while pictures are drawn": busy}


async def latest(chat: Chat) -> float:
    """Milliseconds at the median."""
    taken = []
    for _ in range(ASKED + 1):
        start = time.perf_counter()
        chat.say("/latest")
        await chat.answer()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:])


def main() -> None:
    """Print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    load()
    line = events()
    pages = picture.timeline(line, "时间线", READER)
    plain = [bare(page.svg) for page in pages]
    cost = {
        "laid out": median(lambda: picture.timeline(line, "时间线", READER)),
        "laid out and drawn": median(
            lambda: [picture.png(page.svg) for page in picture.timeline(line, "时间线", READER)]
        ),
        "the same lines bare": median(lambda: [picture.png(page) for page in plain]),
    }
    waits = asyncio.run(answers([page.svg for page in pages]))
    ratio = cost["laid out and drawn"] / cost["the same lines bare"]
    table = Table(f"{len(line.events)} events on {len(pages)} pictures", "ms, median")
    for name, taken in (cost | waits).items():
        table.add_row(name, f"{taken:.1f}")
    table.add_row("ratio", f"{ratio:.2f}")
    Console().print(table)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        document = {
            "events": len(line.events),
            "pictures": len(pages),
            "ms": cost | waits,
            "ratio": ratio,
        }
        arguments.json.write_text(json.dumps(document, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
