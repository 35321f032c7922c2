"""Logs: one line an event, and never a token."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot import logs

TOKEN = "123456789:" + "AbC-_" * 7


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    hook = sys.excepthook
    yield
    sys.excepthook = hook
    logging.captureWarnings(False)
    root.handlers[:], root.level = before
    for name in ("httpx", "httpcore", "telegram", "apscheduler"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_logger_shows_a_token(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("debug", form, [TOKEN, "short-secret"])
    logging.getLogger("any").info("calling %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("any").warning("encoded %s", TOKEN.replace(":", "%3A"))
    logging.getLogger("any").warning("another %s and %s", "987654321:" + "z" * 35, "short-secret")
    try:
        raise RuntimeError(f"failed for {TOKEN}")
    except RuntimeError:
        logging.getLogger("any").exception("it went wrong")
    err = capsys.readouterr().err
    assert "z" * 35 not in err
    assert "AbC-_AbC" not in err
    assert "short-secret" not in err
    assert err.count("[token]") >= 4


class Terminal(io.StringIO):
    """A terminal, as far as a formatter can tell."""

    def isatty(self) -> bool:
        return True


def failing(address: str) -> None:
    """Raise an error that names an address, which is also the value of a local variable."""
    raise RuntimeError(f"no answer from {address}")


@pytest.mark.parametrize("margin", [0, 30, 60, 70, 140])
def test_a_traceback_in_a_terminal_neither_wraps_nor_colours_a_token(
    margin: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    logs.setup("debug", "text")
    try:
        failing("." * margin + TOKEN)
    except RuntimeError:
        logging.getLogger("any").exception("it went wrong")
    seen = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert "RuntimeError" in seen
    assert "AbC-_" not in seen


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_bad_call_is_told_without_its_arguments(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.setup("info", form)
    logging.getLogger("any").info("calling %d", TOKEN)
    err = capsys.readouterr().err
    assert "could not be written" in err
    assert __file__ in err
    assert "AbC-_" not in err


async def test_httpx_does_not_show_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("debug", "json", [TOKEN])
    transport = httpx.ASGITransport(Starlette())
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(f"http://telegram/bot{TOKEN}/getMe")
    err = capsys.readouterr().err
    assert "[token]" in err
    assert TOKEN not in err


def test_what_ends_the_program_is_a_line_without_a_token(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.setup("info", "json")
    try:
        failing(TOKEN)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (line,) = capsys.readouterr().err.splitlines()
    seen = json.loads(line)
    assert (seen["level"], seen["logger"]) == ("critical", "bot")
    assert "no answer from [token]" in seen["exception"]
    assert seen["timestamp"].endswith("Z")


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("info", "json")
    logging.getLogger("bot.jobs").info("读了 %d 篇", 5)
    logging.getLogger("httpx").info("too chatty")
    (line,) = capsys.readouterr().err.splitlines()
    seen = json.loads(line)
    assert (seen["event"], seen["level"], seen["logger"]) == ("读了 5 篇", "info", "bot.jobs")
