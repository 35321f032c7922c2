"""The parameters of a call, however they were sent, read with their types."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.files import Upload


class Params:
    """Typed access; a missing or wrong parameter is Telegram's 400."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def text(self, name: str, default: str | None = None) -> str:
        """A string."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise bad(f'field "{name}" must be of type String')
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._value(name, default)
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad(f"invalid {name} specified") from error

    def any_of(self, name: str) -> int | str:
        """A number or a string."""
        value = self._value(name, None)
        if not isinstance(value, int | str):
            raise bad(f"invalid {name} specified")
        return value

    def file(self, name: str) -> Upload | str:
        """A file that came with the call, there or by attach://, or a string that names one."""
        value = self._value(name, None)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self._given.get(value.removeprefix("attach://"))
        if not isinstance(value, Upload | str) or not value:
            raise bad(f"there is no {name} in the request")
        return value

    def flag(self, name: str) -> bool:
        """A boolean, false when absent."""
        return str(self._given.get(name, "")).lower() in ("true", "1")

    def has(self, name: str) -> bool:
        """Whether it was given."""
        return self._given.get(name) not in (None, "")

    def json(self, name: str) -> Any:
        """An object or a list; None when absent."""
        value = self._given.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad(f"can't parse {name} JSON object") from error

    def within(self, name: str) -> "Params":
        """The fields of an object, which may name the files of the same call."""
        value = self.json(name)
        if not isinstance(value, dict):
            raise bad(f"can't parse {name}: expected an Object")
        files = {n: given for n, given in self._given.items() if isinstance(given, Upload)}
        return Params(files | value)

    def _value(self, name: str, default: Any) -> Any:
        value = self._given.get(name, default)
        if value is None:
            raise bad(
                f"{name.replace('_', ' ')} is empty" if name == "text" else f"{name} is empty"
            )
        return value
