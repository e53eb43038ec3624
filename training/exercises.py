"""Keeping the library: a lifter's own exercises and, for admins, those that everybody sees."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar, Unpack

from storage import audit, changes, exercises, forgetting, keeping, lifters, proposals, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import Exercise, ExerciseAlias, ExercisePreference, User
from storage.values.audit import AdminAction
from storage.values.change import ChangeKind
from storage.values.name_key import name_key
from training.clock import Clock
from training.errors import (
    BuiltInError,
    InUseError,
    InvalidValueError,
    MeasureMismatchError,
    NotAllowedError,
    NotFoundError,
)
from training.exercise_detail import (
    ExerciseChanges,
    ExerciseDetail,
    NewExercise,
    PreferenceChanges,
    apply_preferences,
    columns_of,
    exercise_detail,
    muscles_leaving,
)
from training.making import make
from training.merging import merge
from training.naming import MOST_ALIASES, require_free, tidy_name
from training.permissions import may_administer


@dataclass(frozen=True, slots=True)
class _Act:
    """What an admin does to a system exercise: to which of its fields, and how many names come and go."""

    action: AdminAction
    fields: Sequence[str] = ()
    names: Mapping[str, int] = field(default_factory=dict)

    async def note(self, session: WriteSession, admin_id: int, exercise_id: int, now: datetime) -> None:
        fields = {"fields": list(self.fields)} if self.fields else {}
        await audit.note(session, admin_id, self.action, now, exercise=exercise_id, **fields, **self.names)


@dataclass
class _Change:
    """An exercise being changed, in its transaction.

    The `act` may be set while it is changed, where only then it shows what it is.
    """

    session: WriteSession
    user: User
    exercise: Exercise
    act: _Act

    async def detail(self) -> ExerciseDetail:
        return await read_detail(self.session, self.user, self.exercise)


class Exercises:
    """What may be done with an exercise: with one's own everything, with the system's only by admins.

    Names, aliases included, are unique among a lifter's own without regard to case, spacing and accents, and among
    the system's. Every method raises NotFoundError for an exercise that isn't there, was merged into another or is
    somebody else's, and NotAllowedError if a lifter who is no admin would change what everybody sees.
    """

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def get(self, lifter_id: int, exercise_id: int) -> ExerciseDetail:
        """The exercise, archived or not."""
        async with self._database.reading() as session:
            exercise = _found(await keeping.seen(session, lifter_id, exercise_id))
            return await read_detail(session, await lifters.by_id(session, lifter_id), exercise)

    async def create(
        self, lifter_id: int, new: NewExercise, *, system: bool = False, anyway: bool = False
    ) -> ExerciseDetail:
        """Makes an exercise of the lifter's own, or one that everybody sees.

        Raises NameTakenError with the exercise that has one of the names; `anyway` lets a lifter's own stand beside
        a system exercise of that name, and takes a name back that leads to one since a merging. Raises
        InvalidValueError.
        """
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            await self._hold_catalogue(session, lifter_id, alone=system)
            exercise = await make(session, None if system else lifter_id, new, anyway=anyway)
            async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, self._clock()):
                session.add(exercise)
            if system:
                added = AdminAction.EXERCISE_ADDED
                await audit.note(session, lifter_id, added, self._clock(), exercise=exercise.id)
            return exercise_detail(user, exercise, None)

    async def rename(self, lifter_id: int, exercise_id: int, name: str, *, anyway: bool = False) -> ExerciseDetail:
        """Gives the exercise another name. Raises NameTakenError, as `create`, and InvalidValueError."""
        return await self.change(lifter_id, exercise_id, name=name, anyway=anyway)

    async def change(  # noqa: PLR0913 -- all that can be said about an exercise
        self,
        lifter_id: int,
        exercise_id: int,
        *,
        name: str | None = None,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        anyway: bool = False,
        **wanted: Unpack[ExerciseChanges],
    ) -> ExerciseDetail:
        """Changes what the exercise is, its name if one is given, and its other names, all or nothing.

        A muscle that is said to be trained most is no longer one that is trained also, and the other way round.
        Raises InvalidValueError, NameTakenError, as `create`, MeasureMismatchError if there are sets, which another
        measure wouldn't fit, and NotFoundError if it doesn't have a name that it is to lose.
        """
        columns = columns_of(wanted)
        tidy = None if name is None else tidy_name(name)
        new = _by_key(add)
        named = [*([] if name is None else ["name"]), *wanted, *(["aliases"] if add or remove else [])]
        edited = _Act(AdminAction.EXERCISE_EDITED, named)
        async with self._changing(lifter_id, exercise_id, edited, interrupts="measure" in wanted) as change:
            exercise = change.exercise
            if tidy is not None:
                await require_free(change.session, exercise.user_id, [tidy], exercise_id=exercise_id, anyway=anyway)
                exercise.name, exercise.name_key = tidy, name_key(tidy)
                exercise.aliases = [alias for alias in exercise.aliases if alias.alias_key != exercise.name_key]
            if add or remove:
                change.act = replace(edited, names=await _change_aliases(change, new, remove, anyway=anyway))
            measure = wanted.get("measure", exercise.measure)
            if measure is not exercise.measure and await keeping.has_sets(change.session, exercise_id):
                raise MeasureMismatchError(exercise.measure, measure)
            for column, value in (columns | muscles_leaving(columns, exercise)).items():
                setattr(exercise, column, value)
            return await change.detail()

    async def add_alias(self, lifter_id: int, exercise_id: int, alias: str, *, anyway: bool = False) -> ExerciseDetail:
        """Gives the exercise one more name; one that it has changes nothing.

        Raises NameTakenError, as `create`, and InvalidValueError.
        """
        return await self.change_aliases(lifter_id, exercise_id, add=[alias], anyway=anyway)

    async def remove_alias(self, lifter_id: int, exercise_id: int, alias: str) -> ExerciseDetail:
        """Takes one of its other names away. Raises NotFoundError if it isn't one."""
        return await self.change_aliases(lifter_id, exercise_id, remove=[alias])

    async def change_aliases(
        self,
        lifter_id: int,
        exercise_id: int,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        anyway: bool = False,
    ) -> ExerciseDetail:
        """Takes other names of the exercise away and gives it more, all or nothing. Raises what the two above raise."""
        new = _by_key(add)
        async with self._changing(lifter_id, exercise_id, _Act(AdminAction.ALIAS_ADDED)) as change:
            names = await _change_aliases(change, new, remove, anyway=anyway)
            change.act = _Act(AdminAction.ALIAS_ADDED if "added" in names else AdminAction.ALIAS_REMOVED, names=names)
            return await change.detail()

    async def archive(self, lifter_id: int, exercise_id: int) -> ExerciseDetail:
        """Takes the exercise out of every list; history goes on showing it."""
        archived = _Act(AdminAction.EXERCISE_ARCHIVED)
        async with self._changing(lifter_id, exercise_id, archived, edits=False) as change:
            change.exercise.archived_at = change.exercise.archived_at or self._clock()
            return await change.detail()

    async def unarchive(self, lifter_id: int, exercise_id: int) -> ExerciseDetail:
        """Puts the exercise back into the lists."""
        unarchived = _Act(AdminAction.EXERCISE_UNARCHIVED)
        async with self._changing(lifter_id, exercise_id, unarchived, edits=False) as change:
            change.exercise.archived_at = None
            return await change.detail()

    async def delete(self, lifter_id: int, exercise_id: int) -> None:
        """Deletes an exercise that nobody's workouts refer to, with its aliases and preferences.

        Raises InUseError if any do, or if others were merged into a system exercise, which may be built in or lead
        their owners to it; BuiltInError for an exercise of the catalogue.
        """
        deleted = _Act(AdminAction.EXERCISE_DELETED)
        async with self._changing(lifter_id, exercise_id, deleted, edits=False) as change:
            session = change.session
            executions = await keeping.count_executions(session, exercise_id)
            merged = await keeping.merged_into(session, exercise_id)
            kept = len(merged) if change.exercise.user_id is None else 0
            if executions or kept:
                raise InUseError(executions, kept)
            if change.exercise.catalogue_key is not None:
                raise BuiltInError
            private = await keeping.private_aliases(session, exercise_id)
            for hanging in (*await keeping.preferences(session, exercise_id), *private, *merged):
                await session.delete(hanging)
            await session.flush()  # before the database takes them along, which nothing would record
            await session.delete(change.exercise)

    async def merge(self, lifter_id: int, from_id: int, into_id: int) -> ExerciseDetail:
        """Moves the history and names of one exercise to another and leaves the first one out from now on.

        A lifter's own goes into another one of theirs or into a system exercise, where its names go on leading them,
        and only them; a system exercise goes only into another one, with everybody's history. It can't be taken
        back, nor can what was changed about either before. Raises ArchivedError if `into_id` is archived,
        MeasureMismatchError if there are sets and the measures differ, InvalidValueError if both are the same.
        """
        if from_id == into_id:
            raise InvalidValueError("into_id")
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            is_system = await self._hold_changeable(session, lifter_id, from_id)
            into_system = _found(await keeping.is_system(session, lifter_id, into_id))
            if is_system and not into_system:
                raise NotAllowedError
            await keeping.interrupt(session, [from_id, into_id], merged_id=from_id)
            held = {it: await keeping.seen(session, lifter_id, it) for it in sorted((from_id, into_id))}
            merged, into = _found(held[from_id]), _found(held[into_id])
            await merge(session, merged, into, self._clock())
            await proposals.withdraw_all_of(session, from_id)
            also_of = self._admin_ids if is_system else None
            await forgetting.forget_exercises(session, lifter_id, also_of, [from_id, into_id])
            if is_system:
                done = AdminAction.EXERCISE_MERGED
                await audit.note(session, lifter_id, done, self._clock(), exercise=from_id, into=into_id)
            return await read_detail(session, user, into)

    async def prefer(self, lifter_id: int, exercise_id: int, **wanted: Unpack[PreferenceChanges]) -> ExerciseDetail:
        """Changes in which unit and step this lifter logs the exercise, how long they rest, and whether they hide it.

        Nobody else notices. What is hidden is in no list, but can be picked, and is found by its exact name.
        Raises InvalidValueError.
        """
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            if wanted.keys() & {"unit", "weight_step"}:
                await workouts.outdate_open(session, lifter_id)  # what its buttons say they do was read with these
            exercise = _found(await keeping.seen(session, lifter_id, exercise_id, alone=False))
            async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, self._clock()):
                known = await keeping.preference(session, lifter_id, exercise_id)
                preference = known or ExercisePreference(user_id=lifter_id, exercise_id=exercise_id)
                apply_preferences(user, preference, wanted)
                session.add(preference)
            return await read_detail(session, user, exercise)

    @asynccontextmanager
    async def _changing(
        self, lifter_id: int, exercise_id: int, act: _Act, *, edits: bool = True, interrupts: bool = False
    ) -> AsyncIterator[_Change]:
        """The exercise, if this lifter may change it; what is done to it is recorded as one change, if anything is.

        What an admin does to a system exercise goes on record as the `act`. Seeding leaves one alone once an admin
        `edits` it; a change that `interrupts` makes buttons of open workouts stale.
        """
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            is_system = await self._hold_changeable(session, lifter_id, exercise_id)
            if interrupts:
                await keeping.interrupt(session, [exercise_id])
            exercise = _found(await keeping.seen(session, lifter_id, exercise_id))
            async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, self._clock()) as recorded:
                yield (change := _Change(session, user, exercise, act))
                await session.flush()
                if is_system and edits and recorded.rows():
                    exercise.is_edited = True
            if is_system and recorded.rows():
                await change.act.note(session, lifter_id, exercise_id, self._clock())

    async def _hold_changeable(self, session: WriteSession, lifter_id: int, exercise_id: int) -> bool:
        """Whether the exercise is the system's, and then this lifter may change it: the catalogue is held."""
        is_system = _found(await keeping.is_system(session, lifter_id, exercise_id))
        await self._hold_catalogue(session, lifter_id, alone=is_system)
        return is_system

    async def _hold_catalogue(self, session: WriteSession, lifter_id: int, *, alone: bool) -> None:
        if not alone:
            await exercises.await_catalogue(session)
        elif await may_administer(session, lifter_id, self._admin_ids):
            await exercises.hold_catalogue(session)
        else:
            raise NotAllowedError


async def read_detail(session: ReadSession, user: User, exercise: Exercise) -> ExerciseDetail:
    """The exercise with all that this lifter wants with it and calls it; its aliases must be loaded."""
    preference = await keeping.preference(session, user.id, exercise.id)
    private = await keeping.private_aliases(session, exercise.id, user_id=user.id)
    return exercise_detail(user, exercise, preference, private)


async def _change_aliases(
    change: _Change, new: Mapping[str, str], remove: Sequence[str], *, anyway: bool
) -> dict[str, int]:
    """Takes names away and gives others, by their keys; how many came (`added`) and went (`removed`), if any."""
    exercise = change.exercise
    for key in map(name_key, remove):
        exercise.aliases.remove(_found(next((it for it in exercise.aliases if it.alias_key == key), None)))
    await change.session.flush()  # what is taken away and given again is another row
    known = {exercise.name_key, *(alias.alias_key for alias in exercise.aliases)}
    unknown = {key: tidy for key, tidy in new.items() if key not in known}
    names = list(unknown.values())
    await require_free(change.session, exercise.user_id, names, exercise_id=exercise.id, anyway=anyway)
    if unknown and len(exercise.aliases) + len(unknown) > MOST_ALIASES:
        raise InvalidValueError("aliases", MOST_ALIASES)
    exercise.aliases.extend(ExerciseAlias(alias=tidy, alias_key=key) for key, tidy in unknown.items())
    figures = {"added": len(unknown), "removed": len(remove)}
    return {what: number for what, number in figures.items() if number}


def _by_key(names: Sequence[str]) -> dict[str, str]:
    """The names, tidied, by their keys. Raises InvalidValueError."""
    return {name_key(tidy): tidy for tidy in map(tidy_name, names)}


_Thing = TypeVar("_Thing")


def _found(thing: _Thing | None) -> _Thing:
    """Raises NotFoundError if there is nothing."""
    if thing is None:
        raise NotFoundError
    return thing
