import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.models import IdleWatch, JournalRow, Workout
from storage.values.chat import Source, WatchState
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import BOT, LIFTER, STRANGER, add_exercise, add_lifter, how_many
from tests.support.training import ready_to_log
from training.card import Card
from training.errors import NoOpenWorkoutError
from training.gym import Gym
from training.idle import ASKED_AFTER, CLOSED_AFTER, TIME_TO_ANSWER, ClosedIdle, Idle, StillTraining


async def due(database: Database) -> Sequence[int]:
    """The watches that wait in a lane."""
    async with database.reading() as session:
        watches = select(IdleWatch.id).where(IdleWatch.state == WatchState.DUE).order_by(IdleWatch.id)
        return (await session.scalars(watches)).all()


async def found(database: Database, gym: Gym) -> list[Idle]:
    """What is found now, as the lanes would come to it."""
    await gym.idle.sweep(BOT)
    looked = [await gym.idle.look(LIFTER, watch_id) for watch_id in await due(database)]
    return [one for one in looked if one is not None]


@pytest.fixture
async def card(database: Database, gym: Gym, lifter: int, bench: int) -> Card:
    """A workout with one set, logged when it was started, and watched."""
    suggested = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, suggested.workout_id, suggested.revision)
    await gym.idle.sweep(BOT)
    return logged.card


async def test_a_workout_is_asked_about_after_a_quiet_hour_and_once(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(ASKED_AFTER - timedelta(seconds=1))
    assert await found(database, gym) == []
    clock.advance(timedelta(seconds=1))
    (asked,) = await found(database, gym)
    assert asked == StillTraining(await gym.workouts.card(LIFTER), MONDAY_EVENING)
    clock.advance(ASKED_AFTER)
    assert await found(database, gym) == []


async def test_whatever_is_done_puts_the_question_off(
    database: Database, gym: Gym, card: Card, clock: FakeClock, squat: int
) -> None:
    clock.advance(timedelta(minutes=50))
    await gym.notebook.write(LIFTER, "100x4")
    clock.advance(timedelta(minutes=10))
    assert await found(database, gym) == []
    clock.advance(timedelta(minutes=49))
    assert await found(database, gym) == []
    clock.advance(timedelta(minutes=1))
    (asked,) = await found(database, gym)
    assert isinstance(asked, StillTraining)
    assert asked.quiet_since == MONDAY_EVENING + timedelta(minutes=50)


async def test_what_leaves_no_time_behind_puts_it_off_as_well(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(timedelta(minutes=50))
    await gym.undo.undo(LIFTER)
    clock.advance(timedelta(minutes=10))
    assert await found(database, gym) == []
    clock.advance(timedelta(minutes=59))
    assert await found(database, gym) == []
    clock.advance(timedelta(minutes=1))
    assert [type(one) for one in await found(database, gym)] == [StillTraining]


async def test_who_still_trains_is_asked_again_only_after_another_hour(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(ASKED_AFTER)
    await found(database, gym)
    clock.advance(timedelta(minutes=5))
    assert (await gym.idle.stay(LIFTER, card.workout_id)).workout_id == card.workout_id
    clock.advance(timedelta(minutes=59))
    assert await found(database, gym) == []
    clock.advance(timedelta(minutes=1))
    assert [type(one) for one in await found(database, gym)] == [StillTraining]


async def test_a_workout_is_closed_after_four_hours_at_the_time_of_its_last_set(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(timedelta(minutes=30))
    await gym.notebook.write(LIFTER, "100x4")
    clock.advance(timedelta(minutes=90))
    assert await found(database, gym) == []  # it was quiet only since the last set
    assert len(await found(database, gym)) == 1
    clock.advance(CLOSED_AFTER - timedelta(minutes=90))
    (closed,) = await found(database, gym)
    assert isinstance(closed, ClosedIdle)
    assert closed.finished.summary is not None
    assert closed.finished.summary.finished_at == MONDAY_EVENING + timedelta(minutes=30)
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(LIFTER)
    clock.advance(CLOSED_AFTER)
    assert await found(database, gym) == []


async def test_a_closing_can_be_taken_back_and_the_hours_begin_anew(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(ASKED_AFTER)
    await found(database, gym)
    clock.advance(CLOSED_AFTER - ASKED_AFTER)
    (closed,) = await found(database, gym)
    assert isinstance(closed, ClosedIdle)
    await gym.undo.undo(LIFTER)
    assert (await gym.workouts.card(LIFTER)).workout_id == closed.workout_id
    clock.advance(timedelta(minutes=10))
    assert await found(database, gym) == []
    clock.advance(ASKED_AFTER)
    assert [type(one) for one in await found(database, gym)] == [StillTraining]


async def test_what_was_reopened_ends_no_earlier_than_it_had(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(timedelta(minutes=20))
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    await gym.history.reopen(LIFTER, card.workout_id)
    await gym.idle.sweep(BOT)
    for _ in range(5):
        clock.advance(ASKED_AFTER)
        await found(database, gym)
    detail = await gym.history.detail(LIFTER, card.workout_id)
    assert detail.finished_at == MONDAY_EVENING + timedelta(minutes=20)


async def test_after_an_outage_it_is_asked_before_anything_is_closed(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(timedelta(hours=9))
    assert [type(one) for one in await found(database, gym)] == [StillTraining]
    clock.advance(TIME_TO_ANSWER - timedelta(seconds=1))
    assert await found(database, gym) == []
    clock.advance(timedelta(seconds=1))
    assert [type(one) for one in await found(database, gym)] == [ClosedIdle]


async def test_an_empty_workout_is_discarded_and_comes_back_by_undo(
    database: Database, gym: Gym, lifter: int, bench: int, *, clock: FakeClock
) -> None:
    started = await gym.workouts.add_exercise(lifter, bench)
    await gym.idle.sweep(BOT)
    clock.advance(ASKED_AFTER)
    await found(database, gym)
    clock.advance(CLOSED_AFTER - ASKED_AFTER)
    (closed,) = await found(database, gym)
    assert isinstance(closed, ClosedIdle)
    assert closed.finished.summary is None
    assert await how_many(database, Workout) == 0
    await gym.undo.undo(lifter)
    assert (await gym.workouts.card(lifter)).workout_id == started.workout_id


async def test_what_was_found_can_be_told_again(database: Database, gym: Gym, card: Card, clock: FakeClock) -> None:
    clock.advance(ASKED_AFTER)
    await gym.idle.sweep(BOT)
    (watch_id,) = await due(database)
    asked = await gym.idle.look(LIFTER, watch_id)
    assert asked is not None
    assert await gym.idle.looked(LIFTER, watch_id) == asked
    assert await gym.idle.look(LIFTER, watch_id) is None
    clock.advance(CLOSED_AFTER - ASKED_AFTER)
    await gym.idle.sweep(BOT)
    (watch_id,) = await due(database)
    closed = await gym.idle.look(LIFTER, watch_id)
    assert closed is not None
    assert await gym.idle.looked(LIFTER, watch_id) == closed


async def test_nothing_is_told_again_where_nothing_was_found(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    await gym.notebook.write(LIFTER, "100x4")
    clock.advance(ASKED_AFTER)
    await gym.idle.sweep(BOT)
    (watch_id,) = await due(database)
    assert await gym.idle.look(LIFTER, watch_id) is None
    assert await gym.idle.looked(LIFTER, watch_id) is None


async def test_sweeps_at_the_same_moment_watch_once_and_hand_out_once(
    database: Database, gym: Gym, clock: FakeClock
) -> None:
    await add_exercise(database, "Bench press")
    for lifter_id in (LIFTER, STRANGER):
        await gym.workouts.start(await add_lifter(database, lifter_id))
    await asyncio.gather(*(gym.idle.sweep(BOT) for _ in range(5)))
    assert await how_many(database, IdleWatch) == 2
    clock.advance(ASKED_AFTER)
    swept = await asyncio.gather(*(gym.idle.sweep(BOT) for _ in range(5)))
    assert sorted(lifter_id for lifters in swept for lifter_id in lifters) == [LIFTER, STRANGER]
    async with database.reading() as session:
        rows = (await session.scalars(select(JournalRow).where(JournalRow.source == Source.IDLE))).all()
    assert sorted(row.user_id for row in rows) == [LIFTER, STRANGER]


async def test_a_strangers_watch_is_looked_at_by_nobody_else(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    await add_lifter(database, STRANGER)
    clock.advance(ASKED_AFTER)
    await gym.idle.sweep(BOT)
    (watch_id,) = await due(database)
    assert await gym.idle.look(STRANGER, watch_id) is None
    assert await gym.idle.look(LIFTER, watch_id) is not None
    with pytest.raises(NoOpenWorkoutError):
        await gym.idle.stay(STRANGER, card.workout_id)


async def test_watches_that_have_looked_do_not_pile_up(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    for _ in range(6):
        await gym.notebook.write(LIFTER, "100x4")
        clock.advance(ASKED_AFTER)
        await found(database, gym)
    assert await how_many(database, IdleWatch) == 2


async def test_an_answer_that_crosses_the_closing_keeps_the_workout_open(
    database: Database, gym: Gym, card: Card, clock: FakeClock
) -> None:
    clock.advance(ASKED_AFTER)
    await found(database, gym)
    clock.advance(CLOSED_AFTER)
    await gym.idle.sweep(BOT)
    (watch_id,) = await due(database)
    await gym.idle.stay(LIFTER, card.workout_id)
    assert await gym.idle.look(LIFTER, watch_id) is None
    assert (await gym.workouts.card(LIFTER)).workout_id == card.workout_id
