"""Commands on what is one story: why, and setting it right."""

from pathlib import Path
from typing import Any

import click

from bot import app
from bot.cli.frame import as_json, command, show
from bot.config import Config


@command
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
async def same(config: Config, paths: tuple[Path, ...], as_json: bool) -> None:
    """Would two posts be one story? Takes pairs of files: A B [A2 B2 ...]."""
    if len(paths) % 2:
        raise click.UsageError("give pairs of files")
    async with app.opened(config) as house:
        document = await house.documents.same(list(zip(paths[::2], paths[1::2], strict=True)))
    lines = [
        f"{'same' if d['same'] else 'different'} ({d['score']}): {d['reason']}" for d in document
    ]
    show(document, as_json, lines)


@command
@click.argument("one", type=int)
@click.argument("other", type=int)
@as_json
async def why_merged(config: Config, one: int, other: int, as_json: bool) -> None:
    """Why two stored articles (by number) are one story, or are not."""
    async with app.opened(config) as house:
        document = await house.arrangement.why_merged(one, other)
    verdict = "one story" if document["same"] else "different stories"
    joined = [
        f"  {a['article']} joined {a['story']} at {a['joined_at']} by {a['by']}: {a['reason']}"
        for a in document["articles"]
    ]
    lines = [f"{verdict} ({document['score']}): {document['reason']}", *joined]
    show(document, as_json, lines)


@command
@click.argument("article", type=int)
@as_json
async def split(config: Config, article: int, as_json: bool) -> None:
    """Put a stored article into a story of its own, for good."""
    async with app.opened(config) as house:
        document = await house.arrangement.split(article)
    show(document, as_json, [_moved(document)])


@command
@click.argument("article", type=int)
@click.argument("story", type=int)
@as_json
async def join(config: Config, article: int, story: int, as_json: bool) -> None:
    """Put a stored article into a story, for good."""
    async with app.opened(config) as house:
        document = await house.arrangement.join(article, story)
    show(document, as_json, [_moved(document)])


def _moved(document: dict[str, Any]) -> str:
    return "article {article}: from story {from} to {story}".format(**document)
