from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hosting.dockerfile import ROOT

README = """
# Spotter

```sh
make run
```

```text
make test
```

```sh
cd .
make test
```
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a `make` that only writes down what it is asked, and fails at the target in the file `fails`."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    make = tmp_path / "bin" / "make"
    make.parent.mkdir()
    make.write_text('#!/bin/sh\necho "$@" >> asked\n! test "$1" = "$(cat fails 2>/dev/null)"\n', encoding="utf-8")
    make.chmod(0o755)
    return tmp_path


def run(checkout: Path) -> subprocess.CompletedProcess[str]:
    path = f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}"
    script = str(checkout / ".ci" / "run")
    return subprocess.run(
        [script], cwd="/", env={"PATH": path}, capture_output=True, text=True, timeout=120, check=False
    )


def asked(checkout: Path) -> list[str]:
    return (checkout / "asked").read_text(encoding="utf-8").split()


def test_it_checks_then_tests_as_the_readme_says_then_tests_the_page(checkout: Path) -> None:
    assert run(checkout).returncode == 0
    assert asked(checkout) == ["check", "test", "page"]


@pytest.mark.parametrize("failing", ["check", "test", "page"])
def test_it_ends_at_the_first_failure(failing: str, checkout: Path) -> None:
    (checkout / "fails").write_text(failing, encoding="utf-8")
    assert run(checkout).returncode != 0
    assert asked(checkout)[-1] == failing


def test_a_readme_that_does_not_say_how_to_test_fails(checkout: Path) -> None:
    (checkout / "README.md").write_text("# Spotter\n", encoding="utf-8")
    refused = run(checkout)
    assert refused.returncode != 0
    assert "README.md" in refused.stderr


def test_the_readme_says_how_to_test() -> None:
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
