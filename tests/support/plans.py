"""What the database does for a statement: which tables it reads as a whole, and how much work it is."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from storage.database import Database
from tests.support.statements import Statement

_SCAN = re.compile(r"(?:SCAN (?=\w+(?: |$))|SEARCH (?=\w+$))(\w+?)(?:_\d+)?(?: |$)")
"""SQLite says that it searches, but by no index, where it looks for the largest of all."""

_PARTIAL = (
    "ix_journal_waiting",
    "ix_rest_timers_running_due_at",
    "ix_rest_timers_warning_due_at",
    "uq_rest_timers_running_user_id",
)
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


async def work_for(database: Database, statement: Statement) -> int:
    """How much the database does for the query, in units of its own: rows read and compared by PostgreSQL, thousands
    of instructions of SQLite's machine. The same for the same rows, however busy the machine is.
    """
    if database.engine.dialect.name == "sqlite":
        return _work_of_sqlite(str(database.engine.url.database), statement)
    async with database.engine.connect() as connection:
        explained = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement.text
        rows = (await connection.exec_driver_sql(explained, statement.parameters)).all()
        await connection.rollback()
    return sum(_rows_of(node) for node in _nodes_of_postgresql(rows))


def _work_of_sqlite(path: str, statement: Statement) -> int:
    thousands = 0

    def count() -> None:
        nonlocal thousands
        thousands += 1

    with closing(sqlite3.connect(path)) as connection:
        connection.set_progress_handler(count, 1000)
        connection.execute(statement.text, statement.parameters).fetchall()
    return thousands


def _rows_of(node: dict[str, Any]) -> int:
    counts = (node["Actual Rows"], *(node[key] for key in node if key.startswith("Rows Removed by")))
    return int(sum(counts) * node["Actual Loops"])


def _in_plan_of_sqlite(rows: Sequence[Any]) -> Iterator[str]:
    for row in rows:
        if not any(index in row[3] for index in _PARTIAL):
            yield from _SCAN.findall(row[3])


def _in_plan_of_postgresql(rows: Sequence[Any]) -> Iterator[str]:
    for node in _nodes_of_postgresql(rows):
        is_scan = node["Node Type"] in {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}
        is_bounded = "Index Cond" in node or node.get("Index Name") in _PARTIAL
        if is_scan and not is_bounded and "Relation Name" in node:
            yield node["Relation Name"]


def _nodes_of_postgresql(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    plan = rows[0][0]
    nodes = [step["Plan"] for step in (json.loads(plan) if isinstance(plan, str) else plan)]
    while nodes:
        node = nodes.pop()
        nodes.extend(node.get("Plans", ()))
        yield node
