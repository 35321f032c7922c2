"""Logging: readable in a terminal, JSON lines elsewhere, on standard error, and never a token.

Redaction works on the finished line, so it holds for every logger, for arguments, for addresses in
httpx's messages and for tracebacks alike.
"""

import logging
import re
import sys
from collections.abc import Iterable
from urllib.parse import quote

import structlog

_TOKEN = re.compile(r"\d{3,}(?::|%3[aA])[A-Za-z0-9_-]{30,}")
_HIDDEN = "[token]"
_CHATTY = ("httpx", "httpcore", "apscheduler", "telegram")


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


def setup(level: str = "info", form: str = "auto", secrets: Iterable[str] = ()) -> None:
    """Send all logging to standard error.

    Args:
        level: debug, info, warning or error.
        form: text, json, or auto: text in a terminal and JSON elsewhere.
        secrets: texts that must never be logged.
    """
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(_formatter(as_text), secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)


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
        last.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()))
    else:
        last += [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)
