"""Drawing in a process of its own: the library holds Python's lock, and readers would wait.

One process, begun with the first picture and again after it died; it ends when its input does, so
also when we are killed. What was drawn is kept for a while: readers turn pages back and forth.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b

from cachetools import LRUCache

from bot.errors import DrawingError
from bot.flow.drawer import LENGTH
from bot.model import Picture

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bot.flow.drawer")
KEPT_BYTES = 32 << 20
PATIENT_SECONDS = 30.0  # for one picture, which takes about a tenth of one; a start takes longer


class Drawing:
    """Makes pictures of SVGs.

    Args:
        command: begins the drawing process.
        seconds: how long one picture may take.
        most: how many bytes of pictures are kept.
    """

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        seconds: float = PATIENT_SECONDS,
        most: int = KEPT_BYTES,
    ) -> None:
        self._command = command
        self._seconds = seconds
        self._process: Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._kept: LRUCache[str, Picture] = LRUCache(most, lambda picture: len(picture.png))
        self._closed = False

    async def picture(self, svg: str) -> Picture:
        """An SVG as a picture; the same one is drawn once.

        Raises:
            DrawingError: it could not be drawn; the next is drawn by a new process.
        """
        name = blake2b(svg.encode("utf-8", "replace"), digest_size=16).hexdigest()
        kept = self._kept.get(name)
        if kept is None:
            async with self._one_at_a_time:
                kept = self._kept.get(name)  # drawn while we waited
                if kept is None:
                    kept = Picture(name, await self._drawn(svg))
                    with suppress(ValueError):  # larger than all that may be kept
                        self._kept[name] = kept
        return kept

    async def close(self) -> None:
        """End the drawing process, also while it draws; nothing is drawn from now on."""
        self._closed = True
        await self._end()

    async def _drawn(self, svg: str) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                made = await self._asked(svg.encode("utf-8", "replace"))
        except (OSError, EOFError, TimeoutError) as error:
            log.warning("the drawing process failed: %r", error)
            await self._end()
            raise DrawingError("a picture could not be drawn") from error
        except asyncio.CancelledError:
            await self._end()  # what it still says would be taken for the answer to the next
            raise
        if not made:
            raise DrawingError("what was to be drawn is no picture")
        return made

    async def _asked(self, svg: bytes) -> bytes:
        if self._closed:
            raise EOFError("closed")
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE
            )
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None  # they are pipes
        assert sink is not None
        sink.write(LENGTH.pack(len(svg)) + svg)
        await sink.drain()
        (length,) = LENGTH.unpack(await source.readexactly(LENGTH.size))
        return await source.readexactly(length)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
