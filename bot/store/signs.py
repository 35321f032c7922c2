"""Signs of sketches: a sketch that is known by its sign need not be read again."""

from hashlib import blake2b

from bot.model import Sketch
from bot.store import rows
from bot.store.remembered import Remembered

NONE = 0  # of what was written before there were signs
_MOST = 2048  # the newest are compared with again and again

remembered: Remembered[int, Sketch] = Remembered(_MOST)


def signed(sketch: Sketch) -> tuple[str, int]:
    """A sketch as JSON, and its sign; it is remembered."""
    document = rows.sketch_json(sketch)
    sign = int.from_bytes(blake2b(document.encode(), digest_size=8).digest(), signed=True)
    if "\ufffd" not in document:  # not mended: it would be read as it is
        remembered.keep({sign: sketch})
    return document, sign
