"""Set-up files: complete, and free of what belongs to one machine."""

import re
import tomllib

import pytest

from tests.writing import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = [f"requirements{kind}.lock" for kind in ("", "-test", "-build", "-baselines")]


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!;\[ ]", r)[0].lower() for r in requirements}


def test_the_locks_hold_all_that_the_project_asks_for() -> None:
    project = PROJECT["project"]
    assert names(project["dependencies"]) <= pinned("requirements.lock").keys()
    extras = project["optional-dependencies"]
    assert names(extras["test"] + extras["fast"]) <= pinned("requirements-test.lock").keys()
    run, test = pinned("requirements.lock"), pinned("requirements-test.lock")
    assert run.items() <= test.items()
    for group, asked in PROJECT["dependency-groups"].items():
        assert names(asked) <= pinned(f"requirements-{group}.lock").keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_have_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert text.count("--hash=sha256:") >= len(pinned(lock))
    assert "://" not in text
    assert not re.search(r"(?:^|[ \"'=])/\w", text, re.MULTILINE)


def test_the_worker_is_what_the_procfile_runs() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    assert "worker: python -m bot run" in lines
    assert [line.partition(":")[0] for line in lines if line[0] != "#"] == ["worker", "web"]


def test_ci_runs_what_the_readme_says() -> None:
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("make test")
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert "make demo" in text
        assert "make test" in text
        for picture in re.findall(r"\]\((docs/[^)]+)\)", text):
            assert (ROOT / picture).exists(), picture
