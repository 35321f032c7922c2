"""A page's article, without menus and boxes: trafilatura, in a process of its own.

Pages are hostile and their parsing is CPU work in C: what takes too long is killed, what takes too
much memory dies, and the worker goes on. The process reads a line of JSON with a page and writes
one with the article; it ends with its input, so also when the worker dies.
"""

import asyncio
import json
import logging
import resource
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from types import TracebackType

log = logging.getLogger(__name__)

SECONDS = 20.0  # the longest for one page; the first has to load the library too
MEMORY_BYTES = 2**30
MOST_CHARACTERS = 2**20  # of an article, as HTML
_LONGEST_LINE = 8 * MOST_CHARACTERS


class Extractor:
    """Finds the article in pages, one at a time; to be used as a context, which ends its process.

    Args:
        seconds: how long one page may take.
        command: what is run; our own `main` by default.
    """

    def __init__(self, seconds: float = SECONDS, command: tuple[str, ...] = ()) -> None:
        self._seconds = seconds
        self._command = command or (sys.executable, "-m", __name__)
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    async def __aenter__(self) -> "Extractor":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._end()

    async def article(self, page: str, url: str) -> str:
        """The HTML of a page's article; '' when there is none or it cannot be found in time.

        Args:
            page: the page's HTML.
            url: where it stands; relative addresses belong to it.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._ask(json.dumps([page, url]).encode() + b"\n")
            except (TimeoutError, OSError, ValueError) as error:
                log.warning("no article found in %s: %s", url, error or "it took too long")
            except asyncio.CancelledError:
                await self._end()
                raise
            await self._end()
            return ""

    async def _ask(self, question: bytes) -> str:
        """Raises OSError or ValueError when the process does not answer as it should."""
        process = self._process = self._process or await self._begin()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question)
        await process.stdin.drain()
        answer = json.loads(await process.stdout.readline())  # an empty line: it died
        return str(answer)

    async def _begin(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=_LONGEST_LINE,
            start_new_session=True,  # Ctrl-C is for the worker
        )

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.communicate()


def main() -> None:
    """Answer pages until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for line in sys.stdin.buffer:
        page, url = json.loads(line)
        try:
            found = extract(page, url)
        except Exception:  # whatever a library makes of a hostile page: it holds no article
            found = ""
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def extract(page: str, url: str) -> str:
    """The HTML of a page's article, cut where it is endless; '' when there is none."""
    from trafilatura import (
        extract as find,  # an extra, and slow to load: only this process wants it
    )
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"  # characters; Chinese says much with few
    config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "10"
    found = find(
        page,
        url=url,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        config=config,
    )
    return (found or "")[:MOST_CHARACTERS]


if __name__ == "__main__":
    main()
