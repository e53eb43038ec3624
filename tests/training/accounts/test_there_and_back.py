"""What is taken away comes back exactly: on both databases, and across them."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.support.accounts import add_account, add_library
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.rows import add_lifter
from training.accounts.format import ExportKind
from training.accounts.importing import Imported
from training.gym import Gym, open_gym

NEW_LIFTERS = count(1_000)


@pytest.fixture
async def gyms(sqlite_url: str, postgresql_url: str, clock: FakeClock) -> AsyncIterator[list[tuple[Database, Gym]]]:
    databases = [Database(sqlite_url), Database(postgresql_url)]
    yield [(database, open_gym(database, clock, ManualAlarm(), admin_ids=[])) for database in databases]
    await asyncio.gather(*(database.close() for database in databases))


@pytest.fixture
async def libraries(gyms: list[tuple[Database, Gym]]) -> list[list[int]]:
    await add_lifter(gyms[1][0], 1)  # ids differ between the databases
    return [list(await add_library(database)) for database, _ in gyms]


async def exported(gym: Gym, lifter_id: int) -> bytes:
    return (await gym.exports.export(lifter_id, ExportKind.JSON, "Workout")).content


async def brought(database: Database, gym: Gym, content: bytes) -> int:
    """The new lifter into whose empty account it came."""
    lifter_id = await add_lifter(database, next(NEW_LIFTERS), unit=None)
    preview = await gym.imports.offer(lifter_id, "spotter.json", content)
    if preview.import_id is not None:
        assert isinstance(await gym.imports.load(lifter_id, preview.import_id, preview.revision), Imported)
    return lifter_id


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False), first=st.sampled_from([0, 1]))
async def test_an_account_is_the_same_on_the_other_database_and_back_again(
    gyms: list[tuple[Database, Gym]], libraries: list[list[int]], random: Random, first: int
) -> None:
    (here, gym), (there, their_gym) = gyms[first], gyms[1 - first]
    lifter_id = next(NEW_LIFTERS)
    await add_account(here, lifter_id, libraries[first], random)
    content = await exported(gym, lifter_id)
    moved = await brought(there, their_gym, content)
    assert (await exported(their_gym, moved)).decode() == content.decode()
    back = await brought(here, gym, content)
    assert (await exported(gym, back)).decode() == content.decode()
    again = await their_gym.imports.offer(moved, "again.json", content)
    assert again.import_id is None
    assert again.same == len(json.loads(content)["workouts"])
