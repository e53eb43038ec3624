from sqlalchemy import select

from storage import at_hand, journal, set_aside
from storage.at_hand import UpdateAtHand
from storage.database import Database
from storage.flooding import Incoming
from storage.models import JournalRow
from storage.values.chat import JournalStatus, Source
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import BOT, LIFTER, STRANGER, add_journal_row, add_lifter


async def add_set_aside(database: Database, update_id: int, lifter_id: int = LIFTER) -> int:
    payload = {"update_id": update_id, "message": {"text": "my secret"}}
    update = Incoming(Source.TELEGRAM, update_id, lifter_id, payload)
    async with database.writing() as session:
        await journal.write_down(session, BOT, [update], MONDAY_EVENING)
        row = await one_lane.claim_next(session, BOT, lifter_id)
        assert row is not None
        await journal.close(session, [row.id], JournalStatus.SET_ASIDE, MONDAY_EVENING)
    return row.id


async def all_set_aside(database: Database) -> list[set_aside.SetAside]:
    async with database.reading() as session:
        return list(await set_aside.all_set_aside(session))


async def try_again(database: Database, *journal_ids: int) -> dict[int, int]:
    async with database.writing() as session:
        return await set_aside.try_again(session, journal_ids or None)


async def claim(database: Database) -> journal.Claimed | None:
    async with database.writing() as session:
        return await one_lane.claim_next(session, BOT, LIFTER)


async def test_what_was_set_aside_is_listed_without_its_words(database: Database) -> None:
    first, second = await add_set_aside(database, 11), await add_set_aside(database, 12, STRANGER)
    await add_journal_row(database, 13, status=JournalStatus.DONE)
    rows = await all_set_aside(database)
    assert [(row.id, row.user_id, row.kind, row.has_effect) for row in rows] == [
        (first, LIFTER, "message", False),
        (second, STRANGER, "message", False),
    ]
    assert "secret" not in str(rows)


async def test_a_rest_that_failed_is_listed_as_one(database: Database) -> None:
    async with database.writing() as session:
        await journal.write_down(session, BOT, [Incoming(Source.REST, 5, LIFTER, {})], MONDAY_EVENING)
        row = await one_lane.claim_next(session, BOT, LIFTER)
        assert row is not None
        await journal.close(session, [row.id], JournalStatus.SET_ASIDE, MONDAY_EVENING)
    assert [one.kind for one in await all_set_aside(database)] == ["rest"]


async def test_it_is_tried_again_at_the_end_of_its_lane_with_all_its_attempts(database: Database) -> None:
    failed = await add_set_aside(database, 11)
    await add_journal_row(database, 12)
    again = await try_again(database)
    assert list(again) == [failed]
    next_in_line = await claim(database)
    assert next_in_line is not None
    assert next_in_line.source_id == 12
    async with database.writing() as session:
        await journal.close(session, [next_in_line.id], JournalStatus.DONE, MONDAY_EVENING)
    row = await claim(database)
    assert row is not None
    assert (row.id, row.source_id, row.attempts, row.status) == (again[failed], 11, 1, JournalStatus.PENDING)
    assert row.payload["message"] == {"text": "my secret"}
    assert await all_set_aside(database) == []


async def test_what_has_had_its_effect_is_only_answered(database: Database) -> None:
    await add_lifter(database)
    journal_id = await add_journal_row(database)
    with at_hand.holding(UpdateAtHand(journal_id, LIFTER, None, None, owed="summary:5")):
        async with database.writing():
            pass
    async with database.writing() as session:
        await journal.close(session, [journal_id], JournalStatus.SET_ASIDE, MONDAY_EVENING)
    assert (await all_set_aside(database))[0].has_effect
    await try_again(database, journal_id)
    row = await claim(database)
    assert row is not None
    assert (row.status, row.owed) == (JournalStatus.APPLIED, "summary:5")


async def test_only_what_is_asked_for_and_was_set_aside_is_tried_again(database: Database) -> None:
    first, second = await add_set_aside(database, 11), await add_set_aside(database, 12)
    done = await add_journal_row(database, 13, status=JournalStatus.DONE)
    assert list(await try_again(database, second, done, 404)) == [second]
    assert [row.id for row in await all_set_aside(database)] == [first]
    assert list(await try_again(database, second)) == []
    async with database.reading() as session:
        assert len((await session.scalars(select(JournalRow))).all()) == 3
