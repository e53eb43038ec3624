import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.single_process import InUseError, only_process
from tests.support.rows import add_lifter


def test_nobody_else_enters_while_a_process_works_on_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/spotter.db"
    with only_process(url), pytest.raises(InUseError), only_process(url):
        pass
    with only_process(url):
        pass


def test_another_file_is_free(tmp_path: Path) -> None:
    with only_process(f"sqlite:///{tmp_path}/one.db"), only_process(f"sqlite:///{tmp_path}/other.db"):
        pass


@pytest.mark.parametrize("names", [("linked.db", "spotter.db"), ("spotter.db", "linked.db"), ("linked.db", "other.db")])
def test_a_file_is_the_same_by_whatever_link(tmp_path: Path, names: tuple[str, str]) -> None:
    for link in ("linked.db", "other.db"):
        (tmp_path / link).symlink_to("spotter.db")
    first, second = (f"sqlite:///{tmp_path}/{name}" for name in names)
    with only_process(first), pytest.raises(InUseError), only_process(second):
        pass


def test_postgresql_is_for_many() -> None:
    with only_process("postgresql://host/spotter"), only_process("postgresql://host/spotter"):
        pass


def test_a_folder_that_can_not_be_written_is_an_os_error() -> None:
    with pytest.raises(OSError, match="null"), only_process("sqlite:////dev/null/spotter.db"):
        pass


def test_a_lock_that_is_no_lock_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "spotter.db-lock").write_text("Bench press 100x5\n" * 100)
    with pytest.raises(OSError, match="not a database"), only_process(f"sqlite:///{tmp_path}/spotter.db"):
        pass


def test_what_fails_inside_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_process(f"sqlite:///{tmp_path}/spotter.db"):
        raise ZeroDivisionError


async def test_looking_at_the_file_gives_up_no_lock_that_keeps_other_processes_from_emptying_its_log(
    sqlite_url: str,
) -> None:
    path = str(make_url(sqlite_url).database)
    reader = (
        "import sqlite3, sys; file = sqlite3.connect(sys.argv[1]); file.execute('SELECT 1 FROM users'); file.close()"
    )
    database = Database(sqlite_url)
    await add_lifter(database)
    with only_process(sqlite_url):
        await asyncio.to_thread(subprocess.run, [sys.executable, "-c", reader, path], check=True)
    assert Path(f"{path}-wal").stat().st_size > 0  # noqa: ASYNC240 -- a moment, in a test
    await database.close()
