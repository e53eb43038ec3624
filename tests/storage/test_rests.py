import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage import rests
from storage.database import Database
from storage.models import RestTimer
from storage.values.chat import RestState
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_execution, add_lifter, add_rest

LATER = MONDAY_EVENING + timedelta(minutes=2)


@pytest.fixture
async def execution(database: Database) -> int:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    return await add_execution(database)


async def claim(database: Database, *, limit: int = 100) -> list[int]:
    async with database.writing() as session:
        return [timer.id for timer in await rests.claim_due(session, LATER, limit=limit)]


async def end_all(database: Database) -> list[int]:
    async with database.writing() as session:
        return [rest.timer_id for rest in (await rests.end_all(session, LIFTER)).told]


async def left(database: Database) -> Sequence[tuple[int, RestState]]:
    async with database.reading() as session:
        found = await session.execute(select(RestTimer.id, RestTimer.state).order_by(RestTimer.id))
        return [(row.id, row.state) for row in found]


async def test_the_running_rest_is_the_lifters_own(database: Database, execution: int) -> None:
    await add_rest(database, execution, state=RestState.RUNG)
    await add_rest(database, execution, STRANGER)
    async with database.reading() as session:
        assert await rests.running(session, LIFTER) is None
    mine = await add_rest(database, execution)
    async with database.reading() as session:
        found = await rests.running(session, LIFTER)
    assert found is not None
    assert found.id == mine


async def test_rests_that_are_due_are_claimed_in_the_order_in_which_they_end(
    database: Database, execution: int
) -> None:
    for number, seconds in enumerate([0, -30, 1]):
        await add_lifter(database, 100 + number)
        await add_rest(database, execution, 100 + number, due_at=LATER + timedelta(seconds=seconds))
    async with database.writing() as session:
        due = await rests.claim_due(session, LATER, limit=100)
    assert [timer.user_id for timer in due] == [101, 100]
    assert [state for _, state in await left(database)] == [RestState.RUNG, RestState.RUNG, RestState.RUNNING]


async def test_a_rest_is_claimed_once(database: Database, execution: int) -> None:
    timer_id = await add_rest(database, execution)
    assert await claim(database) == [timer_id]
    assert await claim(database) == []


async def test_sweeps_at_the_same_time_share_the_rests_and_claim_none_twice(database: Database, execution: int) -> None:
    for lifter_id in range(100, 120):
        await add_lifter(database, lifter_id)
        await add_rest(database, execution, lifter_id)
    claimed = await asyncio.gather(*(claim(database, limit=7) for _ in range(8)))
    timer_ids = [timer_id for sweep in claimed for timer_id in sweep]
    timer_ids += await claim(database)
    assert sorted(timer_ids) == [timer_id for timer_id, _ in await left(database)]


async def test_a_sweep_claims_at_most_what_was_asked_for(database: Database, execution: int) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_rest(database, execution, lifter_id)
    assert len(await claim(database, limit=1)) == 1
    assert len(await claim(database, limit=1)) == 1


async def test_the_next_rest_to_end_is_the_earliest_that_runs(database: Database, execution: int) -> None:
    async with database.reading() as session:
        assert await rests.next_due(session) is None
    await add_rest(database, execution, due_at=MONDAY_EVENING, state=RestState.RUNG)
    await add_rest(database, execution, due_at=LATER + timedelta(minutes=1))
    await add_rest(database, execution, STRANGER, due_at=LATER)
    async with database.reading() as session:
        assert await rests.next_due(session) == LATER


@pytest.mark.parametrize(
    ("state", "asking", "expected"),
    [
        (RestState.RUNG, LIFTER, True),
        (RestState.RUNG, STRANGER, False),
        (RestState.RUNNING, LIFTER, False),
        (RestState.ENDED, LIFTER, False),
    ],
)
async def test_a_rest_that_is_over_is_found_by_its_lifter_until_something_ends_it(
    database: Database, execution: int, state: RestState, asking: int, *, expected: bool
) -> None:
    timer_id = await add_rest(database, execution, state=state)
    async with database.reading() as session:
        assert (await rests.rung(session, asking, timer_id) is not None) is expected


async def test_ending_rests_forgets_those_without_a_message_and_returns_the_others(
    database: Database, execution: int
) -> None:
    await add_rest(database, execution)
    told = await add_rest(database, execution, state=RestState.RUNG, message_id=501)
    ended_before = await add_rest(database, execution, state=RestState.ENDED, message_id=502)
    strangers = await add_rest(database, execution, STRANGER)
    assert await end_all(database) == [told, ended_before]
    assert await left(database) == [
        (told, RestState.ENDED),
        (ended_before, RestState.ENDED),
        (strangers, RestState.RUNNING),
    ]


async def test_rests_of_some_executions_or_begun_since_a_time_are_ended_alone(
    database: Database, execution: int
) -> None:
    other = await add_execution(database, name="Curl")
    told = await add_rest(database, execution, state=RestState.RUNG, message_id=501)
    running = await add_rest(database, other)
    async with database.writing() as session:
        later = MONDAY_EVENING + timedelta(microseconds=1)
        assert await rests.end_all(session, LIFTER, since=later) == rests.Ended([], None)
        ended = await rests.end_all(session, LIFTER, execution_ids=[execution], since=MONDAY_EVENING)
    assert ended == rests.Ended([rests.Told(told, 501)], rests.Lasted(told, execution, None, None))
    assert await left(database) == [(told, RestState.ENDED), (running, RestState.RUNNING)]


async def test_ending_nothing_is_nothing(database: Database, execution: int) -> None:
    assert await end_all(database) == []


async def test_a_rest_is_either_claimed_or_ended_when_both_happen_at_once(database: Database, execution: int) -> None:
    for _ in range(10):
        await add_rest(database, execution)
        await asyncio.gather(claim(database), end_all(database), claim(database), end_all(database))
        assert [state for _, state in await left(database)] in ([], [RestState.RUNG])
        await end_all(database)


async def test_warnings_are_claimed_once_and_only_of_timers_that_run_and_warn(
    database: Database, execution: int
) -> None:
    warning = await add_rest(database, execution, due_at=LATER, warns=True)
    for lifter_id, due_at, state, warns in (
        (101, LATER, RestState.RUNNING, False),
        (102, LATER, RestState.RUNG, True),
        (103, LATER + timedelta(seconds=1), RestState.RUNNING, True),
    ):
        await add_lifter(database, lifter_id)
        await add_rest(database, execution, lifter_id, due_at=due_at, state=state, warns=warns)
    assert await next_warned(database) == LATER
    claims = await asyncio.gather(*(claim_warnings(database) for _ in range(4)))
    assert [timer_id for claimed in claims for timer_id in claimed] == [warning]
    assert await next_warned(database) == LATER + timedelta(seconds=1)
    async with database.reading() as session:
        assert await rests.warned(session, STRANGER, warning) is None
        assert await rests.warned(session, LIFTER, warning) is not None


async def claim_warnings(database: Database) -> list[int]:
    async with database.writing() as session:
        return [timer.id for timer in await rests.claim_warnings(session, LATER, limit=10)]


async def next_warned(database: Database) -> datetime | None:
    async with database.reading() as session:
        return await rests.next_warned(session)


async def test_ending_what_has_run_out_leaves_what_runs(database: Database, execution: int) -> None:
    running = await add_rest(database, execution, message_id=500)
    await add_rest(database, execution, state=RestState.RUNG)
    told = await add_rest(database, execution, state=RestState.RUNG, message_id=501)
    async with database.writing() as session:
        assert await rests.end_rung(session, LIFTER) == [rests.Told(told, 501)]
    assert await left(database) == [(running, RestState.RUNNING), (told, RestState.ENDED)]


async def test_what_the_last_rest_came_to_is_known_once_it_ends(database: Database, execution: int) -> None:
    await add_rest(database, execution, state=RestState.RUNG, message_id=501)
    last = await add_rest(database, execution, planned=120, wanted=150)
    async with database.writing() as session:
        ended = await rests.end_all(session, LIFTER)
    assert ended.latest == rests.Lasted(last, execution, 120, 150)


async def test_messages_left_over_are_those_of_the_lifters_ended_rests(database: Database, execution: int) -> None:
    await add_rest(database, execution, state=RestState.ENDED)
    await add_rest(database, execution, state=RestState.RUNG, message_id=500)
    leftover = await add_rest(database, execution, state=RestState.ENDED, message_id=501)
    await add_rest(database, execution, STRANGER, state=RestState.ENDED, message_id=502)
    async with database.reading() as session:
        assert [rest.timer_id for rest in await rests.leftover(session, LIFTER)] == [leftover]
