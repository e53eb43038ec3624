"""Follows the Dockerfile step by step in an empty folder, as far as that works without Docker."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from tests.hosting.dockerfile import ROOT, all_of, environment, stages

BUILD, IMAGE = stages()
PLACES = ("/opt/venv", "/data")
_NETWORK = re.compile(r"PIP_|(?i:\w+_proxy)$|SSL_CERT_FILE$|REQUESTS_CA_BUNDLE$")


def below(root: Path, text: str) -> str:
    """The text with the image's folders moved to below root."""
    for place in PLACES:
        text = text.replace(place, f"{root}{place}")
    return text


def pip_settings() -> dict[str, str]:
    """How packages are found on this machine, and nothing else of its environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    configured = {name: value for name, value in os.environ.items() if _NETWORK.match(name)}
    return {"PATH": path, "HOME": os.environ.get("HOME", "/"), **configured}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("image")
    app = root / "app"
    app.mkdir()
    (root / "data").mkdir()
    for copy in [*all_of(BUILD, "COPY"), *all_of(IMAGE, "COPY")]:
        source, target = copy.words()[-2:]
        if source.endswith("/"):
            shutil.copytree(ROOT / source, app / target, ignore=shutil.ignore_patterns("__pycache__"))
        elif not copy.value.startswith("--from"):
            shutil.copy(ROOT / source, app / target)
    for run in all_of(BUILD, "RUN"):
        subprocess.run(["/bin/sh", "-c", below(root, run.value)], cwd=app, env=pip_settings(), check=True, timeout=600)
    return root


def start(image: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    set_by_image = {name: below(image, value) for name, value in environment(IMAGE).items()}
    path = set_by_image["PATH"].replace("$PATH", os.defpath)
    program = shutil.which(arguments[0], path=path)
    assert program == f"{image}/opt/venv/bin/{arguments[0]}"
    return subprocess.run(
        [program, *arguments[1:]],
        cwd=image / "app",
        env={**set_by_image, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_what_is_installed_suffices_for_every_module_that_runs(image: Path) -> None:
    everything = """
import importlib, pkgutil
for package in ("bot", "handlers", "training", "storage", "simulator"):
    for module in pkgutil.walk_packages([package], f"{package}."):
        if not module.name.endswith("__main__") and not module.name.startswith("storage.migrations."):
            importlib.import_module(module.name)
"""
    imported = start(image, "python", "-c", everything)
    assert imported.stderr == ""
    assert imported.returncode == 0


def test_the_program_says_its_version(image: Path) -> None:
    said = start(image, "python", "-m", "bot", "--version")
    assert said.returncode == 0, said.stderr
    assert bot.__version__ in said.stdout


def test_without_a_token_the_start_command_says_what_is_missing_and_ends(image: Path) -> None:
    command = all_of(IMAGE, "CMD")[-1].words()
    refused = start(image, *command)
    assert refused.returncode != 0
    assert "BOT_TOKEN" in refused.stderr
    assert "Traceback" not in refused.stderr
