"""Which workouts are the same one again: those of one name, or without a name those with the same exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage import history
from storage.database import ReadSession
from storage.models import Workout
from storage.values.name_key import name_key

MOST_LOOKED_AT = 40
"""How many of the latest workouts are looked through: three months of training three times a week."""


@dataclass(frozen=True, slots=True)
class Past:
    """A finished workout with the names of its exercises in their order, by exercise."""

    workout: Workout
    exercises: Mapping[int, str]

    @property
    def kind(self) -> str | frozenset[int]:
        """The same for workouts that are the same one again."""
        return kind_of(self.workout.title, self.exercises)


def kind_of(title: str, exercise_ids: Mapping[int, str] | Sequence[int]) -> str | frozenset[int]:
    """The same for workouts that are the same one again."""
    return name_key(title) or frozenset(exercise_ids)


async def latest_finished(
    session: ReadSession, lifter_id: int, before: Workout | None = None, *, limit: int = MOST_LOOKED_AT
) -> list[Past]:
    """The lifter's latest finished workouts, newest first; those that began before another one if that is given."""
    found = await history.latest_finished(session, lifter_id, before=before, limit=limit)
    return await with_exercises(session, found)


async def with_exercises(session: ReadSession, found: Sequence[Workout]) -> list[Past]:
    """These workouts with the names of their exercises."""
    names = await history.exercise_names(session, [workout.id for workout in found])
    return [Past(workout, names.get(workout.id, {})) for workout in found]
