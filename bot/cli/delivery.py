"""Commands on what is sent."""

import click

from bot import app
from bot.cli.frame import Document, as_json, command, counted, how_many, show
from bot.config import Config
from bot.flow import documents
from bot.model.delivery import ParcelState


@command
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([str(state) for state in ParcelState]),
    help="Only these.  [default: dead and uncertain]",
)
@click.option("--retry", "retried", multiple=True, metavar="NUMBER|all", help="Queue again.")
@how_many
@as_json
async def outbox(
    config: Config, states: tuple[str, ...], retried: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Messages that could not be sent, or that stand elsewhere in the outbox; --retry them."""
    numbers = [int(n) for n in retried if n.isdecimal()]
    if len(numbers) < len(retried) and retried != ("all",):
        raise click.UsageError("--retry takes a message's number, or all")
    wanted = [ParcelState(s) for s in states] or [ParcelState.DEAD, ParcelState.UNCERTAIN]
    async with app.opened(config) as house:
        store = house.store.outbox
        again = await store.retry(numbers, house.clock()) if retried else 0
        counts = {str(state): count for state, count in (await store.counts()).items()}
        listed = [documents.parcel(p) for p in await store.listed(wanted, limit)]
    document: Document = {"counts": counts, "queued_again": again, "messages": listed}
    lines = [f"{count} {state}" for state, count in counts.items()] or ["the outbox is empty"]
    lines += [f"{again} queued again"] if retried else []
    lines += [
        f"{m['id']}  chat {m['chat']}  {m['state']} after {counted(m['attempts'], 'attempt')}:"
        f" {m['error']}\n"
        f"   {m['text'].splitlines()[0][:80]}"
        for m in listed
    ]
    show(document, as_json, lines)
