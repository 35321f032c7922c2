"""/healthz, /readyz and /metrics; and the webhook, where there is one.

Health asks whether this process is to be started anew, so it looks at nothing outside of it.
Readiness asks whether it can work now, which Telegram or a disk may prevent for a while.
"""

import asyncio
from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import MailuoError
from bot.web.metrics import Metrics
from bot.web.pulse import Pulse
from bot.web.webhook import Webhook

CHECK_SECONDS = 5.0
WELL = "ok"

Check = Callable[[], Awaitable[str]]  # gives WELL, or what is wrong


class Readiness:
    """What must be well for the bot to work; nothing yet while it starts, or once it ends."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def begin(self, checks: dict[str, Check]) -> None:
        """It has started, and these are to be asked."""
        self._checks = checks

    def end(self) -> None:
        """It ends, and is to get nothing more to do."""
        self._checks = {}

    async def results(self) -> dict[str, str]:
        """What each check says; empty when the bot is starting or ending."""
        said = await asyncio.gather(*map(_said, self._checks.values()))
        return dict(zip(self._checks, said, strict=True))


async def _said(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return "no answer"
    except MailuoError as error:
        return str(error)


def create_app(
    pulse: Pulse, readiness: Readiness, metrics: Metrics, webhook: tuple[str, Webhook] | None = None
) -> Starlette:
    """All pages as an ASGI application.

    Args:
        pulse: whether the parts live.
        readiness: whether it can work.
        metrics: what it did.
        webhook: the path at which updates come, and who takes them.
    """

    async def healthz(_: Request) -> Response:
        parts = pulse.parts()
        alive = all(part.alive for part in parts.values())
        shown = {
            name: {"age": round(p.age, 1), "bound": p.bound, "alive": p.alive}
            for name, p in parts.items()
        }
        return JSONResponse({"alive": alive, "parts": shown}, 200 if alive else 503)

    async def readyz(_: Request) -> Response:
        said = await readiness.results()
        ready = bool(said) and all(words == WELL for words in said.values())
        return JSONResponse({"ready": ready, "checks": said}, 200 if ready else 503)

    async def measured(_: Request) -> Response:
        return Response(await metrics.text(), headers={"content-type": CONTENT_TYPE_LATEST})

    routes = [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", measured),
    ]
    if webhook:
        path, door = webhook
        routes.append(Route(path, door.knock, methods=["POST"]))
    return Starlette(routes=routes)
