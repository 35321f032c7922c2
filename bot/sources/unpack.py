"""Unpacking what a server compressed, never more of it than was asked for."""

import zlib
from collections.abc import Iterator

from bot.errors import ReadError

_GZIP = 16 + zlib.MAX_WBITS
_MEMBER = b"\x1f\x8b"  # how each member of a gzip begins; several are one text (RFC 1952)
_STEP = 2**16  # bytes unpacked at a time, a quarter of a millisecond


class Unpacker:
    """Unpacks a body piece by piece.

    Args:
        encoding: as the server names it: gzip, deflate, or nothing.
        most: bytes, packed and unpacked, after which it refuses to go on.

    Raises:
        ReadError: an encoding that was not asked for.
    """

    def __init__(self, encoding: str, most: int) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ReadError(f"the body is packed in a way that was not asked for: {name[:40]}")
        self._deflate = name == "deflate"
        plain = name in ("", "identity")
        self._unpack = None if plain else zlib.decompressobj(_GZIP)
        self._most = most
        self._behind = b""  # the first bytes behind an end, which tell whether more is to come
        self._read = 0
        self._body = bytearray()

    @property
    def held(self) -> int:
        """How many bytes are unpacked so far."""
        return len(self._body)

    def feed(self, piece: bytes) -> Iterator[None]:
        """Take a piece, a step at a time: between two of them, others can have their turn.

        Raises:
            ReadError: the body is too large, or damaged.
        """
        self._read += len(piece)
        for part in self._unpacked(piece) if self._unpack else (piece,):
            self._body += part
            if max(self._read, len(self._body)) > self._most:
                raise ReadError(f"the body is larger than {self._most // 2**20} MiB")
            yield

    def _unpacked(self, piece: bytes) -> Iterator[bytes]:
        """What is in a piece, a step at a time; nothing, once, behind the end."""
        # Some send deflate with zlib's head, some bare: its first piece shows it.
        if self._deflate and piece and self._read == len(piece):
            headed = piece[0] & 0x0F == 8 and int.from_bytes(piece[:2].ljust(2), "big") % 31 == 0
            self._unpack = zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)
        assert self._unpack is not None
        more = True
        while more:
            if self._unpack.eof:
                piece = self._another(piece)
            ended = self._unpack.eof
            try:
                part = b"" if ended else self._unpack.decompress(piece, _STEP)
            except zlib.error as error:
                raise ReadError(f"the packed body is damaged: {error}") from error
            yield part
            piece = self._unpack.unused_data or self._unpack.unconsumed_tail
            # A full part may have left some inside.
            more = not ended and (bool(piece) or len(part) == _STEP)

    def _another(self, piece: bytes) -> bytes:
        """Begin the next member of a gzip with what follows the end of one; b'' where that is
        none: padding, and whatever else some append, is passed over."""
        piece = self._behind + piece
        if self._deflate or not piece.startswith(_MEMBER):
            self._behind = piece[: len(_MEMBER)]
            return b""
        self._behind = b""
        self._unpack = zlib.decompressobj(_GZIP)
        return piece

    def body(self) -> bytes:
        """The whole.

        Raises:
            ReadError: it was cut off.
        """
        if self._unpack is not None and self._read and not self._unpack.eof:
            raise ReadError("the packed body was cut off")
        return bytes(self._body)
