"""What was read of a text becomes sets: of the open workout, or a finished one whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import changes, exercises, history, workouts
from storage.database import WriteSession
from storage.models import ExerciseExecution, Workout
from storage.values.change import ChangeKind
from training.card import Card, OpenWorkout, card_of, read_card, rest_until
from training.days import Day
from training.edit import Edit, PlannedExercise
from training.errors import StaleButtonError
from training.measuring import LONGEST_NOTE
from training.open_workout import RestMessage, add_sets, end_rests, focus_on, go_on, open_or_start
from training.past import PastExercise, PastWorkout, past_workout
from training.paste_reading import Reader
from training.pasted import Pasted, PastedExercise


@dataclass(frozen=True, slots=True)
class PasteLogged:
    """The text's sets are logged: how much it was, how many sets broke records, and what should leave the chat."""

    card: Card
    exercises: int
    sets: int
    records: int
    outdated: tuple[RestMessage, ...]


@dataclass(frozen=True, slots=True)
class PasteKept:
    """The text is a finished workout now, one of the past or one that was there; `card` is the open one's, if any."""

    workout_id: int
    day: Day | None
    exercises: int
    sets: int
    card: Card | None


async def log_read(session: WriteSession, reader: Reader, pasted: Pasted, message_id: int | None) -> PasteLogged:
    """Logs the sets, which were said in this message, in a new workout if none is open."""
    lifter_id, now = reader.user.id, reader.now
    async with changes.recording(session, lifter_id, ChangeKind.LOGGED, now) as change:
        workout = await open_or_start(session, reader.user, now, change)
        change.kind = ChangeKind.LOGGED
        broken = await _add_all(session, workout, pasted, now, message_id)
        outdated = await _rest_after(session, workout, pasted, now)
    card = await card_of(session, workout, await rest_until(session, lifter_id))
    return PasteLogged(card, len(pasted.exercises), pasted.sets, broken, outdated)


async def keep_read(session: WriteSession, reader: Reader, pasted: Pasted) -> PasteKept:
    """Stores a finished workout. What the open one says of records and last times is no longer so."""
    lifter_id = reader.user.id
    await workouts.outdate_open(session, lifter_id)
    if reader.rewritten is not None:
        await _rewrite(session, reader, reader.rewritten, pasted)
        workout_id = reader.rewritten.id
    else:
        assert pasted.day is not None
        began, ended = (min(at, reader.now) for at in pasted.day.span(reader.zone))
        done = [PastExercise(it.exercise_id, it.entries) for it in pasted.exercises]
        workout = await past_workout(session, lifter_id, PastWorkout(began, done, ended), reader.now)
        async with changes.recording(session, lifter_id, ChangeKind.ENTERED, reader.now):
            session.add(workout)
        workout_id = workout.id
    card = await read_card(session, reader.user)
    return PasteKept(workout_id, pasted.day, len(pasted.exercises), pasted.sets, card)


async def _rewrite(session: WriteSession, reader: Reader, workout: Workout, pasted: Pasted) -> None:
    """Has the workout's exercises be those; it ends when it had. What an exercise was marked with stays."""
    assert workout.finished_at is not None
    # Merging writes to executions of finished workouts, in an order of its own, with their exercise held.
    before = {execution.exercise_id for execution in workout.executions}
    await history.hold_successors(session, before | {done.exercise_id for done in pasted.exercises})
    async with changes.recording(session, workout.user_id, ChangeKind.EXERCISES_REPLACED, reader.now):
        edit = Edit(session, workout, workout.finished_at)
        await edit.replace([_planned(done, workout.executions) for done in pasted.exercises])
        await edit.write()


def _planned(done: PastedExercise, before: Sequence[ExerciseExecution]) -> PlannedExercise:
    """What is to become of an exercise: of several executions one, with the notes of all."""
    same = [execution for execution in before if execution.exercise_id == done.exercise_id]
    note = "\n".join(execution.note for execution in same if execution.note)[:LONGEST_NOTE]
    return PlannedExercise(done.exercise_id, done.entries, note, same[0].superset if same else None)


async def _add_all(
    session: WriteSession, opened: OpenWorkout, pasted: Pasted, now: datetime, message_id: int | None
) -> int:
    """Logs everything; how many sets broke records."""
    found = await exercises.visible_all(session, opened.user.id, [done.exercise_id for done in pasted.exercises])
    broken = 0
    for done in pasted.exercises:
        if done.exercise_id not in found:  # merged or archived a moment ago
            raise StaleButtonError
        await focus_on(session, opened, found[done.exercise_id], now)
        said_in = [message_id] * len(done.entries)
        broken += sum(map(bool, await add_sets(session, opened, done.entries, now, said_in)))
    return broken


async def _rest_after(
    session: WriteSession, opened: OpenWorkout, pasted: Pasted, now: datetime
) -> tuple[RestMessage, ...]:
    """Starts a rest after a single exercise; who writes down several has done them. What should leave the chat."""
    if len(pasted.exercises) == 1:
        outdated, _ = await go_on(session, opened, pasted.exercises[0].entries[-1], now)
        return outdated
    await session.flush()
    return await end_rests(session, opened.user.id)
