"""Whether an error of the database is a statement's own, or says something about the database."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

_STATEMENTS_OWN = (DataError, IntegrityError, NotSupportedError, ProgrammingError)

_TOO_COMPLEX = "54"
"""How PostgreSQL's codes for what exceeds its limits begin; asyncpg has no kind of its own for them."""


def is_statements_own(error: DBAPIError) -> bool:
    """Whether the statement would fail again, also on a database that is well.

    asyncpg tells of a lost or refused connection in many ways, of a statement that is wrong in few. SQLite's "error"
    without any further code is always about the statement, be it too complex, though Python calls it operational like
    a locked file or a full disk.
    """
    if isinstance(error, _STATEMENTS_OWN):
        return True
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return True
    return (getattr(error.orig, "sqlstate", None) or "").startswith(_TOO_COMPLEX)
