"""Lifters with at least one row in every table there is that holds anything of lifters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from storage import audit, idle
from storage.database import Database
from storage.models import (
    AccountImport,
    Announcement,
    Change,
    Delivery,
    Exercise,
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
    RestHabit,
    Target,
    Timer,
    User,
    Workout,
)
from storage.values.audit import AdminAction
from storage.values.change import ChangeKind
from storage.values.chat import AnnouncementState, DeliveryState, JournalStatus, Source
from storage.values.lifted import SetEntry, SetKind
from storage.values.proposal import ProposalState
from storage.values.reminder import ReminderKind
from storage.values.timer import TimerKind, TimerState
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import BOT, add_exercise, add_lifter, add_rest, add_workout, kg

LIFTER, STRANGER = 7_305_118_264, 8_305_118_264
"""Ids that no other number in the database happens to be."""

WORDS = {LIFTER: "Quetzal", STRANGER: "Axolotl"}
"""What each of the two has written everywhere."""


async def add_everything(database: Database, lifter_id: int, system_exercise: int) -> None:
    """At least one row of the lifter's in every table there is, with their word in whatever they could have written."""
    word = WORDS[lifter_id]
    await add_lifter(database, lifter_id)
    own = [await add_exercise(database, f"{word} {n}", owner=lifter_id, aliases=[f"my {word} {n}"]) for n in range(2)]
    for day in range(3):
        started_at = MONDAY_EVENING - timedelta(days=day)
        performed = {system_exercise: [kg(100, 5), noted(word)], own[1]: [kg(20, 12)]}
        workout_id = await add_workout(
            database, lifter_id, started_at=started_at, finished=day > 0, performed=performed
        )
    async with database.writing() as session:
        user = await session.get_one(User, lifter_id)
        user.name, user.step, user.is_admin = word, f"noting_set:{word}", True
        workout = await session.get_one(Workout, workout_id)
        workout.title, workout.note = f"{word} title", f"{word} note"
        own_exercise = await session.get_one(Exercise, own[0])
        own_exercise.merged_into_id, own_exercise.how, own_exercise.primary_muscles = own[1], word, [word]
        execution = (
            await session.scalars(select(ExerciseExecution).where(ExerciseExecution.workout_id == workout_id))
        ).first()
        assert execution is not None
        execution.note = word
        session.add(Target(execution_id=execution.id, position=0, entry=noted(word)))
        await idle.watch_open(session, MONDAY_EVENING, timedelta(hours=1), limit=1)
        session.add(Lane(bot_id=BOT, user_id=lifter_id, epoch=1))
        session.add(ExercisePreference(user_id=lifter_id, exercise_id=system_exercise, rest=60))
        session.add(RestHabit(user_id=lifter_id, exercise_id=system_exercise, length=90, times=1))
        session.add(PrivateAlias(user_id=lifter_id, exercise_id=system_exercise, alias=word, alias_key=word))
        for n, answered_by in enumerate((lifter_id, None)):
            state = ProposalState.WAITING if answered_by is None else ProposalState.DECLINED
            made = {"proposed_at": MONDAY_EVENING, "word": word, "answered_by": answered_by}
            proposal = Proposal(user_id=lifter_id, exercise_id=own[n], state=state, **made)
            session.add(proposal)
            await session.flush()
        session.add(ProposalNotice(user_id=lifter_id, proposal_id=proposal.id))
        session.add(Paste(user_id=lifter_id, text=f"{word} 100x5", answers={word: 1}, shown=word))
        document = {"name": f"{word}.csv", "content": word.encode(), "shown": word}
        session.add(LibraryDocument(user_id=lifter_id, **document))
        sent = Announcement(user_id=lifter_id, text=word, state=AnnouncementState.SENT, made_at=MONDAY_EVENING)
        session.add(sent)
        await session.flush()
        session.add(Delivery(announcement_id=sent.id, user_id=lifter_id, state=DeliveryState.SENT))
        session.add(ReminderPlan(user_id=lifter_id, training_at=0, summary_at=0))
        reminder = {"kind": ReminderKind.TRAINING, "weekday": 0, "title": word, "due_at": MONDAY_EVENING}
        session.add(Reminder(user_id=lifter_id, **reminder))
        plan = {"kind": TimerKind.COUNTDOWN, "rounds": 1, "work": 60, "rest": 0}
        timed = {"user_id": lifter_id, "execution_id": execution.id, "set_kind": SetKind.WORKING}
        session.add(Timer(starts_at=MONDAY_EVENING, due_at=MONDAY_EVENING, state=TimerState.RUNNING, **plan, **timed))
        image = {"table": "sets", "key": [1], "was": None, "is": {"note": word}}
        session.add(Change(user_id=lifter_id, kind=ChangeKind.LOGGED, made_at=MONDAY_EVENING, rows=[image]))
        await audit.note(session, lifter_id, AdminAction.STATS_READ, MONDAY_EVENING)
        await audit.note(session, None, AdminAction.ADMIN_GRANTED, MONDAY_EVENING, lifter=lifter_id)
        for status in JournalStatus:
            session.add(written_down(lifter_id, status, {"message": {"from": {"id": lifter_id}, "text": word}}))
    await add_rest(database, execution.id, lifter_id)
    await add_import(database, lifter_id, execution.workout_id)


async def add_import(database: Database, lifter_id: int, workout_id: int) -> None:
    """An import that has brought the workout."""
    word = WORDS[lifter_id]
    async with database.writing() as session:
        come = Change(
            user_id=lifter_id, kind=ChangeKind.IMPORTED, made_at=MONDAY_EVENING, rows=[], settings={"word": word}
        )
        session.add(come)
        await session.flush()
        session.add(ImportedWorkout(workout_id=workout_id, change_id=come.id, content=word))
        session.add(AccountImport(user_id=lifter_id, name=word, content=word.encode(), shown=word, change_id=come.id))


_numbers = count(1000)


def written_down(lifter_id: int, status: JournalStatus, payload: dict[str, Any]) -> JournalRow:
    row = {"bot_id": BOT, "source": Source.TELEGRAM, "source_id": next(_numbers), "received_at": MONDAY_EVENING}
    return JournalRow(user_id=lifter_id, status=status, payload=payload, owed=WORDS[lifter_id], **row)


def noted(word: str) -> SetEntry:
    return replace(kg(95, 5), note=word)
