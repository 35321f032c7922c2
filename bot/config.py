"""Settings, validated once: defaults, then the TOML file, then the environment, then arguments.

`config.example.toml` lists every setting; a test holds it complete.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from bot.errors import ConfigError

LEAST_TEXT_DAYS = 14
DEFAULT_FILE = Path("config.toml")
TOKEN_FORM = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError) as error:  # KeyError: a name nobody knows
        raise ValueError("is no time zone; use a name such as Asia/Shanghai") from error
    return zone


class Telegram(_Section):
    """Who the bot is, and where Telegram is."""

    token: SecretStr = SecretStr("")
    token_file: str = ""
    base_url: str = "https://api.telegram.org/bot"
    operators: list[int] = []


class StoreSettings(_Section):
    """Where articles are kept."""

    path: Path = Path("mailuo.db")
    url: SecretStr = SecretStr("")  # of a PostgreSQL database, in place of the file; has a password
    full_text_days: int = Field(default=0, ge=0, le=36_500)

    @property
    def where(self) -> Path | str:
        """The file, or the address of the PostgreSQL database."""
        return self.url.get_secret_value() or self.path

    @field_validator("url")
    @classmethod
    def _address(cls, url: SecretStr) -> SecretStr:
        if url and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("begins with postgresql://")
        return url

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if {"path", "url"} <= self.model_fields_set and self.url.get_secret_value():
            raise ValueError("has a path and a url: keep one, the file or the PostgreSQL database")
        return self

    @field_validator("full_text_days")
    @classmethod
    def _long_enough(cls, days: int) -> int:
        if 0 < days < LEAST_TEXT_DAYS:
            raise ValueError(
                f"must be 0 (for ever) or at least {LEAST_TEXT_DAYS}: until then newer articles "
                "are compared with the text"
            )
        return days


class Reading(_Section):
    """What the worker reads, and in which zone days are days."""

    posts: list[Path] = []
    every_seconds: float = Field(default=300, ge=1)
    watch: Literal["auto", "poll", "off"] = "auto"
    zone: str = "Asia/Shanghai"

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        return _zone(zone)


class Fetching(_Section):
    """How feeds are asked."""

    contact: str = Field(default="", max_length=200)
    allowed_hosts: list[str] = []
    rsshub: list[str] = ["https://rsshub.app"]
    at_once: int = Field(default=32, ge=1, le=500)
    tell_after_hours: float = Field(default=24, ge=0)

    @field_validator("allowed_hosts")
    @classmethod
    def _hosts(cls, hosts: list[str]) -> list[str]:
        if any("/" in host for host in hosts):
            raise ValueError("write host or host:port, such as localhost:1200, without http://")
        return hosts

    @field_validator("rsshub")
    @classmethod
    def _instances(cls, instances: list[str]) -> list[str]:
        if not all(at.startswith(("http://", "https://")) for at in instances):
            raise ValueError("an instance begins with http:// or https://")
        return instances


class FeedSettings(_Section):
    """A feed that is read."""

    url: str
    outlet: str = ""
    zone: str = ""  # that of the section reading
    full_text: bool = False

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://", "rsshub://")):
            raise ValueError("begins with http://, https:// or rsshub://")
        return url

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        return _zone(zone) if zone else zone


class DeliverySettings(_Section):
    """How digests are sent."""

    repeats: Literal["at_least_once", "at_most_once"] = "at_least_once"
    per_second: float = Field(default=28, gt=0)
    at_once: int = Field(default=16, ge=1, le=200)


class Web(_Section):
    """The pages for operators, and where Telegram brings updates."""

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)
    webhook: str = ""

    @field_validator("webhook")
    @classmethod
    def _address(cls, webhook: str) -> str:
        if not webhook:
            return webhook
        parts = urlsplit(webhook)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError("is the address at which Telegram finds this bot: https://host")
        return webhook if parts.path.strip("/") else f"{webhook.rstrip('/')}/telegram"


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
    fetching: Fetching = Fetching()
    feeds: list[FeedSettings] = []
    delivery: DeliverySettings = DeliverySettings()
    web: Web = Web()
    words: WordsSettings = WordsSettings()
    log: Log = Log()

    @field_validator("feeds")
    @classmethod
    def _once(cls, feeds: list[FeedSettings]) -> list[FeedSettings]:
        named = [feed.url for feed in feeds]
        if twice := next((url for url in named if named.count(url) > 1), ""):
            raise ValueError(f"{twice} is named twice; leave one")
        return feeds


SECTIONS: dict[str, type[_Section]] = {
    name: type(f.default) for name, f in Config.model_fields.items() if name != "feeds"
}
ENVIRONMENT = {
    "TELEGRAM_BOT_TOKEN": ("telegram", "token"),
    "TELEGRAM_BOT_TOKEN_FILE": ("telegram", "token_file"),
    "MAILUO_TELEGRAM_BASE_URL": ("telegram", "base_url"),
    "MAILUO_OPERATORS": ("telegram", "operators"),  # chat numbers with ',' between
    "MAILUO_DB": ("store", "path"),
    "MAILUO_DB_URL": ("store", "url"),
    "MAILUO_FULL_TEXT_DAYS": ("store", "full_text_days"),
    "MAILUO_POSTS": ("reading", "posts"),  # paths with ':' between
    "MAILUO_EVERY_SECONDS": ("reading", "every_seconds"),
    "MAILUO_WATCH": ("reading", "watch"),
    "MAILUO_ZONE": ("reading", "zone"),
    "MAILUO_CONTACT": ("fetching", "contact"),
    "MAILUO_ALLOWED_HOSTS": ("fetching", "allowed_hosts"),  # with ',' between
    "MAILUO_RSSHUB": ("fetching", "rsshub"),  # with ',' between
    "MAILUO_FETCH_AT_ONCE": ("fetching", "at_once"),
    "MAILUO_TELL_AFTER_HOURS": ("fetching", "tell_after_hours"),
    "MAILUO_REPEATS": ("delivery", "repeats"),
    "MAILUO_PER_SECOND": ("delivery", "per_second"),
    "MAILUO_AT_ONCE": ("delivery", "at_once"),
    "MAILUO_WEB_HOST": ("web", "host"),
    "MAILUO_PORT": ("web", "port"),
    "MAILUO_WEBHOOK": ("web", "webhook"),
    "MAILUO_WORDS": ("words", "engine"),
    "MAILUO_LOG_LEVEL": ("log", "level"),
    "MAILUO_LOG_FORMAT": ("log", "format"),
}
_INSTEAD = {("store", "path"): "url", ("store", "url"): "path"}  # one is given up for the other
SEPARATORS = {"posts": os.pathsep, "operators": ",", "allowed_hosts": ",", "rsshub": ","}


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
    found = settings_file(file, env)
    settings = _read(found) if found else {}
    given: dict[tuple[str, ...], str] = {}
    for name, (section, key) in ENVIRONMENT.items():
        if env.get(name):
            given[section, key] = name
            _set(settings, section, key, _listed(key, env[name]))
    if db:
        _set(settings, "store", "path", db)
    _token_from_file(settings, env)
    _port_of_platform(settings, env)
    return _validated(settings, given, str(found or "the environment"))


def _port_of_platform(settings: dict[str, Any], env: Mapping[str, str]) -> None:
    """PORT is where a platform sends what comes from outside. It counts only where something does,
    for process managers set it for whatever they start."""
    web = settings.get("web")
    if isinstance(web, dict) and web.get("webhook") and not web.get("port") and env.get("PORT"):
        web["port"] = env["PORT"]


def _token_from_file(settings: dict[str, Any], env: Mapping[str, str]) -> None:
    """A token that stands in a file of its own, as containers and systemd hand secrets over.

    Raises:
        ConfigError: the file cannot be read.
    """
    telegram = settings.get("telegram")
    if not isinstance(telegram, dict) or not telegram.get("token_file"):
        return
    if env.get("TELEGRAM_BOT_TOKEN"):
        return  # it wins
    if telegram.get("token") and not env.get("TELEGRAM_BOT_TOKEN_FILE"):
        raise ConfigError("telegram.token and telegram.token_file are both set; leave one")
    try:
        token = Path(str(telegram["token_file"])).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigError(f"telegram.token_file cannot be read: {reason}") from None
    telegram["token"] = token


def settings_file(file: Path | None, env: Mapping[str, str] | None = None) -> Path | None:
    """Where settings are read from: as `load`."""
    env = os.environ if env is None else env
    named = file or (Path(env["MAILUO_CONFIG"]) if env.get("MAILUO_CONFIG") else None)
    return named or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)


def with_web(config: Config, **given: object) -> Config:
    """The settings with some of the section web's replaced; None leaves one as it is.

    Raises:
        ConfigError: one is wrong.
    """
    replaced = {key: value for key, value in given.items() if value is not None}
    found = _validated({"web": {**config.web.model_dump(), **replaced}}, {}, "the options")
    return config.model_copy(update={"web": found.web})


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
        table.pop(_INSTEAD.get((section, key)), None)


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
            path = tuple(str(part) for part in detail["loc"] if not isinstance(part, int))
            which = [part + 1 for part in detail["loc"] if isinstance(part, int)]
            said = _problem(path, dict(detail)) + (f" (number {which[0]} of them)" if which else "")
            problems.append(f"in {given.get(path[:2], file)}: {said}")
        raise ConfigError("; ".join(problems)) from None


def _problem(path: tuple[str, ...], detail: dict[str, Any]) -> str:
    """One problem in words, without the value: it could be a secret."""
    name = ".".join(path)
    if detail["type"] == "extra_forbidden":
        close = difflib.get_close_matches(name, _names(), 1)
        return f"there is no setting {name}" + (f"; did you mean {close[0]}?" if close else "")
    if detail["type"] == "list_type" and name == "feeds":
        return "feeds are written as [[feeds]], one for each"
    if detail["type"] == "model_type":
        return f"{name} is a section; write [{name}] and its settings below"
    return f"{name}: {detail['msg'].removeprefix('Value error, ')}"


def _names() -> list[str]:
    """Every setting and section: telegram, telegram.token, …"""
    keys = [f"{section}.{key}" for section in SECTIONS for key in SECTIONS[section].model_fields]
    return [*SECTIONS, "feeds", *keys, *(f"feeds.{key}" for key in FeedSettings.model_fields)]
