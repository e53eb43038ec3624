"""Databases on PostgreSQL that one test after the other uses are to each as to the first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg  # type: ignore[import-untyped] # ships without types
import pytest

from tests.support.databases import CLOSE_OTHERS, Postgresql, SeededLibrary

ROWS = """
    SELECT (SELECT string_agg(exercises::text, ',' ORDER BY id) FROM exercises),
        (SELECT string_agg(exercise_aliases::text, ',' ORDER BY id) FROM exercise_aliases),
        (SELECT count(*) FROM users)
"""


def run(url: str, query: str) -> Sequence[Any]:
    async def asked() -> Any:
        connection: Any = await asyncpg.connect(url)
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()

    return asyncio.run(asked())


@pytest.mark.parametrize(
    "change",
    [
        "SELECT",
        "DELETE FROM exercise_aliases WHERE id = 3",
        "UPDATE exercises SET name = name || '!' WHERE id = 5",
        "INSERT INTO exercise_aliases (exercise_id, alias, alias_key) VALUES (1, 'so', 'so')",
        "DROP TABLE exercise_aliases",
        CLOSE_OTHERS,
    ],
)
def test_a_library_is_as_it_was_whatever_the_test_before_did(
    postgresql: Postgresql, library: SeededLibrary, change: str
) -> None:
    with postgresql.lent(library.copy_to) as url:
        before = run(url, ROWS)
        run(url, change)
    with postgresql.lent(library.copy_to) as url:
        assert run(url, ROWS) == before
        (added,) = run(
            url,
            "INSERT INTO exercise_aliases (exercise_id, alias, alias_key) VALUES (1, 'so', 'so') RETURNING id",
        )
        assert added["id"] == run(url, "SELECT count(*) AS rows FROM exercise_aliases")[0]["rows"]


def test_what_a_test_that_fails_has_written_is_gone_before_the_next(postgresql: Postgresql) -> None:
    def fails() -> None:
        with postgresql.lent() as url:
            run(url, "INSERT INTO replicas (id, bot_id) VALUES ('here', 1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with postgresql.lent() as url:
        assert run(url, "SELECT * FROM replicas") == []
