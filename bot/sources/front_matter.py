"""The bytes of a post as its YAML front matter, all plain text, and its body."""

from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from bot.errors import ReadError


class _PlainLoader(yaml.BaseLoader):
    """Every scalar stays the text that was written; aliases, which can explode, are refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise ReadError("the front matter uses YAML aliases (*name), which are not allowed")
        return super().compose_node(parent, index)


class _Handler(YAMLHandler):
    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=_PlainLoader)


def split(raw: bytes) -> tuple[dict[str, Any], str]:
    """Front matter and body.

    Raises:
        ReadError: not text, no front matter, or front matter that is no YAML mapping.
    """
    text = decode(raw).replace("\r\n", "\n").strip()
    if not text.startswith("---"):
        raise ReadError("no front matter: the file must start with a line '---'")
    try:
        fields, body = frontmatter.parse(text, handler=_Handler())
    except yaml.YAMLError as error:
        raise ReadError(f"the front matter is not valid YAML: {_first_line(error)}") from error
    except (RecursionError, AttributeError, TypeError, ValueError) as error:
        raise ReadError("the front matter is not a list of 'name: value' lines") from error
    if not fields:
        raise ReadError("the front matter is empty or not closed by a line '---'")
    return fields, body


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Raises:
        ReadError: empty, binary, or in no encoding we know.
    """
    if not raw.strip():
        raise ReadError("the file is empty")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in raw:
        raise ReadError("the file is binary, not text")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError("the text is in no encoding we know (UTF-8 or GB18030)")


def _first_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    return f"{problem} (line {mark.line + 1})" if mark else str(problem)
