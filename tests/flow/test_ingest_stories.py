"""From posts to stories: arrival in any order, reprints, round-ups, an administrator's word."""

import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from bot import app
from bot.app import House
from bot.config import Config, StoreSettings
from bot.errors import ReadError
from bot.model import Article, Block, BlockKind
from bot.render import sources
from bot.render.actions import Action, Screen
from bot.sources.posts import find_posts, read_post
from bot.store import sketches
from tests.writing import NOW, READER, SEEDS, article

DAY = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
BRIDGE = article(
    "3月1日上午，云山大桥正式通车，全长4.2公里，双向六车道，总投资58亿元，连接云山新区与老城。",
    "市交通局局长周伟介绍，大桥通车后，两岸通行时间由四十分钟缩短到八分钟，首月免收通行费。",
    title="云山大桥今日通车",
    outlet="晨报",
    at=DAY,
)
BRIDGE_TOO = article(
    "云山大桥3月1日通车，全长4.2公里，投资58亿元，过江只要八分钟。",
    title="云山大桥通车了",
    outlet="晚报",
    at=DAY + timedelta(hours=9),
)
QUAKE = article(
    "3月1日凌晨，门源县发生5.9级地震，震源深度10千米，兰新高铁临时停运。",
    title="门源5.9级地震",
    at=DAY,
)
ROUNDUP = replace(
    article(title="早报｜要闻速递", outlet="早知道", at=DAY + timedelta(hours=23)),
    blocks=tuple(
        Block(BlockKind.TEXT, text)
        for text in (
            "1、云山大桥3月1日通车，全长4.2公里，总投资58亿元。",
            "2、门源县3月1日凌晨发生5.9级地震，兰新高铁停运。",
            "3、星河汽车发布首款轿车E5，起售价18.98万元。",
        )
    ),
)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[House]:
    config = Config(store=StoreSettings(path=folder / "a.db"))
    async with app.opened(config, lambda: NOW) as house:
        yield house


async def stories_of(house: House) -> list[list[str]]:
    views = await house.lookup.latest("", 20)
    return sorted(sorted(a.article.outlet for a in view.story.articles) for view in views)


@pytest.mark.parametrize("which", ["seeds", "originals"])
async def test_five_reports_are_one_story_in_any_order_of_arrival(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = SEEDS if which == "seeds" else request.getfixturevalue("shared") / "seeds"
    articles = [read_post(path) for path in find_posts([folder])]
    for n, order in enumerate(random.Random(5).sample(list(permutations(articles)), 8)):
        (tmp_path / str(n)).mkdir()
        async with opened(tmp_path / str(n)) as house:
            for one in order:
                await house.ingest.article(one)
            assert len(await stories_of(house)) == 1


async def test_a_reprint_is_folded_and_no_independent_source(tmp_path: Path) -> None:
    copy = replace(BRIDGE, key="copy", outlet="门户", title="八分钟过江")
    async with opened(tmp_path) as house:
        for one in (BRIDGE, copy, BRIDGE_TOO):
            await house.ingest.article(one)
        (view,) = await house.lookup.latest("", 5)
    assert [s.article.article.outlet for s in view.sources] == ["晚报", "晨报"]
    shown = sources.sources(view, Action(Screen.SOURCES, 1), READER).text
    assert "门户 转载" in shown
    assert "八分钟过江" not in shown


@pytest.mark.parametrize("order", [(BRIDGE, QUAKE, ROUNDUP), (ROUNDUP, BRIDGE, QUAKE)])
async def test_a_roundup_is_a_source_of_its_stories_and_glues_none(
    order: tuple[Article, ...], tmp_path: Path
) -> None:
    async with opened(tmp_path) as house:
        for one in order:
            await house.ingest.article(one)
        views = {v.title: v for v in await house.lookup.latest("", 5)}
    assert len(views) == 3
    assert [m.sentence.text for m in views["云山大桥今日通车"].story.mentions] == [
        "云山大桥3月1日通车，全长4.2公里，总投资58亿元。"
    ]
    assert "门源县" in views["门源5.9级地震"].story.mentions[0].sentence.text
    assert views["早报｜要闻速递"].story.mentions == ()
    shown = sources.sources(views["门源5.9级地震"], Action(Screen.SOURCES, 1), READER).text
    assert "要闻汇总中的一条：门源县3月1日凌晨发生 5.9 级地震" in shown


async def test_what_an_administrator_splits_stays_split(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for one in (BRIDGE, BRIDGE_TOO):
            await house.ingest.article(one)
        assert await stories_of(house) == [["晚报", "晨报"]]
        assert await house.arrangement.split(2) == {"article": 2, "from": 1, "story": 2}
        await house.ingest.article(BRIDGE_TOO)
        await house.ingest.article(replace(BRIDGE_TOO, content_hash="revised"))
        again = replace(BRIDGE, key="more", outlet="日报", title="云山大桥3月1日正式通车")
        await house.ingest.article(again)
        assert len(await stories_of(house)) == 2
        why = await house.arrangement.why_merged(1, 2)
    assert (why["same"], why["by"], why["stories"]) == (False, "administrator", [1, 2])
    assert why["articles"][1]["reason"] == "管理员将它单独列出"


async def test_what_an_administrator_joins_stays_joined(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for one in (BRIDGE, QUAKE):
            await house.ingest.article(one)
        assert await house.arrangement.join(2, 1) == {"article": 2, "from": 2, "story": 1}
        await house.ingest.article(replace(QUAKE, content_hash="revised"))
        assert len(await stories_of(house)) == 1
        old = await house.lookup.story(2)  # an old button
        assert old is not None
        assert old.story.id == 1
        assert await house.lookup.count_stories("") == 1
        with pytest.raises(ReadError, match="no story number 9"):
            await house.arrangement.join(1, 9)
        with pytest.raises(ReadError, match="no article number 9"):
            await house.arrangement.split(9)


async def test_reasons_are_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for one in (BRIDGE, BRIDGE_TOO):
            await house.ingest.article(one)
        why = await house.arrangement.why_merged(2, 1)
    assert why["same"]
    assert why["by"] == "machine"
    assert why["score"] >= 0.5
    assert "大桥" in why["shared"]
    assert why["articles"][0]["with"] == 1
    assert why["articles"][0]["reason"].startswith("共同：")


async def test_an_article_that_joins_two_stories_merges_them(tmp_path: Path) -> None:
    between = replace(BRIDGE, key="x", outlet="日报", title="云山大桥正式通车，全长4.2公里")
    async with opened(tmp_path) as house:
        await house.ingest.article(BRIDGE)
        await house.ingest.article(BRIDGE_TOO)
        raw = sqlite3.connect(tmp_path / "a.db")
        raw.execute("INSERT INTO stories (id) VALUES (2)")
        raw.execute("UPDATE all_articles SET story_id = 2 WHERE id = 2")
        raw.execute("UPDATE sketches SET story_id = 2 WHERE article_id = 2")
        raw.commit()
        raw.close()
        assert len(await stories_of(house)) == 2
        await house.ingest.article(between)
        assert await stories_of(house) == [["日报", "晚报", "晨报"]]
        assert await house.lookup.count_stories("") == 1


async def test_digests_of_an_older_version_are_made_anew(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await house.ingest.article(BRIDGE)
    raw = sqlite3.connect(tmp_path / "a.db")
    raw.execute("UPDATE all_articles SET digest_version = 1, digest = '{\"line\": null}'")
    raw.execute("DELETE FROM keywords")
    raw.execute("DELETE FROM newest")
    raw.execute("DELETE FROM sketches")
    raw.commit()
    raw.close()
    async with opened(tmp_path) as house:
        assert await house.ingest.article(BRIDGE) == "unchanged"
        kept = await house.lookup.article(1)
        assert kept is not None
        assert kept.digest.line is not None
        assert kept.revision == 1
        await house.ingest.article(BRIDGE_TOO)
        assert len(await stories_of(house)) == 1


async def test_a_large_story_is_compared_with_a_few_of_its_articles(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for n in range(12):
            await house.ingest.article(replace(BRIDGE, key=str(n), outlet=f"媒体{n}"))
        words = ("大桥", "云山", "通车", "通行费")
        found = await house.store.stories.candidates(words, None, None)
    assert 1 <= len(found) <= sketches._PER_STORY
    assert {c.story_id for c in found} == {1}
