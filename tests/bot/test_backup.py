"""`python -m bot backup` and `restore`, as a host uses them."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.backup import back_up, restore
from bot.settings import Settings
from bot.start_error import StartError
from simulator.server import Simulator
from storage.migrate import migrate
from storage.single_process import only_process
from tests.support.bot_process import TOKEN, running_bot
from tests.support.forked_bot import run_forked
from tests.support.unfit import KINDS, NO_DATABASE, make_unfit


def names(file: Path) -> list[str]:
    """The lifters of a database."""
    with closing(sqlite3.connect(file)) as database:
        return [name for (name,) in database.execute("SELECT name FROM users ORDER BY id")]


def add_lifter(file: Path, lifter_id: int, name: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        columns = "id, name, default_rest, created_at"
        database.execute(f"INSERT INTO users ({columns}) VALUES (?, ?, 120, '2026-01-05 18:00:00')", (lifter_id, name))  # noqa: S608 -- names of columns


@pytest.fixture
def data(sqlite_url: str) -> Path:
    """A bot's database, with Ann in it."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    add_lifter(path, 1, "Ann")
    return path


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url)


@pytest.fixture
def backup(data: Path, settings: Settings, tmp_path: Path) -> Path:
    """A backup that knows Ann alone."""
    path = tmp_path / "backup.db"
    back_up(settings, path)
    return path


def kept_beside(data: Path) -> Path:
    """What the database was before."""
    (kept,) = data.parent.glob("spotter-until-*.db")
    return kept


async def test_a_backup_is_made_while_the_bot_runs_and_holds_all_that_is_committed(tmp_path: Path) -> None:
    async with Simulator() as telegram:
        settings = {"BOT_TOKEN": telegram.token, "BOT_API_URL": telegram.url}
        async with running_bot(tmp_path, "run", **settings):
            ann = telegram.lifter("Ann")
            await ann.sends("/start")
            await ann.taps("Kilograms", within=60)
            ended = await run_forked(tmp_path, "backup", "backup.db")
            assert ended.code == 0, ended
            await ann.sends("/help")
            await ann.sees("Log a set")
    (line,) = ended.out.splitlines()
    assert line.startswith("data/spotter.db is backed up to backup.db")
    assert names(tmp_path / "backup.db") == ["Ann"]


def test_nobody_else_may_read_a_backup(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_what_was_backed_up_is_restored_and_what_was_there_is_kept(
    data: Path, settings: Settings, backup: Path
) -> None:
    add_lifter(data, 2, "Ben")
    data.chmod(0o640)
    (line,) = restore(settings, backup)
    assert names(data) == ["Ann"]
    assert stat.S_IMODE(data.stat().st_mode) == 0o640
    assert names(kept_beside(data)) == ["Ann", "Ben"]
    assert line == f"{data} is restored from {backup}. What it was before is kept as {kept_beside(data)}."


def test_what_a_killed_bot_left_beside_its_file_is_not_mixed_into_what_is_restored(
    data: Path, settings: Settings, backup: Path
) -> None:
    with closing(sqlite3.connect(data)) as reader:
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("SELECT count(*) FROM users").fetchone()
        add_lifter(data, 2, "Ben")
        left = {path: path.read_bytes() for path in (data, Path(f"{data}-wal"))}
    for path, content in left.items():
        path.write_bytes(content)
    restore(settings, backup)
    assert names(data) == ["Ann"]
    assert names(kept_beside(data)) == ["Ann", "Ben"]


def test_a_database_that_is_damaged_can_be_restored_and_is_kept_as_it_was(
    data: Path, settings: Settings, backup: Path
) -> None:
    Path(f"{data}-wal").write_text("what belongs to it")
    data.write_text(NO_DATABASE)
    restore(settings, backup)
    assert names(data) == ["Ann"]
    assert kept_beside(data).read_text() == NO_DATABASE
    assert Path(f"{kept_beside(data)}-wal").read_text() == "what belongs to it"


def test_a_database_that_is_gone_can_be_restored(data: Path, settings: Settings, backup: Path) -> None:
    data.unlink()
    (line,) = restore(settings, backup)
    assert names(data) == ["Ann"]
    assert line == f"{data} is restored from {backup}."


async def test_what_was_restored_is_brought_up_to_this_release(
    data: Path, settings: Settings, sqlite_url: str, backup: Path
) -> None:
    restore(settings, backup)
    await migrate(sqlite_url)
    assert names(data) == ["Ann"]


def test_a_full_disk_leaves_the_database_as_it_is_and_no_part_of_a_copy(
    data: Path, settings: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copies_a_part(source: str, target: str) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:1000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    add_lifter(data, 2, "Ben")
    before = set(data.parent.iterdir())
    monkeypatch.setattr("storage.sqlite_copy.shutil.copy2", copies_a_part)
    with pytest.raises(StartError, match="No space left"):
        restore(settings, backup)
    assert names(data) == ["Ann", "Ben"]
    assert set(data.parent.iterdir()) - before <= {data.with_name("spotter.db-lock")}


def test_nothing_is_restored_under_a_bot_that_runs(data: Path, settings: Settings, backup: Path) -> None:
    add_lifter(data, 2, "Ben")
    with only_process(settings.database_url), pytest.raises(StartError, match=r"^DATABASE_URL: .* stop it"):
        restore(settings, backup)
    assert names(data) == ["Ann", "Ben"]


@pytest.fixture(params=KINDS)
def unfit(request: pytest.FixtureRequest, tmp_path: Path, backup: Path) -> Path:
    """A file that must not take a database's place."""
    path = tmp_path / "unfit.db"
    make_unfit(path, request.param, backup)
    return path


def test_what_is_no_whole_backup_of_this_release_is_not_restored(data: Path, settings: Settings, unfit: Path) -> None:
    with pytest.raises(StartError, match=f"^{re.escape(str(unfit))}: [^\n]*$"):
        restore(settings, unfit)
    assert names(data) == ["Ann"]
    assert {path.name for path in data.parent.iterdir()} <= {"spotter.db", "spotter.db-lock", "backup.db", "unfit.db"}


def test_a_database_that_is_damaged_is_not_backed_up(data: Path, settings: Settings, tmp_path: Path) -> None:
    data.write_bytes(data.read_bytes()[:-8192])
    with pytest.raises(StartError, match=rf"backup\.db: .*{re.escape(str(data))}"):
        back_up(settings, tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


def test_a_file_that_is_there_is_not_overwritten(settings: Settings, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(StartError, match=r"backup\.db: is there already"):
        back_up(settings, backup)
    assert backup.read_bytes() == before


def test_without_a_database_there_is_nothing_to_back_up_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"^DATABASE_URL: there is no"):
        back_up(Settings(database_url=f"sqlite:///{tmp_path}/data/spotter.db"), tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(data: Path, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="nowhere"):
        back_up(settings, tmp_path / "nowhere" / "backup.db")


@pytest.mark.parametrize(("command", "program"), [("backup", "pg_dump"), ("restore", "pg_restore")])
async def test_with_postgresql_its_own_commands_are_named(tmp_path: Path, command: str, program: str) -> None:
    url = "postgresql://spotter:secret-word@127.0.0.1/spotter"
    ended = await run_forked(tmp_path, command, "backup.db", BOT_TOKEN=TOKEN, DATABASE_URL=url)
    assert ended.code == 2, ended
    (line,) = ended.err.splitlines()
    assert line.startswith("DATABASE_URL: ")
    assert program in line
    assert "backup.db" in line
    assert "secret-word" not in line
