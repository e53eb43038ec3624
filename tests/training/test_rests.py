import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import journal
from storage.database import Database
from storage.models import RestTimer
from storage.values.chat import RestState, Source
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import BOT, LIFTER, STRANGER, add_execution, add_lifter, add_rest, add_workout
from training.gym import Gym
from training.rests import LATE, TOO_LATE, Rung

IN_TWO_MINUTES = MONDAY_EVENING + timedelta(minutes=2)


@pytest.fixture
async def timer_id(database: Database, lifter: int) -> int:
    """A rest of two minutes in an open workout."""
    await add_workout(database)
    return await add_rest(database, await add_execution(database), due_at=IN_TWO_MINUTES)


async def claimed(database: Database, lifter_id: int = LIFTER) -> journal.Claimed | None:
    async with database.writing() as session:
        return await one_lane.claim_next(session, BOT, lifter_id)


async def test_a_rest_that_still_runs_does_not_ring(database: Database, gym: Gym, timer_id: int) -> None:
    rung = await gym.rests.ring(BOT)
    assert rung == Rung((), IN_TWO_MINUTES, ())
    assert await claimed(database) is None
    assert await gym.rests.next_due() == IN_TWO_MINUTES


async def test_a_rest_that_is_due_is_written_into_its_lifters_lane(
    database: Database, gym: Gym, clock: FakeClock, timer_id: int
) -> None:
    clock.advance(timedelta(minutes=2, seconds=3))
    rung = await gym.rests.ring(BOT)
    assert rung == Rung((LIFTER,), None, (timedelta(seconds=3),))
    row = await claimed(database)
    assert row is not None
    assert (row.source, row.source_id) == (Source.REST, timer_id)


async def test_a_rest_rings_once_though_replicas_sweep_at_the_same_time(
    database: Database, gym: Gym, clock: FakeClock, timer_id: int
) -> None:
    clock.advance(timedelta(minutes=2))
    sweeps = await asyncio.gather(*(gym.rests.ring(BOT) for _ in range(10)))
    assert [rung.lifter_ids for rung in sweeps if rung.lifter_ids] == [(LIFTER,)]
    row = await claimed(database)
    assert row is not None
    async with database.writing() as session:
        await journal.close(session, [row.id], row.status.DONE, clock.now)
    assert await claimed(database) is None


async def test_a_sweep_says_when_the_next_one_is_due(
    database: Database, gym: Gym, clock: FakeClock, timer_id: int
) -> None:
    await add_lifter(database, STRANGER)
    later = IN_TWO_MINUTES + timedelta(seconds=30)
    await add_rest(database, await add_execution(database, STRANGER, "Curl"), STRANGER, due_at=later)
    clock.advance(timedelta(minutes=2))
    assert (await gym.rests.ring(BOT)).next_due == later


async def test_of_more_than_may_leave_the_oldest_are_claimed(
    database: Database, gym: Gym, clock: FakeClock, timer_id: int
) -> None:
    await add_lifter(database, STRANGER)
    earlier = IN_TWO_MINUTES - timedelta(seconds=30)
    await add_rest(database, await add_execution(database, STRANGER, "Curl"), STRANGER, due_at=earlier)
    clock.advance(timedelta(minutes=3))
    assert await gym.rests.ring(BOT, at_most=0) == Rung((), earlier, ())
    assert await gym.rests.ring(BOT, at_most=1) == Rung((STRANGER,), IN_TWO_MINUTES, (timedelta(seconds=90),))
    assert (await gym.rests.ring(BOT)).lifter_ids == (LIFTER,)


async def test_what_to_say_about_a_rest_that_is_over_is_the_card(
    gym: Gym, lifter: int, clock: FakeClock, timer_id: int
) -> None:
    clock.advance(timedelta(minutes=2))
    await gym.rests.ring(BOT)
    over = await gym.rests.over(lifter, timer_id)
    assert over is not None
    assert (over.timer_id, over.warning) == (timer_id, None)
    assert over.card == await gym.workouts.card(lifter)


async def test_nothing_is_said_about_a_rest_that_still_runs(gym: Gym, lifter: int, timer_id: int) -> None:
    assert await gym.rests.over(lifter, timer_id) is None


@pytest.mark.parametrize(("late", "said"), [(TOO_LATE, True), (TOO_LATE + timedelta(seconds=1), False)])
async def test_nothing_is_said_about_a_rest_that_was_over_long_ago(
    gym: Gym, lifter: int, clock: FakeClock, timer_id: int, late: timedelta, *, said: bool
) -> None:
    clock.advance(timedelta(minutes=2) + late)
    await gym.rests.ring(BOT)
    assert (await gym.rests.over(lifter, timer_id) is not None) is said


@pytest.mark.parametrize(("late", "is_said"), [(LATE, True), (LATE - timedelta(seconds=1), False)])
async def test_that_a_rest_has_been_over_for_a_while_is_said(
    gym: Gym, lifter: int, clock: FakeClock, timer_id: int, late: timedelta, *, is_said: bool
) -> None:
    clock.advance(timedelta(minutes=2) + late)
    await gym.rests.ring(BOT)
    over = await gym.rests.over(lifter, timer_id)
    assert over is not None
    assert (over.ended_at, over.is_late) == (IN_TWO_MINUTES, is_said)


async def test_of_rests_that_were_over_while_nothing_ran_the_latest_are_told_and_the_others_dropped(
    database: Database, gym: Gym, clock: FakeClock, timer_id: int
) -> None:
    await add_lifter(database, STRANGER)
    warned = await add_rest(
        database, await add_execution(database, STRANGER, "Curl"), STRANGER, due_at=MONDAY_EVENING, message_id=501
    )
    await add_lifter(database, 99)
    dropped = await add_rest(database, await add_execution(database, 99, "Row"), 99, due_at=MONDAY_EVENING)
    clock.advance(timedelta(minutes=2) + TOO_LATE)
    assert await gym.rests.ring(BOT) == Rung((LIFTER,), None, (TOO_LATE,))
    assert await claimed(database, STRANGER) is await claimed(database, 99) is None
    async with database.reading() as session:
        left = {timer.id: timer.state for timer in await session.scalars(select(RestTimer))}
    assert dropped not in left
    assert left == {timer_id: RestState.RUNG, warned: RestState.ENDED}  # what stands in the chat has to leave it


async def test_nothing_is_said_to_who_has_blocked_the_bot(
    gym: Gym, lifter: int, clock: FakeClock, timer_id: int
) -> None:
    clock.advance(timedelta(minutes=2))
    await gym.rests.ring(BOT)
    await gym.lifters.mark_unreachable(lifter)
    assert await gym.rests.over(lifter, timer_id) is None


async def test_nothing_is_said_when_the_workout_was_finished_meanwhile(
    gym: Gym, lifter: int, clock: FakeClock, timer_id: int
) -> None:
    clock.advance(timedelta(minutes=2))
    await gym.rests.ring(BOT)
    card = await gym.workouts.card(lifter)
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert await gym.rests.over(lifter, timer_id) is None


async def test_messages_to_be_removed_are_those_of_ended_rests(database: Database, gym: Gym, lifter: int) -> None:
    execution = await add_execution(database)
    await add_rest(database, execution, state=RestState.RUNG, message_id=500)
    ended = await add_rest(database, execution, state=RestState.ENDED, message_id=501)
    assert [(message.timer_id, message.message_id) for message in await gym.rests.outdated(lifter)] == [(ended, 501)]
