"""However long the journal is, whatever looks for what waits goes through an index: each update passes here."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from storage import depth, journal, lanes, rests, timers
from storage.database import Database
from storage.flooding import Incoming
from storage.models import ExerciseExecution, JournalRow, Lane, RestTimer, Timer, User
from storage.values.chat import JournalStatus, RestState, Source
from storage.values.timer import TimerKind, TimerState
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING
from tests.support.plans import read_as_a_whole
from tests.support.rows import BOT, LIFTER, add_execution, add_lifter
from tests.support.statements import counted

DONE = 3000


@pytest.fixture(autouse=True)
async def long_queues(database: Database) -> None:
    """Thousands of rows that are done with, known to the database's planner."""
    await add_lifter(database)
    execution_id = await add_execution(database)
    async with database.reading() as session:
        workout_id = (await session.get_one(ExerciseExecution, execution_id)).workout_id
    rows: list[dict[str, Any]] = [
        {
            "bot_id": BOT,
            "source": Source.TELEGRAM,
            "source_id": number,
            "user_id": number % 100,
            "payload": {"text": "x" * 200},
            "status": JournalStatus.DONE,
            "received_at": MONDAY_EVENING,
        }
        for number in range(DONE)
    ]
    timers = [
        {
            "user_id": LIFTER,
            "workout_id": workout_id,
            "execution_id": execution_id,
            "started_at": MONDAY_EVENING,
            "due_at": MONDAY_EVENING + timedelta(seconds=number),
            "state": RestState.ENDED,
        }
        for number in range(DONE)
    ]
    async with database.writing() as session:
        await session.execute(insert(JournalRow), rows)
        await session.execute(insert(RestTimer), timers)
        owned = [{"bot_id": BOT, "user_id": 10**6 + number, "epoch": 1} for number in range(DONE)]
        await session.execute(insert(Lane), owned)
        for number in range(3):
            row = Incoming(Source.TELEGRAM, 2 * DONE + number, LIFTER, {})
            await journal.write_down(session, BOT, [row], MONDAY_EVENING)
        await session.execute(text("ANALYZE"))


async def test_nothing_that_an_update_passes_reads_the_whole_journal(database: Database) -> None:
    with counted(database) as statements:
        async with database.writing() as session:
            hold = await one_lane.claim(session, BOT, LIFTER, "a")
            assert hold is not None
            await journal.write_down(session, BOT, [Incoming(Source.TELEGRAM, 3 * DONE, LIFTER, {})], MONDAY_EVENING)
            row = await one_lane.claim_next(session, BOT, LIFTER)
            assert row is not None
            assert not await one_lane.leave(session, hold, [row.id])
            await journal.close(session, [row.id], JournalStatus.DONE, MONDAY_EVENING)
            assert await lanes.waiting(session, BOT, "a") == [LIFTER]
            assert (await depth.depth(session, BOT)).updates == 3
            assert await depth.in_lanes(session, BOT, Source.ANNOUNCEMENT) == 0
    assert len(statements) > 5
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["journal", "lanes"]), statement.text


async def test_lanes_are_forgotten_in_one_pass_through_the_journal(database: Database) -> None:
    with counted(database) as statements:
        async with database.writing() as session:
            await lanes.forget_unused(session)
    kind = database.engine.dialect.name
    explain, remembers = {
        "sqlite": ("EXPLAIN QUERY PLAN", "LIST SUBQUERY"),
        "postgresql": ("EXPLAIN", "hashed SubPlan"),
    }[kind]
    forgetting = statements[-1]
    async with database.engine.connect() as connection:
        if kind == "postgresql":  # so little that the test's journal is a long one
            await connection.exec_driver_sql("SET LOCAL work_mem = '64kB'")
            await connection.exec_driver_sql("SET LOCAL hash_mem_multiplier = 1")
        plan = await connection.exec_driver_sql(f"{explain} {forgetting.text}", forgetting.parameters)
        assert remembers in "\n".join(map(str, plan))


async def test_nothing_that_looks_for_a_rest_reads_all_timers(database: Database) -> None:
    with counted(database) as statements:
        async with database.writing() as session:
            await rests.running(session, LIFTER)
            await rests.claim_due(session, MONDAY_EVENING, limit=10)
            await rests.claim_warnings(session, MONDAY_EVENING, limit=10)
            await rests.next_due(session)
            await rests.next_warned(session)
    assert statements
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["rest_timers"]), statement.text


async def test_nothing_that_looks_for_a_timer_reads_those_of_all_lifters(database: Database) -> None:
    others = range(1_000_000, 1_000_000 + DONE)
    one = {"kind": TimerKind.EMOM, "rounds": 10, "work": 60, "rest": 0, "starts_at": MONDAY_EVENING, "beat": 10}
    async with database.writing() as session:
        people = [{"id": number, "name": "Ann", "created_at": MONDAY_EVENING, "default_rest": 0} for number in others]
        await session.execute(insert(User), people)
        await session.execute(insert(Timer), [one | {"user_id": n, "state": TimerState.OVER} for n in others])
        await session.execute(text("ANALYZE"))
    with counted(database) as statements:
        async with database.writing() as session:
            await timers.of_lifter(session, LIFTER)
            await timers.end_sets(session, LIFTER, MONDAY_EVENING, execution_ids=[1])
            await timers.claim_due(session, MONDAY_EVENING, limit=10)
            await timers.next_due(session)
    assert len(statements) > 3
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["timers"]), statement.text
