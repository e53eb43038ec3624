"""The rules of starting, logging and finishing, on plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry, SetKind
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit
from tests.training.model.state import ModelExecution, ModelExercise, ModelLifter, ModelSet, ModelState, ModelWorkout
from training.card import has_begun, line_context
from training.errors import (
    Asked,
    ChoiceNeededError,
    NoExerciseError,
    NoOpenWorkoutError,
    NotFoundError,
    NothingToLogError,
    StaleButtonError,
    UndecidedSetError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.matches import Matches
from training.notation import Question, Reading, Sets, read_lines
from training.suggestion import suggest, targets_left
from training.workouts import GOES_ON, KEPT_FOR


def suggestion_of(lifter: ModelLifter, done: ModelExecution) -> SetEntry | None:
    return suggest(done.entries, lifter.last_time(done.exercise), done.targets)


class ModelWorkouts:
    """As `training.workouts.Workouts` and `training.notebook.Notebook`. What logs returns the sets that it logged."""

    def __init__(self, state: ModelState) -> None:
        self._state = state

    def start(self, lifter_id: int) -> list[ModelSet]:
        with self._state.changing(lifter_id, ChangeKind.STARTED) as lifter:
            self._open_or_start(lifter)
        return []

    def add_exercise(self, lifter_id: int, exercise_id: int) -> list[ModelSet]:
        exercise = self._state.pickable(lifter_id, exercise_id)
        kind = ChangeKind.STARTED if self._state.lifters[lifter_id].open is None else ChangeKind.EXERCISE_ADDED
        with self._state.changing(lifter_id, kind) as lifter:
            self._focus(self._open_or_start(lifter), exercise)
        return []

    def log_suggested(self, lifter_id: int, workout_id: int, revision: int) -> list[ModelSet]:
        with self._state.changing(lifter_id, ChangeKind.LOGGED) as lifter:
            current = _open_at(lifter, workout_id, revision).current
            if current is None:
                raise NoExerciseError
            entry = suggestion_of(lifter, current)
            if entry is None:
                raise NothingToLogError
            return self._log(lifter, [entry])

    def finish(self, lifter_id: int, workout_id: int, revision: int) -> list[ModelSet]:
        now = self._state.clock()
        with self._state.changing(lifter_id, ChangeKind.FINISHED) as lifter:
            workout = _open_at(lifter, workout_id, revision)
            if not workout.entries:
                lifter.workouts.remove(workout)
            before = workout.ended_before
            ended_at = workout.ends_at or (now if before is None or now - before < GOES_ON else before)
            workout.finished_at, workout.ended_before = max(workout.started_at, ended_at), None
        lifter.changes = [change for change in lifter.changes if change.made_at >= now - KEPT_FOR]
        return []

    def write(self, lifter_id: int, text: str) -> list[ModelSet]:
        opened, named = self._state.lifters[lifter_id].open, self._named(lifter_id, text)
        if opened is None:
            raise NoOpenWorkoutError if named is None else ChoiceNeededError(Matches(text, (), 0, None))
        if named is not None:
            return self.add_exercise(lifter_id, named.id)
        if opened.current is None:
            raise NoExerciseError if any(map(str.isdigit, text)) else UnknownExerciseError(text)
        with self._state.changing(lifter_id, ChangeKind.LOGGED) as lifter:
            return self._read(lifter, text)

    def write_set(self, lifter_id: int, text: str) -> list[ModelSet]:
        """`text` is sets, a name, or a name and sets after a colon."""
        before, colon, after = text.rpartition(": ")
        named = self._named(lifter_id, before if colon else text)
        opened = self._state.lifters[lifter_id].open
        if named is None and colon:
            raise UnknownExerciseError(before)
        if named is None and (opened is None or opened.current is None):
            if opened is None:
                raise NoOpenWorkoutError
            raise NoExerciseError if any(map(str.isdigit, text)) else UnknownExerciseError(text)
        if named is not None and not colon:
            return self.add_exercise(lifter_id, named.id)
        with self._state.changing(lifter_id, ChangeKind.LOGGED) as lifter:
            if named is None:
                return self._read(lifter, text)
            self._focus(self._open_or_start(lifter), named)
            return self._read(lifter, after)

    def _named(self, lifter_id: int, text: str) -> ModelExercise | None:
        for exercise in self._state.exercises.values():
            if name_key(exercise.name) == name_key(text):
                try:
                    return self._state.pickable(lifter_id, exercise.id)
                except NotFoundError:
                    return None
        return None

    def _open_or_start(self, lifter: ModelLifter) -> ModelWorkout:
        if lifter.open is None:
            lifter.workouts.append(ModelWorkout(self._state.clock()))
        assert lifter.open is not None
        return lifter.open

    def _focus(self, workout: ModelWorkout, exercise: ModelExercise) -> None:
        if workout.current is not None and workout.current.exercise == exercise:
            return
        known = next((done for done in workout.executions if done.exercise == exercise), None)
        if known is None:
            workout.executions.append(ModelExecution(exercise, self._state.next_focus()))
        else:
            known.focused = self._state.next_focus()

    def _read(self, lifter: ModelLifter, text: str) -> list[ModelSet]:
        assert lifter.open is not None
        current = lifter.open.current
        assert current is not None
        measure = current.exercise.measure
        context = line_context(measure, WeightUnit.KG, current.entries, ())
        suggested = suggestion_of(lifter, current)
        if suggested is not None and not has_begun(current.entries):
            context = replace(context, last_weight=suggested.weight, last_reps=suggested.clean_reps)
        reading: Reading = read_lines(text, context)
        match reading:
            case Sets(entries):
                return self._log(lifter, entries)
            case Question() as question:
                raise UndecidedSetError(text, question, measure, Asked(lifter.open.id, lifter.open.revision))
            case unreadable:
                raise UnreadableSetError(text, unreadable, measure, ("", ""))

    def _log(self, lifter: ModelLifter, entries: Sequence[SetEntry]) -> list[ModelSet]:
        workout = lifter.open
        assert workout is not None
        done = workout.current
        assert done is not None
        rows = [ModelSet(entry) for entry in entries]
        done.sets += rows
        if entries[-1].kind is not SetKind.WARM_UP and not (
            (left := targets_left(done.entries, done.targets)) and left[0].kind is SetKind.DROP
        ):
            self._give_turn(workout, done)
        return rows

    def _give_turn(self, workout: ModelWorkout, done: ModelExecution) -> None:
        """In a superset whoever has done least goes on, those after this one first."""
        place = next(place for place, it in enumerate(workout.executions) if it is done)
        ring = workout.executions[place + 1 :] + workout.executions[: place + 1]
        together = [it for it in ring if done.superset is not None and it.superset == done.superset]
        unfinished = [it for it in together if not it.targets or targets_left(it.entries, it.targets)]
        behind = [it for it in unfinished if _rounds(it) < _rounds(done)]
        least = sorted(unfinished, key=_rounds)
        if (behind or least) and (turn := (behind or least)[0]) is not done:
            turn.focused = self._state.next_focus()


def _open_at(lifter: ModelLifter, workout_id: int, revision: int) -> ModelWorkout:
    workout = lifter.open
    if workout is None or (workout.id, workout.revision) != (workout_id, revision):
        raise StaleButtonError
    return workout


def _rounds(done: ModelExecution) -> int:
    return len([entry for entry in done.entries if entry.kind in {SetKind.WORKING, SetKind.AMRAP}])
