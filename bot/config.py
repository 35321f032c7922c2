"""Settings, validated once: defaults, then the TOML file, then the environment, then arguments.

`config.example.toml` lists every setting; a test holds it complete.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.errors import ConfigError

DEFAULT_FILE = Path("config.toml")
TOKEN_FORM = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(_Section):
    """Who the bot is, and where Telegram is."""

    token: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org/bot"
    operators: list[int] = []


class StoreSettings(_Section):
    """Where articles are kept."""

    path: Path = Path("mailuo.db")


class Reading(_Section):
    """What the worker reads, and in which zone days are days."""

    posts: list[Path] = []
    every_seconds: float = Field(default=300, ge=1)
    zone: str = "Asia/Shanghai"

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (OSError, ValueError, KeyError) as error:  # KeyError: a name nobody knows
            raise ValueError("is no time zone; use a name such as Asia/Shanghai") from error
        return zone


class DeliverySettings(_Section):
    """How digests are sent."""

    repeats: Literal["at_least_once", "at_most_once"] = "at_least_once"
    per_second: float = Field(default=28, gt=0)
    at_once: int = Field(default=16, ge=1, le=200)


class WordsSettings(_Section):
    """How Chinese is cut into words; a database keeps the engine it was made with."""

    engine: Literal["jieba", "rjieba"] = "jieba"


class Log(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "text", "json"] = "auto"


class Config(_Section):
    """All settings."""

    telegram: Telegram = Telegram()
    store: StoreSettings = StoreSettings()
    reading: Reading = Reading()
    delivery: DeliverySettings = DeliverySettings()
    words: WordsSettings = WordsSettings()
    log: Log = Log()


ENVIRONMENT = {
    "TELEGRAM_BOT_TOKEN": ("telegram", "token"),
    "MAILUO_TELEGRAM_BASE_URL": ("telegram", "base_url"),
    "MAILUO_OPERATORS": ("telegram", "operators"),  # chat numbers with ',' between
    "MAILUO_DB": ("store", "path"),
    "MAILUO_POSTS": ("reading", "posts"),  # paths with ':' between
    "MAILUO_EVERY_SECONDS": ("reading", "every_seconds"),
    "MAILUO_ZONE": ("reading", "zone"),
    "MAILUO_REPEATS": ("delivery", "repeats"),
    "MAILUO_PER_SECOND": ("delivery", "per_second"),
    "MAILUO_AT_ONCE": ("delivery", "at_once"),
    "MAILUO_WORDS": ("words", "engine"),
    "MAILUO_LOG_LEVEL": ("log", "level"),
    "MAILUO_LOG_FORMAT": ("log", "format"),
}
SEPARATORS = {"posts": os.pathsep, "operators": ","}


def load(
    file: Path | None = None, *, db: Path | None = None, env: Mapping[str, str] | None = None
) -> Config:
    """Read the settings.

    Args:
        file: the settings file; else the one that MAILUO_CONFIG names; else ./config.toml if it is
            there; else none.
        db: the database file, before all else.
        env: the environment; None for that of the process.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown or wrong.
    """
    env = os.environ if env is None else env  # no default value: signatures get printed
    named = file or (Path(env["MAILUO_CONFIG"]) if env.get("MAILUO_CONFIG") else None)
    found = named or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    settings = _read(found) if found else {}
    given: dict[tuple[str, ...], str] = {}
    for name, (section, key) in ENVIRONMENT.items():
        if env.get(name):
            given[section, key] = name
            _set(settings, section, key, _listed(key, env[name]))
    if db:
        _set(settings, "store", "path", db)
    return _validated(settings, given, str(found))


def token_problem(token: str) -> str | None:
    """What is wrong with the form of a bot token, without repeating it; None when nothing is."""
    if not token:
        return "there is none"
    if not TOKEN_FORM.fullmatch(token):
        return "it does not look like one from @BotFather (digits, a colon, 35 letters or digits)"
    return None


def _listed(key: str, value: str) -> str | list[str]:
    """The value of a variable; several where the setting holds several."""
    separator = SEPARATORS.get(key)
    return [part.strip() for part in value.split(separator)] if separator else value


def _set(settings: dict[str, Any], section: str, key: str, value: object) -> None:
    table = settings.setdefault(section, {})
    if isinstance(table, dict):  # if not, validation says what it should be
        table[key] = value


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not valid TOML: {error}") from error


def _validated(settings: dict[str, Any], given: Mapping[tuple[str, ...], str], file: str) -> Config:
    try:
        return Config.model_validate(settings)
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_input=False):
            path = tuple(str(part) for part in detail["loc"])
            problems.append(f"in {given.get(path[:2], file)}: {_problem(path, dict(detail))}")
        raise ConfigError("; ".join(problems)) from None


def _problem(path: tuple[str, ...], detail: dict[str, Any]) -> str:
    """One problem in words, without the value: it could be a secret."""
    name = ".".join(path)
    if detail["type"] == "extra_forbidden":
        close = difflib.get_close_matches(name, _names(), 1)
        return f"there is no setting {name}" + (f"; did you mean {close[0]}?" if close else "")
    if detail["type"] == "model_type":
        return f"{name} is a section; write [{name}] and its settings below"
    return f"{name}: {detail['msg'].removeprefix('Value error, ')}"


def _names() -> list[str]:
    """Every setting and section: telegram, telegram.token, …"""
    sections = {name: field.default for name, field in Config.model_fields.items()}
    keys = [f"{s}.{key}" for s, default in sections.items() for key in type(default).model_fields]
    return [*sections, *keys]
