"""When a file is whole: time and files under the test's control, nothing waits."""

import os
from pathlib import Path

import pytest

from bot.sources.settling import PATIENCE_SECONDS, STILL_SECONDS, Settling, at_rest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.md"
    made.write_text("half")
    return made


def test_a_file_is_given_once_when_it_stood_still(path: Path) -> None:
    settling = Settling()
    settling.changed([path], 10.0)
    assert settling.whole(10.0 + STILL_SECONDS / 2) == []
    assert settling.whole(10.0 + STILL_SECONDS) == [path]
    assert settling.whole(99.0) == []


def test_a_file_that_grows_is_waited_for(path: Path) -> None:
    settling = Settling()
    settling.changed([path], 10.0)
    path.write_text("half and whole")
    assert settling.whole(11.0) == []  # it grew since
    assert settling.whole(11.5) == []
    assert settling.whole(12.0) == [path]


def test_a_change_that_keeps_the_size_is_seen_by_its_time(path: Path) -> None:
    settling = Settling()
    settling.changed([path], 10.0)
    os.utime(path, ns=(1, 1))
    assert settling.whole(11.0) == []
    assert settling.whole(12.0) == [path]


def test_more_changes_while_it_waits_do_not_make_it_wait_longer(path: Path) -> None:
    """Only what stands in the file does; a chmod tells of changes and changes nothing."""
    settling = Settling()
    settling.changed([path], 10.0)
    settling.changed([path], 10.9)
    assert settling.whole(11.0) == [path]


def test_what_is_deleted_is_forgotten(path: Path) -> None:
    settling = Settling()
    settling.changed([path, path.with_name("never.md")], 10.0)
    path.unlink()
    assert settling.whole(99.0) == []
    path.write_text("back")
    assert settling.whole(199.0) == []


def test_what_does_not_parse_is_given_again_later_each_time_and_then_given_up(path: Path) -> None:
    settling, now, waits = Settling(), 1.0, []
    settling.changed([path], 0.0)
    assert settling.whole(now) == [path]
    while settling.again(path, now):
        began = now
        while not settling.whole(now):
            now += 0.5
        waits.append(now - began)
    assert waits == [2, 4, 8, 16]
    assert sum(waits) >= PATIENCE_SECONDS
    settling.changed([path], now)  # somebody mended it
    assert settling.whole(now + STILL_SECONDS) == [path]
    assert settling.again(path, now)


def test_many_are_given_in_lots(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.md" for n in range(120)]
    for path in paths:
        path.write_text("x")
    settling = Settling()
    settling.changed(paths, 0.0)
    lots = [settling.whole(5.0) for _ in range(4)]
    assert [len(lot) for lot in lots] == [50, 50, 20, 0]
    assert [path for lot in lots for path in lot] == paths


def test_at_rest(path: Path) -> None:
    os.utime(path, (100, 100))
    assert not at_rest(path, 100.5)
    assert not at_rest(path, 99.5)  # a clock that is a little late
    assert at_rest(path, 100 + STILL_SECONDS)
    assert at_rest(path, 0.0)  # a clock that is wrong
    assert at_rest(path.with_name("none.md"), 0.0)
