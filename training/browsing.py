"""Looking around in the library, where nothing is picked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import exercises, keeping, lifters, listing, proposals, records, workouts
from storage.database import Database, ReadSession
from storage.finding import Named
from storage.models import Exercise
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.finding import Owned, SearchFilter
from storage.values.lifted import SetEntry
from storage.values.proposal import ProposalState
from training.basics import BASICS
from training.card import LastTime
from training.errors import NotFoundError
from training.exercise_detail import ExerciseDetail
from training.exercises import read_detail
from training.library import find
from training.permissions import may_administer

ARCHIVED = SearchFilter(owned=Owned.OWN, archived=True)
"""A lifter's own that they have put away: what was the system's is the admins' to bring back."""

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


@dataclass(frozen=True, slots=True)
class Shelves:
    """How many exercises stand where: `own` are part of `listed`. `proposals` is None for who is no admin."""

    listed: int
    own: int
    hidden: int
    archived: int
    proposals: int | None


@dataclass(frozen=True, slots=True)
class Best:
    """A lifter's best set, and when it was done."""

    entry: SetEntry
    on: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """An exercise, and what this lifter has done with it.

    `proposal` is how far their own has come on the way into the library, if it was proposed; `word` what was said.
    """

    exercise: ExerciseDetail
    best: Best | None
    last: LastTime | None
    proposal: ProposalState | None = None
    word: str = ""


class Browsing:
    """What a lifter sees of the library."""

    def __init__(self, database: Database, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._admin_ids = admin_ids

    async def shelves(self, lifter_id: int) -> Shelves:
        """What there is to look at."""
        async with self._database.reading() as session:
            is_admin = await may_administer(session, lifter_id, self._admin_ids)
            return Shelves(
                listed=await listing.count(session, lifter_id, _EVERYTHING),
                own=await listing.count(session, lifter_id, SearchFilter(owned=Owned.OWN)),
                hidden=await listing.count(session, lifter_id, SearchFilter(hidden=True)),
                archived=await listing.count(session, lifter_id, ARCHIVED),
                proposals=await proposals.count_waiting(session) if is_admin else None,
            )

    async def look(self, lifter_id: int, exercise_id: int) -> Look:
        """The exercise, hidden or archived too, with this lifter's best set and last time. Raises NotFoundError."""
        async with self._database.reading() as session:
            exercise = await keeping.seen(session, lifter_id, exercise_id)
            if exercise is None:
                raise NotFoundError
            best = await records.best_set(session, lifter_id, exercise_id, exercise.measure)
            last = await workouts.last_performance(session, lifter_id, exercise_id)
            proposal = await proposals.latest_of(session, lifter_id, exercise_id)
            return Look(
                exercise=await read_detail(session, await lifters.by_id(session, lifter_id), exercise),
                best=None if best is None else Best(best.entry, best.logged_at),
                last=None if last is None else LastTime(last[0], tuple(row.entry for row in last[1])),
                proposal=None if proposal is None else proposal.state,
                word="" if proposal is None else proposal.word,
            )

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
    found = await find(session, lifter_id, text, _EVERYTHING)
    return found.ranked[places.start : places.stop]


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
