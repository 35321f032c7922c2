"""No word of the catalogues that nothing shows: it would be translated for nobody."""

import ast
from dataclasses import fields

from bot.render.words import Catalogue
from tests.writing import ROOT


def test_every_field_of_the_catalogue_is_used() -> None:
    used: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        if path.parent.name != "words":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert [field.name for field in fields(Catalogue) if field.name not in used] == []
