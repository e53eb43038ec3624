import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from storage import at_hand
from storage.applying import AlreadyAppliedError
from storage.at_hand import UpdateAtHand
from storage.database import Database, open_engine
from storage.models import JournalRow, User
from storage.values.chat import JournalStatus
from tests.support.rows import LIFTER, add_journal_row, add_lifter
from tests.support.wire import Wire, wired

TASKS = 20


class SlipError(Exception):
    """Something that goes wrong after the effect was written, before the commit."""


async def state_of(database: Database, journal_id: int) -> tuple[JournalStatus, str | None, str | None, int]:
    """The row's status and the answer owed, the lifter's step, and the value that these tests change."""
    async with database.reading() as session:
        row = await session.get_one(JournalRow, journal_id)
        user = await session.get_one(User, LIFTER)
    return row.status, row.owed, user.step, user.default_rest


async def add_one(database: Database, *, by_orm: bool = False) -> None:
    async with database.writing() as session:
        if by_orm:
            user = await session.get_one(User, LIFTER, with_for_update=True)
            await asyncio.sleep(0)
            user.default_rest += 1
        else:
            await session.execute(update(User).values(default_rest=User.default_rest + 1))


async def slip(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(update(User).values(default_rest=200))
        raise SlipError


def update_at_hand(journal_id: int, *, next_step: str | None = "after") -> UpdateAtHand:
    return UpdateAtHand(journal_id, LIFTER, step=None, next_step=next_step, owed="summary")


@asynccontextmanager
async def writing_in_turn(database: Database) -> AsyncIterator[None]:
    """A writing transaction that is open during the block."""
    async with database.writing() as session:
        await session.execute(update(User).values(default_rest=0))
        yield


@pytest.fixture
async def journal_id(database: Database) -> int:
    await add_lifter(database, rest=100)
    return await add_journal_row(database)


@pytest.mark.parametrize("by_orm", [False, True])
async def test_concurrent_writers_lose_nothing(database: Database, *, by_orm: bool) -> None:
    await add_lifter(database, rest=0)
    await asyncio.gather(*(add_one(database, by_orm=by_orm) for _ in range(TASKS)))
    async with database.reading() as session:
        assert await session.scalar(select(User.default_rest)) == TASKS


async def test_two_open_databases_on_one_file_lose_nothing_either(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(2)]
    await add_lifter(databases[0], rest=0)
    await asyncio.gather(*(add_one(databases[number % 2], by_orm=True) for number in range(TASKS)))
    async with databases[0].reading() as session:
        assert await session.scalar(select(User.default_rest)) == TASKS
    for database in databases:
        await database.close()


async def test_an_exception_rolls_the_block_back(database: Database) -> None:
    await add_lifter(database, rest=100)
    with pytest.raises(SlipError):
        await slip(database)
    async with database.reading() as session:
        assert await session.scalar(select(User.default_rest)) == 100


async def test_a_writer_that_is_cancelled_leaves_nothing_behind_and_lets_the_next_one_in(database: Database) -> None:
    await add_lifter(database, rest=0)
    wrote = asyncio.Event()

    async def never_ending() -> None:
        async with database.writing() as session:
            await session.execute(update(User).values(default_rest=99))
            wrote.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ending())
    await wrote.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(30):
        await add_one(database)
    async with database.reading() as session:
        assert await session.scalar(select(User.default_rest)) == 1


async def test_readers_do_not_wait_for_a_writer_and_see_what_was_committed(database: Database) -> None:
    await add_lifter(database, rest=100)
    async with asyncio.timeout(30), writing_in_turn(database), database.reading() as session:
        assert await session.scalar(select(User.default_rest)) == 100


async def test_all_queries_of_a_reader_see_the_same_moment(database: Database) -> None:
    await add_lifter(database, rest=100)
    async with asyncio.timeout(30), database.reading() as session:
        before = await session.scalar(select(User.default_rest))
        await add_one(database)
        assert await session.scalar(select(User.default_rest)) == before


async def test_a_reading_session_can_not_write_on_postgresql(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await add_lifter(database)
    with pytest.raises(DBAPIError, match="read-only"):
        async with database.reading() as session:
            await session.execute(update(User).values(default_rest=1))
    await add_one(database)  # the connection has gone back to the pool able to write
    await database.close()


async def test_a_connection_is_set_up_for_durable_concurrent_writing_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.reading() as session:
        found = [
            await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    await database.close()
    assert found == ["wal", 1, 1, 10_000]


async def test_a_server_that_falls_silent_counts_as_gone_and_is_used_again_when_it_speaks(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._LONGEST_STATEMENT", 0.5)
    monkeypatch.setattr("storage.database._LONGEST_CONNECTING", 0.5)
    async with wired(postgresql_url) as wire:
        database = Database(wire.url)
        await add_lifter(database)
        async with asyncio.timeout(60):
            with pytest.raises(TimeoutError):  # in the middle of a transaction
                await falls_silent_under(database, wire)
            with pytest.raises(TimeoutError):  # before there is a connection
                await add_one(database)
            wire.is_mended()
            await add_one(database)
        await database.close()


async def falls_silent_under(database: Database, wire: Wire) -> None:
    async with database.writing() as session:
        await session.execute(update(User).values(default_rest=0))
        wire.falls_silent()
        await session.execute(update(User).values(default_rest=1))


async def test_values_do_not_appear_in_errors(database: Database) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with database.writing() as session:
            await session.execute(text("SELECT * FROM nowhere WHERE note = :note"), {"note": "knee hurts"})
    assert "knee hurts" not in str(refused.value)


async def test_the_first_write_marks_the_update_at_hand_and_moves_the_step_in_the_same_commit(
    database: Database, journal_id: int
) -> None:
    hand = update_at_hand(journal_id)
    with at_hand.holding(hand):
        async with database.writing() as session:
            await session.execute(update(User).values(default_rest=200))
            assert await state_of(database, journal_id) == (JournalStatus.PENDING, None, None, 100)
    assert await state_of(database, journal_id) == (JournalStatus.APPLIED, "summary", "after", 200)
    assert hand.applied
    assert hand.step == "after"


async def test_a_rollback_leaves_the_mark_and_the_step_as_they_were(database: Database, journal_id: int) -> None:
    hand = update_at_hand(journal_id)
    with at_hand.holding(hand):
        with pytest.raises(SlipError):
            await slip(database)
        assert await state_of(database, journal_id) == (JournalStatus.PENDING, None, None, 100)
        assert not hand.applied
        await add_one(database)
    assert await state_of(database, journal_id) == (JournalStatus.APPLIED, "summary", "after", 101)


async def test_later_writes_of_the_same_update_only_write(database: Database, journal_id: int) -> None:
    with at_hand.holding(update_at_hand(journal_id)):
        await add_one(database)
        await add_one(database)
    assert await state_of(database, journal_id) == (JournalStatus.APPLIED, "summary", "after", 102)


async def test_an_update_has_its_effect_once_however_often_it_is_handled(database: Database, journal_id: int) -> None:
    for _ in range(2):
        with at_hand.holding(update_at_hand(journal_id)):
            try:
                await add_one(database)
            except AlreadyAppliedError:
                continue
    assert await state_of(database, journal_id) == (JournalStatus.APPLIED, "summary", "after", 101)


async def test_an_update_has_its_effect_once_when_replicas_handle_it_at_the_same_time(
    database: Database, journal_id: int
) -> None:
    async def handle() -> None:
        with at_hand.holding(update_at_hand(journal_id)):
            await add_one(database)

    results = await asyncio.gather(*(handle() for _ in range(TASKS)), return_exceptions=True)
    assert sorted(str(type(result).__name__) for result in results) == ["AlreadyAppliedError"] * 19 + ["NoneType"]
    assert await state_of(database, journal_id) == (JournalStatus.APPLIED, "summary", "after", 101)


@pytest.mark.parametrize("status", [status for status in JournalStatus if status is not JournalStatus.PENDING])
async def test_a_row_that_is_not_pending_has_no_effect_any_more(database: Database, status: JournalStatus) -> None:
    await add_lifter(database, rest=100)
    journal_id = await add_journal_row(database, status=status)
    with at_hand.holding(update_at_hand(journal_id)), pytest.raises(AlreadyAppliedError):
        await add_one(database)
    assert await state_of(database, journal_id) == (status, None, None, 100)


async def test_a_read_marks_nothing(database: Database, journal_id: int) -> None:
    with at_hand.holding(update_at_hand(journal_id)):
        async with database.reading() as session:
            await session.execute(text("SELECT 1"))
    assert await state_of(database, journal_id) == (JournalStatus.PENDING, None, None, 100)


def test_the_update_at_hand_is_known_only_while_it_is_held() -> None:
    hand = update_at_hand(1)
    with at_hand.holding(hand):
        assert at_hand.required() is hand
    assert at_hand.current() is None
    with pytest.raises(LookupError):
        at_hand.required()


async def test_tasks_hold_updates_of_their_own() -> None:
    async def held(number: int) -> int:
        with at_hand.holding(update_at_hand(number)):
            await asyncio.sleep(0)
            return at_hand.required().journal_id

    assert await asyncio.gather(*(held(number) for number in range(5))) == [0, 1, 2, 3, 4]


async def test_connections_with_postgresql_are_kept(postgresql_url: str) -> None:
    database = Database(postgresql_url)

    async def who_answers() -> int:
        async with database.reading() as session:
            pid: int = (await session.scalars(text("SELECT pg_backend_pid()"))).one()
            return pid

    first = set(await asyncio.gather(*(who_answers() for _ in range(30))))
    second = set(await asyncio.gather(*(who_answers() for _ in range(30))))
    await database.close()
    assert second <= first


async def test_a_server_that_never_answers_is_given_up_but_not_by_migrations_which_wait_for_each_other(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._LONGEST_STATEMENT", 0.2)
    database, migrating = Database(postgresql_url), open_engine(postgresql_url)
    with pytest.raises(TimeoutError):
        async with database.writing() as session:
            await session.execute(text("SELECT pg_sleep(3600)"))
    async with migrating.begin() as connection:
        await connection.execute(text("SELECT pg_sleep(0.5)"))
    await migrating.dispose()
    await database.close()


async def test_whoever_stops_in_the_middle_of_a_transaction_is_let_go_of_wherever_it_stands(
    postgresql_url: str,
) -> None:
    database, migrating = Database(postgresql_url), open_engine(postgresql_url)
    async with database.reading() as session, migrating.connect() as connection:
        bounds = [
            [await asked.scalar(text(f"SHOW {bound}")) for asked in (session, connection)]
            for bound in ("transaction_timeout", "idle_in_transaction_session_timeout")
        ]
    assert bounds == [["30s", "0"], ["8s", "8s"]]  # migrations take as long as they take
    await migrating.dispose()
    await database.close()


async def test_a_transaction_that_takes_too_long_ends_and_others_go_on(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._LONGEST_TRANSACTION", "300ms")
    stopped, unbound = Database(postgresql_url), open_engine(postgresql_url)
    await add_lifter(stopped)
    held = asyncio.Event()

    async def holds_a_row() -> None:
        async with stopped.writing() as session:
            await session.execute(text("SELECT id FROM users FOR UPDATE"))
            held.set()
            await session.execute(text("SELECT pg_sleep(3600)"))

    holding = asyncio.create_task(holds_a_row())
    async with asyncio.timeout(30):
        await held.wait()
        async with unbound.begin() as connection:
            await connection.execute(text("UPDATE users SET name = 'there'"))
    with pytest.raises(DBAPIError):
        await holding
    await unbound.dispose()
    await stopped.close()
