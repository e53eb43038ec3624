"""Statements that are compiled once in a process, as where the bot runs, rather than anew for each test's database."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import create_async_engine

from storage import database

_COMPILED: dict[Any, Any] = {}


def compile_once() -> None:
    """Has every `Database` of this process share what was compiled for others of its kind.

    A compiled statement is found by its dialect, of which each engine has its own. Those of a kind are all set up by
    `open_engine` and speak to one version of their database here, so that they count as equal.
    """
    for kind in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        for name, method in (("__eq__", _is_of_the_same_kind), ("__hash__", _kinds_hash)):
            setattr(kind, name, method)
    shared = partial(create_async_engine, execution_options={"compiled_cache": _COMPILED})
    vars(database)["create_async_engine"] = shared


def _is_of_the_same_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kinds_hash(dialect: object) -> int:
    return hash(type(dialect))
