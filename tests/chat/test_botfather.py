"""What `check` asks of Telegram."""

import pytest

from bot import checking
from bot.config import Config, Telegram
from bot.sandbox import World, create_app, serve
from tests.conftest import still

TOKEN = "123456789:" + "A" * 35


@pytest.mark.parametrize(
    ("on", "token", "said"),
    [(True, TOKEN, "inline mode is on"), (False, TOKEN, "/setinline"), (True, "another", "")],
)
async def test_check_tells_whether_inline_mode_is_on(
    config: Config, on: bool, token: str, said: str
) -> None:
    world = World(still, token=token)
    world.inline_mode = on
    async with serve(world, create_app(world)) as address:
        telegram = Telegram.model_validate({"token": TOKEN, "base_url": f"{address}/bot"})
        found = await checking.check(config.model_copy(update={"telegram": telegram}))
    assert all(finding.good for finding in found)
    about = [finding.text for finding in found if "inline" in finding.text]
    assert [said in text for text in about] == ([True] if said else [])
