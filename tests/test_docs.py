"""What the documents tell an operator to type is there: commands, options, files, links."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.config import ENVIRONMENT
from tests.writing import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TYPED = re.compile(r"(?:^|`|\s|bin/)mailuo ((?:--(?:config|db) \S+ )?[a-z][^`\n#&;]*)", re.M)
SAID = re.compile(r"```[a-z]*\n.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\(([\w./-]+)(#[\w-]+)?\)")
NAMES = {"presence"}  # of a session at the server: no command
NOT_OURS = {"NO_COLOR", "MAILUO_PICTURES"}


def typed(text: str) -> Iterator[list[str]]:
    """What a document writes behind `mailuo`, in code, as words without brackets."""
    for said in SAID.findall(text):
        for line in TYPED.findall(said):
            words = shlex.split(line.translate(str.maketrans("[]…,", "    ")), posix=False)
            words = words[2:] if words[0].startswith("--") else words
            if words[0] not in NAMES:
                yield words


def command(words: list[str]) -> click.Command:
    """The command that some words call.

    Raises:
        KeyError: there is none.
    """
    found = main.commands[words[0]]
    if isinstance(found, click.Group) and len(words) > 1:
        return [found.commands[name] for name in words[1].split("|")][-1]
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_exists_with_its_options(path: Path) -> None:
    for words in typed(path.read_text(encoding="utf-8")):
        try:
            found = command(words)
        except KeyError:
            pytest.fail(f"there is no mailuo {' '.join(words)}")
        options = {name for p in found.params for name in p.opts} | {"--help"}
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= options, words


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for file, anchor in LINK.findall(text):
        target = path.parent / file
        assert target.exists(), file
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), anchor


def anchors(text: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {"#" + re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


def test_every_variable_that_is_named_is_read() -> None:
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"\bMAILUO_[A-Z_]+\b", text)) - NOT_OURS
        assert named <= {*ENVIRONMENT, "MAILUO_CONFIG"}, path.name
