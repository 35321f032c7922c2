"""The command that moves everything into a database of another kind."""

from pathlib import Path
from typing import Any

import click

from bot.cli import frame
from bot.cli.frame import as_json, command, show
from bot.config import Config
from bot.flow import moving
from bot.model.moving import TableCopy

_SHOWN = 12  # digits of a sum


@command
@click.option("--from", "source", metavar="WHERE", help="A file, or postgresql://…")
@click.option("--to", "target", metavar="WHERE", help="Likewise; it must be empty.")
@click.option("--force", is_flag=True, help="Delete what the target holds.")
@as_json
async def copy(
    config: Config, source: str | None, target: str | None, force: bool, as_json: bool
) -> int:
    """Copy everything into another database: SQLite to PostgreSQL, or back. The worker must be
    stopped. One of the two may be left out: it is the database of the settings.

    The source stays as it is. Every table is read from both sides in the end, and compared.
    """
    if source is None and target is None:
        raise click.UsageError("--from or --to is missing")
    one, other = (_where(named) if named else config.store.where for named in (source, target))
    with frame.copying("copying") as tick:
        tables = await moving.copied(one, other, force=force, tick=tick)
    same = all(table.same for table in tables)
    document = {"same": same, "tables": [_document(table) for table in tables]}
    said = "all is the same on both sides" if same else "THE TWO ARE NOT THE SAME; keep the source"
    show(document, as_json, [*_table(tables), said])
    return 0 if same else 1


def _where(named: str) -> Path | str:
    return named if named.startswith(("postgresql://", "postgres://")) else Path(named)


def _document(table: TableCopy) -> dict[str, Any]:
    return {
        "table": table.name,
        "rows": table.rows,
        "sum": table.sum,
        "rows_there": table.rows_there,
        "sum_there": table.sum_there,
        "same": table.same,
    }


def _table(tables: list[TableCopy]) -> list[str]:
    width = max(len(table.name) for table in tables)
    lines = [f"{'':{width}}  {'rows':>9}  {'there':>9}  {'sum':{_SHOWN}}  {'there':{_SHOWN}}"]
    return lines + [
        f"{t.name:{width}}  {t.rows:>9}  {t.rows_there:>9}  {t.sum[:_SHOWN]}  "
        f"{t.sum_there[:_SHOWN]}  {'ok' if t.same else 'DIFFERS'}"
        for t in tables
    ]
