"""A lifter who goes takes everything along, and nothing of anybody else's."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from storage import idle, leaving
from storage.at_hand import UpdateAtHand, holding
from storage.database import Database, WriteSession
from storage.models import (
    AccountImport,
    Announcement,
    AuditRow,
    Base,
    Change,
    Delivery,
    Duty,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    ImportedWorkout,
    JournalRow,
    Lane,
    LibraryDocument,
    Paste,
    PrivateAlias,
    Proposal,
    ProposalNotice,
    Reminder,
    ReminderPlan,
    Replica,
    RestHabit,
    Target,
    Timer,
    User,
)
from storage.values.change import ChangeKind
from storage.values.chat import AnnouncementState, DeliveryState, JournalStatus
from storage.values.lifted import SetKind
from storage.values.proposal import ProposalState
from storage.values.reminder import ReminderKind
from storage.values.timer import TimerKind, TimerState
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import (
    BOT,
    LIFTER,
    STRANGER,
    add_exercise,
    add_journal_row,
    add_lifter,
    add_rest,
    add_workout,
    how_many,
    kg,
)
from training.gym import Gym
from training.lifters import Holdings

NOBODYS = {Replica, Duty, AuditRow}
TABLES = [
    model
    for model in (mapper.class_ for mapper in Base.registry.mappers)
    if issubclass(model, Base) and model not in NOBODYS
]


async def add_everything(database: Database, lifter_id: int, system_exercise: int) -> None:
    """At least one row of the lifter's in every table there is."""
    await add_lifter(database, lifter_id)
    own = [await add_exercise(database, f"Own {n}", owner=lifter_id, aliases=[f"mine {n}"]) for n in range(2)]
    for day in range(3):
        started_at = MONDAY_EVENING - timedelta(days=day)
        performed = {system_exercise: [kg(100, 5), kg(95, 5)], own[1]: [kg(20, 12)]}
        workout_id = await add_workout(
            database, lifter_id, started_at=started_at, finished=day > 0, performed=performed
        )
    async with database.writing() as session:
        (await session.get_one(Exercise, own[0])).merged_into_id = own[1]
        execution = (
            await session.scalars(select(ExerciseExecution).where(ExerciseExecution.workout_id == workout_id))
        ).first()
        assert execution is not None
        session.add(Target(execution_id=execution.id, position=0, entry=kg(100, 5)))
        await idle.watch_open(session, MONDAY_EVENING, timedelta(hours=1), limit=1)
        session.add(Lane(bot_id=BOT, user_id=lifter_id, epoch=1))
        session.add(ExercisePreference(user_id=lifter_id, exercise_id=system_exercise, rest=60))
        session.add(RestHabit(user_id=lifter_id, exercise_id=system_exercise, length=90, times=1))
        session.add(PrivateAlias(user_id=lifter_id, exercise_id=system_exercise, alias="B", alias_key="b"))
        proposal = Proposal(
            user_id=lifter_id, exercise_id=own[1], state=ProposalState.WAITING, proposed_at=MONDAY_EVENING
        )
        session.add(proposal)
        await session.flush()
        session.add(ProposalNotice(user_id=lifter_id, proposal_id=proposal.id))
        session.add(Paste(user_id=lifter_id, text="bench 100x5", answers={}))
        session.add(LibraryDocument(user_id=lifter_id, name="library.csv", content=b"", shown=""))
        sent = Announcement(user_id=lifter_id, text="Hi", state=AnnouncementState.SENT, made_at=MONDAY_EVENING)
        session.add(sent)
        await session.flush()
        session.add(Delivery(announcement_id=sent.id, user_id=lifter_id, state=DeliveryState.SENT))
        session.add(ReminderPlan(user_id=lifter_id, training_at=0, summary_at=0))
        session.add(Reminder(user_id=lifter_id, kind=ReminderKind.TRAINING, weekday=0, due_at=MONDAY_EVENING))
        plan = {"kind": TimerKind.COUNTDOWN, "rounds": 1, "work": 60, "rest": 0}
        timed = {"user_id": lifter_id, "execution_id": execution.id, "set_kind": SetKind.WORKING}
        session.add(Timer(starts_at=MONDAY_EVENING, due_at=MONDAY_EVENING, state=TimerState.RUNNING, **plan, **timed))
        change = Change(user_id=lifter_id, kind=ChangeKind.IMPORTED, made_at=MONDAY_EVENING, rows=[], settings={})
        session.add(change)
        await session.flush()
        session.add(ImportedWorkout(workout_id=execution.workout_id, change_id=change.id, content=""))
        session.add(AccountImport(user_id=lifter_id, name="spotter.json", content=b"", shown="", change_id=change.id))
    await add_rest(database, execution.id, lifter_id)
    for number, status in enumerate(JournalStatus):
        await add_journal_row(database, 100 * lifter_id + number, lifter_id=lifter_id, status=status)


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


async def payloads(database: Database, lifter_id: int) -> dict[JournalStatus, bool]:
    """For each status, whether the update still says something."""
    async with database.reading() as session:
        rows = await session.scalars(select(JournalRow).where(JournalRow.user_id == lifter_id))
        return {row.status: bool(row.payload) for row in rows}


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
    assert await gym.lifters.holdings(LIFTER) == Holdings(workouts=3, own_exercises=2)
    everything = {model: await how_many(database, model) for model in TABLES}
    assert all(everything.values())
    await gym.lifters.delete(LIFTER)
    left = await rows_of(database, LIFTER)
    # Until the journal is pruned these say that what was sent is not new.
    assert (left.pop("journal"), left.pop("lanes")) == (len(JournalStatus), 1)
    assert not any(left.values())
    assert await rows_of(database, STRANGER) == strangers
    for model, total in everything.items():
        assert total is not None
        kept = {Exercise: 3, ExerciseAlias: 3, JournalRow: total, Lane: total}.get(model, total // 2)
        assert await how_many(database, model) == kept, model
    assert await gym.lifters.holdings(LIFTER) == Holdings(0, 0)


async def test_what_the_lifter_wrote_is_forgotten_once_it_is_handled(database: Database, gym: Gym, both: int) -> None:
    await gym.lifters.delete(LIFTER)
    assert await payloads(database, LIFTER) == {status: status is JournalStatus.PENDING for status in JournalStatus}
    assert all((await payloads(database, STRANGER)).values())


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
            await gym.lifters.delete(LIFTER)
    assert (await gym.lifters.get(LIFTER)).id == LIFTER
    await gym.lifters.delete(LIFTER)
    left = await rows_of(database, LIFTER)
    assert sum(left.values()) == left["journal"] + left["lanes"]


@pytest.mark.parametrize("step", ["delete_a_workout", "delete_an_exercise", "handled_updates", "delete_user"])
async def test_a_deletion_that_was_cut_short_goes_on_at_the_next_start_though_its_update_is_applied(
    database: Database, gym: Gym, both: int, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> bool:
        raise ConnectionError

    hand = UpdateAtHand(await add_journal_row(database, 1), LIFTER, None, None)
    with monkeypatch.context() as patch, holding(hand):
        patch.setattr(leaving, step, dies)
        with pytest.raises(ConnectionError):
            await gym.lifters.delete(LIFTER)
    assert hand.applied
    strangers = await rows_of(database, STRANGER)
    await asyncio.gather(*(gym.lifters.resume_deletions() for _ in range(3)))
    left = await rows_of(database, LIFTER)
    assert sum(left.values()) == left["journal"] + left["lanes"]
    assert await rows_of(database, STRANGER) == strangers


async def test_a_start_deletes_nobody_who_has_not_asked_for_it(database: Database, gym: Gym, both: int) -> None:
    before = await rows_of(database, LIFTER)
    await gym.lifters.resume_deletions()
    assert await rows_of(database, LIFTER) == before


async def test_who_is_not_there_can_be_deleted_without_harm(database: Database, gym: Gym, both: int) -> None:
    strangers = await rows_of(database, STRANGER)
    await gym.lifters.delete(404)
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
    await gym.lifters.delete(LIFTER)
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
    await gym.lifters.delete(lifter)
    async with database.reading() as session:
        assert (await session.scalars(select(JournalRow.payload))).all() == [{}] * 5


async def test_the_update_that_asks_for_it_is_applied_once_and_forgotten(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    journal_id = await add_journal_row(database)
    hand = UpdateAtHand(journal_id, lifter, "asked", None)
    with holding(hand):
        await gym.lifters.delete(lifter)
    assert hand.applied
    async with database.reading() as session:
        row = await session.get_one(JournalRow, journal_id)
        assert (row.status, row.payload) == (JournalStatus.APPLIED, {})
        assert await session.get(User, lifter) is None
