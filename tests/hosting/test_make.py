from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hosting.dockerfile import ROOT

TARGETS = [
    *("help", "run", "install", "test", "check", "page", "pictures", "charts"),
    *("bench", "search", "waiting", "flooder", "replicas", "rests", "restfaults", "progress"),
    *("kills", "soak", "fuzz"),
]


def executable(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing"
    return found


def outcome(folder: Path, *command: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={"PATH": path}, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which nothing is installed."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_help_names_every_target_and_what_it_does(checkout: Path) -> None:
    said = outcome(checkout, "make")
    assert said.returncode == 0
    lines = [line.split(maxsplit=2) for line in said.stdout.splitlines()]
    assert [line[1] for line in lines] == TARGETS
    assert all(len(line) == 3 for line in lines)


@pytest.mark.parametrize("target", TARGETS[1:])
def test_every_target_installs_what_it_needs_first(target: str, checkout: Path) -> None:
    planned = outcome(checkout, "make", "-n", target)
    assert planned.returncode == 0, planned.stderr
    steps = planned.stdout.splitlines()
    makes, installs, runs = (
        next(number for number, step in enumerate(steps) if sign in step)
        for sign in ("-m venv", "--require-hashes", steps[-1])
    )
    assert makes < installs < runs


@pytest.mark.parametrize(
    ("target", "lock"),
    [("run", "requirements.lock"), ("test", "requirements-dev.lock")],
)
def test_running_the_bot_installs_nothing_for_developers(target: str, lock: str, checkout: Path) -> None:
    planned = outcome(checkout, "make", "-n", target).stdout
    assert [word for word in planned.split() if word.endswith(".lock")] == [lock]


def test_nothing_is_installed_again_until_the_lock_changes(checkout: Path) -> None:
    installed = checkout / ".venv" / ".installed-to-run"
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").touch()
    installed.touch()
    os.utime(checkout / "requirements.lock", (1, 1))
    assert outcome(checkout, "make", "-n", "run").stdout == ".venv/bin/python -m bot\n"
    os.utime(installed, (2, 2))
    os.utime(checkout / ".venv" / "bin" / "python", (1, 1))
    os.utime(checkout / "requirements.lock", (3, 3))
    assert "--require-hashes" in outcome(checkout, "make", "-n", "run").stdout


def test_without_a_suitable_python_make_says_what_is_missing(checkout: Path) -> None:
    nothing = checkout / "nothing"
    nothing.mkdir()
    old = nothing / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    refused = outcome(checkout, executable("make"), "run", path=str(nothing))
    assert refused.returncode != 0
    assert "Python 3.11 or newer" in refused.stderr
    assert not (checkout / ".venv").exists()
