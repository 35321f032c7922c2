"""Commands that keep the database safe: a backup while the worker runs, and the way back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.app import utc_now
from bot.cli.frame import as_json, command, copying, show
from bot.config import Config
from bot.digest import words
from bot.errors import MailuoError
from bot.flow import moving
from bot.model.moving import Inside, Restored, Waiting
from bot.store import backup as backups

_PATH = click.Path(path_type=Path)


@command
@click.argument("file", type=_PATH)
@click.option("--keep", type=click.IntRange(1), help="Of dated backups in a folder, how many stay.")
@click.option("--force", is_flag=True, help="Replace a file of that name.")
@as_json
async def backup(config: Config, file: Path, keep: int | None, force: bool, as_json: bool) -> None:
    """Write the database to FILE as it is now, while the worker runs, and check what was written.

    A folder as FILE gives a name with the time (UTC) in it: mailuo-20261121T030000Z.db.
    """
    database, now = _file(config), utc_now()
    target = _target(database, file, now, keep)
    with copying("copying") as tick:
        inside = backups.back_up(database, target, now, force=force, tick=tick)
    deleted = backups.prune(database, file, keep) if keep else []
    size = backups.size(target)
    document: dict[str, Any] = {
        "file": str(target),
        "bytes": size,
        **_document(inside),
        "deleted": [str(path) for path in deleted],
    }
    lines = [f"{target}: {size / 1e6:.1f} MB, checked; {_held(inside)}"]
    show(document, as_json, lines + [f"deleted {path}" for path in deleted])


@command
@click.argument("file", type=_PATH)
@click.option(
    "--sent-until",
    metavar="WHEN",
    help="Until when the lost database sent: backup, now, or 2026-11-21T03:00 (UTC).  [default: "
    "until it was last written; now where there is none]",
)
@click.option(
    "--outbox",
    "waiting",
    default="hold",
    show_default=True,
    type=click.Choice([str(way) for way in Waiting]),
    help="What becomes of messages that waited, and were perhaps sent by then.",
)
@as_json
async def restore(
    config: Config, file: Path, sent_until: str | None, waiting: str, as_json: bool
) -> None:
    """Put a backup in the place of the database, which is kept beside it. The worker must be
    stopped.

    What the lost database sent after the backup was made is not sent again: see --sent-until.
    """
    words.use_engine(config.words.engine)
    database, now = _file(config), utc_now()
    with copying("restoring") as tick:
        done = await moving.restored(
            database,
            file,
            now,
            sent_until=_until(sent_until, now),
            waiting=Waiting(waiting),
            word_engine=words.engine(),
            tick=tick,
        )
    show(_restored(database, done), as_json, _told(database, done))


def _file(config: Config) -> Path:
    """Raises MailuoError where the database is no file."""
    if isinstance(config.store.where, Path):
        return config.store.where
    raise MailuoError(
        "the database is on PostgreSQL: back it up with pg_dump, or write all of it to a file with"
        " mailuo copy --to FILE (the workers stopped), and read it with mailuo copy --from FILE"
    )


def _target(database: Path, file: Path, now: datetime, keep: int | None) -> Path:
    if keep and not file.is_dir():
        raise click.UsageError("--keep is for a folder that is there")
    return backups.dated(database, file, now) if file.is_dir() else file


def _until(said: str | None, now: datetime) -> datetime | None:
    """Raises click.UsageError for what is no time."""
    if said is None:
        return None
    if said in ("backup", "now"):
        return now if said == "now" else datetime.min.replace(tzinfo=UTC)
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise click.UsageError(f"--sent-until: {said} is no time; 2026-11-21T03:00 is") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _document(inside: Inside) -> dict[str, Any]:
    return {
        "articles": inside.articles,
        "chats": inside.chats,
        "subscriptions": inside.subscriptions,
        "waiting": inside.waiting,
    }


def _restored(database: Path, done: Restored) -> dict[str, Any]:
    return {
        "database": str(database),
        "made_at": _iso(done.inside.made_at),
        **_document(done.inside),
        "kept": str(done.kept) if done.kept else None,
        "sent_until": _iso(done.resumed.sent_until),
        "set_aside": done.resumed.set_aside,
        "moved_on": done.resumed.moved_on,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _held(inside: Inside) -> str:
    return (
        f"{inside.articles} articles, {inside.chats} chats, {inside.subscriptions} subscriptions,"
        f" {inside.waiting} messages waiting"
    )


def _told(database: Path, done: Restored) -> list[str]:
    made = f"the backup of {_iso(done.inside.made_at)}" if done.inside.made_at else "a database"
    lines = [f"{database} is {made} now: {_held(done.inside)}"]
    if done.kept:
        lines.append(f"the database of before is kept as {done.kept}")
    until = _iso(done.resumed.sent_until)
    if until is None:
        return [*lines, "nothing counts as sent after the backup: what is due is sent once"]
    lines.append(
        f"what was due or published up to {until} counts as sent: {done.resumed.moved_on}"
        " subscriptions go on from there (--sent-until backup sends it, perhaps again)"
    )
    if done.resumed.set_aside:
        lines.append(
            f"{done.resumed.set_aside} messages that waited were perhaps sent since: see mailuo"
            " outbox; mailuo outbox --retry all sends those that were held"
        )
    return lines
