"""The command line: its contract, its exit codes, its words."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.writing import ROOT, SEEDS, post

TOKEN = "123456789:" + "A" * 35


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "mailuo.db"


def run(db: Path, *arguments: str, **env: str) -> Result:
    clean = {"TELEGRAM_BOT_TOKEN": "", "MAILUO_CONFIG": "", "MAILUO_DB": "", **env}
    return CliRunner().invoke(main, ["--db", str(db), *arguments], env=clean)


def document(db: Path, *arguments: str) -> Any:
    result = run(db, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def filled(db: Path) -> Path:
    assert run(db, "ingest", str(SEEDS)).exit_code == 0
    return db


def test_ingest_twice(db: Path) -> None:
    first = document(db, "ingest", str(SEEDS))
    assert first.pop("seconds") > 0
    assert first == {"read": 5, "new": 5, "updated": 0, "unchanged": 0, "rejected": []}
    assert document(db, "ingest", str(SEEDS))["unchanged"] == 5


def test_ingest_names_what_it_rejects(db: Path, folder: Path) -> None:
    (folder / "bad.md").write_text("no front matter", encoding="utf-8")
    result = run(db, "ingest", str(folder), "--json")
    assert result.exit_code == 2
    (rejected,) = json.loads(result.stdout)["rejected"]
    assert rejected["path"].endswith("bad.md")
    assert "no front matter" in rejected["reason"]
    (folder / "good.md").write_bytes(post("<p>一段正文。</p>"))
    assert run(db, "ingest", str(folder)).exit_code == 0
    missing = run(db, "ingest", str(folder / "nowhere"))
    assert missing.exit_code == 1
    assert "does not exist" in missing.output


def test_latest(filled: Path) -> None:
    (story,) = document(filled, "latest", "微信", "--limit", "5")["stories"]
    assert set(story) >= {"id", "title", "summary", "published_at", "outlets", "articles"}
    assert story["outlets"] == ["证券时报网", "虎嗅", "ZAKER", "cnBeta"]
    assert set(story["articles"][0]) == {"id", "path", "title", "outlet", "published_at", "url"}
    assert story["published_at"] == "2021-12-06T14:20:00Z"


def test_timeline(filled: Path) -> None:
    line = document(filled, "timeline", "微信")
    assert line["query"] == "微信"
    dates = [e["date"] for e in line["events"]]
    assert {"2010", "2013", "2020-08", "2021-02", "2021-06", "2021-07-26", "2021-09-09"} <= set(
        dates
    )
    assert dates.count("2021-11-29") == dates.count("2021-09-17") == 1
    event = next(e for e in line["events"] if e["date"] == "2021-11-29")
    assert event["granularity"] == "day"
    assert event["until"] is None
    assert len(event["sources"]) >= 3
    assert any(event["text"] in s["sentence"] for s in event["sources"])


def test_source(filled: Path) -> None:
    outlets = document(filled, "source")["outlets"]
    assert outlets[0] == {"outlet": "ZAKER", "articles": 2, "latest_at": "2021-12-01T04:47:00Z"}
    number = document(filled, "source", "虎嗅")["articles"][0]["id"]
    article = document(filled, "source", str(number))
    assert article["byline"]["author"] == "松露"
    assert article["url"].startswith("https://mp.weixin.qq.com/")
    assert run(filled, "source", "谁").exit_code == 1


def test_search(filled: Path) -> None:
    found = document(filled, "search", "冷知识")
    assert [a["outlet"] for a in found["articles"]] == ["虎嗅"]
    assert "冷知识" in found["articles"][0]["sentence"]


def test_summary_of_a_file_and_of_a_stored_article(filled: Path) -> None:
    path = str(next(iter(sorted(SEEDS.glob("*.md")))))
    by_path, by_number = document(filled, "summary", path, "1", "--sentences", "2")["summaries"]
    assert by_path["article"] is None
    assert by_number["article"] == 1
    assert by_path["line"] == by_number["line"]
    assert len(by_path["sentences"]) == 2
    assert run(filled, "summary", "999").exit_code == 1


def test_dates(db: Path) -> None:
    (found,) = document(db, "dates", "会议于9月17日召开", "--at", "2021-12-02")
    assert found == {
        "start": 3, "end": 8, "text": "9月17日", "from": "2021-09-17", "to": "2021-09-18",
        "granularity": "day", "certain": True,
    }  # fmt: skip


def test_same(db: Path, folder: Path) -> None:
    one, *others = sorted(map(str, SEEDS.glob("*.md")))
    (folder / "x.md").write_bytes(post("<p>江城银行公布三季报，净利润下降。</p>", title="三季报"))
    result = document(db, "same", one, others[0], one, str(folder / "x.md"))
    assert [r["same"] for r in result] == [True, False]
    assert "微信" in result[0]["reason"]
    assert run(db, "same", one).exit_code == 2


def test_a_roundup_is_the_same_as_nothing(db: Path, folder: Path) -> None:
    items = "".join(f"<p>{n}、{text}</p>" for n, text in enumerate(
        ["云山大桥3月1日正式通车，全长4.2公里。", "门源县凌晨发生5.9级地震，高铁停运。",
         "星河汽车发布首款轿车，起售价18.98万元。"], 1))  # fmt: skip
    (folder / "a.md").write_bytes(post(items, title="早报｜云山大桥通车"))
    (folder / "b.md").write_bytes(
        post("<p>云山大桥3月1日正式通车，全长4.2公里。</p>", title="大桥通车")
    )
    (found,) = document(db, "same", str(folder / "a.md"), str(folder / "b.md"))
    assert not found["same"]
    assert "汇总" in found["reason"]


def test_why_merged_split_and_join(filled: Path) -> None:
    why = document(filled, "why-merged", "1", "2")
    assert why["same"]
    assert why["by"] == "machine"
    assert "微信" in why["shared"]
    assert document(filled, "split", "2") == {"article": 2, "from": 1, "story": 2}
    assert document(filled, "why-merged", "1", "2")["by"] == "administrator"
    run(filled, "ingest", str(SEEDS))
    assert len(document(filled, "latest")["stories"]) == 2
    assert document(filled, "join", "2", "1")["story"] == 1
    assert "administrator" in run(filled, "why-merged", "1", "2").output
    for wrong in (["why-merged", "1", "99"], ["split", "99"], ["join", "1", "99"]):
        result = run(filled, *wrong)
        assert result.exit_code == 1
        assert "number 99" in result.output


def test_say(filled: Path) -> None:
    sent = document(filled, "say", "/latest", "--press", "1")
    assert [m["method"] for m in sent] == ["sendMessage", "answerCallbackQuery", "editMessageText"]
    assert sent[0]["parse_mode"] == "HTML"
    assert sent[0]["buttons"][0][0]["text"] == "1"
    assert "data" in sent[0]["buttons"][0][0]
    assert document(filled, "say", "大家好", "--chat", "group") == []
    assert run(filled, "say", "/latest", "--press", "没有").exit_code == 1
    assert "[1]" in run(filled, "say", "/latest").output


def test_check_finds_what_is_wrong_without_showing_the_token(db: Path) -> None:
    bare = run(db, "check")
    assert bare.exit_code == 1
    assert bare.output.startswith("bad  there is no bot token")
    assert "@BotFather" in bare.output
    nowhere = "http://127.0.0.1:9/bot"
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "MAILUO_TELEGRAM_BASE_URL": nowhere}
    result = run(db, "check", "--json", **given)
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert not said["ok"]
    assert [f["about"] for f in said["findings"] if f["level"] == "bad"] == ["telegram"]
    (database,) = (f for f in said["findings"] if f["about"] == "database")
    assert database["level"] == "ok"
    assert TOKEN not in result.output
    assert not db.exists()
    odd = run(db, "check", TELEGRAM_BOT_TOKEN="secret-but-wrong", MAILUO_POSTS="/no/such/folder")
    assert odd.exit_code == 1
    assert "secret-but-wrong" not in odd.output
    assert "/no/such/folder does not exist" in odd.output


def test_say_keeps_pictures(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    (sent,) = document(filled, "say", "/timeline 微信 图", "--pictures", str(folder))
    assert (sent["method"], sent["photo"]["width"]) == ("sendPhoto", 800)
    assert sent["caption"].startswith("时间线：微信")
    assert Path(sent["photo"]["path"]).read_bytes().startswith(b"\x89PNG")
    assert list(folder.iterdir()) == [Path(sent["photo"]["path"])]
    assert "[800 × " in run(filled, "say", "/timeline 微信 图").output


def test_run_without_a_token_says_how_to_get_one(db: Path) -> None:
    result = run(db, "run")
    assert result.exit_code == 1
    assert "@BotFather" in result.output
    assert "make demo" in result.output


def test_wrong_settings_are_one_sentence(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("[stor]\n", encoding="utf-8")
    result = run(db, "--config", str(path), "latest")
    assert result.exit_code == 1
    assert "did you mean store" in result.output
    assert "Traceback" not in result.output


def test_a_taken_port_is_one_sentence(db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(db, "demo", "--port", str(port))
    assert result.exit_code == 1
    assert f"port {port} is taken" in result.output


def test_every_command_explains_itself() -> None:
    for name in main.commands:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert len(result.output.splitlines()) > 3
    assert (ROOT / "bot/__main__.py").exists()


def test_stats(filled: Path) -> None:
    found = document(filled, "stats")
    assert (found["articles"], found["days"][0]["articles"]) == (5, 5)
    assert found["database"]["bytes"] > 0
    shown = run(filled, "stats")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("5 articles of 4 outlets")
    assert "outbox: empty" in shown.stdout


def test_what_readers_think_is_counted_for_the_operator(filled: Path) -> None:
    assert document(filled, "feedback") == {
        "votes": 0,
        "outlets": [],
        "methods": [],
        "disliked": [],
    }
    assert "nobody" in run(filled, "feedback").stdout
    assert run(filled, "say", "/latest", "--press", "1", "--press", "👎").exit_code == 0
    told = document(filled, "feedback")
    assert told["votes"] == 1
    assert [(d["up"], d["down"]) for d in told["disliked"]] == [(0, 1)]
    assert f"story {told['disliked'][0]['story']}" in run(filled, "feedback").stdout


def test_blocking_and_unblocking(filled: Path) -> None:
    outlet = document(filled, "source")["outlets"][0]["outlet"]
    blocked = document(filled, "block", "source", outlet)
    assert blocked["blocked"]["articles"] > 0
    assert outlet not in json.dumps(document(filled, "latest"), ensure_ascii=False)
    assert document(filled, "blocks")["blocks"][0]["value"] == outlet
    assert document(filled, "block", "domain", "https://www.Example.com/x")["blocked"]["value"] == (
        "example.com"
    )
    assert run(filled, "block", "domain", "不是").exit_code == 2
    assert document(filled, "unblock", "source", outlet)["unblocked"]["value"] == outlet
    assert run(filled, "unblock", "source", outlet).exit_code == 1
    assert outlet in json.dumps(document(filled, "latest"), ensure_ascii=False)


def test_what_is_missing_is_called_by_its_reason(db: Path, filled: Path) -> None:
    assert "nothing found" in run(filled, "latest", "阿拉斯加").stdout
    for outlet in document(filled, "source")["outlets"]:
        run(filled, "block", "source", outlet["outlet"])
    assert document(filled, "latest")["stories"] == []
    assert "all that is stored is blocked" in run(filled, "latest").stdout
    assert "nothing is stored yet" in run(db.parent / "new.db", "latest").stdout


def test_reports(filled: Path) -> None:
    assert document(filled, "reports") == {"closed": [], "reports": []}
    assert run(filled, "reports", "--close", "3").exit_code == 1
    assert "no report is open" in run(filled, "reports").stdout
