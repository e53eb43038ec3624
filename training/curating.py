"""The library as admins keep it: what everybody sees, archived exercises too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from storage import keeping, lifters
from storage.database import Database, ReadSession
from storage.models import Exercise
from storage.values.finding import Owned, SearchFilter
from storage.values.name_key import name_key
from storage.values.quantity import Weight
from training.admins import require_admin
from training.errors import NotFoundError
from training.exercise_detail import ExerciseDetail, exercise_detail
from training.library import PAGE_SIZE, Library
from training.matches import Choice, Matches
from training.merging import require_mergeable

_LISTED = SearchFilter(owned=Owned.SYSTEM, hidden=None)
_ARCHIVED = SearchFilter(owned=Owned.SYSTEM, archived=True, hidden=None)


@dataclass(frozen=True, slots=True)
class Kept:
    """A system exercise. `default_rest` (seconds) and `weight_step` are its own; None: each lifter's hold."""

    about: ExerciseDetail
    default_rest: int | None
    weight_step: Weight | None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging one exercise into another would move: how often it stands in a workout."""

    merged: ExerciseDetail
    into: ExerciseDetail
    executions: int


class Curating:
    """What admins look at before they change the library. Others get NotAllowedError."""

    def __init__(self, database: Database, library: Library, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._library = library
        self._admin_ids = admin_ids

    async def find(self, lifter_id: int, text: str) -> Matches:
        """The system exercises that the text may name, those in the archive behind the others. What the admin hides is
        only out of their own lists.

        Only one that has just this name, or other name, is exact: what is done to the library is done to no guess.
        """
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            named = {it.exercise_id: it.name for it in await keeping.taken(session, None, [name_key(text)])}
        listed, archived = [await self._library.search(lifter_id, text, one) for one in (_LISTED, _ARCHIVED)]
        # A guess is worth nothing beside what has the very words.
        certain = [page for page in (listed, archived) if page.choices and not page.guessed]
        pages = certain or [page for page in (listed, archived) if page.choices]
        choices = [choice for page in pages for choice in page.choices][:PAGE_SIZE]
        exact = [Choice(*one) for one in named.items()]
        more = sum(page.total for page in pages) - len(choices)
        is_guess = bool(pages) and not certain
        return Matches(text, tuple(choices), more, exact[0] if len(exact) == 1 else None, is_guess)

    async def get(self, lifter_id: int, exercise_id: int) -> Kept:
        """The exercise. Raises NotFoundError, also for a lifter's own."""
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            exercise, about = await self._of_all(session, lifter_id, exercise_id)
            step, unit = exercise.weight_step, exercise.weight_step_unit
            own_step = None if step is None or unit is None else Weight(step, unit)
            return Kept(about, exercise.default_rest, own_step)

    async def plan_merge(self, lifter_id: int, from_id: int, into_id: int) -> MergePlan:
        """What `Exercises.merge` would do, which can't be taken back. Raises what that raises."""
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            (one, merged), (other, into) = [await self._of_all(session, lifter_id, it) for it in (from_id, into_id)]
            await require_mergeable(session, one, other)
            return MergePlan(merged, into, await keeping.count_executions(session, from_id))

    async def _of_all(self, session: ReadSession, lifter_id: int, exercise_id: int) -> tuple[Exercise, ExerciseDetail]:
        exercise = await keeping.seen(session, lifter_id, exercise_id)
        if exercise is None or exercise.user_id is not None:
            raise NotFoundError
        preference = await keeping.preference(session, lifter_id, exercise_id)
        return exercise, exercise_detail(await lifters.by_id(session, lifter_id), exercise, preference)
