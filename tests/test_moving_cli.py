"""Backup, restore and the list of chats on the command line: what is printed, and exit codes."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.frame import stoppable
from bot.errors import MailuoError
from tests.writing import SEEDS


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Five articles, and a person who subscribed."""
    path = tmp_path / "mailuo.db"
    assert run(path, "ingest", str(SEEDS)).exit_code == 0
    assert run(path, "say", "/subscribe 即时").exit_code == 0
    return path


def run(db: Path, *arguments: str) -> Result:
    clean = {"TELEGRAM_BOT_TOKEN": "", "MAILUO_CONFIG": "", "MAILUO_DB": ""}
    return CliRunner().invoke(main, ["--db", str(db), *arguments], env=clean)


def document(db: Path, *arguments: str) -> Any:
    result = run(db, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_there_and_back(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    made = document(db, "backup", str(file))
    assert made == {
        "file": str(file), "bytes": file.stat().st_size, "articles": 5, "chats": 1,
        "subscriptions": 1, "waiting": 0, "deleted": [],
    }  # fmt: skip
    again = run(db, "backup", str(file))
    assert (again.exit_code, "--force" in again.stderr, again.stdout) == (1, True, "")
    assert run(db, "backup", str(file), "--force").exit_code == 0
    done = document(db, "restore", str(file))
    assert done["database"] == str(db)
    assert done["made_at"].endswith("Z")
    assert (done["articles"], done["chats"], done["subscriptions"]) == (5, 1, 1)
    assert Path(done["kept"]).exists()
    assert len(document(db, "latest")["stories"]) == 1


def test_dated_backups_in_a_folder(db: Path, folder: Path) -> None:
    old = folder / "mailuo-20200101T000000Z.db"
    old.touch()
    made = document(db, "backup", str(folder), "--keep", "1")
    assert made["deleted"] == [str(old)]
    assert [str(path) for path in folder.iterdir()] == [made["file"]]
    assert run(db, "backup", str(folder / "x.db"), "--keep", "1").exit_code == 2
    assert run(db, "backup", str(folder), "--keep", "0").exit_code == 2


def test_restoring_says_what_it_means_for_delivery(db: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "copy.db")
    run(db, "backup", file)
    later = run(db, "restore", file, "--sent-until", "now")
    assert "counts as sent: 1 subscriptions go on" in later.stdout
    assert "is kept as" in later.stdout
    db.unlink()
    none = run(db, "restore", file, "--sent-until", "backup")
    assert "nothing counts as sent after the backup" in none.stdout
    assert run(db, "restore", file, "--sent-until", "gestern").exit_code == 2
    assert run(db, "restore", file, "--sent-until", "2021-12-01T03:00").exit_code == 0
    missing = run(db, "restore", str(tmp_path / "nowhere.db"))
    assert (missing.exit_code, "no file" in missing.stderr) == (1, True)


def test_backup_of_nothing_makes_nothing(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere.db", "backup", str(tmp_path / "copy.db"))
    assert (result.exit_code, "no database" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_chats(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "chats.jsonl"
    assert run(db, "chats", "export", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert run(db, "chats", "export", str(file)).exit_code == 1
    shown = run(db, "chats", "export", "-").stdout.splitlines()
    assert shown[1:] == file.read_text(encoding="utf-8").splitlines()[1:]
    other = tmp_path / "other.db"
    said = run(other, "chats", "import", str(file)).stdout
    assert "1 chats with 1 subscriptions read: 1 and 1 are new here" in said
    assert "/start" in said
    assert document(other, "chats", "import", str(file)) == {
        "chats": 1, "subscriptions": 1, "new_chats": 0, "new_subscriptions": 0,
        "unknown_stories": 0, "must_press_start": 1, "must_add_the_bot": [],
    }  # fmt: skip
    file.write_text("{}", encoding="utf-8")
    wrong = run(other, "chats", "import", str(file))
    assert (wrong.exit_code, "line 1" in wrong.stderr) == (1, True)


def test_work_that_blocks_can_be_stopped() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as look:
        look()
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(MailuoError, match="nothing was changed"):
            look()
    assert signal.getsignal(signal.SIGINT) is before
