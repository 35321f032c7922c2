"""Logging: readable in a terminal, JSON lines elsewhere, on standard error, and never a token.

Redaction works on the finished line, so it holds for every logger, for arguments, for addresses in
httpx's messages and for tracebacks alike. It needs lines that keep a token in one piece: tracebacks
are plain, for rich would wrap and colour them, and show the values of local variables.
"""

import contextlib
import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

import structlog

_TOKEN = re.compile(r"(?<!\d)\d+(?::|%3[aA])[A-Za-z0-9_-]{30,}")
_HIDDEN = "[token]"
_CHATTY = ("httpx", "httpcore", "apscheduler", "telegram", "uvicorn")


class Redacting(logging.Formatter):
    """Formats with another formatter and hides what must not be seen.

    Args:
        inner: makes the line.
        secrets: texts to hide, beside everything that looks like a bot token.
    """

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = [s for secret in secrets if secret for s in (secret, quote(secret, ""))]

    def format(self, record: logging.LogRecord) -> str:
        """The line, with tokens hidden."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, line)


class Handler(logging.StreamHandler[TextIO]):
    """Writes lines, and tells of one that cannot be made without showing its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        """Name the place of the failing call; logging itself would print what it was given."""
        lost = logging.makeLogRecord(
            {
                "name": record.name,
                "levelno": logging.ERROR,
                "levelname": "ERROR",
                "msg": "a log line could not be written (%s, line %d): %s",
                "args": (record.pathname, record.lineno, type(sys.exception()).__name__),
            }
        )
        with contextlib.suppress(OSError, ValueError):  # the stream itself may be gone
            self.stream.write(self.format(lost) + self.terminator)


def setup(level: str = "info", form: str = "auto", secrets: Iterable[str] = ()) -> None:
    """Send all logging to standard error.

    Args:
        level: debug, info, warning or error.
        form: text, json, or auto: text in a terminal and JSON elsewhere.
        secrets: texts that must never be logged.
    """
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler = Handler(sys.stderr)
    handler.setFormatter(Redacting(_formatter(as_text), secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends the program is a line like any other: Python's own would show what it holds."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("bot").critical("a bug", exc_info=(kind, error, trace))


def _formatter(as_text: bool) -> logging.Formatter:
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta
    ]
    if as_text:
        plain = structlog.dev.plain_traceback
        colors = sys.stderr.isatty()
        last.append(structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain))
    else:
        last += [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)
