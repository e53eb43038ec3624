"""Random calls of the gym: mostly sensible ones, some with what is stale, gone, misfitting or somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from tests.training.model.lifts import ENTRIES, LINES
from tests.training.model.state import ModelExecution, ModelSet, ModelState, ModelWorkout
from training.edit import PlannedExercise
from training.limits import LONGEST_TITLE
from training.past import PastExercise, PastWorkout

Option = TypeVar("Option")

NOWHERE = 10**9
"""An id that nothing has."""


@dataclass(frozen=True)
class Call:
    """One method of one of the gym's services, with what it is called with."""

    service: str
    method: str
    arguments: tuple[Any, ...]
    named: dict[str, Any] = field(default_factory=dict)

    def of(self, services: object) -> Any:
        """Calls it on these services."""
        return getattr(getattr(services, self.service), self.method)(*self.arguments, **self.named)


class Caller:
    """Makes up what one lifter does next, given how things are."""

    def __init__(self, random: Random, state: ModelState, lifter_id: int) -> None:
        self._random, self._state, self._id = random, state, lifter_id
        self._lifter = state.lifters[lifter_id]

    def next_call(self) -> Call:
        """While a workout is open, mostly something about it."""
        first = not self._lifter.workouts and self._often()
        steps = _WITH_OPEN if self._lifter.open is not None else _AT_FIRST if first else _WITHOUT
        return self._choice(steps)(self)

    def start(self) -> Call:
        return Call("workouts", "start", (self._id,))

    def pick(self) -> Call:
        return Call("workouts", "add_exercise", (self._id, self._exercise()))

    def log_suggested(self) -> Call:
        return Call("workouts", "log_suggested", (self._id, *self._button()))

    def finish(self) -> Call:
        return Call("workouts", "finish", (self._id, *self._button()))

    def write(self) -> Call:
        text = self._choice(LINES) if self._often() else self._name()
        return Call("notebook", "write", (self._id, text))

    def write_set(self) -> Call:
        texts = (self._choice(LINES), self._name(), f"{self._name()}: {self._choice(LINES[:-1])}")
        return Call("notebook", "write_set", (self._id, self._choice(texts)))

    def undo(self) -> Call:
        return Call("undo", "undo", (self._id,))

    def describe(self) -> Call:
        named = {
            "title": self._choice(("Push", "")) if self._often() else "x" * (LONGEST_TITLE + 1),
            "note": self._choice((None, "tired")),
        }
        return Call("history", "describe", (self._id, self._workout()), named)

    def retime(self) -> Call:
        started = self._state.clock.now + timedelta(hours=self._choice((-30, -2, -1)) if self._often() else 1)
        ended = self._choice((None, started + timedelta(minutes=50 if self._often() else -1)))
        return Call("history", "retime", (self._id, self._workout(), started, ended))

    def reopen(self) -> Call:
        return Call("history", "reopen", (self._id, self._workout()))

    def delete(self) -> Call:
        return Call("history", "delete", (self._id, self._workout()))

    def discard(self) -> Call:
        return Call("history", "discard", (self._id, *self._button()))

    def start_from(self) -> Call:
        return Call("history", "start_from", (self._id, self._workout()))

    def enter_past(self) -> Call:
        started = self._state.clock.now + timedelta(hours=self._choice((-100, -50, -20, -3)) if self._often() else 1)
        exercises = [PastExercise(plan.exercise_id, plan.entries, plan.note) for plan in self._plan()]
        ended = started + timedelta(hours=self._choice((0, 1, 2)) if self._often() else -1)
        return Call(
            "history",
            "enter_past",
            (self._id, PastWorkout(started, exercises, self._choice((None, ended)), "Past", "")),
        )

    def edit_exercise(self) -> Call:
        at, execution = self._execution()
        edits: Sequence[tuple[Any, ...]] = (
            ("swap_exercise", at, self._exercise()),
            ("remove_exercise", at),
            ("move_exercise", at, self._place()),
            ("note_exercise", at, self._choice(("wide grip ", "", "deep"))),
            ("ungroup", at),
            ("replace_sets", at, [self._entry(execution) for _ in range(self._random.randint(0, 4))]),
        )
        return self._editing(*self._choice(edits))

    def add_set(self) -> Call:
        at, execution = self._execution()
        return self._editing("add_set", at, self._entry(execution), self._choice((None, self._place())))

    def edit_set(self) -> Call:
        at, execution = self._set()
        edits: Sequence[tuple[Any, ...]] = (
            ("change_set", at, self._entry(execution)),
            ("remove_set", at),
            ("move_set", at, self._place()),
        )
        return self._editing(*self._choice(edits))

    def group(self) -> Call:
        return self._editing("group", [self._execution()[0] for _ in range(self._random.randint(2, 3))])

    def add_exercise(self) -> Call:
        return self._editing("add_exercise", self._workout(), self._exercise(), self._choice((None, self._place())))

    def replace_exercises(self) -> Call:
        return self._editing("replace_exercises", self._workout(), self._plan())

    def _editing(self, method: str, *arguments: Any) -> Call:
        opened = self._lifter.open
        revision = None if opened is None or self._often() else self._choice((opened.revision, opened.revision - 1))
        return Call("editing", method, (self._id, *arguments), {"revision": revision})

    def _plan(self) -> list[PlannedExercise]:
        return [self._planned() for _ in range(self._choice((1, 2, 3)) if self._often() else 0)]

    def _planned(self) -> PlannedExercise:
        exercise_id = self._exercise()
        known = self._state.exercises.get(exercise_id)
        entries = ENTRIES[Measure.DURATION if known is None else known.measure]
        wanted = tuple(self._choice(entries) for _ in range(self._random.randint(0, 3)))
        return PlannedExercise(exercise_id, wanted, self._choice(("", "heavy")), self._choice((None, 1, 2)))

    def _exercise(self) -> int:
        if self._often():
            usual = [it.id for it in self._state.exercises.values() if it.owner in {None, self._id} and not it.archived]
            return self._choice(usual)
        return self._choice((*self._state.exercises, NOWHERE))

    def _name(self) -> str:
        known = self._state.exercises.get(self._exercise())
        return "Nothing" if known is None else known.name

    def _place(self) -> int:
        return self._choice((0, 1, 2, 9)) if self._often() else -1

    def _entry(self, execution: ModelExecution | None) -> SetEntry:
        fits = execution is not None and self._often()
        measure = execution.exercise.measure if execution is not None and fits else self._choice(tuple(ENTRIES))
        return self._choice(ENTRIES[measure])

    def _button(self) -> tuple[int, int]:
        """A button of the open workout; seldom an old one, or one of another chat."""
        shown = self._lifter.open
        if shown is None or not self._often():
            shown = self._choice([workout for workout, _, _ in self._all()] or [ModelWorkout(self._state.clock.now)])
        return shown.id, shown.revision - (0 if self._often() else 1)

    def _workout(self) -> int:
        """Mostly the open one, or else one of the lifter's."""
        opened, own = self._lifter.open, [workout.id for workout in self._lifter.workouts]
        if opened is not None and self._often():
            return opened.id
        return self._choice(own if own and self._often() else [*(workout.id for workout, _, _ in self._all()), NOWHERE])

    def _execution(self) -> tuple[int, ModelExecution | None]:
        found = [done for _, done, _ in self._mostly_open() if done is not None]
        return self._choice([(done.id, done) for done in found] or [(NOWHERE, None)])

    def _set(self) -> tuple[int, ModelExecution | None]:
        found = [(row.id, done) for _, done, row in self._mostly_open() if row is not None]
        return self._choice(found or [(NOWHERE, None)])

    def _mostly_open(self) -> list[_Place]:
        opened = self._lifter.open
        return list(_places([opened])) if opened is not None and self._often() else self._all()

    def _all(self) -> list[_Place]:
        """What anybody has, and what this lifter had."""
        everybody = [workout for lifter in self._state.lifters.values() for workout in lifter.workouts]
        gone = [workout for change in self._lifter.changes[-3:] for workout in change.before]
        return list(_places([*everybody, *gone]))

    def _often(self) -> bool:
        return self._random.randint(0, 9) > 0

    def _choice(self, of: Sequence[Option]) -> Option:
        return self._random.choice(of)


_Place = tuple[ModelWorkout, ModelExecution | None, ModelSet | None]


def _places(workouts: Sequence[ModelWorkout]) -> Iterator[_Place]:
    for workout in workouts:
        yield workout, None, None
        for done in workout.executions:
            yield workout, done, None
            yield from ((workout, done, row) for row in done.sets)


_Step = Callable[[Caller], Call]
_C = Caller
_WITH_OPEN: Sequence[_Step] = [
    *[_C.pick, _C.write, _C.write, _C.write_set, _C.log_suggested, _C.add_set, _C.edit_set, _C.edit_set] * 2,
    *[_C.edit_exercise, _C.edit_exercise, _C.edit_exercise, _C.group, _C.add_exercise, _C.replace_exercises] * 2,
    *[_C.undo, _C.undo, _C.undo, _C.finish, _C.finish, _C.describe, _C.retime, _C.delete, _C.discard, _C.reopen],
    *[_C.enter_past, _C.start_from, _C.start],
]
_AT_FIRST: Sequence[_Step] = [_C.start, _C.pick, _C.write_set, _C.enter_past, _C.undo]
_WITHOUT: Sequence[_Step] = [
    *[_C.start, _C.pick, _C.write_set, _C.start_from, _C.enter_past, _C.reopen] * 6,
    *[_C.undo, _C.undo, _C.write, _C.add_set, _C.edit_set, _C.edit_exercise, _C.group, _C.delete, _C.describe],
    *[_C.finish, _C.log_suggested, _C.discard, _C.retime, _C.replace_exercises, _C.add_exercise],
]
