"""Two lifters, and databases before the first migration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.databases import Postgresql
from tests.support.rows import LIFTER, STRANGER, add_lifter


@pytest.fixture
async def lifters(database: Database) -> None:
    """Somebody and somebody else."""
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/not/yet/there/spotter.db"
        return
    server: Postgresql = request.getfixturevalue("postgresql")
    with server.created(migrated=False) as url:
        yield url
