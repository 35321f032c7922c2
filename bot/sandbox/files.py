"""Files that the bot sent: kept in memory, the oldest dropped when there are too many."""

import struct
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad
from bot.sandbox.updates import Json

MOST_DOCUMENT_BYTES = 50 * 1024 * 1024
MOST_PHOTO_BYTES = 10 * 1024 * 1024
MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024
MOST_BYTES_KEPT = 128 * 1024 * 1024
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a call."""

    name: str
    kind: str
    data: bytes


class Files:
    """Files by their id."""

    def __init__(self, most: int = MOST_BYTES_KEPT) -> None:
        self._most = most
        self._kept: dict[str, Upload] = {}
        self._total = 0
        self._next = 1

    def keep(self, upload: Upload, most: int = MOST_DOCUMENT_BYTES) -> str:
        """A new file; its id.

        Raises:
            ApiError: 400 for an empty one, 413 for one that is too large.
        """
        if not upload.data:
            raise bad("file must be non-empty")
        if len(upload.data) > most:
            raise ApiError(413, "Request Entity Too Large")
        number = f"sandbox-{self._next}"
        self._next += 1
        self._kept[number] = upload
        self._total += len(upload.data)
        while self._total > self._most:
            self._total -= len(self._kept.pop(next(iter(self._kept))).data)
        return number

    def get(self, file_id: str) -> Upload:
        """A file.

        Raises:
            ApiError: 400: there is none, or none any more.
        """
        if file_id not in self._kept:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._kept[file_id]

    def about(self, file_id: str) -> Json:
        """What every description of a file begins with."""
        data = self.get(file_id).data
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(data)}


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG picture.

    Raises:
        ApiError: 400: it is neither, or Telegram would not take it for its form.
    """
    size = _png_size(data) or _jpeg_size(data)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if not (width and height) or width + height > 10_000 or max(size) > 20 * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(data: bytes) -> tuple[int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walks over the segments to the one that states the size."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
