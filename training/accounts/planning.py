"""What importing a file would do to an account as it stands: decided before anything is written."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from storage import lifters, reminders, taking_in, taking_out, workouts
from storage.database import ReadSession
from storage.models import Exercise
from storage.taking_out import WholeWorkout
from storage.values.exercise import Measure
from storage.values.name_key import name_key
from training.accounts.reading import Account, ReadExercise
from training.accounts.writing import reminders_of, text_of, workout_of

_AT_ONCE = 10
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Meant:
    """Which exercise here one of the file is. Without an id it is to be made, and is the lifter's own then.

    `makes` is whether this one is to be made: two of the file may become the same.
    """

    exercise_id: int | None
    name: str
    makes: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing does.

    `brings` are the places of the workouts that come; `same` of them are here already, `differing` are here otherwise,
    and stay as they are here; `left_open` is whether the open one stays out because another is open here.
    `settings` is whether settings and reminders are taken over: where there is no workout yet.
    """

    meant: Sequence[Meant]
    brings: Sequence[int]
    same: int
    differing: int
    left_open: bool
    settings: bool
    keeps_settings: bool
    besides: int
    """How many names, wishes and habits of resting come for exercises."""

    @property
    def does_something(self) -> bool:
        """Whether it does anything at all."""
        return bool(self.brings or self.settings or self.besides or any(one.makes for one in self.meant))

    def digest(self, account: Account) -> str:
        """Stands for the plan: the same for the same doings."""
        whole = sha256(repr(self).encode())
        whole.update(repr((account.settings, account.reminders)).encode())
        return whole.hexdigest()


async def plan(session: ReadSession, lifter_id: int, account: Account) -> Plan:
    """What importing would do. Reads the workouts that begin when those of the file do, page by page."""
    meant = await meaning(session, lifter_id, account.exercises)
    here = await taking_out.starts(session, lifter_id)
    opened = await workouts.open_workout(session, lifter_id)
    compared = await _compared(session, lifter_id, account, meant, here, has_open=opened is not None)
    differ = await _settings_differ(session, lifter_id, account)
    return Plan(
        meant=meant,
        brings=compared.brings,
        same=compared.same,
        differing=compared.differing,
        left_open=compared.left_open,
        settings=differ and not here,
        keeps_settings=differ and bool(here),
        besides=await _besides(session, lifter_id, account.exercises, meant),
    )


async def meaning(session: ReadSession, lifter_id: int, read: Sequence[ReadExercise]) -> Sequence[Meant]:
    """Which exercise here each of the file is.

    The library's are known by their entry in the catalogue or by their name, the lifter's own by their name, both only
    if they are measured alike. One of their own that has become everybody's, and that they have gone on doing, is that
    one. What isn't here becomes one of the lifter's own, under another name if there is one of this name already that
    is measured otherwise.
    """
    keys = {name_key(one.name) for one in read}
    entries = {one.catalogue_key for one in read if one.catalogue_key is not None}
    systems = await taking_in.system_exercises(session, keys, entries)
    own = await taking_in.own_exercises(session, lifter_id)
    names = await taking_in.own_names(session, lifter_id)
    wanted = {one.merged_into_id for one in (*systems, *own) if one.merged_into_id is not None} | set(names.values())
    known = await taking_in.by_ids(session, wanted)
    return _Meaning(systems, own, names, known, await taking_in.performed(session, lifter_id)).of_all(read)


def content_of(workout: WholeWorkout, exercise_ids: Mapping[int, int]) -> str:
    """What stands for the workout as it was lifted, by what is meant by its exercises."""
    content = workout_of(workout, exercise_ids)
    for done in content.get("exercises", ()):
        del done["focused_at"]
    return text_of(content)


class _Anything(dict[int, int]):
    def __missing__(self, _: int) -> int:
        return 0


def print_of(workout: WholeWorkout) -> str:
    """What tells whether its lifter has changed the workout since: merging its exercises doesn't count."""
    content: dict[str, Any] = workout_of(workout, _Anything())
    content.pop("finished_before", None)
    for done in content.get("exercises", ()):
        del done["focused_at"]
    return sha256(text_of(content).encode()).hexdigest()


class _Meaning:
    def __init__(
        self,
        systems: Sequence[Exercise],
        own: Sequence[Exercise],
        names: Mapping[str, int],
        known: Mapping[int, Exercise],
        performed: Collection[int],
    ) -> None:
        self._entries = {one.catalogue_key: one for one in systems if one.catalogue_key is not None}
        self._systems = {one.name_key: one for one in systems}
        self._own = {one.name_key: one for one in own}
        self._names = names
        self._known = {one.id: one for one in (*systems, *own)} | dict(known)
        self._performed = performed
        self._made: dict[str, ReadExercise] = {}
        self._numbers: dict[tuple[str, int, Measure], int] = {}

    def of_all(self, read: Sequence[ReadExercise]) -> Sequence[Meant]:
        # The lifter's own come first: a name is theirs.
        meant = {place: self._own_one(one) for place, one in enumerate(read) if one.is_own}
        meant |= {place: self._system_one(one) for place, one in enumerate(read) if not one.is_own}
        return [meant[place] for place in range(len(read))]

    def _system_one(self, read: ReadExercise) -> Meant:
        for found in (self._entries.get(read.catalogue_key or ""), self._systems.get(name_key(read.name))):
            exercise = self._lasting(found)
            if exercise is not None and exercise.measure is read.measure:
                return Meant(exercise.id, exercise.name)
        return self._own_one(read)

    def _own_one(self, read: ReadExercise) -> Meant:
        if (meant := self._under(read.name, read)) is not None:
            return meant
        number = 2
        while True:
            length = len(f" ({number})")
            stem = read.name[: _LONGEST_NAME - length].rstrip()
            # What has been found to mean others goes on meaning them: many of one beginning would take too long.
            known = self._numbers.get((stem, length, read.measure), number)
            if len(f" ({known})") > length:
                number = known
                continue
            number = max(number, known)
            if (meant := self._under(f"{stem} ({number})", read)) is not None:
                return meant
            number += 1
            self._numbers[stem, length, read.measure] = number

    def _under(self, name: str, read: ReadExercise) -> Meant | None:
        """What the exercise is under this name; None if that means another one."""
        key = name_key(name)
        exercise = self._own.get(key)
        if exercise is None and key in self._names:
            exercise = self._known.get(self._names[key])
        if exercise is not None:
            exercise = self._lasting(exercise)
            fits = exercise is not None and exercise.measure is read.measure
            return Meant(exercise.id, exercise.name) if exercise is not None and fits else None
        accepted = self._lasting(self._systems.get(key))
        if accepted is not None and accepted.id in self._performed and accepted.measure is read.measure:
            return Meant(accepted.id, accepted.name)
        if (made := self._made.get(key)) is not None:
            return Meant(None, name) if made.measure is read.measure else None
        self._made[key] = read
        return Meant(None, name, makes=True)

    def _lasting(self, exercise: Exercise | None) -> Exercise | None:
        """What the exercise has become."""
        while exercise is not None and exercise.merged_into_id is not None:
            exercise = self._known.get(exercise.merged_into_id)
        return exercise


class _Compared(NamedTuple):
    """The workouts of the file beside those that are here, as in a `Plan`."""

    brings: Sequence[int]
    same: int
    differing: int
    left_open: bool


async def _compared(  # noqa: PLR0913 -- what is in the file, and what is here
    session: ReadSession,
    lifter_id: int,
    account: Account,
    meant: Sequence[Meant],
    here: Sequence[tuple[int, datetime]],
    *,
    has_open: bool,
) -> _Compared:
    at_start: dict[datetime, list[int]] = defaultdict(list)
    for workout_id, started_at in here:
        at_start[started_at].append(workout_id)
    ids = _ids_of(meant)
    by_start: dict[datetime, list[int]] = defaultdict(list)
    for place, workout in enumerate(account.workouts):
        by_start[workout.head.started_at].append(place)
    contents = await _contents_here(
        session, lifter_id, [each for start in by_start for each in at_start.get(start, [])]
    )
    brings, same, differing, left_open, seen = [], 0, 0, False, 0
    for start, places in by_start.items():
        left = Counter(contents[workout_id] for workout_id in at_start.get(start, []))
        others = []
        for place in places:
            content = content_of(account.workouts[place], ids)
            if left[content] > 0:
                left[content] -= 1
                same += 1
            else:
                others.append(place)
            seen += 1
            if seen % _AT_ONCE == 0:
                await asyncio.sleep(0)
        spare = left.total()
        differing += min(spare, len(others))
        for place in others[spare:]:
            if account.workouts[place].head.finished_at is None and has_open:
                left_open = True
            else:
                brings.append(place)
    return _Compared(sorted(brings), same, differing, left_open)


async def _contents_here(session: ReadSession, lifter_id: int, workout_ids: Sequence[int]) -> dict[int, str]:
    contents: dict[int, str] = {}
    first = 0
    while some := workout_ids[first : first + _AT_ONCE]:
        some = some[: await taking_out.how_many_at_once(session, some)]
        for workout in await taking_out.these(session, lifter_id, some):
            contents[workout.head.id] = content_of(workout, _Itself())
        first += len(some)
        await asyncio.sleep(0)
    return contents


class _Itself(dict[int, int]):
    def __missing__(self, exercise_id: int) -> int:
        return exercise_id


def _ids_of(meant: Sequence[Meant]) -> dict[int, int]:
    """By place; one that is to be made is like none that is here."""
    return {place: -1 - place if one.exercise_id is None else one.exercise_id for place, one in enumerate(meant)}


async def _settings_differ(session: ReadSession, lifter_id: int, account: Account) -> bool:
    user = await lifters.by_id(session, lifter_id)
    if any(getattr(user, name) != value for name, value in changed_settings(account).items()):
        return True
    if account.reminders is None:
        return False
    held = reminders_of(await reminders.plan_of(session, lifter_id), await reminders.of_lifter(session, lifter_id))
    return held != wanted_reminders(account)


def changed_settings(account: Account) -> Mapping[str, Any]:
    """The settings of the file; that no unit was chosen there is no choice."""
    settings = account.settings
    return (
        settings
        if settings.get("unit") is not None
        else {name: value for name, value in settings.items() if name not in {"unit", "weight_step"}}
    )


def wanted_reminders(account: Account) -> dict[str, Any] | None:
    """The reminders of the file, as they are written."""
    if account.reminders is None:
        return None
    days = [
        {"kind": kind.value, "weekday": weekday, "title": title}
        for kind, weekday, title in sorted(account.reminders.days)
    ]
    return {**account.reminders.plan, "days": days}


async def _besides(session: ReadSession, lifter_id: int, read: Sequence[ReadExercise], meant: Sequence[Meant]) -> int:
    preferred, rested = await taking_in.settled(session, lifter_id)
    names = await taking_in.own_names(session, lifter_id)
    own = {one.name_key for one in await taking_in.own_exercises(session, lifter_id)}
    found = 0
    for one, here in zip(read, meant, strict=True):
        found += one.preference is not None and here.exercise_id not in preferred
        found += one.habit is not None and here.exercise_id not in rested
        if here.exercise_id is not None and not one.is_own:
            found += sum(name_key(name) not in names and name_key(name) not in own for name in one.names)
    return found
