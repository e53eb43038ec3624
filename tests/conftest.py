"""Fixtures that every test can ask for: a real, migrated database, and the gym on it."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog

from bot.long_lived import leave_alone_what_is_there
from storage.database import Database
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.compiled_once import compile_once
from tests.support.databases import Postgresql, SeededLibrary, Sqlite, nothing, running_postgresql
from tests.support.spreading import long_first, processes
from training.gym import Gym, open_gym

ADMIN = 900

# A busy machine is no failure, and the same examples everywhere are the same result everywhere.
hypothesis.settings.register_profile("spotter", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("spotter")

# Told to end from outside, pytest still ends the servers that it has started.
signal.signal(signal.SIGTERM, signal.default_int_handler)

# Log lines go where pytest collects them; structlog's own tracebacks would cost seconds.
structlog.configure(
    processors=[structlog.stdlib.render_to_log_kwargs],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


compile_once()


def pytest_xdist_auto_num_workers() -> int | None:
    """What `-n auto` means, unless the environment says how many."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else processes()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One process alone takes the tests as they stand in their files."""
    among = getattr(config, "workerinput", {}).get("workercount", 1)
    if among > 1:
        items[:] = long_first(items, among)


def pytest_collection_finish() -> None:
    """Leaves all that was imported out of every later search for garbage, and has that done less often: it took a fifth
    of the run.
    """
    leave_alone_what_is_there()
    gc.set_threshold(5000, *gc.get_threshold()[1:])


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """The server that TEST_DATABASE_URL names, else one of this test run's own."""
    given = os.environ.get("TEST_DATABASE_URL")
    with Postgresql(given).opened() if given else running_postgresql() as server:
        yield server


@pytest.fixture
def fill(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """What a database holds before the test: the library if the test is marked as `stocked`, else nothing.

    It also does wherever the bot is started. Everywhere else it would be loaded in half a second.
    """
    if request.node.get_closest_marker("stocked") is None:
        return nothing
    copy: Callable[[str], None] = request.getfixturevalue("library").copy_to
    return copy


@pytest.fixture
def sqlite_url(sqlite: Sqlite, tmp_path: Path, fill: Callable[[str], None]) -> str:
    url = sqlite.create(tmp_path)
    fill(url)
    return url


@pytest.fixture
def postgresql_url(postgresql: Postgresql, fill: Callable[[str], None]) -> Iterator[str]:
    with postgresql.lent(fill) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own; every test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def library(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> SeededLibrary:
    return SeededLibrary(sqlite.create(tmp_path_factory.mktemp("library")))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def alarm() -> ManualAlarm:
    return ManualAlarm()


@pytest.fixture
def gym(database: Database, clock: FakeClock, alarm: ManualAlarm) -> Gym:
    return open_gym(database, clock, alarm, admin_ids=[ADMIN])
