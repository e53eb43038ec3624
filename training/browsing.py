"""Looking around in the library, where nothing is picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage import exercises, listing
from storage.database import Database, ReadSession
from storage.finding import Named
from storage.models import Exercise
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.finding import SearchFilter
from training.basics import BASICS
from training.library import find

_EVERYTHING = SearchFilter()

_FARTHEST = 10_000
"""Places in a list, farther than anybody looks."""


@dataclass(frozen=True, slots=True)
class Described:
    """An exercise as it is told to anybody: nothing of what the lifter does with it."""

    id: int
    name: str
    body_part: BodyPart
    modality: Modality
    measure: Measure
    primary: tuple[Muscle, ...]
    secondary: tuple[Muscle, ...]
    how: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Some of what was found, the likeliest first; `next` is the place at which it goes on, None if that was all."""

    exercises: tuple[Described, ...]
    next: int | None


class Browsing:
    """What a lifter sees of the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look_up(self, lifter_id: int, text: str, start: int, limit: int) -> LookedUp:
        """So many exercises that the text finds, from this place on; for a blank one what the lifter uses, then what
        most people do, then the rest by name.

        Also for somebody who has never written to the bot.
        """
        place = min(max(start, 0), _FARTHEST)
        async with self._database.reading() as session:
            found = await _found(session, lifter_id, text, range(place, place + limit + 1))
            known = await exercises.visible_all(session, lifter_id, [name.id for name in found[:limit]])
        told = tuple(described(known[name.id]) for name in found[:limit] if name.id in known)
        return LookedUp(told, place + limit if len(found) > limit else None)


async def _found(session: ReadSession, lifter_id: int, text: str, places: range) -> Sequence[Named]:
    if not text.strip():
        return await listing.page(session, lifter_id, _EVERYTHING, BASICS, places)
    ranked, _ = await find(session, lifter_id, text, _EVERYTHING)
    return ranked[places.start : places.stop]


def described(exercise: Exercise) -> Described:
    """What anybody may be told about the exercise."""
    return Described(
        id=exercise.id,
        name=exercise.name,
        body_part=exercise.body_part,
        modality=exercise.modality,
        measure=exercise.measure,
        primary=tuple(map(Muscle, exercise.primary_muscles)),
        secondary=tuple(map(Muscle, exercise.secondary_muscles)),
        how=exercise.how,
    )
