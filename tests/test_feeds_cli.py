"""`mailuo feeds`: what an operator types, against a web in a thread of its own."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.flow.web import Site, Web, feed, serving_web
from tests.sources.servers import answering

PAGE = Site(
    answering(body=b"<html><link rel='alternate' type='application/rss+xml' href='/a'></html>")
)


@pytest.fixture
def pages() -> dict[str, Site]:
    return {"/": PAGE, "/a": feed("大桥通车", "粮价公布"), "/500": Site(answering("500 Oops"))}


@pytest.fixture
def web(pages: dict[str, Site]) -> Iterator[Web]:
    """The pages, served while the test runs commands that have event loops of their own."""
    started: list[Web] = []
    ready, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        async with serving_web(pages) as served:
            started.append(served)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    yield started[0]
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "mailuo.db"


def run(db: Path, web: Web, *arguments: str, **env: str) -> Result:
    clean = {"TELEGRAM_BOT_TOKEN": "", "MAILUO_CONFIG": "", "MAILUO_DB": "", **env}
    clean["MAILUO_ALLOWED_HOSTS"] = ",".join(web.hosts)
    return CliRunner().invoke(main, ["--db", str(db), "feeds", *arguments], env=clean)


def document(db: Path, web: Web, *arguments: str, code: int = 0) -> Any:
    result = run(db, web, *arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_the_life_of_a_feed(db: Path, web: Web) -> None:
    added = document(db, web, "add", web.at("/"), "--outlet", "晨报社")
    assert added["added"] == web.at("/a")
    assert added["new"]
    assert document(db, web, "add", web.at("/a"))["new"] is False
    (new,) = document(db, web, "list")["feeds"]
    assert (new["stands"], new["outlet"], new["zone"]) == ("new", "晨报社", "Asia/Shanghai")
    polled = document(db, web, "poll")
    assert polled == {
        "asked": 1,
        "failed": 0,
        "new": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": [],
    }
    (well,) = document(db, web, "list")["feeds"]
    assert (well["stands"], well["title"]) == ("well", "晨报")
    assert b"User-Agent: Mailuo/" in web.asked[-1]
    assert document(db, web, "remove", str(well["id"])) == {"removed": web.at("/a")}
    assert "no feed is read yet" in run(db, web, "list").output
    missing = run(db, web, "remove", "http://nowhere.cn")
    assert missing.exit_code == 1
    assert "mailuo feeds list shows" in missing.output


def test_what_fails_is_named_with_its_reason(db: Path, web: Web) -> None:
    assert "HTTP 500" in run(db, web, "add", web.at("/500")).output
    config = db.parent / "config.toml"
    config.write_text(f'[[feeds]]\nurl = "{web.at("/500")}"\noutlet = "坏报"\n', encoding="utf-8")
    polled = run(db, web, "poll", MAILUO_CONFIG=str(config))
    assert polled.exit_code == 1
    assert "1 asked, 1 failed" in polled.output
    listed = run(db, web, "list", MAILUO_CONFIG=str(config)).output
    assert "坏报" in listed
    assert "HTTP 500" in listed
    assert "next 20" in listed
    assert " UTC" in listed
    assert "no feed is due" in run(db, web, "poll", MAILUO_CONFIG=str(config)).output


def test_feeds_of_the_settings_are_read_and_stay(db: Path, web: Web, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[[feeds]]\nurl = "{web.at("/a")}"\n', encoding="utf-8")
    assert run(db, web, "poll", MAILUO_CONFIG=str(config)).exit_code == 0
    config.write_text(
        f'[[feeds]]\nurl = "{web.at("/a")}"\noutlet = "晚报"\nfull_text = true\n', encoding="utf-8"
    )
    listed = run(db, web, "list", "--json", MAILUO_CONFIG=str(config))
    (kept,) = json.loads(listed.stdout)["feeds"]
    assert (kept["outlet"], kept["full_text"], kept["stands"]) == ("晚报", True, "well")
    assert len(document(db, web, "list")["feeds"]) == 1  # also when the settings drop it


def test_check_says_what_a_feed_holds_and_stores_nothing(
    db: Path, web: Web, pages: dict[str, Site]
) -> None:
    pages["/robots.txt"] = Site(answering(body=b"User-agent: *\nDisallow: /"))
    looked = document(db, web, "check", web.at("/a"), web.at("/500"), code=1)["feeds"]
    assert (looked[0]["ok"], looked[0]["title"], looked[0]["entries"]) == (True, "晨报", 2)
    assert looked[0]["newest"] == "2021-12-02T01:00:00Z"
    assert (looked[0]["conditional"], looked[0]["next_minutes"]) == (True, 30)
    assert looked[1] == {"url": web.at("/500"), "ok": False, "error": "HTTP 500"}
    assert looked[0]["robots"] is None  # its entries lie elsewhere, where no robots.txt was had
    assert document(db, web, "list")["feeds"] == []
    said = run(db, web, "check", web.at("/a")).output
    assert "晨报: 2 entries, 2021-12-02 01:00 UTC\n" in said
    refused = run(db, web, "check", "http://169.254.169.254/latest").output
    assert "local network" in refused
    assert "allowed_hosts" not in refused
    assert "allowed_hosts" in run(db, web, "check", "http://127.0.0.1/").output


def test_a_feed_that_moved_is_added_once(db: Path, web: Web, pages: dict[str, Site]) -> None:
    pages["/old"] = Site(answering("301 Moved", location="/a"))
    assert document(db, web, "add", web.at("/old"))["added"] == web.at("/a")
    assert document(db, web, "add", web.at("/a"))["new"] is False


def test_check_finds_the_feeds_of_a_site_as_add_does(db: Path, web: Web) -> None:
    (found,) = document(db, web, "check", web.at("/"))["feeds"]
    assert (found["ok"], found["url"], found["entries"]) == (True, web.at("/a"), 2)
    (bad,) = document(db, web, "check", web.at("/500"), code=1)["feeds"]
    assert bad["error"] == "HTTP 500"


def test_a_feed_that_became_a_page_is_bad(db: Path, web: Web, pages: dict[str, Site]) -> None:
    document(db, web, "add", web.at("/a"))
    pages["/a"] = PAGE
    for asked in ([], ["1"], [web.at("/a")]):
        (bad,) = document(db, web, "check", *asked, code=1)["feeds"]
        assert not bad["ok"]
    assert "no feed 7 is read" in run(db, web, "check", "7").output


def test_check_says_how_long_a_feed_asks_to_be_left_alone(
    db: Path, web: Web, pages: dict[str, Site]
) -> None:
    body = b"<rss version='2.0'><channel><title>T</title><ttl>120</ttl></channel></rss>"
    pages["/slow"] = Site(answering(body=body))
    assert document(db, web, "check", web.at("/slow"))["feeds"][0]["next_minutes"] == 120


def test_check_says_why_pages_cannot_be_read(db: Path, web: Web, pages: dict[str, Site]) -> None:
    """Pages are read at public addresses only; that is not robots.txt's doing."""
    within = feed("大桥通车", link=web.at("/1.html"))
    pages["/own"] = within
    (looked,) = document(db, web, "check", web.at("/own"))["feeds"]
    assert looked["robots"] is None
    said = run(db, web, "check", web.at("/own")).output
    assert "no full text from its pages" in said
    assert "it is this machine" in said
    assert "forbids" not in said


def test_a_known_feed_takes_what_is_given_with_it_and_keeps_the_rest(db: Path, web: Web) -> None:
    document(db, web, "add", web.at("/a"), "--outlet", "晨报社")
    again = run(db, web, "add", web.at("/a"), "--zone", "Asia/Tokyo")
    assert "is read already; what you gave with it holds from now on" in again.output
    assert run(db, web, "add", web.at("/a")).output.endswith("is read already\n")
    (one,) = document(db, web, "list")["feeds"]
    assert (one["outlet"], one["zone"]) == ("晨报社", "Asia/Tokyo")


def test_one_is_not_many(db: Path, web: Web, pages: dict[str, Site], tmp_path: Path) -> None:
    pages["/one"] = feed("大桥通车")
    assert "晨报: 1 entry, " in run(db, web, "check", web.at("/one")).output
    document(db, web, "add", web.at("/one"))
    assert "1 feed written" in run(db, web, "export", str(tmp_path / "a.opml")).output
    assert "1 feed: 0 new, 1 known" in run(db, web, "import", str(tmp_path / "a.opml")).output


def test_lists_are_exchanged(db: Path, web: Web, tmp_path: Path) -> None:
    document(db, web, "add", web.at("/a"))
    document(db, web, "poll")
    assert document(db, web, "export", str(tmp_path / "a.opml"))["feeds"][0]["title"] == "晨报"
    printed = run(db, web, "export")
    assert 'xmlUrl="' + web.at("/a") in printed.output
    other = tmp_path / "other.db"
    first = document(other, web, "import", str(tmp_path / "a.opml"))
    assert first == {"feeds": 1, "new": 1, "known": 0, "refused": []}
    assert "1. 晨报\n" in run(other, web, "list").output  # before it is read here
    assert document(other, web, "import", str(tmp_path / "a.opml"))["new"] == 0
    mixed = tmp_path / "mixed.opml"
    mixed.write_text('<opml><outline xmlUrl="ftp://a.cn"/><outline xmlUrl="http://a.cn"/></opml>')
    assert "not an address of a feed: ftp://a.cn" in run(other, web, "import", str(mixed)).output
    bad = tmp_path / "bad.opml"
    bad.write_text("<opml/>", encoding="utf-8")
    assert "no feed in it" in run(db, web, "import", str(bad)).output
    assert "cannot be read" in run(db, web, "import", str(tmp_path / "none")).output


def test_a_zone_that_is_none_is_wrong_usage(db: Path, web: Web) -> None:
    assert run(db, web, "add", web.at("/a"), "--zone", "Mars").exit_code == 2
