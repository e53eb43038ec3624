"""Steps that several tests of training begin with."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from storage.database import Database
from storage.models import RestTimer
from storage.values.chat import RestState
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, add_workout, kg
from training.card import Card
from training.gym import Gym
from training.typed_line import Written

LAST_WEEK = MONDAY_EVENING - timedelta(days=7)


async def ready_to_log(database: Database, gym: Gym, exercise_id: int) -> Card:
    """A card whose suggestion is 100 kg × 5, as last week."""
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={exercise_id: [kg(100, 5), kg(95, 6)]})
    return await gym.workouts.add_exercise(LIFTER, exercise_id)


async def leave(gym: Gym, lifter_id: int) -> None:
    """The lifter deletes everything, as they were just shown it."""
    held = await gym.leaving.holdings(lifter_id)
    await gym.leaving.leave(lifter_id, held.asked_at, held.mark, unheard)


async def unheard(_: int) -> None:
    """Nobody is told how far a deletion has come."""


async def told(database: Database, message_id: int) -> int:
    """The running rest has rung, and this message told it."""
    async with database.writing() as session:
        timer = (await session.scalars(select(RestTimer).where(RestTimer.state == RestState.RUNNING))).one()
        timer.state, timer.message_id = RestState.RUNG, message_id
    return timer.id


def current_name(written: Written) -> str | None:
    return None if written.card.current is None else written.card.current.name
