import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.blame import is_statements_own
from storage.database import Database

TOO_DEEP = f"SELECT {'(' * 50_000}1{')' * 50_000}"


async def failure(database: Database, *statements: str) -> DBAPIError:
    """What the last of them raises."""
    with pytest.raises(DBAPIError) as raised:  # noqa: PT012 -- all in the transaction that fails
        async with database.writing() as session:
            for statement in statements:
                await session.execute(text(statement))
    return raised.value


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM nowhere",
        "SELECT FROM WHERE",
        "INSERT INTO lanes (bot_id) VALUES (NULL)",
        TOO_DEEP,
    ],
)
async def test_what_would_fail_again_is_the_statements_own(database: Database, statement: str) -> None:
    assert is_statements_own(await failure(database, statement))


async def test_a_full_disk_is_no_statements_fault(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    many = "INSERT INTO exercise_aliases (exercise_id, alias, alias_key) SELECT 1, hex(randomblob(99)), value FROM {}"
    pages = "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 9999) SELECT value FROM n)"
    full = await failure(database, "PRAGMA max_page_count = 1", "PRAGMA foreign_keys = OFF", many.format(pages))
    await database.close()
    assert "full" in str(full.orig)
    assert not is_statements_own(full)


async def test_a_connection_that_is_cut_is_no_statements_fault(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    cut = await failure(database, "SELECT pg_terminate_backend(pg_backend_pid())")
    await database.close()
    assert not is_statements_own(cut)
