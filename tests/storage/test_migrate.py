import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.database import Database, open_engine
from storage.migrate import SchemaError, is_up_to_date, migrate
from storage.models import Base
from storage.url import make_folder
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, kg


async def tables(url: str) -> set[str]:
    engine = open_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return set(found)


async def schema(url: str) -> dict[str, Any]:
    """Everything that the database itself says about its tables."""

    def read(connection: Connection) -> dict[str, Any]:
        inspector = inspect(connection)
        return {
            table: {
                "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
                "checks": _by_name(inspector.get_check_constraints(table)),
                "uniques": _by_name(inspector.get_unique_constraints(table)),
                "indexes": _by_name(inspector.get_indexes(table)),
                "foreign keys": _by_name(inspector.get_foreign_keys(table)),
                "primary key": inspector.get_pk_constraint(table),
            }
            for table in inspector.get_table_names()
            if table != "alembic_version"
        }

    engine = open_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(read)
    await engine.dispose()
    return found


def _by_name(found: Any) -> list[dict[str, Any]]:
    options = [{name: str(value) for name, value in item.get("dialect_options", {}).items()} for item in found]
    described = [{**item, "dialect_options": said} for item, said in zip(found, options, strict=True)]
    return sorted(described, key=lambda item: str(item["name"]))


async def test_an_empty_database_gets_every_table(empty_url: str) -> None:
    assert await migrate(empty_url) == "0014"
    assert await tables(empty_url) == {*Base.metadata.tables, "alembic_version"}


async def test_migrating_again_changes_nothing_and_keeps_every_row(database_url: str) -> None:
    database = Database(database_url)
    await add_lifter(database)
    await add_workout(database, performed={await add_exercise(database, "Bench press"): [kg(100, 5)]})
    assert await migrate(database_url) == "0014"
    async with database.reading() as session:
        counts = [await session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("users", "workouts", "sets")]  # noqa: S608 -- names from this line
    await database.close()
    assert counts == [1, 1, 1]


async def test_replicas_that_start_at_the_same_time_do_not_get_in_each_others_way(empty_url: str) -> None:
    async with asyncio.timeout(30):
        assert await asyncio.gather(*(migrate(empty_url) for _ in range(4))) == ["0014"] * 4


async def test_a_database_of_a_newer_release_is_refused_and_left_alone(database_url: str) -> None:
    database = Database(database_url)
    await add_lifter(database)
    async with database.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="9999"):
        await migrate(database_url)
    async with database.reading() as session:
        assert await session.scalar(text("SELECT id FROM users")) == LIFTER
        assert await session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    await database.close()


@pytest.mark.parametrize(("present", "enough"), [("0001", False), ("9999", True)])
async def test_an_older_schema_is_not_enough_and_a_newer_one_is(
    database: Database, present: str, *, enough: bool
) -> None:
    assert await is_up_to_date(database)
    async with database.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :present"), {"present": present})
    assert await is_up_to_date(database) is enough


async def test_an_empty_database_is_not_up_to_date(empty_url: str) -> None:
    make_folder(empty_url)
    database = Database(empty_url)
    assert not await is_up_to_date(database)
    await database.close()


async def test_rows_that_refer_to_nothing_stop_a_migration(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url, foreign_keys=False)
    async with engine.begin() as connection:
        await connection.execute(
            text("INSERT INTO exercise_aliases (exercise_id, alias, alias_key) VALUES (404, 'bench', 'bench')")
        )
    await engine.dispose()
    with pytest.raises(SchemaError, match="refer to nothing"):
        await migrate(sqlite_url)


async def test_alembic_finds_no_difference_between_models_and_migrations(database: Database) -> None:
    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(compare) == []


async def test_the_migrations_make_what_the_models_say_checks_and_partial_indexes_too(empty_url: str) -> None:
    await migrate(empty_url)
    made = await schema(empty_url)
    engine = open_engine(empty_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()
    assert made == await schema(empty_url)


@pytest.fixture
def impatient_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself waits for nobody, as where two processes want the write-ahead log of a new file at once."""
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, timeout=0))


async def test_a_file_that_another_process_holds_is_waited_for(tmp_path: Path, impatient_sqlite: None) -> None:
    path = tmp_path / "spotter.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        migrating = asyncio.create_task(migrate(f"sqlite:///{path}"))
        await asyncio.sleep(0.1)
        assert not migrating.done()
        other.execute("ROLLBACK")
        assert await migrating == "0014"


async def test_a_file_that_another_process_keeps_is_an_os_error(
    tmp_path: Path, impatient_sqlite: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrate._LONGEST_WAIT", 0)
    path = tmp_path / "spotter.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OSError, match="locked"):
            await migrate(f"sqlite:///{path}")


async def test_a_file_that_is_no_database_is_an_os_error_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "spotter.db"
    path.write_text("Bench press 100x5\n" * 100)
    with pytest.raises(OSError, match="not a database"):
        await migrate(f"sqlite:///{path}")
    assert path.read_text() == "Bench press 100x5\n" * 100
