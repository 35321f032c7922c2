"""/healthz, /readyz and /metrics of a real worker, whose parts are stopped on purpose."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import jobs
from bot.flow import probing
from bot.model.statistics import Backlog
from bot.sandbox import Fault, Faults, World, create_app, flood, serve
from bot.web.metrics import Metrics
from bot.web.pulse import Pulse
from tests.conftest import still
from tests.web.hosts import Hands, Running, config, running
from tests.writing import SEEDS

SECONDS = 120.0
PARTS = {"polling", "updates", "scheduler", "sending", "writer"}


class Scheduler(jobs.AsyncIOScheduler):  # type: ignore[misc]
    """The scheduler, at hand."""

    last: "Scheduler"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Scheduler.last = self


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AsyncIOScheduler", Scheduler)
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(probing, "EVERY_SECONDS", 0.1)


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def address(world: World, faults: Faults) -> AsyncIterator[str]:
    async with serve(world, create_app(world, faults)) as address:
        yield address


async def polling(it: Running, pulse: Hands, world: World) -> Callable[[], None]:
    it.bot.application.updater._Updater__polling_task.cancel()  # type: ignore[union-attr]
    world.private_chat().say("/help")  # the call under way comes back; there will be no other
    await pulse.again({"polling"})
    return lambda: None


async def updates(it: Running, _: Hands, __: World) -> Callable[[], None]:
    it.bot.application._Application__update_fetcher_task.cancel()  # type: ignore[attr-defined]
    return lambda: None


async def scheduler(_: Running, __: Hands, ___: World) -> Callable[[], None]:
    Scheduler.last.pause()
    return Scheduler.last.resume


async def sending(_: Running, __: Hands, ___: World) -> Callable[[], None]:
    (job,) = [job for job in Scheduler.last.get_jobs() if job.name == "sending"]
    job.remove()
    return lambda: None


async def writer(it: Running, _: Hands, __: World) -> Callable[[], None]:
    go_on = threading.Event()
    it.house.store.vitals._engine._writer.submit(go_on.wait)
    return go_on.set


@pytest.mark.parametrize(
    ("stop", "dead"),
    [
        (polling, {"polling"}),
        (updates, {"updates"}),
        (scheduler, {"scheduler", "sending"}),
        (sending, {"sending"}),
        (writer, {"writer"}),
    ],
    ids=["polling", "updates", "scheduler", "sending", "writer"],
)
async def test_health_turns_red_for_the_part_that_was_stopped(
    stop: Callable[[Running, Hands, World], Awaitable[Callable[[], None]]],
    dead: set[str],
    world: World,
    address: str,
    tmp_path: Path,
) -> None:
    pulse, chat = Hands(), world.private_chat()
    async with asyncio.timeout(SECONDS), running(config(address, tmp_path), pulse) as it:
        pulse.now = 1000.0
        assert (await it.get("/healthz"))[0] == 503  # nobody has beaten since
        chat.say("/help")  # or a poll would take ten seconds
        await pulse.again(PARTS)
        status, said = await it.get("/healthz")
        assert (status, said["alive"], set(said["parts"])) == (200, True, PARTS)
        go_on = await stop(it, pulse, world)
        try:
            pulse.now = 2000.0
            chat.say("/help")
            await pulse.again(PARTS - dead)
            status, said = await it.get("/healthz")
        finally:
            go_on()
    assert status == 503
    assert {name for name, part in said["parts"].items() if not part["alive"]} == dead


async def test_ready_once_all_answer_and_not_when_telegram_does_not(
    world: World, faults: Faults, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with asyncio.timeout(SECONDS), running(config(address, tmp_path)) as it:
        status, said = await it.get("/readyz")
        well = {"database": "ok", "migrations": "ok", "telegram": "ok"}
        assert (status, said) == (200, {"ready": True, "checks": well})
        monkeypatch.setattr("bot.chat.reach.FRESH_SECONDS", 0.0)
        faults.planned = [Fault(reset=True, method="getMe", times=10)]
        status, said = await it.get("/readyz")
        assert status == 503
        assert said["checks"]["telegram"].startswith("unreachable")
        faults.planned = []
        world.token = "2:REVOKED"
        status, said = await it.get("/readyz")
        assert (status, said["checks"]["telegram"]) == (503, "unreachable: InvalidToken")
        world.token = "1:SANDBOX"
        assert (await it.get("/readyz"))[0] == 200
        it.hosted.readiness.end()
        assert await it.get("/readyz") == (503, {"ready": False, "checks": {}})


async def test_metrics_count_what_happened(
    world: World, faults: Faults, address: str, tmp_path: Path
) -> None:
    chat = world.private_chat()
    faults.planned = [Fault(flood(1), method="sendMessage")]
    settings = config(address, tmp_path)
    settings = settings.model_copy(
        update={"reading": settings.reading.model_copy(update={"posts": [SEEDS]})}
    )
    async with asyncio.timeout(SECONDS), running(settings) as it:
        chat.say("/help")
        await chat.answer(SECONDS)
        chat.say("/nonsense" * 3)
        await chat.answer(SECONDS)
        found = samples("")
        while (
            found["mailuo_articles_total", "new"] < 5  # reading goes on
            or found["mailuo_updates_total", "message"] < 2  # a handler ends after its answer
        ):
            await world.change(0.2)
            found = samples(await text(it))
    assert found["mailuo_updates_total", "message"] == 2
    assert found["mailuo_retry_after_total", ""] == 1
    assert found["mailuo_retry_after_seconds_total", ""] == 1
    assert found["mailuo_command_seconds_count", "help"] == 1
    assert found["mailuo_command_seconds_count", "other"] == 1
    assert found["mailuo_outbox_messages", "queued"] == 0
    assert found["mailuo_feeds", "ok"] == 0
    assert ("mailuo_digest_jobs", "waiting") not in found  # the only worker digests at once
    assert found["mailuo_database_up", ""] == 1
    assert found["mailuo_heartbeat_age_seconds", "writer"] < 60
    assert found["process_open_fds", ""] > 3
    assert found["mailuo_build_info", "0.1.0"] == 1


async def test_metrics_of_what_waits_to_be_digested() -> None:
    async def look() -> Backlog:
        return Backlog({}, None, None, {}, {"waiting": 3, "doing": 1, "failed": 0})

    metrics = Metrics(Pulse(), "1", still)
    metrics.look_at(look)
    found = samples((await metrics.text()).decode())
    states = ("waiting", "doing", "failed")
    assert [found["mailuo_digest_jobs", state] for state in states] == [3, 1, 0]


async def text(it: Running) -> str:
    answer = await it.client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return answer.text


def samples(text: str) -> dict[tuple[str, str], float]:
    """Values by name and the first label's value; a name that is not there is 0."""

    class Found(dict[tuple[str, str], float]):
        def __missing__(self, key: tuple[str, str]) -> float:
            return 0.0

    return Found(
        ((sample.name, next(iter(sample.labels.values()), "")), sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    )
