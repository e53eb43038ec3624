"""A word before a rest ends, for who wants one."""

import asyncio
from datetime import timedelta

import pytest

from storage import journal
from storage.database import Database
from storage.models import RestTimer
from storage.values.chat import JournalStatus, Source
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.rows import BOT, LIFTER
from training.card import Card
from training.gym import Gym
from training.open_workout import RestMessage
from training.rest_lengths import MORE, WARNING
from training.rests import RestEnding, Rung

ENDS_AT = MONDAY_EVENING + timedelta(seconds=180)


@pytest.fixture
async def workout_id(gym: Gym, lifter: int, bench: int) -> int:
    """A workout in which a rest of three minutes has just begun."""
    await gym.lifters.change_settings(lifter, warns_of_rest=True)
    await gym.workouts.add_exercise(lifter, bench)
    return (await gym.notebook.write(lifter, "100x5")).card.workout_id


async def waiting(database: Database) -> tuple[Source, int] | None:
    """What waits in the lifter's lane, which is then done."""
    async with database.writing() as session:
        row = await one_lane.claim_next(session, BOT, LIFTER)
        if row is None:
            return None
        await journal.close(session, [row.id], JournalStatus.DONE, MONDAY_EVENING)
    return row.source, row.source_id


async def warned(database: Database, gym: Gym, clock: FakeClock) -> int:
    """The time of the warning has come; of which timer it was."""
    clock.now = ENDS_AT - WARNING
    await gym.rests.ring(BOT)
    row = await waiting(database)
    assert row is not None
    assert row[0] is Source.REST_WARNING
    return row[1]


async def told(database: Database, timer_id: int, message_id: int) -> None:
    async with database.writing() as session:
        (await session.get_one(RestTimer, timer_id)).message_id = message_id


async def test_it_comes_once_and_then_the_end_which_takes_its_place(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, workout_id: int
) -> None:
    assert alarm.due == [ENDS_AT - WARNING]
    clock.now = ENDS_AT - WARNING - timedelta(seconds=1)
    assert await gym.rests.ring(BOT) == Rung((), ENDS_AT - WARNING, ())
    clock.now = ENDS_AT - WARNING
    assert await gym.rests.ring(BOT) == Rung((lifter,), ENDS_AT, ())
    assert await gym.rests.ring(BOT) == Rung((), ENDS_AT, ())
    row = await waiting(database)
    assert row is not None
    timer_id = row[1]
    assert row == (Source.REST_WARNING, timer_id)
    assert await gym.rests.ending(lifter, timer_id) == RestEnding(timer_id, workout_id, ENDS_AT)
    await told(database, timer_id, 501)
    clock.now = ENDS_AT
    await gym.rests.ring(BOT)
    assert await waiting(database) == (Source.REST, timer_id)
    over = await gym.rests.over(lifter, timer_id)
    assert over is not None
    assert over.warning == 501


async def test_sweeps_at_the_same_time_give_it_out_once(
    database: Database, gym: Gym, clock: FakeClock, workout_id: int
) -> None:
    clock.now = ENDS_AT - WARNING
    sweeps = await asyncio.gather(*(gym.rests.ring(BOT) for _ in range(8)))
    assert [rung.lifter_ids for rung in sweeps if rung.lifter_ids] == [(LIFTER,)]
    assert await waiting(database) is not None
    assert await waiting(database) is None


async def test_none_comes_without_the_wish_before_a_short_rest_or_after_the_end(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, workout_id: int
) -> None:
    await gym.resting.last(lifter, timedelta(seconds=29))
    assert await gym.rests.next_due() == MONDAY_EVENING + timedelta(seconds=29)
    await gym.resting.last(lifter, timedelta(seconds=30))
    assert await gym.rests.next_due() == MONDAY_EVENING + timedelta(seconds=20)
    clock.now = MONDAY_EVENING + timedelta(seconds=30)
    await gym.rests.ring(BOT)
    row = await waiting(database)
    assert row is not None
    assert row[0] is Source.REST
    assert await waiting(database) is None
    await gym.lifters.change_settings(lifter, warns_of_rest=False)
    await gym.notebook.write(lifter, "100x5")
    assert await gym.rests.next_due() == clock() + timedelta(seconds=180)


async def test_it_moves_with_the_end(gym: Gym, clock: FakeClock, lifter: int, workout_id: int) -> None:
    await gym.resting.shift(lifter, workout_id, MORE)
    assert await gym.rests.next_due() == ENDS_AT + MORE - WARNING
    await gym.resting.shift(lifter, workout_id, -timedelta(seconds=180))
    assert await gym.rests.next_due() == ENDS_AT + MORE - timedelta(seconds=180) - WARNING


async def test_who_rests_longer_after_it_is_warned_again_and_the_first_one_leaves(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, workout_id: int
) -> None:
    first = await warned(database, gym, clock)
    await told(database, first, 501)
    rested = await gym.resting.shift(lifter, workout_id, MORE)
    assert rested.outdated == (RestMessage(first, 501),)
    assert rested.card.rest_until == ENDS_AT + MORE
    clock.now = ENDS_AT + MORE - WARNING
    assert (await gym.rests.ring(BOT)).lifter_ids == (lifter,)
    row = await waiting(database)
    assert row is not None
    assert row[0] is Source.REST_WARNING
    assert row[1] != first
    assert await gym.rests.ending(lifter, row[1]) is not None


async def outdated_by(gym: Gym, end: str, card: Card) -> tuple[RestMessage, ...]:
    match end:
        case "set":
            return (await gym.workouts.log_suggested(LIFTER, card.workout_id, card.revision)).outdated
        case "skip":
            return (await gym.resting.skip(LIFTER, card.workout_id)).outdated
        case "undo":
            return (await gym.undo.undo(LIFTER)).outdated
        case "finish":
            return (await gym.workouts.finish(LIFTER, card.workout_id, card.revision)).outdated
        case _:
            return (await gym.history.discard(LIFTER, card.workout_id, card.revision)).outdated


@pytest.mark.parametrize("end", ["set", "skip", "undo", "finish", "discard"])
async def test_it_leaves_with_whatever_ends_the_rest(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, workout_id: int, end: str
) -> None:
    timer_id = await warned(database, gym, clock)
    await told(database, timer_id, 501)
    assert await outdated_by(gym, end, await gym.workouts.card(lifter)) == (RestMessage(timer_id, 501),)
    assert await gym.rests.over(lifter, timer_id) is None


@pytest.mark.parametrize("what", ["over", "prolonged", "skipped", "blocked"])
async def test_nothing_is_said_where_it_would_be_wrong_by_now(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, workout_id: int, what: str
) -> None:
    timer_id = await warned(database, gym, clock)
    assert await gym.rests.ending(lifter, timer_id) is not None
    if what == "over":
        clock.now = ENDS_AT
    elif what == "prolonged":
        await gym.resting.shift(lifter, workout_id, MORE)
    elif what == "skipped":
        await gym.resting.skip(lifter, workout_id)
    elif what == "blocked":
        await gym.lifters.mark_unreachable(lifter)
    assert await gym.rests.ending(lifter, timer_id) is None
