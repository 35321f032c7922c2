"""Folders under watch, on the real file system; when a file is whole is the test's to say."""

import asyncio
import errno
import os
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.sources import watch as watching
from bot.sources.watch import Changes, Watch, remote

LOOKS = 60  # until a test gives up; each waits for half a second at most


class Clock:
    """Stands still until told, or runs a minute ahead each time it is asked."""

    def __init__(self, *, runs: bool = True) -> None:
        self.now = 0.0
        self.runs = runs

    def __call__(self) -> float:
        self.now += 60.0 * self.runs
        return self.now


@pytest.fixture(params=[False, True], ids=["told", "polling"])
def poll(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.1)
    return bool(request.param)


@pytest.fixture
def watch(folder: Path, poll: bool) -> Iterator[Watch]:
    """A watch that is in place; whatever changes is whole at once."""
    made = Watch([folder], poll=poll, tick=Clock())
    assert made.look() == []
    yield made
    made.stop()


def change(path: Path, text: str) -> None:
    """Write a file again, seconds after; polling knows files by the second."""
    later = path.stat().st_mtime + 5
    path.write_text(text)
    os.utime(path, (later, later))


def until(watch: Watch, *names: str) -> list[str]:
    """The names of all that is given until these have come."""
    given: list[str] = []
    for _ in range(LOOKS):
        given += [path.name for path in watch.look()]
        if set(names) <= set(given):
            return given
    raise AssertionError(f"{names} did not come, but {given}")


def test_a_new_post_and_a_changed_one(watch: Watch, folder: Path) -> None:
    (folder / "a.md").write_text("one")
    until(watch, "a.md")
    change(folder / "a.md", "another")
    until(watch, "a.md")


def test_a_file_written_in_two_halves_is_given_once_and_whole(folder: Path, poll: bool) -> None:
    clock = Clock(runs=False)
    watch = Watch([folder], poll=poll, tick=clock)
    watch.look()
    with (folder / "a.md").open("w") as file:
        file.write("the first half")
        file.flush()
        assert [watch.look() for _ in range(3)] == [[], [], []]  # the change was seen by now
        clock.now = 0.9
        assert watch.look() == []
        file.write(" and the second")
    clock.now = 1.5
    assert watch.look() == []  # it had grown
    clock.now = 9.0
    assert watch.look() == [folder / "a.md"]
    assert [watch.look() for _ in range(2)] == [[], []]
    watch.stop()


def test_a_file_that_is_renamed_into_place(watch: Watch, folder: Path) -> None:
    hidden = folder / ".a.md.tmp"
    hidden.write_text("whole")
    hidden.rename(folder / "a.md")
    assert until(watch, "a.md") == ["a.md"]
    hidden.write_text("another")
    change(hidden, "another")
    hidden.replace(folder / "a.md")
    until(watch, "a.md")


def test_temporary_names_are_left(watch: Watch, folder: Path) -> None:
    (folder / ".git").mkdir()
    for name in (".a.md", "a.md~", "a.md.swp", ".a.md.swp", "a.md.tmp", "4913", ".git/b.md"):
        (folder / name).write_text("not yet")
    (folder / "z.md").write_text("a post")
    assert set(until(watch, "z.md")) == {"z.md"}


def test_a_folder_that_is_made_later(watch: Watch, folder: Path) -> None:
    deep = folder / "2021" / "12"
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("written at once")
    until(watch, "a.md")
    (deep / "b.md").write_text("written later")
    until(watch, "b.md")


def test_a_folder_that_is_moved_in_with_posts_in_it(watch: Watch, folder: Path) -> None:
    outside = folder.with_name("outside")
    outside.mkdir()
    (outside / "a.md").write_text("whole")
    outside.rename(folder / "inside")
    until(watch, "a.md")


def test_a_root_that_comes_later_and_one_that_is_made_anew(tmp_path: Path, poll: bool) -> None:
    root = tmp_path / "later"
    watch = Watch([root], poll=poll, tick=Clock())
    assert watch.look() == []
    root.mkdir()
    (root / "a.md").write_text("it came with the folder")
    until(watch, "a.md")
    root.rename(tmp_path / "old")
    root.mkdir()
    (root / "b.md").write_text("in a folder of the same name")
    until(watch, "b.md")
    (root / "c.md").write_text("later")
    until(watch, "c.md")
    watch.stop()


@pytest.mark.parametrize("written", ["posts", "../here/posts", "posts/"])
def test_a_root_that_is_written_from_where_the_worker_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, poll: bool, written: str
) -> None:
    (tmp_path / "here" / "posts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    watch = Watch([Path(written)], poll=poll, tick=Clock())
    assert watch.look() == []
    Path("posts/a.md").write_text("one")
    until(watch, "a.md")
    watch.stop()


def test_a_single_file_under_watch(tmp_path: Path, poll: bool) -> None:
    root = tmp_path / "a.md"
    root.write_text("one")
    watch = Watch([root], poll=poll, tick=Clock())
    watch.look()
    change(root, "longer")
    until(watch, "a.md")
    other = tmp_path / "b.md"
    other.write_text("renamed into place")
    other.replace(root)
    until(watch, "a.md")
    watch.stop()


def test_deleting_gives_nothing(watch: Watch, folder: Path) -> None:
    (folder / "a.md").write_text("one")
    until(watch, "a.md")
    (folder / "a.md").unlink()
    (folder / "b.md").write_text("two")
    assert "a.md" not in until(watch, "b.md")


def test_what_does_not_parse_is_given_again(watch: Watch, folder: Path) -> None:
    (folder / "a.md").write_text("half")
    until(watch, "a.md")
    assert watch.again(folder / "a.md")
    until(watch, "a.md")


def test_where_the_system_has_no_watches_left_folders_are_looked_through(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = watching.watch

    def scarce(*paths: Path, force_polling: bool, **more: object) -> Iterator[Changes]:
        if not force_polling:
            raise OSError(errno.ENOSPC, "OS file watch limit reached")
        yield from real(*paths, force_polling=True, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "watch", scarce)
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.1)
    watch = Watch([folder], poll=False, tick=Clock())
    assert watch.look() == []
    assert "OS file watch limit reached" in caplog.text
    watch.look()
    (folder / "a.md").write_text("one")
    until(watch, "a.md")
    watch.stop()


async def test_thousands_at_once_do_not_stall_the_loop(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking is done on a thread: between two steps of the loop little of it is on the loop."""
    there, loop = asyncio.Event(), asyncio.get_running_loop()
    monkeypatch.setattr(watching.log, "info", lambda *_: loop.call_soon_threadsafe(there.set))
    watch = Watch([folder], poll=False, tick=Clock())
    wanted = {f"{n}.md" for n in range(600)}
    given: set[str] = set()

    async def write() -> None:
        for name in sorted(wanted):
            (folder / name).write_text("x")
            if int(name[:-3]) % 10 == 0:
                await asyncio.sleep(0)

    async with asyncio.timeout(300), aclosing(watch.whole()) as lots:
        first = asyncio.ensure_future(anext(lots))
        await there.wait()  # what was there before is not news
        writing = asyncio.create_task(write())
        given |= {path.name for path in await first}
        while not wanted <= given:
            lot = await anext(lots)
            assert len(lot) <= 50  # so that answers come between
            given |= {path.name for path in lot}
        await writing


async def test_it_ends_when_it_is_told(folder: Path) -> None:
    watch = Watch([folder], poll=False)

    async def follow() -> None:
        async with aclosing(watch.whole()) as lots:
            async for _ in lots:
                pass

    task = asyncio.create_task(follow())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_network_mounts_are_known(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    real, spaced = tmp_path / "nas", tmp_path / "my nas"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {real} nfs4 rw 0 0\n"
        f"//s/y {str(spaced).replace(' ', chr(92) + '040')} cifs rw 0 0\nbroken\n"
        f"tmpfs {real}/local tmpfs rw 0 0\n"
    )
    assert remote(real / "posts", mounts)
    assert remote(spaced, mounts)
    assert not remote(real / "local" / "posts", mounts)
    assert not remote(tmp_path, mounts)
    assert not remote(tmp_path, tmp_path / "none")
    assert not remote(Path(os.sep), mounts)
