"""The drawing process: an SVG comes in, a PNG goes out, each after its length, until input ends.

Nothing comes out for what is no SVG: its length is 0. Run as `python -m bot.flow.drawer`.
"""

import signal
import struct
import sys
from typing import BinaryIO

from bot.render.picture.png import png

LENGTH = struct.Struct(">I")


def main() -> None:
    """Draw until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the parent, and that ends us
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (svg := _read(source)) is not None:
        picture = _drawn(svg.decode())
        sink.write(LENGTH.pack(len(picture)) + picture)
        sink.flush()


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    return source.read(length)


def _drawn(svg: str) -> bytes:
    try:
        return png(svg)
    except ValueError:
        return b""


if __name__ == "__main__":
    main()
