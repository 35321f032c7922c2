"""Commands that are the bot: at work, on trial, and checked."""

from dataclasses import asdict
from pathlib import Path

import click

from bot import checking, memory, trial, worker
from bot.cli.frame import as_json, command, show
from bot.cli.stopping import until_stopped
from bot.config import Config, settings_file, with_web
from bot.errors import ConfigError, MailuoError

ONE_WORKER = (
    "--role {role} is for several workers, which need a PostgreSQL database ([store] url). An "
    "SQLite file has one worker, which does all: run it without --role"
)
SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"


@command
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option("--chat", default="private", type=click.Choice(["private", "group"]))
@click.option("--press", multiple=True, help="Then press this button of the last message.")
@click.option("--pictures", type=click.Path(path_type=Path), help="Keep pictures in this folder.")
@as_json
async def say(
    config: Config,
    texts: tuple[str, ...],
    chat: str,
    press: tuple[str, ...],
    pictures: Path | None,
    as_json: bool,
) -> None:
    """Say something to the whole bot in the sandbox, and print what comes back."""
    try:
        said = await trial.say(config, texts, press, chat, pictures)
    except LookupError as error:
        raise MailuoError(str(error)) from error
    show(said, as_json, [trial.plain(document) for document in said])


@command
@click.option("--port", default=8420, show_default=True, type=click.IntRange(0, 65535))
@click.option("--posts", type=click.Path(path_type=Path), help="Posts to read.  [default: seeds]")
async def demo(config: Config, port: int, posts: Path | None) -> None:
    """Try the bot in the browser: no token, no network, nothing stored."""
    await trial.demo(config, posts or SEEDS, port, until_stopped(), click.echo)


@command
@click.option(
    "--role",
    default="all",
    show_default=True,
    type=click.Choice(["all", "updates", "send", "ingest"]),
    help="What this worker does, where several share a PostgreSQL database.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="Of /healthz, /readyz, /metrics.")
@click.option("--host", help="Who can ask there; 0.0.0.0 for all.  [default: this machine]")
@click.option("--webhook", metavar="URL", help="Where Telegram finds that port, with https.")
async def run(
    config: Config, role: str, port: int | None, host: str | None, webhook: str | None
) -> None:
    """The worker: answer readers until stopped."""
    memory.one_heap()
    memory.keep_loaded()
    settings = with_web(config, port=port, host=host, webhook=webhook)
    if settings.store.url.get_secret_value():
        from bot import roles  # needs an extra, which SQLite does without

        await roles.run(settings, until_stopped(), roles.Role(role))
        return
    if role != "all":
        raise ConfigError(ONE_WORKER.format(role=role))
    await worker.run(settings, until_stopped())


@command
@as_json
async def check(config: Config, as_json: bool) -> int:
    """Check settings, database, disk and bot, and say how to mend what is wrong."""
    context = click.get_current_context().find_root()
    findings = await checking.check(config, settings_file(context.params.get("file")))
    fine = all(finding.level is not checking.Level.BAD for finding in findings)
    lines = [f"{finding.level:<4} {finding.text}" for finding in findings]
    show({"ok": fine, "findings": [asdict(finding) for finding in findings]}, as_json, lines)
    return 0 if fine else 1
