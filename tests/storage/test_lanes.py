import asyncio
import itertools
from contextvars import Context

import pytest
from sqlalchemy import select, text

from storage import at_hand, journal, lanes, replicas
from storage.applying import check_lane
from storage.at_hand import UpdateAtHand
from storage.database import Database
from storage.flooding import Incoming
from storage.models import JournalRow, Lane
from storage.values.chat import JournalStatus, Source
from storage.values.lane import LaneHold, LaneLostError
from storage.waking import hear_of_lanes
from tests.storage.test_replicas import beat, falls_silent
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import BOT, LIFTER, STRANGER, add_journal_row, add_lifter
from tests.support.waiting import until


async def claim(database: Database, owner: str, lifter_id: int = LIFTER) -> LaneHold | None:
    async with database.writing() as session:
        return await one_lane.claim(session, BOT, lifter_id, owner)


async def claimed(database: Database, owner: str) -> LaneHold:
    hold = await claim(database, owner)
    assert hold is not None
    return hold


async def leave(database: Database, hold: LaneHold, *closing: int) -> bool:
    async with database.writing() as session:
        return await one_lane.leave(session, hold, closing)


async def waiting(database: Database, owner: str, bot_id: int = BOT) -> list[int]:
    async with database.reading() as session:
        return sorted(await lanes.waiting(session, bot_id, owner))


@pytest.fixture(autouse=True)
async def two_replicas(database: Database) -> None:
    await beat(database, "a", "b")


async def test_a_lane_is_one_replicas_and_claiming_it_again_changes_nothing(database: Database) -> None:
    hold = await claimed(database, "a")
    assert hold == LaneHold(BOT, LIFTER, "a", 1)
    assert await claim(database, "b") is None
    assert await claim(database, "a") == hold
    assert await claim(database, "b", STRANGER) == LaneHold(BOT, STRANGER, "b", 1)


async def test_a_lane_that_was_left_is_the_next_ones(database: Database) -> None:
    assert await leave(database, await claimed(database, "a"))
    assert await claim(database, "b") == LaneHold(BOT, LIFTER, "b", 2)
    assert await claim(database, "a") is None


async def test_lanes_of_several_lifters_are_claimed_and_left_at_once_each_on_its_own(database: Database) -> None:
    await claim(database, "b", 3)
    async with database.writing() as session:
        holds = await lanes.claim(session, BOT, [3, 2, 1], "a")
    assert holds == {1: LaneHold(BOT, 1, "a", 1), 2: LaneHold(BOT, 2, "a", 1)}
    await add_journal_row(database, 1, lifter_id=2)
    lost = LaneHold(BOT, 3, "a", 1)
    async with database.writing() as session:
        left = await lanes.leave(session, [*holds.values(), lost])
    assert left == {holds[1]: True, holds[2]: False}
    async with database.writing() as session:
        assert (await lanes.claim(session, BOT, [1, 2, 3], "b")).keys() == {1, 3}


async def test_leaving_no_lane_is_nothing(database: Database) -> None:
    async with database.writing() as session:
        assert await lanes.leave(session, []) == {}


async def test_a_lane_that_was_lost_and_taken_again_is_not_left_by_the_claim_before(database: Database) -> None:
    before = await claimed(database, "a")
    await leave(database, before)
    await leave(database, await claimed(database, "b"))
    await claimed(database, "a")
    async with database.writing() as session:
        assert await lanes.leave(session, [before]) == {}


async def test_replicas_that_want_the_same_lanes_in_any_order_get_or_leave_them_and_never_block_each_other(
    database: Database,
) -> None:
    lifters = list(range(1, 9))

    async def replica(owner: str, order: int) -> None:
        for _ in range(15):
            async with database.writing() as session:
                holds = await lanes.claim(session, BOT, lifters[::order], owner)
            async with database.writing() as session:
                left = await lanes.leave(session, list(holds.values())[::order])
            assert len(left) == len(holds)

    async with asyncio.timeout(60):
        await asyncio.gather(replica("a", 1), replica("b", -1))


async def test_who_can_not_have_a_lane_does_not_wait_for_what_its_owner_is_doing(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await beat(database, "a", "b")
    hold = await claimed(database, "a")
    async with database.writing() as session:
        await check_lane(session, UpdateAtHand(1, LIFTER, None, None, lane=hold))
        async with asyncio.timeout(30):
            assert await claim(database, "b") is None
    await database.close()


async def test_the_lane_of_the_dead_is_taken_over(database: Database) -> None:
    await claimed(database, "a")
    await falls_silent(database, "a")
    assert await claim(database, "b") == LaneHold(BOT, LIFTER, "b", 2)
    await beat(database, "a")
    assert await claim(database, "a") is None


async def test_a_lane_is_kept_while_something_waits_but_the_row_that_is_about_to_be_closed(database: Database) -> None:
    hold = await claimed(database, "a")
    last = await add_journal_row(database, 1)
    assert not await leave(database, hold)
    assert await claim(database, "b") is None
    await add_journal_row(database, 2, lifter_id=STRANGER)
    await add_journal_row(database, 3, status=JournalStatus.SET_ASIDE)
    await add_journal_row(database, 4, bot_id=1)
    assert await leave(database, hold, last)
    assert await claim(database, "b") is not None


async def test_who_has_lost_a_lane_can_not_leave_it_to_others(database: Database) -> None:
    hold = await claimed(database, "a")
    await falls_silent(database, "a")
    await claimed(database, "b")
    with pytest.raises(LaneLostError):
        await leave(database, hold)
    assert await claim(database, "a") is None


async def test_who_was_paused_while_the_lane_went_on_writes_nothing(database: Database) -> None:
    await add_lifter(database)
    row = await add_journal_row(database)
    hand = UpdateAtHand(row, LIFTER, None, None, lane=await claimed(database, "a"))
    await falls_silent(database, "a")
    await claimed(database, "b")
    await beat(database, "a")
    with at_hand.holding(hand), pytest.raises(LaneLostError):
        async with database.writing():
            pytest.fail("the block must not be entered")
    async with database.reading() as session:
        assert (await session.get_one(JournalRow, row)).status is JournalStatus.PENDING


async def test_a_second_write_for_an_update_needs_the_lane_as_the_first_does(database: Database) -> None:
    await add_lifter(database)
    hold = await claimed(database, "a")
    hand = UpdateAtHand(await add_journal_row(database), LIFTER, None, None, lane=hold)
    with at_hand.holding(hand):
        async with database.writing():
            pass
        assert hand.applied
        await falls_silent(database, "a")
        await claimed(database, "b")
        with pytest.raises(LaneLostError):
            async with database.writing():
                pytest.fail("the block must not be entered")
    async with database.writing() as session:
        with pytest.raises(LaneLostError):
            await check_lane(session, hand)


async def test_a_lane_is_not_taken_over_in_the_middle_of_a_write(database: Database) -> None:
    await add_lifter(database)
    hand = UpdateAtHand(await add_journal_row(database), LIFTER, None, None, lane=await claimed(database, "a"))
    await falls_silent(database, "a")
    taken = asyncio.Event()

    async def take_over() -> None:
        await claimed(database, "b")
        taken.set()

    with at_hand.holding(hand):
        async with database.writing() as session:
            taking = asyncio.create_task(take_over(), context=Context())
            await session.execute(text("SELECT 1"))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):  # a bound: it would be taken in a millisecond
                    await taken.wait()
    async with asyncio.timeout(30):
        await taking


async def test_each_lane_is_judged_by_its_own_owner(database: Database) -> None:
    await claim(database, "a", STRANGER)
    await claimed(database, "b")
    await falls_silent(database, "b")
    assert await claim(database, "c", STRANGER) is None
    assert await claim(database, "c") == LaneHold(BOT, LIFTER, "c", 2)


async def test_what_waits_is_seen_by_its_lanes_owner_and_by_everybody_if_there_is_none(database: Database) -> None:
    for lifter_id in (1, 2, 3, 4):
        await add_journal_row(database, lifter_id, lifter_id=lifter_id)
    await add_journal_row(database, 5, lifter_id=5, status=JournalStatus.DONE)
    await add_journal_row(database, 6, lifter_id=6, status=JournalStatus.APPLIED)
    await add_journal_row(database, 1, lifter_id=7, bot_id=1)
    await beat(database, "dead")
    for lifter_id, owner in ((1, "a"), (2, "b"), (3, "dead")):
        await claim(database, owner, lifter_id)
    await falls_silent(database, "dead")
    assert await waiting(database, "a") == [1, 3, 4, 6]
    assert await waiting(database, "b") == [2, 3, 4, 6]
    assert await waiting(database, "a", 1) == [7]


async def test_a_lane_is_forgotten_with_the_last_that_came_in_it(database: Database) -> None:
    for lifter_id in (1, 2, 3):
        hold = await claim(database, "a", lifter_id)
        assert hold is not None
        if lifter_id != 3:  # a lane that is under way
            await leave(database, hold)
    await add_journal_row(database, lifter_id=1, status=JournalStatus.DONE)
    async with database.writing() as session:
        await lanes.forget_unused(session)
    async with database.reading() as session:
        assert sorted(await session.scalars(select(Lane.user_id))) == [1, 3]


async def test_updates_that_several_replicas_write_down_and_handle_keep_each_lifters_order(database: Database) -> None:
    """Each replica brings updates in and handles what it may: nothing is left lying, and none that was written down
    before another came in is handled after it. Of two that come in at the same time either may be first.
    """
    handled: dict[int, list[int]] = {1: [], 2: [], 3: []}
    numbers, moments = itertools.count(1), itertools.count(1)
    came, written = dict[int, int](), dict[int, int]()

    async def bring_in(lifter_id: int) -> None:
        number = next(numbers)
        came[number] = next(moments)
        async with database.writing() as session:
            await journal.write_down(session, BOT, [Incoming(Source.TELEGRAM, number, lifter_id, {})], MONDAY_EVENING)
        written[number] = next(moments)

    async def handle_all(owner: str, lifter_id: int) -> None:
        while (hold := await claim(database, owner, lifter_id)) is not None:
            async with database.writing() as session:
                row = await one_lane.claim_next(session, BOT, lifter_id)
            if row is not None:
                handled[lifter_id].append(row.source_id)
                async with database.writing() as session:
                    await journal.close(session, [row.id], JournalStatus.DONE, MONDAY_EVENING)
            if await leave(database, hold):
                return

    async def replica(owner: str) -> None:
        for lifter_id in [1, 2, 3] * 5:
            await bring_in(lifter_id)
            await bring_in(lifter_id)
            await handle_all(owner, lifter_id)

    async with asyncio.timeout(120):
        await asyncio.gather(replica("a"), replica("b"))
        for lifter_id in handled:  # what came in for a lane that the other one was just about to leave
            await handle_all("a", lifter_id)
    assert [len(set(ids)) for ids in handled.values()] == [20, 20, 20]
    pairs = [pair for ids in handled.values() for pair in itertools.combinations(ids, 2)]
    assert not [(first, then) for first, then in pairs if written[then] < came[first]]


async def test_the_owner_of_a_lane_hears_that_another_replica_wants_it(postgresql_url: str) -> None:
    heard: list[tuple[int, int]] = []
    here, there = Database(postgresql_url), Database(postgresql_url)
    await beat(here, "a", "b")
    await claimed(here, "a")
    listening = asyncio.create_task(hear_of_lanes(here, "a", lambda *said: heard.append(said)))

    async def asked() -> bool:
        assert await claim(there, "b") is None
        return bool(heard)

    await until(asked)
    assert set(heard) == {(BOT, LIFTER)}
    async with there.writing() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        await session.execute(text(others))
    async with asyncio.timeout(30):
        await listening  # so that whoever listens knows that it has to begin anew
    for database in (here, there):
        await database.close()


async def test_nobody_but_the_owner_hears_that_a_lane_is_wanted(postgresql_url: str) -> None:
    """Or they would look, be refused and say so again, for as long as the owner is busy."""
    heard: list[tuple[int, int]] = []
    database = Database(postgresql_url)
    await beat(database, "a", "b")
    await claimed(database, "a")
    assert await claim(database, "b", STRANGER) is not None
    listening = asyncio.create_task(hear_of_lanes(database, "b", lambda *said: heard.append(said)))

    async def both_asked() -> bool:
        assert await claim(database, "b") is None
        assert await claim(database, "a", STRANGER) is None
        return len(heard) > 1  # before the first it may not have listened

    await until(both_asked)
    assert set(heard) == {(BOT, STRANGER)}
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await database.close()


def test_a_dead_replicas_work_is_taken_over_within_ten_seconds() -> None:
    from bot.replica import _BETWEEN  # noqa: PLC0415 -- the one figure of another layer that this rests on

    assert replicas.LIVES_FOR / 1000 + _BETWEEN < 10
    assert replicas.LIVES_FOR / 1000 >= 3 * _BETWEEN
