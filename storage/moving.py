"""Everything that a SQLite file holds, put into a PostgreSQL database that holds nothing yet.

All of it is one transaction, the tables included: whatever fails, the database is as it was. The file is only read: a
copy of it is brought up to this release, and its rows are read and written through the types of their columns, so that
each means the same afterwards.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import (
    LargeBinary,
    RowMapping,
    Select,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database, ReadSession, open_engine
from storage.locking import Lock, alone
from storage.migrate import SchemaError, last_ids, migrate, upgrade
from storage.models import WAITS, Base, Duty, JournalRow, Lane, Replica
from storage.sqlite_copy import CopyError, copy_to
from storage.url import DatabaseUrlError, sqlite_url

LEFT_BEHIND = frozenset({model.__tablename__ for model in (Replica, Lane, Duty)})
"""Tables of what belongs to a process that runs, or to nobody. The one that worked on the file lives no more, but would
count as living for good in a database where processes say how long they do.
"""

TABLES = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_BEHIND]
"""What is moved, parents before children."""

_AT_ONCE = 500
"""How many rows are held in memory; of tables that keep whole files, one."""

_WITHOUT_BOUNDS = text("""
    SELECT set_config(name, '0', true) FROM pg_settings
    WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')
""")
"""Until the transaction ends, which takes as long as years of training do."""

_ABOUT_VALUES = {"22", "23", "54"}
"""How PostgreSQL's codes for errors begin that are a row's own: data, constraints and limits."""

_REFUSED_BY_DRIVER = re.compile(r"query argument \$(\d+): .*\(([^()]*)\)", re.DOTALL)
"""What asyncpg says of a value that it can't send; the value, which a lifter may have written, stands between."""


class NotEmptyError(Exception):
    """The database that was to be moved into holds something; the message says what."""


class RowError(Exception):
    """A row can't be moved; the message says which, and why, and nothing that anybody has written."""


@dataclass(frozen=True)
class Moved:
    """What was moved."""

    rows: Mapping[str, int]
    """How many of each table."""
    waiting: int
    """How many updates are still to be handled."""


async def move(file: Path, url: str, told: Callable[[str, int], None]) -> Moved:
    """Moves what the file holds, on which nobody may be working, and tells after each table how many rows it has.

    Raises CopyError for what is wrong with the file, SchemaError and NotEmptyError for what is with the database,
    RowError, and what the database raises; nothing is moved then.
    """
    async with _copied(file) as source:
        given = await (await source.connection()).run_sync(last_ids)
        engine = open_engine(url)
        try:
            # A bot that is started meanwhile waits, since it wants to bring the schema up.
            async with alone(engine, Lock.SCHEMA), engine.begin() as target:
                await target.execute(_WITHOUT_BOUNDS)
                await _prepare(target)
                rows = {}
                for table in TABLES:
                    rows[table.name] = await _move_rows(source, target, table)
                    told(table.name, rows[table.name])
                for table in TABLES:
                    await _check_count(source, target, table)
                    await _count_on(target, table, given.get(table.name, 0))
                await target.execute(text(f"ANALYZE {', '.join(rows)}"))
                waiting = await target.scalar(select(func.count()).select_from(JournalRow).where(WAITS))
        finally:
            await engine.dispose()
    return Moved(rows, waiting or 0)


@asynccontextmanager
async def _copied(file: Path) -> AsyncIterator[ReadSession]:
    """A copy of the file, brought up to this release."""
    try:
        # Beside the file is room for it, which there may not be where temporary files go.
        folder = TemporaryDirectory(prefix=f"{file.name}.", dir=file.parent)
    except OSError as error:
        raise CopyError(f"can't write to {file.parent} ({error.strerror})") from None
    with folder as name:
        copy = Path(name) / "copy.db"
        await asyncio.to_thread(copy_to, file, copy)
        url = sqlite_url(copy)
        try:
            await migrate(url)
            database = Database(url)
        except (SchemaError, DatabaseUrlError, SQLAlchemyError, OSError) as error:
            why = getattr(error, "orig", None) or error
            raise CopyError(f"it can't be brought up to this release ({why})") from None
        try:
            async with database.reading() as session:
                yield session
        finally:
            await database.close()


async def _prepare(target: AsyncConnection) -> None:
    """Makes the tables, unless they are there and empty."""
    present = set(await target.run_sync(lambda connection: inspect(connection).get_table_names()))
    if present and "alembic_version" not in present:
        raise NotEmptyError(f"a table {min(present)}")
    await upgrade(target)
    counts = {
        table.name: await target.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }
    most = max(counts, key=counts.__getitem__)
    if counts[most]:
        raise NotEmptyError(f"{counts[most]} rows in {most}")


async def _move_rows(source: ReadSession, target: AsyncConnection, table: Table) -> int:
    """How many there are."""
    moved = 0
    # A row may refer to one of its own table that comes after it.
    own = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    later = dict.fromkeys(column.name for column in own)
    async for rows in _portions(source, table, select(table)):
        await _insert(target, table, [{**row, **later} for row in rows])
        moved += len(rows)
    if own:
        keys = [column.name for column in table.primary_key]
        changing = update(table).where(*(table.c[key] == bindparam(f"for_{key}") for key in keys))
        changing = changing.values({name: bindparam(f"new_{name}") for name in later})
        referring = select(*table.primary_key, *own).where(or_(*(column.is_not(None) for column in own)))
        async for rows in _portions(source, table, referring):
            await target.execute(
                changing, [{f"{'new' if name in later else 'for'}_{name}": row[name] for name in row} for row in rows]
            )
    return moved


async def _portions(source: ReadSession, table: Table, query: Select[Any]) -> AsyncIterator[Sequence[RowMapping]]:
    """What the query finds in the table, by its key."""
    keys = tuple_(*table.primary_key)
    at_once = 1 if any(isinstance(column.type, LargeBinary) for column in query.selected_columns) else _AT_ONCE
    rest = query.order_by(*table.primary_key).limit(at_once)
    rows = await _read(source, table, rest)
    while rows:
        yield rows
        last = [rows[-1][column.name] for column in table.primary_key]
        rows = await _read(source, table, rest.where(keys > tuple_(*last))) if len(rows) == at_once else ()


async def _read(source: ReadSession, table: Table, query: Select[Any]) -> Sequence[RowMapping]:
    try:
        found: Sequence[RowMapping] = (await source.execute(query)).mappings().all()
    except (SQLAlchemyError, LookupError, ValueError) as error:
        for key in (await source.execute(query.with_only_columns(*table.primary_key))).mappings():
            one = query.where(*(table.c[name] == value for name, value in key.items()))
            try:
                (await source.execute(one)).all()
            except (SQLAlchemyError, LookupError, ValueError):
                raise RowError(f"{_named(table, dict(key))} can't be read ({type(error).__name__})") from None
        raise CopyError(f"{table.name} can't be read ({type(error).__name__})") from None
    return found


async def _insert(target: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    try:
        async with target.begin_nested():
            await target.execute(insert(table), rows)
    except DBAPIError as error:
        if not _is_about_values(error):
            raise
        for row in rows:
            await _insert_alone(target, table, row)
        raise


async def _insert_alone(target: AsyncConnection, table: Table, row: Mapping[str, Any]) -> None:
    try:
        async with target.begin_nested():
            await target.execute(insert(table), row)
    except DBAPIError as error:
        if not _is_about_values(error):
            raise
        raise RowError(f"{_named(table, row)} is not taken by PostgreSQL: {_why(table, row, error)}") from None


def _is_about_values(error: DBAPIError) -> bool:
    """Not so where the server is gone, say, or its disk full."""
    state = getattr(_cause(error), "sqlstate", None)
    return not error.connection_invalidated and (state is None or state[:2] in _ABOUT_VALUES)


def _cause(error: DBAPIError) -> BaseException | None:
    """What the driver itself has raised."""
    return getattr(error.orig, "__cause__", None)


def _named(table: Table, row: Mapping[str, Any]) -> str:
    return f"{table.name} {', '.join(str(row[column.name]) for column in table.primary_key)}"


def _why(table: Table, row: Mapping[str, Any], error: DBAPIError) -> str:
    for name, value in row.items():
        if isinstance(value, str) and "\0" in value:
            return f"there is a NUL in {name}"
    cause = _cause(error)
    if refused := _REFUSED_BY_DRIVER.search(str(cause)):
        return f"{table.columns[int(refused[1]) - 1].name}, {refused[2]}"
    # Of a server's error only what comes first: the details have values.
    return str(getattr(cause, "message", None) or type(cause).__name__)


async def _check_count(source: ReadSession, target: AsyncConnection, table: Table) -> None:
    counting = select(func.count()).select_from(table)
    there, here = await source.scalar(counting), await target.scalar(counting)
    if there != here:
        raise RowError(f"{table.name} has {there} rows in the file, and {here} have arrived")


async def _count_on(target: AsyncConnection, table: Table, given: int) -> None:
    """Has new rows get ids that were never given."""
    counted = table.autoincrement_column
    if counted is None:
        return
    last = max(given, await target.scalar(select(func.max(counted))) or 0)
    if last:
        name = await target.scalar(select(func.pg_get_serial_sequence(table.name, counted.name)))
        # Unlike `setval` this is taken back with the transaction.
        await target.execute(text(f"ALTER SEQUENCE {name} RESTART WITH {last + 1}"))
