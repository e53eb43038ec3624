"""Which tables the database reads as a whole for a statement, by its own plan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from storage.database import Database
from tests.support.statements import Statement

_SCAN = re.compile(r"(?:SCAN (?=\w+(?: |$))|SEARCH (?=\w+$))(\w+?)(?:_\d+)?(?: |$)")
"""SQLite says that it searches, but by no index, where it looks for the largest of all."""

_PARTIAL = ("ix_journal_waiting", "ix_rest_timers_running_due_at", "uq_rest_timers_running_user_id")
"""Indexes that hold few rows of a table, so that reading one from end to end isn't reading the table."""


async def read_as_a_whole(database: Database, statement: Statement, tables: Sequence[str]) -> set[str]:
    """Those of the tables that the statement reads from end to end."""
    if not statement.text.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
        return set()
    prefix, names = (
        ("EXPLAIN QUERY PLAN ", _in_plan_of_sqlite)
        if database.engine.dialect.name == "sqlite"
        else ("EXPLAIN (FORMAT JSON) ", _in_plan_of_postgresql)
    )
    async with database.engine.connect() as connection:
        rows = (await connection.exec_driver_sql(prefix + statement.text, statement.parameters)).all()
        await connection.rollback()
    return {name for name in names(rows) if name in tables}


def _in_plan_of_sqlite(rows: Sequence[Any]) -> Iterator[str]:
    for row in rows:
        if not any(index in row[3] for index in _PARTIAL):
            yield from _SCAN.findall(row[3])


def _in_plan_of_postgresql(rows: Sequence[Any]) -> Iterator[str]:
    plan = rows[0][0]
    nodes = [step["Plan"] for step in (json.loads(plan) if isinstance(plan, str) else plan)]
    while nodes:
        node = nodes.pop()
        nodes.extend(node.get("Plans", ()))
        is_scan = node["Node Type"] in {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}
        is_bounded = "Index Cond" in node or node.get("Index Name") in _PARTIAL
        if is_scan and not is_bounded and "Relation Name" in node:
            yield node["Relation Name"]
