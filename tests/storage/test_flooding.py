import asyncio
from collections import Counter

import pytest
from sqlalchemy import select

from storage import flooding, journal
from storage.database import Database
from storage.flooding import MOST_WAITING, Incoming
from storage.models import JournalRow, Lane
from storage.values.chat import NOBODY, JournalStatus, Source
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING
from tests.support.locks import one_after_the_other
from tests.support.rows import BOT, LIFTER, STRANGER, add_journal_row


def updates(lifter_id: int, *ids: int) -> list[Incoming]:
    return [Incoming(Source.TELEGRAM, update_id, lifter_id, {"update_id": update_id}) for update_id in ids]


async def write_down(database: Database, rows: list[Incoming]) -> None:
    async with database.writing() as session:
        await journal.write_down(session, BOT, rows, MONDAY_EVENING)


async def written(database: Database, lifter_id: int = LIFTER) -> list[tuple[Source, int, JournalStatus]]:
    async with database.reading() as session:
        query = select(JournalRow).where(JournalRow.user_id == lifter_id).order_by(JournalRow.id)
        return [(row.source, row.source_id, row.status) for row in await session.scalars(query)]


async def handle_all(database: Database) -> int:
    """Closes what waits for the lifter, in order; how many rows that were."""
    number = 0
    async with database.writing() as session:
        while (row := await one_lane.claim_next(session, BOT, LIFTER)) is not None:
            await journal.close(session, [row.id], JournalStatus.DONE, MONDAY_EVENING)
            number += 1
    return number


@pytest.mark.parametrize("batch", [100, 7, 1000])
async def test_a_lane_takes_two_hundred_then_says_so_once_and_refuses_the_rest(database: Database, batch: int) -> None:
    flood = updates(LIFTER, *range(1, 501))
    for start in range(0, len(flood), batch):
        await write_down(database, flood[start : start + batch])
    rows = await written(database)
    pending = [(Source.TELEGRAM, number, JournalStatus.PENDING) for number in range(1, 201)]
    assert rows[:201] == [*pending, (Source.FLOOD, 201, JournalStatus.PENDING)]
    assert rows[201:] == [(Source.TELEGRAM, number, JournalStatus.REFUSED) for number in range(201, 501)]


async def test_thirty_at_once_are_all_taken(database: Database) -> None:
    await write_down(database, updates(LIFTER, *range(1, 31)))
    assert Counter(status for *_, status in await written(database)) == {JournalStatus.PENDING: 30}


async def test_who_brings_more_than_a_basement_had_better_take_their_time(database: Database) -> None:
    async def crowded(*ids: int) -> set[int]:
        rows = [*updates(LIFTER, *ids), *updates(STRANGER, *(10_000 + update_id for update_id in ids[:1]))]
        async with database.writing() as session:
            return set((await journal.write_down(session, BOT, rows, MONDAY_EVENING)).crowded)

    assert await crowded(*range(1, 51)) == set()
    assert await crowded(51) == {LIFTER}
    assert await crowded(*range(52, 202)) == {LIFTER}
    await handle_all(database)
    assert await crowded(300) == set()


async def test_nothing_is_taken_behind_the_notice_until_it_was_given(database: Database) -> None:
    await write_down(database, updates(LIFTER, *range(1, 202)))
    async with database.writing() as session:
        for _ in range(50):  # there would be room again
            row = await one_lane.claim_next(session, BOT, LIFTER)
            assert row is not None
            await journal.close(session, [row.id], JournalStatus.DONE, MONDAY_EVENING)
    await write_down(database, updates(LIFTER, 300))
    assert (await written(database))[-1] == (Source.TELEGRAM, 300, JournalStatus.REFUSED)
    assert await handle_all(database) == 151
    await write_down(database, updates(LIFTER, 301))
    assert (await written(database))[-1] == (Source.TELEGRAM, 301, JournalStatus.PENDING)


async def test_who_floods_delays_only_themselves(database: Database) -> None:
    await write_down(database, [*updates(LIFTER, *range(1, 300)), *updates(STRANGER, 300, 301)])
    assert [status for *_, status in await written(database, STRANGER)] == [JournalStatus.PENDING] * 2


async def test_what_is_delivered_again_takes_no_room_and_changes_nothing(database: Database) -> None:
    batch = updates(LIFTER, *range(1, 201))
    for _ in range(3):
        await write_down(database, batch)
    assert Counter(status for *_, status in await written(database)) == {JournalStatus.PENDING: 200}
    await write_down(database, [*batch, *updates(LIFTER, 201)])
    await write_down(database, updates(LIFTER, 201))
    assert [(source, status) for source, _, status in (await written(database))[200:]] == [
        (Source.FLOOD, JournalStatus.PENDING),
        (Source.TELEGRAM, JournalStatus.REFUSED),
    ]


async def test_rests_and_what_comes_from_nobody_are_never_refused(database: Database) -> None:
    await write_down(database, updates(LIFTER, *range(1, 201)))
    await write_down(database, [Incoming(Source.REST, 1, LIFTER, {}), *updates(NOBODY, *range(1000, 1300))])
    assert (await written(database))[-1] == (Source.REST, 1, JournalStatus.PENDING)
    assert {status for *_, status in await written(database, NOBODY)} == {JournalStatus.PENDING}


async def test_a_refused_update_is_kept_without_its_content(database: Database) -> None:
    await write_down(database, updates(LIFTER, *range(1, 202)))
    async with database.reading() as session:
        refused = await session.scalars(select(JournalRow).where(JournalRow.status == JournalStatus.REFUSED))
        (row,) = refused.all()
    assert (row.payload, row.finished_at) == ({}, MONDAY_EVENING)


async def test_the_notice_knows_how_many_were_refused(database: Database) -> None:
    await add_journal_row(database, 9000, status=JournalStatus.REFUSED)
    await write_down(database, updates(LIFTER, *range(1, 251)))
    async with database.reading() as session:
        notice = await session.scalar(select(JournalRow.id).where(JournalRow.source == Source.FLOOD))
        assert notice is not None
        assert await flooding.refused_since(session, BOT, LIFTER, notice) == 50


async def test_several_replicas_that_write_down_a_flood_let_in_little_more(database: Database) -> None:
    flood = [updates(LIFTER, *range(start, start + 50)) for start in range(1, 1001, 50)]
    await asyncio.gather(*(write_down(database, batch) for batch in flood))
    rows = await written(database)
    assert len([row for row in rows if row[0] is Source.TELEGRAM]) == 1000
    # Each of the connections may have counted before the others' rows were there.
    assert MOST_WAITING <= sum(status is JournalStatus.PENDING for *_, status in rows) <= 20 * MOST_WAITING


async def test_of_replicas_that_find_a_lane_full_at_the_same_time_one_tells(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    async with database.writing() as session:
        assert await one_lane.claim(session, BOT, LIFTER, "here") is not None
    await write_down(database, updates(LIFTER, *range(1, 201)))
    both = (write_down(database, updates(LIFTER, 201)), write_down(database, updates(LIFTER, 202)))
    await one_after_the_other(database, select(Lane).where(Lane.user_id == LIFTER), *both)
    assert [source for source, _, _ in await written(database)].count(Source.FLOOD) == 1
    await database.close()
