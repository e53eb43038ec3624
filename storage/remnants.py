"""What deleted rows leave behind in a SQLite file, and how it goes.

`PRAGMA secure_delete` overwrites what is deleted, but not the copies that are left where SQLite has moved rows from one
page to another, nor what the write-ahead log still holds. Writing the file anew leaves all of it behind. That keeps
everybody waiting, so it is done at once only with a file of a moment, else at the next start; a number in the file's
header says until then that it is owed. PostgreSQL's vacuum comes by itself.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database, WriteSession

AT_ONCE = 16 << 20
"""Bytes that are written anew in less than a fifth of a second; 64 MB take about one."""

_NOTHING, _IN_LOG, _IN_FILE, _IN_OLD_PAGES = 0, 1, 2, 3
"""Values of `user_version`, which is nothing else's."""


async def note(session: WriteSession) -> None:
    """Something was deleted, of which nothing may be left in the file."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text(f"PRAGMA user_version={_IN_LOG}"))


async def sweep(database: Database, at_once: int | None = AT_ONCE) -> bool:
    """Takes what is left of deleted rows out of the file; whether there is nothing left to do.

    A file of more bytes than `at_once` is left as it is, but for its log; None: there is no such limit.
    """
    if database.engine.dialect.name != "sqlite":
        return True
    async with database.alone() as connection:
        (owed,) = (await connection.exec_driver_sql("PRAGMA user_version")).one()
        if owed == _NOTHING:
            return True
        (size,) = (
            await connection.exec_driver_sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        ).one()
        may_rewrite = at_once is None or size <= at_once or owed == _IN_OLD_PAGES
        if owed == _IN_FILE and not may_rewrite:
            return False
        if may_rewrite and owed != _IN_OLD_PAGES:
            await connection.exec_driver_sql("VACUUM")
            # As long as somebody reads what was there before, only the log remains to be emptied.
            await connection.exec_driver_sql(f"PRAGMA user_version={_IN_OLD_PAGES}")
        if not await _empty_log(connection):
            return False  # somebody reads what was there before: the next time
        await connection.exec_driver_sql(f"PRAGMA user_version={_NOTHING if may_rewrite else _IN_FILE}")
        return may_rewrite


async def _empty_log(connection: AsyncConnection) -> bool:
    """Whether that could be done; it isn't waited for, since everybody would wait with it."""
    (patience,) = (await connection.exec_driver_sql("PRAGMA busy_timeout")).one()
    await connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        (is_busy, *_) = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
    finally:
        await connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    return not is_busy
