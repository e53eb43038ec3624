"""Buttons that name what is somebody else's, as it is just then: whoever presses them claims that it were theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Row

from handlers.callback_data import fits, pack
from tests.support.fuzzing.forged import buttons, filled

Belongings = Mapping[str, Sequence[Row[Any]]]


@dataclass(frozen=True)
class Claim:
    """A button with anything in it, but for what it names: that is what somebody has."""

    button: Any
    which: int
    """Of several that it could name, counted from the newest."""

    def to(self, theirs: Belongings) -> str:
        """Its callback data; empty if no button can carry it."""
        named = {field.name for field in fields(self.button)}
        ids = {name: value for name, value in self._ids(theirs, named).items() if name in named}
        claimed = replace(self.button, **ids)
        return pack(claimed) if fits(claimed) else ""

    def _ids(self, theirs: Belongings, named: set[str]) -> Mapping[str, int]:
        done, its_set = self._execution(theirs), None
        if done is not None:
            its_set = self._one(theirs["sets"], lambda row: row.execution_id == done.id)
        workout = self._one(theirs["workouts"], lambda row: done is None or row.id == done.workout_id)
        own, paste = self._one(theirs["exercises"]), self._one(theirs["pastes"])
        change, timer = self._one(theirs["changes"]), self._one(theirs["timers"])
        of = paste if "paste_id" in named else workout
        found = {
            "exercise_id": own.id if own is not None else done and done.exercise_id,
            "workout_id": workout and workout.id,
            "execution_id": done and done.id,
            "set_id": its_set and its_set.id,
            "paste_id": paste and paste.id,
            "change_id": change and change.id,
            "timer_id": timer and timer.id,
            "revision": of and of.revision,
        }
        return {name: value for name, value in found.items() if value is not None}

    def _execution(self, theirs: Belongings) -> Row[Any] | None:
        return self._one(theirs["exercise_executions"])

    def _one(self, rows: Sequence[Row[Any]], fitting: Callable[[Row[Any]], bool] = lambda _: True) -> Row[Any] | None:
        some = [row for row in rows if fitting(row)]
        return some[-1 - self.which % len(some)] if some else None


_NAMES = {"exercise_id", "workout_id", "execution_id", "set_id", "paste_id", "change_id", "timer_id"}
_ADMINS = ("handlers.admins", "handlers.announcing", "handlers.curating", "handlers.seeding")

_KINDS = [
    kind
    for kind in buttons()
    if _NAMES & {field.name for field in fields(kind)} and not kind.__module__.startswith(_ADMINS)
]
"""All that name something, but for those that are refused to whoever is no admin, whatever they name."""

CLAIMS = st.builds(Claim, st.one_of([filled(kind) for kind in _KINDS]), st.integers(0, 5))
