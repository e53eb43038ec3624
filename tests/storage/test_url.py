from typing import Any

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.url import DatabaseUrlError, engine_url


@pytest.mark.parametrize("url", ["postgresql://u:p%40ss@db:5433/spotter", "postgres://u:p%40ss@db:5433/spotter"])
def test_postgresql_is_reached_through_asyncpg(url: str) -> None:
    parsed, arguments = engine_url(url)
    assert parsed.render_as_string(hide_password=False) == "postgresql+asyncpg://u:p%40ss@db:5433/spotter"
    assert arguments == {}


@pytest.mark.parametrize("url", ["sqlite:///data/spotter.db", "sqlite+aiosqlite:///data/spotter.db"])
def test_sqlite_is_reached_through_aiosqlite(url: str) -> None:
    parsed, arguments = engine_url(url)
    assert str(parsed) == "sqlite+aiosqlite:///data/spotter.db"
    assert arguments == {}


@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        ("sslmode=disable", {"ssl": "disable"}),
        ("sslmode=require", {"ssl": "require"}),
        ("ssl=verify-full", {"ssl": "verify-full"}),
        ("sslmode=require&channel_binding=require", {"ssl": "require"}),
        ("application_name=spotter", {"server_settings": {"application_name": "spotter"}}),
        ("connect_timeout=5", {"timeout": 5.0}),
        ("target_session_attrs=read-write", {"target_session_attrs": "read-write"}),
        ("host=/run/postgresql", {"host": "/run/postgresql"}),
    ],
)
def test_a_parameter_that_other_drivers_know_becomes_asyncpgs_own(query: str, arguments: dict[str, Any]) -> None:
    parsed, given = engine_url(f"postgresql://u@db/spotter?{query}")
    assert given == arguments
    assert parsed.query == {}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "not a database URL"),
        ("spotter.db", "not a database URL"),
        ("postgresql://u:secret@db:port/spotter", "not a database URL"),
        ("mysql://u:secret@db/spotter", "'mysql' is unknown"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite://data/spotter.db", "three slashes"),
        ("sqlite:///data/spotter.db?mode=ro", "three slashes"),
        ("sqlite:///data/what?.db", "three slashes"),
        ("postgresql://u:secret@db/spotter?sslmode=maybe", "sslmode=maybe is unknown"),
        ("postgresql://u:secret@db/spotter?connect_timeout=soon", "connect_timeout=soon is no number"),
        ("postgresql://u:secret@db/spotter?keepalives=1", "'keepalives' is not supported"),
    ],
)
def test_a_url_that_can_not_be_used_is_refused_with_the_reason_and_without_the_password(url: str, why: str) -> None:
    with pytest.raises(DatabaseUrlError, match=why) as refused:
        engine_url(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("query", ["&sslmode=disable", "&application_name=spotter&connect_timeout=5"])
async def test_a_server_takes_the_arguments(postgresql_url: str, query: str) -> None:
    database = Database(postgresql_url + query)
    async with database.reading() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await database.close()
