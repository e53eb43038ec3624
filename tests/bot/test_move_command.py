"""`python -m bot move`, as a host uses it."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.move_command import move
from bot.settings import Settings
from bot.start_error import StartError
from storage.database import Database
from storage.locking import Lock, alone
from storage.models import User
from storage.single_process import InUseError, only_process
from storage.sqlite_copy import CopyError
from tests.support.bot_process import TOKEN
from tests.support.databases import CLOSE_OTHERS
from tests.support.forked_bot import fork_bot, run_forked
from tests.support.locks import are_waiting
from tests.support.rows import add_exercise, add_journal_row, add_lifter, add_workout, how_many, kg
from tests.support.unfit import KINDS, make_unfit
from tests.support.waiting import until


@pytest.fixture
async def file(sqlite_url: str) -> Path:
    """A lifter who has trained, and whose last update still waits."""
    database = Database(sqlite_url)
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    await add_workout(database, performed={bench: [kg(100, 5), kg(100, 4)]}, finished=True)
    await add_journal_row(database)
    await database.close()
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def settings(postgresql_url: str) -> Settings:
    return Settings(database_url=postgresql_url)


def held_by(file: Path) -> bytes:
    return file.read_bytes()


def copies_of(file: Path) -> list[Path]:
    return list(file.parent.glob(f"{file.name}.*"))


async def lifters_in(url: str) -> int | None:
    database = Database(url)
    found = await how_many(database, User)
    await database.close()
    return found


async def test_a_host_is_told_what_was_moved(file: Path, postgresql_url: str) -> None:
    before = held_by(file)
    ended = await run_forked(file.parent, "move", "spotter.db", DATABASE_URL=postgresql_url)
    assert ended.code == 0, ended
    moved, next_step = ended.out.splitlines()
    assert moved == "spotter.db is moved, and counted on both sides: lifters 1, workouts 1, sets 2, rows in all 7."
    assert next_step.startswith("What waits for the bot's next start: updates 1. Start none on spotter.db")
    assert "table=sets" in ended.err
    assert await lifters_in(postgresql_url) == 1
    assert held_by(file) == before
    again = await run_forked(file.parent, "move", "spotter.db", DATABASE_URL=postgresql_url)
    assert (again.code, again.out) == (2, "")
    assert again.err.splitlines()[-1] == ("DATABASE_URL: this database is not empty (2 rows in sets); name a new one")
    assert await lifters_in(postgresql_url) == 1


async def test_of_two_who_move_at_once_one_finds_the_database_full(file: Path, postgresql_url: str) -> None:
    folders = [file.parent / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
        shutil.copy(file, folder)
    moves = (run_forked(folder, "move", "spotter.db", DATABASE_URL=postgresql_url) for folder in folders)
    refused, moved = sorted(await asyncio.gather(*moves), key=lambda ended: ended.code == 0)
    assert (refused.code, moved.code) == (2, 0), (refused, moved)
    assert "this database is not empty" in refused.err
    assert await lifters_in(postgresql_url) == 1


async def test_told_to_end_in_the_middle_it_takes_its_copy_away(file: Path, postgresql_url: str) -> None:
    database = Database(postgresql_url)
    async with alone(database.engine, Lock.SCHEMA):
        bot = await fork_bot(file.parent, "move", "spotter.db", DATABASE_URL=postgresql_url)
        await until(lambda: are_waiting(database, 1))
        assert copies_of(file)
        with pytest.raises(InUseError), only_process(f"sqlite:///{file}"):  # no bot may write to it meanwhile
            pass
        bot.send_signal(signal.SIGTERM)
        ended = await bot.end()
    await database.close()
    assert (ended.code, ended.out) == (143, ""), ended
    assert "Traceback" not in ended.err
    assert not copies_of(file)
    assert await lifters_in(postgresql_url) == 0


async def refusal(settings: Settings, file: Path) -> str:
    """The one line that says why nothing was moved."""
    with pytest.raises(StartError, match=r"^[^\n]*$") as refused:
        await move(settings, file)
    return str(refused.value)


async def test_into_sqlite_nothing_is_moved(file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/other.db"
    assert (await refusal(Settings(database_url=url), file)).startswith("DATABASE_URL: names a SQLite file; set it")
    assert not (tmp_path / "other.db").exists()


@pytest.mark.parametrize("name", ["spotter.db", "linked.db"])
async def test_a_file_that_a_bot_works_on_is_not_moved(
    file: Path, settings: Settings, postgresql_url: str, name: str
) -> None:
    (file.parent / "linked.db").symlink_to(file)
    with only_process(f"sqlite:///{file}"):
        said = await refusal(settings, file.parent / name)
    assert said.endswith(f"{name}: a Spotter works on this file; stop it first")
    assert await lifters_in(postgresql_url) == 0


@pytest.fixture(params=KINDS)
def unfit(request: pytest.FixtureRequest, file: Path) -> Path:
    """A file that can't be moved."""
    path = file.with_name("unfit.db")
    make_unfit(path, request.param, file)
    return path


async def test_what_is_no_whole_file_of_this_release_is_not_moved(
    unfit: Path, settings: Settings, postgresql_url: str
) -> None:
    assert re.match(
        f"{re.escape(str(unfit))}: (there is no such file|can't be moved: .)", await refusal(settings, unfit)
    )
    assert await lifters_in(postgresql_url) == 0
    assert {path.name for path in unfit.parent.iterdir()} <= {"spotter.db", "unfit.db", "unfit.db-lock"}


async def test_a_full_disk_is_named_and_nothing_of_the_copy_is_left(
    file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, copy: Path) -> None:
        copy.write_bytes(b"the first pages")
        raise CopyError("database or disk is full")

    monkeypatch.setattr("storage.moving.copy_to", full)
    assert "disk is full" in await refusal(settings, file)
    assert not copies_of(file)


async def test_a_folder_that_takes_no_copy_is_named(
    file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.moving.TemporaryDirectory", full)
    assert "No space left" in await refusal(settings, file)


async def test_a_postgresql_that_does_not_answer_is_named(file: Path, closed_port: int) -> None:
    url = f"postgresql://spotter:secret-word@127.0.0.1:{closed_port}/spotter"
    ended = await run_forked(file.parent, "move", "spotter.db", BOT_TOKEN=TOKEN, DATABASE_URL=url)
    assert ended.code == 2, ended
    assert ended.err.splitlines()[-1].startswith("DATABASE_URL: can't use the database")
    assert "secret-word" not in ended.err
    assert not [path for path in await asyncio.to_thread(list, file.parent.iterdir()) if path.is_dir()]


async def test_a_row_that_can_not_be_moved_is_named(file: Path, settings: Settings, postgresql_url: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE sets SET note = ? WHERE id = 2", ("hard\0",))
    said = await refusal(settings, file)
    assert said.startswith(f"{file}: sets 2 is not taken by PostgreSQL: there is a NUL in note; put that right")
    assert await lifters_in(postgresql_url) == 0


async def test_a_postgresql_that_goes_in_the_middle_holds_nothing(
    file: Path, settings: Settings, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut_off(*_: object) -> None:
        others = Database(postgresql_url)
        async with others.writing() as session:
            await session.execute(text(CLOSE_OTHERS))
        await others.close()

    monkeypatch.setattr("storage.moving._check_count", cut_off)
    assert (await refusal(settings, file)).startswith("DATABASE_URL: can't use the database")
    assert await lifters_in(postgresql_url) == 0
