"""What an operator sees of a running worker: the pages on HTTP, and what they are made of.

Without a port there are none, and nothing is measured.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urlsplit

from bot.app import Clock, House
from bot.chat.processing import Processor
from bot.chat.reach import Reach
from bot.chat.receiving import SILENT_SECONDS, Inbox, Telegram, polling, set_webhook
from bot.config import Config
from bot.errors import ConfigError
from bot.flow.probing import probing
from bot.model.meter import UNMEASURED, Meter
from bot.store import Store
from bot.web.metrics import Metrics
from bot.web.pages import WELL, Check, Readiness, create_app
from bot.web.pulse import Pulse
from bot.web.server import serving
from bot.web.webhook import Webhook, secret

log = logging.getLogger(__name__)

POLLING = "polling"
AT_ONCE = 40  # Telegram's own default; what cannot be handled at once waits with its connection
PORT_OPTION = "--port, MAILUO_PORT or [web] port"


@dataclass(frozen=True, slots=True)
class Hosted:
    """How a worker is hosted.

    Args:
        metrics: what it did; None where nobody asks.
        readiness: whether it can work.
        webhook: where updates are brought, if they are.
        address: of the pages; empty without.
    """

    metrics: Metrics | None = None
    readiness: Readiness = field(default_factory=Readiness)
    webhook: Webhook | None = None
    address: str = ""

    @property
    def meter(self) -> Meter:
        """Is told what the worker does."""
        return self.metrics or UNMEASURED

    @asynccontextmanager
    async def working(
        self, house: House, application: Telegram | None = None
    ) -> AsyncIterator[None]:
        """The worker has started: it can be asked while the block runs. Of Telegram, if it talks to
        it."""
        if self.metrics is None:
            yield
            return
        vitals = house.store.vitals
        self.metrics.look_at(lambda: vitals.backlog(house.clock()))
        self.readiness.begin(_checks(house.store, application))
        try:
            async with probing(self.meter, "writer", vitals.write_nothing):
                yield
        finally:
            self.readiness.end()
            self.metrics.look_at(None)


UNHOSTED = Hosted()


def _checks(store: Store, application: Telegram | None) -> dict[str, Check]:
    async def database() -> str:
        await store.vitals.write_nothing()
        return WELL

    async def migrations() -> str:
        missing = await store.vitals.unapplied()
        return f"not applied: {', '.join(missing)}" if missing else WELL

    telegram = {"telegram": Reach(application.bot)} if application else {}
    return {"database": database, "migrations": migrations, **telegram}


@asynccontextmanager
async def hosted_by(
    config: Config, clock: Clock, pulse: Pulse | None = None
) -> AsyncIterator[Hosted]:
    """The pages are there while the block runs, if a port is set.

    Raises:
        ConfigError: there is a webhook, but no port.
        MailuoError: the port cannot be had.
    """
    web = config.web
    if not web.port:
        if web.webhook:
            raise ConfigError(f"a webhook needs a port to listen on: set {PORT_OPTION}")
        yield UNHOSTED
        return
    pulse, readiness = pulse or Pulse(), Readiness()
    metrics = Metrics(pulse, version("mailuo"), clock)
    door = Webhook(secret(config.telegram.token.get_secret_value()))
    at = (urlsplit(web.webhook).path, door) if web.webhook else None
    app = create_app(pulse, readiness, metrics, at)
    async with serving(app, web.host, web.port, option=PORT_OPTION) as address:
        log.info("health, readiness and metrics at %s", address)
        yield Hosted(metrics, readiness, door if at else None, address)


@asynccontextmanager
async def receiving(application: Telegram, config: Config, hosted: Hosted) -> AsyncIterator[None]:
    """Updates come and are handled while the block runs: brought where there is a webhook, else
    fetched.

    Args:
        application: started; built with a `Processor`.
        config: the settings.
        hosted: where updates are brought.

    Raises:
        ConfigError: Telegram does not want the webhook.
    """
    processor = application.update_processor
    assert isinstance(processor, Processor)
    inbox = Inbox(application, processor)
    way = (
        _brought(application, config, hosted.webhook, inbox)
        if hosted.webhook
        else _fetched(application, hosted.meter)
    )
    async with way:
        if hosted.metrics is None:
            yield
            return
        async with probing(hosted.meter, "updates", inbox.probe):
            yield


@asynccontextmanager
async def _fetched(application: Telegram, meter: Meter) -> AsyncIterator[None]:
    with meter.expecting(POLLING, SILENT_SECONDS):
        async with polling(application):
            yield


@asynccontextmanager
async def _brought(
    application: Telegram, config: Config, door: Webhook, inbox: Inbox
) -> AsyncIterator[None]:
    door.hand_to(inbox.take)
    try:
        await set_webhook(application, config.web.webhook, door.secret, AT_ONCE)
        log.info("updates are brought to %s", config.web.webhook)
        yield
    finally:
        door.hand_to(None)
