"""What readers think, for the operator."""

from typing import Any

from bot import app
from bot.cli.frame import as_json, command, counted, show
from bot.config import Config
from bot.flow import feedback as opinions


@command
@as_json
async def feedback(config: Config, as_json: bool) -> None:
    """What readers liked: by outlet, by kind of summary, and the newest disliked stories."""
    async with app.opened(config) as house:
        document = await opinions.document(house.store)
    show(document, as_json, _lines(document))


def _lines(document: dict[str, Any]) -> list[str]:
    if not document["votes"]:
        return ["nobody has pressed 👍 or 👎 yet"]
    return [
        counted(document["votes"], "vote"),
        "",
        *(_tally(t["outlet"], t) for t in document["outlets"]),
        "",
        *(_tally(t["method"], t) for t in document["methods"]),
        "",
        *(f"{_tally(d['title'], d)}  (story {d['story']})" for d in document["disliked"]),
    ]


def _tally(name: str, counts: dict[str, Any]) -> str:
    return f"👍 {counts['up']:>3}  👎 {counts['down']:>3}  {name}"
