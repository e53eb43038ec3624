"""What is looked up while a lifter waits takes few statements, however long the history. Logging has its own test."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from storage import workouts
from storage.database import Database
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from tests.support.training import ready_to_log
from training.gym import Gym

Look = Callable[[Gym], Awaitable[object]]


@pytest.mark.parametrize(
    ("look", "most"),
    [
        (lambda gym: gym.workouts.card(LIFTER), 6),
        (lambda gym: gym.library.search(LIFTER, "press"), 3),
        (lambda gym: gym.library.search(LIFTER, "perss"), 5),
        (lambda gym: gym.history.detail(LIFTER, 1), 5),
    ],
    ids=["the card", "a search", "a search with a slip", "a whole workout"],
)
async def test_looking_takes_few_statements(database: Database, gym: Gym, look: Look, most: int) -> None:
    await add_lifter(database)
    names = ["Bench press", "Overhead press", "Leg press", "Curl"]
    bench, *others = [await add_exercise(database, name) for name in names]
    await ready_to_log(database, gym, bench)
    await add_workout(database, finished=True, performed={exercise: [kg(50, 10)] * 5 for exercise in others})
    for exercise in others:
        await gym.workouts.add_exercise(LIFTER, exercise)
    with counted(database) as statements:
        await look(gym)
    assert 0 < len(statements) <= most, [statement.text for statement in statements]


async def test_last_time_takes_one_statement(database: Database, gym: Gym) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench press")
    await ready_to_log(database, gym, bench)
    with counted(database) as statements:
        async with database.reading() as session:
            assert await workouts.last_performance(session, LIFTER, bench) is not None
    assert len(statements) == 1
