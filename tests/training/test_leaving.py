"""A lifter who goes takes everything along, and nothing of anybody else's."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, Enum, LargeBinary, Table, Text, delete, func, select

from storage import leaving, lifters
from storage.at_hand import UpdateAtHand, holding
from storage.database import Database, WriteSession
from storage.models import (
    AuditRow,
    Base,
    Change,
    Duty,
    Exercise,
    ExerciseAlias,
    JournalRow,
    Lane,
    Proposal,
    Replica,
    Set,
    User,
    Workout,
)
from storage.values.change import ChangeKind
from storage.values.chat import WAITING, JournalStatus
from storage.values.proposal import ProposalState
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.everything import LIFTER, STRANGER, WORDS, add_everything, noted, written_down
from tests.support.mentions import mentioned_in
from tests.support.rows import (
    add_exercise,
    add_journal_row,
    add_lifter,
    add_workout,
    how_many,
    kg,
)
from tests.support.statements import counted
from tests.support.training import leave, unheard
from training.errors import NotFoundError, StaleButtonError
from training.gym import Gym, open_gym

WRITTEN_BY_NOBODY = {
    "audit.action",
    "exercises.catalogue_key",
    "exercises.secondary_muscles",
    "exercise_executions.turned",
    "lanes.owner",
    "account_imports.outcome",
    "library_documents.outcome",
    "users.time_zone",
}
"""Columns of texts in which no lifter's own words can stand."""

NOBODYS = {Replica, Duty}
TABLES = [
    model
    for model in (mapper.class_ for mapper in Base.registry.mappers)
    if issubclass(model, Base) and model not in NOBODYS
]


async def mentions(database: Database, lifter_id: int) -> set[str]:
    return await mentioned_in(database, lifter_id, WORDS[lifter_id])


async def rows_of(database: Database, lifter_id: int) -> dict[str, int]:
    """How many rows of every table that names lifters name this one."""
    owned: list[Table] = [table for table in Base.metadata.sorted_tables if "user_id" in table.columns]
    counts = {}
    async with database.reading() as session:
        for table in owned:
            query = select(func.count()).select_from(table).where(table.c.user_id == lifter_id)
            counts[table.name] = await session.scalar(query) or 0
        counts["users"] = await session.scalar(select(func.count()).where(User.id == lifter_id)) or 0
    return counts


@pytest.fixture
async def both(database: Database) -> int:
    """A lifter and a stranger with as much of everything; the system exercise that both do."""
    bench = await add_exercise(database, "Bench press", aliases=["bench"])
    for lifter_id in (LIFTER, STRANGER):
        await add_everything(database, lifter_id, bench)
    return bench


async def test_everything_of_the_lifter_goes_and_everything_of_others_stays(
    database: Database, gym: Gym, both: int
) -> None:
    strangers = await rows_of(database, STRANGER)
    assert await rows_of(database, LIFTER) == strangers
    assert all(strangers.values())
    everything = {model: await how_many(database, model) for model in TABLES}
    assert all(everything.values())
    await leave(gym, LIFTER)
    left = await rows_of(database, LIFTER)
    # What still waits is handled after this.
    assert (left.pop("journal"), left.pop("lanes")) == (len(WAITING), 1)
    assert not any(left.values())
    assert await rows_of(database, STRANGER) == strangers
    for model, total in everything.items():
        assert total is not None
        kept = {Exercise: 3, ExerciseAlias: 3, JournalRow: total, Lane: total, AuditRow: total}.get(model, total // 2)
        assert await how_many(database, model) == kept, model


async def test_no_row_of_any_table_mentions_the_lifter(database: Database, gym: Gym, both: int) -> None:
    texts = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Text | JSON | LargeBinary) and not isinstance(column.type, Enum)
    } - {f"{model.__tablename__}.{column.name}" for model in NOBODYS for column in model.__table__.columns}
    before = await mentions(database, LIFTER)
    assert texts - before == WRITTEN_BY_NOBODY
    assert {"users.id", "audit.admin_id", "proposals.answered_by", "lanes.user_id", "journal.user_id"} <= before
    strangers = await mentions(database, STRANGER)
    async with database.writing() as session:
        # As the ends of their turns leave it.
        for row in await session.scalars(select(JournalRow).where(JournalRow.status.in_(WAITING))):
            row.status = JournalStatus.DONE
        await session.execute(delete(Lane).where(Lane.user_id == LIFTER))
    await leave(gym, LIFTER)
    assert await mentions(database, LIFTER) == set()
    assert await mentions(database, STRANGER) == strangers


async def test_what_others_have_written_about_the_lifter_is_forgotten(database: Database, gym: Gym, both: int) -> None:
    about = {"message": {"text": f"/admins add {LIFTER}"}}
    shared = {"message": {"contact": {"phone_number": "+49", "user_id": LIFTER}}}
    alike = {"message": {"text": f"1{LIFTER}"}}
    async with database.writing() as session:
        rows = [written_down(STRANGER, JournalStatus.DONE, payload) for payload in (about, shared, alike)]
        theirs = {"user_id": LIFTER, "exercise_id": both, "alias": "Quetzal"}
        images = [
            {"table": "private_aliases", "key": [1], "was": theirs, "is": None},
            {"table": "private_aliases", "key": [2], "was": theirs | {"user_id": STRANGER}, "is": None},
        ]
        change = Change(user_id=STRANGER, kind=ChangeKind.LIBRARY, made_at=MONDAY_EVENING, rows=images)
        session.add_all([*rows, change])
    await leave(gym, LIFTER)
    async with database.reading() as session:
        kept = [(await session.get_one(JournalRow, row.id)).payload for row in rows]
        assert kept == [{}, {}, alike]
        assert (await session.get_one(Change, change.id)).rows == images[1:]


async def test_what_is_refused_while_a_lifter_is_deleted_names_them_no_longer(
    database: Database, gym: Gym, lifter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = leaving.delete_user

    async def meanwhile(session: WriteSession, user_id: int) -> None:
        await real(session, user_id)
        session.add(written_down(STRANGER, JournalStatus.REFUSED, {"message": {"from": {"id": LIFTER}}}))
        session.add(written_down(LIFTER, JournalStatus.REFUSED, {}))

    await add_lifter(database, LIFTER)
    monkeypatch.setattr(leaving, "delete_user", meanwhile)
    await leave(gym, LIFTER)
    assert await mentions(database, LIFTER) == set()
    assert await mentions(database, STRANGER) == {"journal.user_id", "journal.owed"}


async def test_what_will_go_and_what_stays_is_counted(database: Database, gym: Gym, both: int) -> None:
    given = await add_exercise(database, "Given")
    async with database.writing() as session:
        session.add(
            Proposal(user_id=LIFTER, exercise_id=given, state=ProposalState.ACCEPTED, proposed_at=MONDAY_EVENING)
        )
    held = await gym.leaving.holdings(LIFTER)
    assert (held.workouts, held.sets, held.own_exercises, held.given) == (3, 9, 2, 1)
    assert (held.is_admin, held.is_hosts_admin) == (True, False)
    await leave(gym, LIFTER)
    assert (await gym.exercises.get(STRANGER, given)).name == "Given"
    with pytest.raises(NotFoundError):
        await gym.leaving.holdings(LIFTER)


async def test_nothing_is_deleted_that_was_not_shown_just_before(
    database: Database, gym: Gym, both: int, clock: FakeClock
) -> None:
    before = await rows_of(database, LIFTER)
    held = await gym.leaving.holdings(LIFTER)
    clock.advance(timedelta(hours=1, seconds=1))
    for asked_at, mark in ((held.asked_at, held.mark), (held.asked_at + 60, held.mark + 1), (0, 0)):
        with pytest.raises(StaleButtonError):
            await gym.leaving.leave(LIFTER, asked_at, mark, unheard)
    held = await gym.leaving.holdings(LIFTER)
    await add_workout(database, LIFTER, started_at=MONDAY_EVENING - timedelta(days=9), finished=True)
    with pytest.raises(StaleButtonError):
        await gym.leaving.leave(LIFTER, held.asked_at, held.mark, unheard)
    assert await rows_of(database, LIFTER) == before | {"workouts": before["workouts"] + 1}


async def test_who_comes_back_is_not_deleted_by_what_was_shown_before(
    database: Database, gym: Gym, lifter: int, clock: FakeClock
) -> None:
    held = await gym.leaving.holdings(lifter)
    await leave(gym, lifter)
    async with database.writing() as session:
        await lifters.ensure(session, lifter, "Ann", clock() + timedelta(seconds=1))
    with pytest.raises(StaleButtonError):
        await gym.leaving.leave(lifter, held.asked_at, held.mark, unheard)


async def test_how_many_workouts_are_left_is_told_every_few_seconds(
    database: Database, gym: Gym, lifter: int, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(5):
        await add_workout(database, lifter, started_at=MONDAY_EVENING - timedelta(days=day), finished=True)
    told: list[tuple[int, int | None]] = []

    async def tell(left: int) -> None:
        told.append((left, await how_many(database, Workout)))

    real = leaving.delete_a_workout

    async def takes_two_seconds(session: WriteSession, user_id: int) -> bool:
        clock.advance(timedelta(seconds=2))
        return await real(session, user_id)

    monkeypatch.setattr(leaving, "delete_a_workout", takes_two_seconds)
    held = await gym.leaving.holdings(lifter)
    await gym.leaving.leave(lifter, held.asked_at, held.mark, tell)
    assert told == [(3, 3), (1, 1)]


@pytest.mark.parametrize("step", ["delete_a_workout", "delete_an_exercise", "delete_user"])
async def test_a_deletion_that_was_cut_short_goes_on_when_it_is_asked_for_again(
    database: Database, gym: Gym, both: int, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = getattr(leaving, step), 0

    async def dies_the_second_time(session: WriteSession, user_id: int) -> bool:
        nonlocal calls
        calls += 1
        if calls == 2 or step == "delete_user":
            raise ConnectionError
        return bool(await real(session, user_id))

    with monkeypatch.context() as patch:
        patch.setattr(leaving, step, dies_the_second_time)
        with pytest.raises(ConnectionError):
            await leave(gym, LIFTER)
    assert (await gym.lifters.get(LIFTER)).id == LIFTER
    await leave(gym, LIFTER)
    left = await rows_of(database, LIFTER)
    assert sum(left.values()) == left["journal"] + left["lanes"] == len(WAITING) + 1


@pytest.mark.parametrize("step", ["delete_a_workout", "delete_an_exercise", "updates_naming", "delete_user"])
async def test_a_deletion_that_was_cut_short_goes_on_at_the_next_start_though_its_update_is_applied(
    database: Database, gym: Gym, both: int, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> bool:
        raise ConnectionError

    hand = UpdateAtHand(await add_journal_row(database, 1, lifter_id=LIFTER), LIFTER, None, None)
    with monkeypatch.context() as patch, holding(hand):
        patch.setattr(leaving, step, dies)
        with pytest.raises(ConnectionError):
            await leave(gym, LIFTER)
    assert hand.applied
    strangers = await rows_of(database, STRANGER)
    await asyncio.gather(*(gym.leaving.resume() for _ in range(3)))
    left = await rows_of(database, LIFTER)
    assert sum(left.values()) == left["journal"] + left["lanes"]
    assert await rows_of(database, STRANGER) == strangers


async def test_a_start_deletes_nobody_who_has_not_asked_for_it(database: Database, gym: Gym, both: int) -> None:
    before = await rows_of(database, LIFTER)
    await gym.leaving.resume()
    assert await rows_of(database, LIFTER) == before


async def test_who_is_not_there_can_be_deleted_without_harm(database: Database, gym: Gym, both: int) -> None:
    strangers = await rows_of(database, STRANGER)
    with pytest.raises(NotFoundError):
        await gym.leaving.leave(404, 0, 0, unheard)
    assert await gym.leaving.go_on(404)
    assert await rows_of(database, STRANGER) == strangers


async def test_what_the_lifter_wanted_with_an_exercise_that_an_admin_deleted_is_forgotten_and_the_rest_comes_back(
    database: Database, gym: Gym
) -> None:
    for lifter_id in (LIFTER, STRANGER, ADMIN):
        await add_lifter(database, lifter_id)
    press = await add_exercise(database, "Press")
    for lifter_id in (LIFTER, STRANGER):
        await gym.exercises.prefer(lifter_id, press, rest=60)
    await gym.exercises.delete(ADMIN, press)
    await leave(gym, LIFTER)
    async with database.reading() as session:
        rows = (await session.scalars(select(Change.rows).where(Change.user_id == ADMIN))).one()
    assert [row["key"] for row in rows if row["table"] == "exercise_preferences"] == [[STRANGER, press]]
    await gym.undo.undo(ADMIN)
    assert (await gym.exercises.get(STRANGER, press)).rest == 60


async def test_updates_are_emptied_in_portions(
    database: Database, gym: Gym, lifter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.leaving._AT_ONCE", 2)
    for number in range(5):
        await add_journal_row(database, number, status=JournalStatus.DONE)
    await leave(gym, lifter)
    async with database.reading() as session:
        assert (await session.scalars(select(JournalRow.payload))).all() == [{}] * 5


async def test_the_update_that_asks_for_it_is_applied_once_and_forgotten(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    journal_id = await add_journal_row(database)
    hand = UpdateAtHand(journal_id, lifter, "asked", None)
    with holding(hand):
        await leave(gym, lifter)
    assert hand.applied
    async with database.reading() as session:
        row = await session.get_one(JournalRow, journal_id)
        assert (row.status, row.payload) == (JournalStatus.APPLIED, {})
        assert await session.get(User, lifter) is None


async def test_no_byte_of_the_files_says_what_the_lifter_wrote(sqlite_url: str, clock: FakeClock) -> None:
    """PostgreSQL's own vacuum does this there."""
    database = Database(sqlite_url)
    gym = open_gym(database, clock, ManualAlarm(), admin_ids=[ADMIN])
    bench = await add_exercise(database, "Bench press")
    for lifter_id in (LIFTER, STRANGER):
        await add_everything(database, lifter_id, bench)
    for number in range(300):
        # Rows of others between theirs, so that pages are shared and split.
        for lifter_id in (LIFTER, STRANGER):
            started_at = MONDAY_EVENING - timedelta(days=9 + number)
            performed = {bench: [noted(WORDS[lifter_id] + number * "x")]}
            await add_workout(database, lifter_id, started_at=started_at, finished=True, performed=performed)
    async with database.writing() as session:
        # What was written before is no more to be found than what was there at the end.
        for row in await session.scalars(select(Set).where(Set.note.startswith("Quetzalx"), Set.id % 3 == 0)):
            row.note = ""
        for journal_row in await session.scalars(select(JournalRow).where(JournalRow.user_id == LIFTER)):
            journal_row.status = JournalStatus.DONE
    assert b"quetzal" in bytes_of(sqlite_url)
    await leave(gym, LIFTER)
    async with database.reading() as session:
        await session.scalar(select(User.id))
        assert not await gym.leaving.sweep(at_once=0)  # somebody still reads what was there before
    assert not await gym.leaving.sweep(at_once=0)
    assert not await gym.leaving.sweep(at_once=0)  # it is left for the next start
    assert await gym.leaving.sweep(at_once=None)
    left = bytes_of(sqlite_url)
    assert b"axolotl" in left
    assert b"quetzal" not in left
    assert await gym.leaving.sweep(at_once=0)
    await database.close()


async def test_the_file_is_written_anew_once_however_long_somebody_reads_the_old_one(
    sqlite_url: str, clock: FakeClock
) -> None:
    database = Database(sqlite_url)
    gym = open_gym(database, clock, ManualAlarm(), admin_ids=[ADMIN])
    await add_everything(database, LIFTER, await add_exercise(database, "Bench press"))
    async with database.writing() as session:
        for row in await session.scalars(select(JournalRow)):
            row.status = JournalStatus.DONE
    await leave(gym, LIFTER)
    async with database.reading() as session:
        await session.scalar(select(User.id))
        with counted(database) as statements:
            assert not await gym.leaving.sweep()
            assert not await gym.leaving.sweep()
    assert [one.text for one in statements].count("VACUUM") == 1
    assert await gym.leaving.sweep(at_once=0)  # the rest is little, however large the file
    assert b"quetzal" not in bytes_of(sqlite_url)
    await database.close()


def bytes_of(url: str) -> bytes:
    """The database's file, and those beside it."""
    path = Path(url.rpartition("sqlite:///")[2])
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*")).lower()
