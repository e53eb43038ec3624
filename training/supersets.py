"""Supersets: executions of a workout with the same number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from storage.models import ExerciseExecution


def next_number(executions: Iterable[ExerciseExecution]) -> int:
    """A number that no superset of the workout has."""
    return 1 + max((execution.superset for execution in executions if execution.superset is not None), default=0)


def numbered(wished: Iterable[int | None]) -> dict[int | None, int]:
    """For whatever numbers supersets are given, those that they get: 1, 2, … in their order."""
    known = dict.fromkeys(number for number in wished if number is not None)
    return {wish: number for number, wish in enumerate(known, 1)}


def dissolve_lone(executions: Iterable[ExerciseExecution]) -> None:
    """One exercise alone is no superset."""
    executions = list(executions)
    members = Counter(execution.superset for execution in executions)
    for execution in executions:
        if execution.superset is not None and members[execution.superset] == 1:
            execution.superset = None
