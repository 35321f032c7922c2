"""What is kept, counted."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import app
from bot.app import House
from bot.config import Config
from bot.flow.statistics import statistics
from bot.model.delivery import ChatSettings, Message, Place
from bot.model.feeds import Feed, FeedState
from tests.conftest import still
from tests.writing import NOW, SHANGHAI, article


@pytest.fixture
async def house(config: Config) -> AsyncIterator[House]:
    async with app.opened(config, still) as opened:
        yield opened


async def test_of_nothing(house: House) -> None:
    found = await statistics(house.store, SHANGHAI, NOW)
    assert (found["articles"], found["outlets"], found["stories"], found["events"]) == (0, 0, 0, 0)
    assert found["oldest_at"] is None
    assert [day["articles"] for day in found["days"]] == [0] * 7
    assert found["days"][0]["day"] == "2021-12-07"
    assert set(found["outbox"].values()) == {0}


async def test_of_articles(house: House) -> None:
    at = NOW - timedelta(days=400)
    await house.ingest.articles(
        [
            article("12月1日，新桥通车。", title="新桥通车", outlet="晨报"),
            article("机场关闭三天。", title="机场关闭", outlet="晨报", at=at),
            article("某队夺冠。", title="某队夺冠", outlet="Evening"),
            article("又一队夺冠。", title="降雨", outlet="evening"),
        ]
    )
    found = await statistics(house.store, SHANGHAI, NOW)
    assert found["articles"] == 4
    assert found["outlets"] == len({"晨报", "evening"})  # letters of any size, as when asked for
    assert found["events"] == 1
    assert found["stories"] >= 3
    assert found["oldest_at"] == "2020-11-02T04:00:00Z"
    assert found["newest_at"] == "2021-12-02T01:00:00Z"
    assert found["read_at"] == "2021-12-07T04:00:00Z"
    assert found["days"][0] == {"day": "2021-12-07", "articles": 4, "events": 1}
    assert found["without_text"] == 0
    database = found["database"]
    assert database["about"]["digests"] > 0
    assert sum(database["about"].values()) + database["free"] == database["bytes"]


async def test_days_are_days_of_the_zone(house: House) -> None:
    await house.ingest.article(article("消息。"))  # at noon in Shanghai
    late = await statistics(house.store, SHANGHAI, NOW + timedelta(hours=11, minutes=59))
    assert late["days"][0]["articles"] == 1
    next_day = await statistics(house.store, SHANGHAI, NOW + timedelta(hours=12))
    assert [day["articles"] for day in next_day["days"]] == [0, 1, 0, 0, 0, 0, 0]


async def test_of_feeds(house: House) -> None:
    feeds, hour = house.store.feeds, timedelta(hours=1)
    states = [
        FeedState(next_at=NOW + hour, polled_at=NOW),
        FeedState(next_at=NOW - hour, polled_at=NOW - hour),
        FeedState(next_at=NOW + hour, failures=2, error="HTTP 500", failing_since=NOW - hour),
        FeedState(gone=True, failing_since=NOW - hour),
    ]
    for number in range(len(states)):
        await feeds.add(Feed(f"http://f.cn/{number}", f"http://f.cn/{number}"), NOW)
    listed = await feeds.listed()
    await feeds.settle([replace(f, state=s) for f, s in zip(listed, states, strict=True)])
    found = (await statistics(house.store, SHANGHAI, NOW))["feeds"]
    assert found == {
        "all": 4, "due": 1, "failing": 1, "gone": 1, "polled_at": "2021-12-07T04:00:00Z",
    }  # fmt: skip


async def test_of_readers_and_messages(house: House) -> None:
    settings = ChatSettings(7, "private", "甲", "Asia/Shanghai", "zh")
    await house.store.chats.put(settings, NOW)
    await house.store.outbox.notice(Place(7), Message("一条消息"), NOW)
    found = await statistics(house.store, SHANGHAI, NOW)
    assert found["readers"]["chats"] == {"private": 1}
    assert found["outbox"]["queued"] == 1
