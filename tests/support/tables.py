"""What stands in the tables, for comparing before with after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.images import RECORDED, SHOWING

Contents = dict[tuple[str, tuple[int, ...]], dict[str, Any]]


async def contents(database: Database) -> Contents:
    """Every row of every table whose changes are recorded, without how a workout is shown."""
    found: Contents = {}
    async with database.reading() as session:
        for name, model in RECORDED.items():
            keys = [column.name for column in model.__table__.primary_key]
            for row in (await session.execute(select(model.__table__))).mappings():
                values = {column: value for column, value in row.items() if column not in SHOWING}
                found[name, tuple(row[key] for key in keys)] = values
    return found
