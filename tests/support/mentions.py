"""Where a database says something, in whatever table and column."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.models import Base


async def mentioned_in(database: Database, lifter_id: int, word: str) -> set[str]:
    """Every column of every table that says the id or the word anywhere, as `table.column`."""
    found, wanted = set(), re.compile(rf"(?<!\d){lifter_id}(?!\d)|{word}", re.IGNORECASE)
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if _says(value, wanted)}
    return found


def _says(value: Any, wanted: re.Pattern[str]) -> bool:
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    return wanted.search(json.dumps(value, default=str, ensure_ascii=False)) is not None
