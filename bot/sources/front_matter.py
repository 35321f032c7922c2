"""The bytes of a post as its YAML front matter, all plain text, and its body."""

from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from bot.errors import ReadError

LONGEST = 65_536  # characters of front matter; reading YAML is slow
_NULLS = {"null", "Null", "NULL", "~"}


class _PlainLoader(yaml.BaseLoader):
    """Every scalar stays the text that was written; aliases, which can explode, are refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise ReadError("the front matter uses YAML aliases (*name), which are not allowed")
        return super().compose_node(parent, index)

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        return "" if node.style is None and node.value in _NULLS else str(node.value)


class _Handler(YAMLHandler):
    def load(self, fm: str, **_: object) -> Any:
        if len(fm) > LONGEST:
            raise ReadError(f"the front matter is longer than {LONGEST} characters")
        fields = yaml.load(fm, Loader=_PlainLoader)
        if not isinstance(fields, dict):
            raise ReadError("the front matter is not a list of 'name: value' lines")
        return fields


def split(raw: bytes) -> tuple[dict[str, Any], str]:
    """Front matter and body.

    Raises:
        ReadError: not text, no front matter, or front matter that is no YAML mapping.
    """
    text = decode(raw).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text.startswith("---"):
        raise ReadError("no front matter: the file must start with a line '---'")
    try:
        fields, body = frontmatter.parse(text, handler=_Handler())
    except yaml.YAMLError as error:
        raise ReadError(f"the front matter is not valid YAML: {_first_line(error)}") from error
    except (RecursionError, AttributeError, TypeError, ValueError) as error:
        raise ReadError("the front matter is not a list of 'name: value' lines") from error
    if not fields:
        raise ReadError(
            "the front matter is not closed by a line '---', or holds no 'name: value' lines"
        )
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
    elif _is_damaged_utf8(raw):
        raise ReadError("the text is UTF-8 with damaged characters in it")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError("the text is in no encoding we know (UTF-8 or GB18030)")


def _is_damaged_utf8(raw: bytes) -> bool:
    """Whether a few bytes are wrong in what is UTF-8 otherwise; as GB18030 it would be gibberish.

    GB18030 read as UTF-8 is almost nothing but damage.
    """
    shown = raw.decode("utf-8", "replace")
    damaged = shown.count("\ufffd")
    return 0 < damaged * 10 < sum(not c.isascii() for c in shown)


def _first_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    return f"{problem} (line {mark.line + 1})" if mark else str(problem)
