from __future__ import annotations

import asyncio
import sys
import tomllib
from fnmatch import fnmatch

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.settings import Settings
from tests.hosting.dockerfile import ROOT, all_of, environment, stages

BUILD, IMAGE = stages()


def copied() -> list[str]:
    """What is copied from the checkout."""
    copies = [one for stage in stages() for one in all_of(stage, "COPY")]
    return [one.words()[0].rstrip("/") for one in copies if not one.value.startswith("--from")]


def test_the_image_carries_the_installed_packages_without_what_installed_them() -> None:
    assert all_of(BUILD, "FROM")[0].value.endswith(" AS packages")
    assert "--from=packages /opt/venv /opt/venv" in [one.value for one in all_of(IMAGE, "COPY")]
    assert "pip install" not in " ".join(one.value for one in all_of(IMAGE, "RUN"))


def test_both_stages_stand_on_the_same_python_of_a_named_version() -> None:
    (build,), (image,) = all_of(BUILD, "FROM"), all_of(IMAGE, "FROM")
    assert build.words()[0] == image.words()[0]
    assert fnmatch(image.words()[0], "python:3.[0-9]*-slim")


def test_packages_are_installed_by_hash_from_the_lock_for_running() -> None:
    (run,) = all_of(BUILD, "RUN")
    assert "--require-hashes" in run.words()
    assert run.value.endswith("-r requirements.lock")


def test_the_bot_is_no_root_and_ends_on_sigterm() -> None:
    user = all_of(IMAGE, "USER")[-1].value
    assert user not in {"root", "0"}
    start = all_of(IMAGE, "CMD")[-1]
    assert start.value.startswith("["), "a shell in between would keep the signal to itself"
    assert start.words() == ["python", "-m", "bot", "run"]
    assert not all_of(IMAGE, "ENTRYPOINT")


def test_what_is_kept_lies_on_a_volume_that_the_user_may_write_to() -> None:
    (volume,) = all_of(IMAGE, "VOLUME")
    assert environment(IMAGE)["DATABASE_URL"] == f"sqlite:///{volume.value}/spotter.db"
    user = all_of(IMAGE, "USER")[-1].value
    assert f"-o {user} -g {user} {volume.value}" in " ".join(one.value for one in all_of(IMAGE, "RUN"))


def test_everything_that_is_copied_is_there_and_kept_by_the_ignore_file() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignore
    assert sorted(line[1:] for line in ignore if line.startswith("!")) == sorted(copied())
    assert [name for name in copied() if not (ROOT / name).exists()] == []


def test_every_package_of_the_project_is_copied_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = [name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]]
    assert sorted(copied()) == sorted([*packages, "requirements.lock"])


def test_the_image_sets_only_what_the_bot_knows() -> None:
    for_python = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    known = {field.upper() for field in Settings.model_fields}
    assert environment(IMAGE).keys() - for_python <= known


@pytest.mark.parametrize(("status", "exit_code"), [(200, 0), (503, 1)])
async def test_the_health_check_says_what_readyz_says(status: int, exit_code: int) -> None:
    async def readyz(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/readyz", readyz)
    async with TestServer(app, skip_url_asserts=True) as server:
        assert await health({"LISTEN": f"0.0.0.0:{server.port}"}) == exit_code


async def test_the_health_check_fails_where_nobody_listens(unused_tcp_port: int) -> None:
    assert await health({"LISTEN": f"0.0.0.0:{unused_tcp_port}"}) != 0


async def health(env: dict[str, str]) -> int:
    (check,) = all_of(IMAGE, "HEALTHCHECK")
    assert check.words()[0] == "python"
    process = await asyncio.create_subprocess_exec(
        sys.executable, *check.words()[1:], env=env, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(60):
            return await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
