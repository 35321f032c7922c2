"""The floors of the house: imports point down, rooms of one floor do not meet, no circles.

To add a room, give it its floor and what it may touch. A room may import the floors below its own,
but only from its own list of libraries.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.writing import ROOT

FLOORS = {
    "cli": 6, "__main__": 6, "trial": 6, "checking": 6, "worker": 6, "hosting": 6, "roles": 6,
    "app": 5, "sandbox": 5,
    "chat": 4, "jobs": 4, "jobqueue": 4, "web": 4,
    "flow": 3,
    "sources": 2, "digest": 2, "render": 2, "store": 2,
    "model": 1, "addresses": 1, "errors": 1, "config": 1, "logs": 1, "memory": 1, "parts": 1,
    "__init__": 1,
}  # fmt: skip
# Rooms of the top and the bottom floor may know each other; circles are forbidden anywhere.
SOCIABLE = {6, 1}
LIBRARIES = {
    "telegram": {"chat", "worker", "trial"},
    "apscheduler": {"jobs"},
    "procrastinate": {"jobqueue"},
    "bs4": {"sources"},
    "lxml": {"sources"},
    "feedparser": {"sources/feeds"},
    "frontmatter": {"sources"},
    "yaml": {"sources"},
    "jieba": {"digest/words"},
    "rjieba": {"digest/words"},
    "lunardate": {"digest/dates"},
    "opencc": {"render/traditional", "digest/script"},
    "resvg_py": {"render/picture"},
    "pylopdf_fonts_zh_cn": {"render/picture"},
    "watchfiles": {"sources/watch"},
    "trafilatura": {"sources/extraction"},
    "sqlite_utils": {"store"},
    "sqlite3": {"store"},
    "psycopg": {"store/engines", "store/postgres"},
    "psycopg_pool": {"store/engines"},
    "starlette": {"sandbox", "trial", "web"},
    "uvicorn": {"sandbox", "web"},
    "prometheus_client": {"web"},
    "httpx": {
        "chat/botfather",
        "chat/sender",
        "sandbox/transport",
        "sandbox/webhook",
        "sources/fetch",
        "sources/guard",
    },
    "httpcore": {"sources/fetch", "sources/guard"},
    "click": {"cli"},
    "rich": {"cli"},
    "structlog": {"logs"},
    "pydantic": {"config", "store", "sources/chatlist"},
}
NOT_FOR_THE_WORKER = "sandbox"  # only the command line may open it
LONGEST_FILE = 400


def modules(package: Path) -> dict[str, Path]:
    """Every module of the package by its path without ending: digest/words, cli."""
    return {str(path.relative_to(package).with_suffix("")): path for path in package.rglob("*.py")}


def imports(path: Path) -> Iterator[str]:
    """The full names that a file imports; `from a import b` is a.b, for b may be a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    return module.split("/")[0]


def target(name: str, known: dict[str, Path]) -> str | None:
    """The module of ours that an imported name means, or None for a library."""
    parts = name.split(".")
    if parts[0] != "bot":
        return None
    for length in range(len(parts), 0, -1):
        candidate = "/".join(parts[1:length])
        for module in (candidate, f"{candidate}/__init__".lstrip("/")):
            if module in known:
                return module
    return "__init__"


def violations(package: Path) -> list[str]:
    """What breaks the rules, in words."""
    known = modules(package)
    found = []
    for module, path in known.items():
        for name in imports(path):
            to = target(name, known)
            if to is None:
                found += _library(module, name.split(".")[0])
            else:
                found += _inside(module, to)
    return sorted(set(found)) + [f"circle: {' -> '.join(c)}" for c in circles(package)]


def _library(module: str, library: str) -> list[str]:
    allowed = LIBRARIES.get(library)
    if allowed is None or any(module == a or module.startswith(a + "/") for a in allowed):
        return []
    return [f"{module} imports {library}, which is for {', '.join(sorted(allowed))}"]


def _inside(module: str, to: str) -> list[str]:
    one, other = room(module), room(to)
    if one not in FLOORS:
        return [f"{module}: no floor for the room {one}"]
    if one == other:
        return []
    here, there = FLOORS[one], FLOORS.get(other, 99)
    if other == NOT_FOR_THE_WORKER and one != "trial":
        return [f"{module} imports {to}: the worker must not know the sandbox"]
    if there > here:
        return [f"{module} imports {to}: up, from floor {here} to {there}"]
    if there == here and here not in SOCIABLE:
        return [f"{module} imports {to}: rooms of one floor must not meet"]
    return []


def circles(package: Path) -> list[list[str]]:
    """Modules that import each other in a round."""
    known = modules(package)
    graph = {
        m: {t for n in imports(p) if (t := target(n, known)) and t != m and t != "__init__"}
        for m, p in known.items()
    }
    done: set[str] = set()
    found: list[list[str]] = []

    def visit(module: str, way: list[str]) -> None:
        if module in way:
            found.append([*way[way.index(module) :], module])
        elif module not in done:
            for other in sorted(graph[module]):
                visit(other, [*way, module])
            done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return found


def plant(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "bot"
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package


def test_the_house_stands() -> None:
    assert violations(ROOT / "bot") == []


def test_a_planted_upward_import_is_named(tmp_path: Path) -> None:
    package = plant(
        tmp_path, {"store/rows.py": "from bot.chat import door\n", "chat/door.py": '"""x"""\n'}
    )
    assert violations(package) == ["store/rows imports chat/door: up, from floor 2 to 4"]


def test_a_planted_meeting_of_neighbours_is_named(tmp_path: Path) -> None:
    package = plant(
        tmp_path, {"store/rows.py": "import bot.digest.words\n", "digest/words.py": '"""x"""\n'}
    )
    assert violations(package) == [
        "store/rows imports digest/words: rooms of one floor must not meet"
    ]


def test_a_planted_circle_is_named(tmp_path: Path) -> None:
    package = plant(
        tmp_path, {"store/a.py": "import bot.store.b\n", "store/b.py": "import bot.store.a\n"}
    )
    assert violations(package) == ["circle: store/a -> store/b -> store/a"]


def test_a_planted_library_in_the_wrong_room_is_named(tmp_path: Path) -> None:
    package = plant(tmp_path, {"render/x.py": "import telegram\n"})
    assert violations(package) == ["render/x imports telegram, which is for chat, trial, worker"]


def test_every_module_says_what_it_holds_and_is_short() -> None:
    for name, path in modules(ROOT / "bot").items():
        source = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(source)), f"{name} has no docstring"
        if not name.startswith("render/words/"):  # tables of sentences
            assert len(source.splitlines()) <= LONGEST_FILE, f"{name} is too long"
