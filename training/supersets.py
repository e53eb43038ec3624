"""Supersets: executions of a workout with the same number, which are done in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.models import ExerciseExecution
from storage.values.lifted import SetEntry, SetKind
from training.suggestion import targets_left

_NO_ROUND = frozenset({SetKind.WARM_UP, SetKind.DROP})
"""Sets that come before a round, or are a part of the set before them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is done next, and whether everything in the superset has had its turn, so that it is time to rest."""

    next: ExerciseExecution
    is_round_over: bool


def turn_after(executions: Sequence[ExerciseExecution], done: ExerciseExecution) -> Turn:
    """Whose turn it is after a set of `done`, one of a workout's executions.

    Next is the one after it that has fewer sets, else a round is over and the next one begins. What has done all that
    is planned for it is passed over. Outside supersets each set is a round.
    """
    if done.superset is None:
        return Turn(done, is_round_over=True)
    place = next(place for place, execution in enumerate(executions) if execution is done)
    following = [*executions[place + 1 :], *executions[: place + 1]]
    others = [it for it in following if it.superset == done.superset and _goes_on(it)]
    if not others:
        return Turn(done, is_round_over=True)
    least = next((it for it in others if _rounds(it) < _rounds(done)), None)
    if least is not None:
        return Turn(least, is_round_over=False)
    return Turn(min(others, key=_rounds), is_round_over=True)


def _rounds(execution: ExerciseExecution) -> int:
    return sum(row.kind not in _NO_ROUND for row in execution.sets)


def _goes_on(execution: ExerciseExecution) -> bool:
    return not execution.targets or bool(_left(execution))


def planned_kind(execution: ExerciseExecution) -> SetKind | None:
    """Of which kind the next planned set is; None if none is planned."""
    left = _left(execution)
    return left[0].kind if left else None


def _left(execution: ExerciseExecution) -> Sequence[SetEntry]:
    return targets_left([row.entry for row in execution.sets], [row.entry for row in execution.targets])


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
