"""kill -9 between finding a workout idle and telling its lifter: it is told, and done once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.models import Change, IdleWatch, Set, Workout
from storage.values.change import ChangeKind
from storage.values.chat import WatchState
from tests.support.mortal_bot import MortalBot
from tests.support.waiting import until


async def is_watched(database: Database, *, has_asked: bool) -> None:
    """The open workout has a watch whose time has come, as if nothing had been done for hours."""
    async with database.writing() as session:
        workout = (await session.scalars(select(Workout))).one()
        await session.execute(delete(IdleWatch))
        session.add(
            IdleWatch(
                user_id=workout.user_id,
                workout_id=workout.id,
                revision=workout.revision,
                quiet_since=datetime.now(UTC) - timedelta(hours=5),
                due_at=datetime.now(UTC) - timedelta(minutes=1),
                has_asked=has_asked,
                state=WatchState.WATCHING,
            )
        )


async def has_looked(database: Database, state: WatchState) -> bool:
    async with database.reading() as session:
        return state in set(await session.scalars(select(IdleWatch.state)))


@pytest.mark.parametrize(
    ("has_asked", "state", "said"),
    [(False, WatchState.ASKED, "Still training?"), (True, WatchState.CLOSED, "I've closed Workout")],
    ids=["asking", "closing"],
)
async def test_what_was_found_is_told_after_the_process_has_died(
    ann: Lifter, bot: MortalBot, telegram: Simulator, database: Database, has_asked: bool, state: WatchState, said: str
) -> None:
    await ann.sends("100x5")
    await ann.sees("Today: 100 kg × 5")
    await bot.is_killed()
    await is_watched(database, has_asked=has_asked)
    telegram.faults.delay(60, "sendMessage")
    await bot.starts()
    await until(lambda: has_looked(database, state))
    await bot.is_killed()  # between the commit and the message
    telegram.faults.delay(0, "sendMessage")
    await bot.starts()
    await ann.sees(said, within=60)
    async with database.reading() as session:
        workout = (await session.scalars(select(Workout))).one()
        last_set = (await session.scalars(select(Set.logged_at))).one()
        finishes = (await session.scalars(select(Change).where(Change.kind == ChangeKind.FINISHED))).all()
    assert workout.finished_at == (last_set if has_asked else None)
    assert len(finishes) == int(has_asked)


async def test_an_empty_workout_that_went_is_told_of_after_the_process_has_died(
    ann: Lifter, bot: MortalBot, telegram: Simulator, database: Database
) -> None:
    await bot.is_killed()
    await is_watched(database, has_asked=True)
    telegram.faults.delay(60, "sendMessage")
    await bot.starts()

    async def is_gone() -> bool:
        async with database.reading() as session:
            return (await session.scalars(select(Workout))).all() == []

    await until(is_gone)
    await bot.is_killed()
    telegram.faults.delay(0, "sendMessage")
    await bot.starts()
    await ann.sees("It had no sets", within=60)
