"""What a SQLite file holds is in PostgreSQL afterwards, row by row, or nothing is."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select, text
from sqlalchemy.exc import DBAPIError

from storage import moving
from storage.database import Database, open_engine
from storage.migrate import SchemaError, migrate
from storage.models import Base, Duty, Lane, Replica, Workout
from storage.moving import LEFT_BEHIND, NotEmptyError, RowError, move
from storage.values.chat import WAITING, JournalStatus
from tests.support import first_release
from tests.support.databases import Postgresql
from tests.support.everything import LIFTER, STRANGER, add_everything, written_down
from tests.support.rows import BOT, add_exercise, how_many

Rows = dict[str, list[dict[str, Any]]]

_BOUNDS = text("SELECT setting FROM pg_settings WHERE name LIKE '%\\_timeout' AND name ~ 'statement|transaction'")

ODD = {"message": {"text": "\0 \ud83c é 💪 <b>", "date": 2**62, "at": 0.1}}


def unheard(_: str, __: int) -> None:
    """Who moves here listens to no progress."""


@pytest.fixture
def file(sqlite_url: str) -> Path:
    """A migrated database."""
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
async def source(sqlite_url: str) -> AsyncIterator[Database]:
    """The same, open."""
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def target(postgresql_url: str) -> AsyncIterator[Database]:
    database = Database(postgresql_url)
    yield database
    await database.close()


@pytest.fixture
def bare_url(postgresql: Postgresql) -> Iterator[str]:
    """A database without any table."""
    with postgresql.created(migrated=False) as url:
        yield url


@pytest.fixture
async def full(source: Database) -> Database:
    """Rows in every table, and what a process that was killed leaves."""
    bench = await add_exercise(source, "Bench press", aliases=["bench"])
    for lifter_id in (LIFTER, STRANGER):
        await add_everything(source, lifter_id, bench)
    async with source.writing() as session:
        session.add(written_down(LIFTER, JournalStatus.PENDING, ODD))
        session.add(Replica(id="killed", bot_id=BOT))
        session.add(Duty(bot_id=BOT, name="polling", owner="killed"))
        await session.flush()
        for lane in await session.scalars(select(Lane)):
            lane.owner = "killed"
    return source


async def contents(database: Database) -> Rows:
    """Every row of every table."""
    async with database.reading() as session:
        return {
            table.name: [
                dict(row) for row in (await session.execute(select(table).order_by(*table.primary_key))).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }


async def tables_of(url: str) -> list[str]:
    engine = open_engine(url)
    async with engine.connect() as connection:
        names = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    await engine.dispose()
    return list(names)


def ever_given(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))


def beside(file: Path) -> dict[str, bytes]:
    """What stands in the folder, but for the lock and what SQLite itself keeps of who reads."""
    return {path.name: path.read_bytes() for path in file.parent.iterdir() if not path.name.endswith(("-lock", "-shm"))}


def put(file: Path, statement: str, *values: object) -> None:
    """What nothing that the bot does would leave."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement, values)


async def test_every_row_of_every_table_means_the_same_afterwards(
    full: Database, file: Path, target: Database, postgresql_url: str
) -> None:
    before = await contents(full)
    assert all(before.values())
    told: dict[str, int] = {}
    moved = await move(file, postgresql_url, told.__setitem__)
    after = await contents(target)
    for name, rows in before.items():
        assert after[name] == ([] if name in LEFT_BEHIND else rows), name
    assert moved.rows == told == {name: len(rows) for name, rows in before.items() if name not in LEFT_BEHIND}
    waiting = [row for row in before["journal"] if row["status"] in WAITING]
    assert moved.waiting == len(waiting) > 0


async def test_rows_are_moved_in_portions(
    full: Database, file: Path, target: Database, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    most: Counter[str] = Counter()

    async def noted(there: Any, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        most[table.name] = max(most[table.name], len(rows))
        await inserted(there, table, rows)

    inserted = moving._insert  # noqa: SLF001 -- where it shows how many rows are held at once
    monkeypatch.setattr(moving, "_insert", noted)
    monkeypatch.setattr("storage.moving._AT_ONCE", 2)
    before = await contents(full)
    await move(file, postgresql_url, unheard)
    assert await contents(target) == before | {name: [] for name in LEFT_BEHIND}
    assert (max(most.values()), most["library_documents"], most["account_imports"]) == (2, 1, 1)


async def test_a_move_may_take_as_long_as_it_does(
    full: Database, file: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds: set[str] = set()

    async def looked(source: Any, there: Any, table: Table) -> None:
        bounds.update(await there.scalars(_BOUNDS))
        await checked(source, there, table)

    checked = moving._check_count  # noqa: SLF001 -- a place in the middle of it
    monkeypatch.setattr(moving, "_check_count", looked)
    await move(file, postgresql_url, unheard)
    assert bounds == {"0"}


async def test_no_id_that_was_ever_given_is_given_again(
    full: Database, file: Path, target: Database, postgresql_url: str
) -> None:
    put(file, "UPDATE sqlite_sequence SET seq = seq + 70")  # so many rows came last and are gone
    given = ever_given(file)
    await move(file, postgresql_url, unheard)
    counted = {table.name for table in Base.metadata.sorted_tables if table.autoincrement_column is not None}
    assert counted == given.keys()
    async with target.writing() as session:
        for name, last_given in given.items():
            next_id = text("SELECT nextval(pg_get_serial_sequence(:name, 'id'))")
            assert await session.scalar(next_id, {"name": name}) == last_given + 1, name
    assert await add_exercise(target, "Steinborn squat") == given["exercises"] + 2


async def test_an_older_release_is_moved_as_this_one_would_read_it(tmp_path: Path, bare_url: str) -> None:
    file, brought_up = tmp_path / "old.db", tmp_path / "up.db"
    await first_release.filled(f"sqlite:///{file}")
    # The rows with the last ids are gone; bringing the schema up writes this table anew.
    put(file, "UPDATE sqlite_sequence SET seq = 900 WHERE name = 'journal'")
    before = beside(file)
    shutil.copyfile(file, brought_up)
    await migrate(f"sqlite:///{brought_up}")
    await move(file, bare_url, unheard)
    old, new = Database(f"sqlite:///{brought_up}"), Database(bare_url)
    assert await contents(new) == await contents(old)
    async with new.writing() as session:
        assert await session.scalar(text("SELECT nextval('journal_id_seq')")) == 901
    await old.close()
    await new.close()
    brought_up.unlink()
    assert {name: content for name, content in beside(file).items() if not name.startswith("up.db")} == before


async def test_the_file_and_the_log_beside_it_stay_as_they_are(
    full: Database, file: Path, target: Database, postgresql_url: str, tmp_path: Path
) -> None:
    killed = tmp_path / "killed" / "spotter.db"
    killed.parent.mkdir()
    for suffix in ("", "-wal"):  # as a process that dies leaves them
        shutil.copyfile(f"{file}{suffix}", f"{killed}{suffix}")
    before = beside(killed)
    assert before["spotter.db-wal"]
    await move(killed, postgresql_url, unheard)
    assert beside(killed) == before
    assert (await contents(target))["sets"] == (await contents(full))["sets"] != []


async def test_a_file_is_moved_whatever_the_names_on_its_path(
    full: Database, file: Path, target: Database, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = file.parent / "100% ?é" / "file:it is 50%20?#&a.db"
    odd.parent.mkdir()
    await full.close()
    shutil.copyfile(file, odd)
    monkeypatch.chdir(odd.parent)
    await move(Path(odd.name), postgresql_url, unheard)
    assert (await contents(target))["sets"] == (await contents(full))["sets"] != []
    assert [path.name for path in odd.parent.iterdir()] == [odd.name]


async def test_a_file_that_nothing_was_done_in_is_moved(file: Path, bare_url: str) -> None:
    before = beside(file)
    moved = await move(file, bare_url, unheard)
    assert set(moved.rows.values()) == {0}
    assert beside(file) == before
    assert "workouts" in await tables_of(bare_url)


async def test_what_fails_in_the_middle_leaves_no_table(full: Database, file: Path, bare_url: str) -> None:
    def fails(table: str, _: int) -> None:
        if table == "sets":
            raise ZeroDivisionError

    before = beside(file)
    with pytest.raises(ZeroDivisionError):
        await move(file, bare_url, fails)
    assert await tables_of(bare_url) == []
    assert beside(file) == before
    await move(file, bare_url, unheard)


async def test_what_fails_at_the_end_leaves_a_migrated_database_empty_and_its_ids_uncounted(
    full: Database, file: Path, target: Database, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def one_too_few(source: Any, there: Any, table: Any) -> None:
        if table.name == "sets":
            await there.execute(text("DELETE FROM sets WHERE id = (SELECT max(id) FROM sets)"))
        await checked(source, there, table)

    checked = moving._check_count  # noqa: SLF001 -- nothing else makes rows vanish
    monkeypatch.setattr(moving, "_check_count", one_too_few)
    with pytest.raises(RowError, match="sets has 18 rows in the file, and 17 have arrived"):
        await move(file, postgresql_url, unheard)
    assert not any((await contents(target)).values())
    async with target.writing() as session:
        assert await session.scalar(text("SELECT nextval('exercises_id_seq')")) == 1


@pytest.mark.parametrize(
    ("statement", "value", "said"),
    [
        (
            "UPDATE workouts SET note = ? WHERE id = 2",
            "Quetzal\0",
            "workouts 2 is not taken by PostgreSQL: there is a NUL in note",
        ),
        (
            "UPDATE sets SET duration = ? WHERE id = 3",
            2**31,
            "sets 3 is not taken by PostgreSQL: duration, value out of int32 range",
        ),
        (
            "UPDATE sets SET position = ? WHERE id = 3",
            "Quetzal",
            "sets 3 is not taken by PostgreSQL: position, ",
        ),
        ("UPDATE users SET name = CAST(? AS TEXT) WHERE name = 'Quetzal'", b"\xff", f"users {LIFTER} can't be read"),
        ("UPDATE journal SET payload = ? WHERE id = 2", "{", "journal 2 can't be read"),
    ],
)
async def test_a_row_that_can_not_be_moved_is_named_without_what_was_written(
    full: Database, file: Path, target: Database, postgresql_url: str, statement: str, value: object, said: str
) -> None:
    await full.close()
    put(file, statement, value)
    with pytest.raises(RowError) as refused:
        await move(file, postgresql_url, unheard)
    assert str(refused.value).startswith(said)
    assert "Quetzal" not in str(refused.value)
    assert not any((await contents(target)).values())


async def test_no_row_is_blamed_for_a_server_that_can_not_go_on(full: Database, file: Path, bare_url: str) -> None:
    await migrate(bare_url)
    server = open_engine(bare_url)
    async with server.begin() as connection:
        raises = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END'"
        await connection.execute(text(raises))
        await connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON sets EXECUTE FUNCTION full_disk()"))
    await server.dispose()
    with pytest.raises(DBAPIError, match="disk_full"):
        await move(file, bare_url, unheard)


async def test_a_database_that_holds_something_is_left_alone(
    file: Path, target: Database, postgresql_url: str, bare_url: str
) -> None:
    await add_exercise(target, "Bench press")
    before = await contents(target)
    with pytest.raises(NotEmptyError, match="1 rows in exercises"):
        await move(file, postgresql_url, unheard)
    assert await contents(target) == before
    other = open_engine(bare_url)
    async with other.begin() as connection:
        await connection.execute(text("CREATE TABLE users (name text)"))
    await other.dispose()
    with pytest.raises(NotEmptyError, match="a table users"):
        await move(file, bare_url, unheard)
    assert await tables_of(bare_url) == ["users"]


async def test_a_database_of_a_newer_release_is_left_alone(file: Path, target: Database, postgresql_url: str) -> None:
    async with target.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="newer"):
        await move(file, postgresql_url, unheard)


async def test_an_older_and_empty_database_is_brought_up_as_well(full: Database, file: Path, bare_url: str) -> None:
    await first_release.made(bare_url)
    await move(file, bare_url, unheard)
    new = Database(bare_url)
    assert await how_many(new, Workout) == 6
    await new.close()
