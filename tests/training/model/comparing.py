"""Whether a lifter sees in the gym what the model says, from which the model learns the ids of new rows."""

from __future__ import annotations

from storage import records
from storage.database import Database
from storage.values.history import HistoryFilter
from tests.training.model.state import UNKNOWN, ModelExecution, ModelLifter, ModelState, ModelWorkout
from tests.training.model.workouts import suggestion_of
from training.card import Card
from training.detail import DoneSet, Execution, WorkoutDetail
from training.errors import NoOpenWorkoutError
from training.gym import Gym
from training.history import WorkoutLine
from training.records import best_of
from training.volume import volume_mg

EVERYTHING = HistoryFilter()


class Comparison:
    """One run of the model beside the gym."""

    def __init__(self, database: Database, gym: Gym, state: ModelState) -> None:
        self._database, self._gym, self._state = database, gym, state
        self._cards: dict[tuple[int, int], object] = {}

    async def lines(self, lifter: ModelLifter) -> None:
        """The whole history, as lists show it, and what would be taken back."""
        lines = await self._all_lines(lifter)
        known = {workout.id for workout in lifter.workouts}
        new = iter([line.id for line in lines if line.id not in known])
        for workout in lifter.workouts:
            if workout.id == UNKNOWN:
                workout.id = next(new)
                await self.detail(lifter, workout)
        newest_first = sorted(lifter.workouts, key=lambda workout: (workout.started_at, workout.id), reverse=True)
        assert lines == [_line(workout) for workout in newest_first]
        last, expected = await self._gym.undo.latest(lifter.id), self._state.latest(lifter)
        assert (None if last is None else last.kind) == (None if expected is None else expected.kind)

    async def card(self, lifter: ModelLifter) -> None:
        """The open workout with everything in it; a button made for it never comes to mean something else."""
        workout = lifter.open
        try:
            card = await self._gym.workouts.card(lifter.id)
        except NoOpenWorkoutError:
            assert workout is None
            return
        assert workout is not None
        await self.detail(lifter, workout)
        assert _of_card(card) == _card(lifter, workout)
        assert self._cards.setdefault((card.workout_id, card.revision), _of_card(card)) == _of_card(card)

    async def detail(self, lifter: ModelLifter, workout: ModelWorkout) -> None:
        """The workout whole."""
        seen = await self._gym.history.detail(lifter.id, workout.id)
        _learn_ids(workout, seen)
        workout.revision = seen.revision
        assert seen == _detail(workout)

    async def everything(self, lifter: ModelLifter) -> None:
        """All of it, and the bests that records are measured by, which follow from the sets."""
        await self.lines(lifter)
        await self.card(lifter)
        for workout in lifter.workouts:
            await self.detail(lifter, workout)
        async with self._database.reading() as session:
            bests = await records.bests(session, lifter.id, self._state.exercises)
        expected = {it.id: best_of(lifter.entries_of(it)) for it in self._state.exercises.values()}
        assert bests == {exercise_id: best for exercise_id, best in expected.items() if best}

    async def _all_lines(self, lifter: ModelLifter) -> list[WorkoutLine]:
        lines: list[WorkoutLine] = []
        more = True
        for number in range(len(lifter.workouts) + 1):
            if more:
                page = await self._gym.history.page(lifter.id, EVERYTHING, number)
                lines, more = [*lines, *page.lines], page.more
        return lines


def _line(workout: ModelWorkout) -> WorkoutLine:
    return WorkoutLine(
        id=workout.id,
        title=workout.title,
        started_at=workout.started_at,
        finished_at=workout.finished_at,
        exercises=sum(1 for done in workout.executions if done.sets),
        sets=len(workout.entries),
        volume_mg=volume_mg(workout.entries),
        names=tuple({done.exercise.id: done.exercise.name for done in workout.executions}.values()),
    )


def _learn_ids(workout: ModelWorkout, seen: WorkoutDetail) -> None:
    assert len(seen.executions) == len(workout.executions)
    for done, real in zip(workout.executions, seen.executions, strict=True):
        done.id = real.id if done.id == UNKNOWN else done.id
        assert len(done.sets) == len(real.sets)
        for row, real_row in zip(done.sets, real.sets, strict=True):
            row.id = real_row.id if row.id == UNKNOWN else row.id


def _detail(workout: ModelWorkout) -> WorkoutDetail:
    return WorkoutDetail(
        id=workout.id,
        revision=workout.revision,
        title=workout.title,
        note=workout.note,
        started_at=workout.started_at,
        finished_at=workout.finished_at,
        executions=tuple(_execution(done) for done in workout.executions),
    )


def _execution(done: ModelExecution) -> Execution:
    return Execution(
        id=done.id,
        exercise_id=done.exercise.id,
        name=done.exercise.name,
        measure=done.exercise.measure,
        note=done.note,
        superset=done.superset,
        sets=tuple(DoneSet(row.id, row.entry) for row in done.sets),
        targets=done.targets,
    )


def _card(lifter: ModelLifter, workout: ModelWorkout) -> object:
    current = workout.current
    place = next((place for place, done in enumerate(workout.executions, 1) if done is current), None)
    now = None if current is None else (current.id, place, tuple(current.entries), suggestion_of(lifter, current))
    return workout.id, workout.title, len(workout.entries), volume_mg(workout.entries), now


def _of_card(card: Card) -> object:
    current = card.current
    now = None if current is None else (current.execution_id, current.place, current.today, current.suggestion)
    return card.workout_id, card.title, card.sets, card.volume_mg, now
