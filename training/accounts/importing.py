"""Taking a lifter's file in: shown as what it would do, and done a few workouts at a time once they say so."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from storage import changes, exercises, lifters, taking_in, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import AccountImport, Change
from storage.taking_out import WholeWorkout
from storage.values.change import ChangeKind
from training.accounts.planning import Meant, Plan, meaning, plan, print_of
from training.accounts.reading import Account, read_account
from training.accounts.settling import settle
from training.clock import Clock
from training.errors import StaleButtonError
from training.importing import ticking
from training.importing.ticking import beside_the_loop

_AT_ONCE = 10
_LIFTED_AT_ONCE = 500
"""Workouts that one transaction adds, and sets and targets, if that is more than one workout has: others wait for it a
few milliseconds."""

Tell = Callable[[int, int], Awaitable[None]]
"""Is told how many of how many workouts are done; of how many is 0 while the file is read. No transaction is open."""


async def _tell_nobody(_: int, __: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What importing the file would do. `import_id` is None if that is nothing, and then it isn't kept.

    `first` and `last` are the starts of the workouts that come, `makes` the exercises that become the lifter's own,
    `exported_own` how many of these were that already where the file was written.
    """

    import_id: int | None
    revision: int
    name: str
    workouts: int
    sets: int
    first: datetime | None
    last: datetime | None
    has_open: bool
    same: int
    differing: int
    left_open: bool
    makes: tuple[str, ...]
    makes_of_library: tuple[str, ...]
    settings: bool
    keeps_settings: bool
    besides: int


@dataclass(frozen=True, slots=True)
class Imported:
    """The file of this name is imported: what has come, and how many workouts were left as they are here."""

    name: str
    workouts: int
    exercises: int
    settings: bool
    left: int


@dataclass(frozen=True, slots=True)
class _Planned:
    account: Account
    plan: Plan


class Imports:
    """What lifters bring. One file waits per lifter: a new one takes the old one's place.

    Whoever answers says which revision of it they saw: StaleButtonError if it isn't so any more, or if it was dropped
    meanwhile. A file is read by one thread at a time, so that several can't fill the memory.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._reading = asyncio.Lock()

    async def offer(self, lifter_id: int, name: str, content: bytes, tell: Tell = _tell_nobody) -> ImportPreview:
        """What importing the file would do; it waits until it is imported or dropped.

        Raises UnreadableAccountError.
        """
        planned, packed, shown = await self._planned(lifter_id, content, tell)
        if not planned.plan.does_something:
            return _preview(None, 0, name, planned)
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            kept = await taking_in.put(session, lifter_id, name, packed, shown)
            return _preview(kept.id, kept.revision, name, planned)

    async def latest(self, lifter_id: int, tell: Tell = _tell_nobody) -> ImportPreview | Imported | None:
        """How it stands with the lifter's latest file: what importing it would do by now, or what that has done.

        An import that has begun, and was cut short, goes on.
        """
        async with self._database.reading() as session:
            kept = await taking_in.of(session, lifter_id)
        if kept is None:
            return None
        if kept.outcome is not None:
            return _imported(kept)
        if kept.change_id is not None:
            return await self._go_on(lifter_id, kept, tell)
        planned, _, _ = await self._planned(lifter_id, await asyncio.to_thread(zlib.decompress, kept.content), tell)
        return _preview(kept.id, kept.revision, kept.name, planned)

    async def load(
        self, lifter_id: int, import_id: int, revision: int, tell: Tell = _tell_nobody
    ) -> Imported | ImportPreview:
        """Imports the file: all of the plan that the lifter has seen, in many small transactions.

        Where their account has changed since, so that it would do something else, nothing is done: it is shown anew.
        If it is cut short, `latest` and pressing again go on; what is imported already is told again,
        unless it was taken back since.
        """
        async with self._database.reading() as session:
            kept = await _seen(session, lifter_id, import_id)
        if kept.outcome is not None and kept.change_id is None:
            raise StaleButtonError  # it was taken back
        if kept.outcome is not None:
            return _imported(kept)
        if kept.change_id is not None:
            return await self._go_on(lifter_id, kept, tell)
        if kept.revision != revision:
            raise StaleButtonError
        content = await asyncio.to_thread(zlib.decompress, kept.content)
        planned, _, shown = await self._planned(lifter_id, content, tell)
        begun = await self._begin(lifter_id, kept, planned) if shown == kept.shown else None
        if begun is None:
            return await self._show_anew(lifter_id, kept, planned, shown)
        return await self._bring(lifter_id, begun, planned, tell)

    async def drop(self, lifter_id: int, import_id: int, revision: int) -> None:
        """Forgets the file."""
        async with self._waiting(lifter_id, import_id, revision) as (session, waiting):
            await session.delete(waiting)

    async def _planned(self, lifter_id: int, content: bytes, tell: Tell) -> tuple[_Planned, bytes, str]:
        now = self._clock()
        async with self._reading:
            account = await beside_the_loop(
                lambda ticker: read_account(content, now, ticker), lambda ticker: tell(ticker.done, 0)
            )
        async with self._database.reading_long() as session:
            found = await plan(session, lifter_id, account)
        packed, shown = await asyncio.to_thread(lambda: (zlib.compress(content), found.digest(account)))
        return _Planned(account, found), packed, shown

    async def _begin(self, lifter_id: int, kept: AccountImport, planned: _Planned) -> AccountImport | None:
        """Takes over all but the workouts in one transaction; None if the account isn't as it was planned for."""
        account, found = planned.account, planned.plan
        now = self._clock()
        async with self._waiting(lifter_id, kept.id, kept.revision, catalogue=True) as (session, waiting):
            if await meaning(session, lifter_id, account.exercises) != found.meant:
                return None
            async with changes.recording(session, lifter_id, ChangeKind.IMPORTED, now) as change:
                change.settings = await settle(session, lifter_id, account, found, now)
            made = await changes.latest(session, lifter_id)
            assert made is not None
            waiting.change_id = made.id
            waiting.revision += 1
            await session.flush()
            return waiting

    async def _go_on(self, lifter_id: int, kept: AccountImport, tell: Tell) -> Imported:
        content = await asyncio.to_thread(zlib.decompress, kept.content)
        planned, _, _ = await self._planned(lifter_id, content, tell)
        return await self._bring(lifter_id, kept, planned, tell)

    async def _bring(self, lifter_id: int, begun: AccountImport, planned: _Planned, tell: Tell) -> Imported:
        """Adds the workouts, as many at a time as keep nobody waiting."""
        async with self._database.reading() as session:
            meant = await meaning(session, lifter_id, planned.account.exercises)
        brings, loaded, total = list(planned.plan.brings), begun.loaded, begun.loaded + len(planned.plan.brings)
        told_at = asyncio.get_running_loop().time()
        while brings:
            number = _portion(planned.account.workouts[place] for place in brings[:_AT_ONCE])
            some, brings = brings[:number], brings[number:]
            prints = [(workout, print_of(workout)) for workout in (planned.account.workouts[place] for place in some)]
            async with self._going(lifter_id, begun, loaded) as (session, kept, change):
                fitting = await _fitting(session, lifter_id, prints, planned.account, meant)
                await taking_in.add_workouts(session, change, fitting.workouts, fitting.exercise_ids)
                loaded += len(some)
                kept.loaded = loaded
            if (now := asyncio.get_running_loop().time()) - told_at >= ticking.TOLD_EVERY:
                told_at = now
                await tell(loaded, total)
            await asyncio.sleep(0)
        return await self._end(lifter_id, begun, loaded, planned)

    async def _end(self, lifter_id: int, begun: AccountImport, loaded: int, planned: _Planned) -> Imported:
        async with self._going(lifter_id, begun, loaded) as (session, kept, change):
            come = await taking_in.count_brought(session, change.id)
            made = sum(row["table"] == "exercises" for row in change.rows)
            kept.outcome = {
                "workouts": come,
                "exercises": made,
                "settings": int(bool((change.settings or {}).get("user"))),
                "left": len(planned.account.workouts) - come,
            }
            kept.content = b""
            kept.revision += 1
            return _imported(kept)

    async def _show_anew(self, lifter_id: int, kept: AccountImport, planned: _Planned, shown: str) -> ImportPreview:
        async with self._waiting(lifter_id, kept.id, kept.revision) as (session, waiting):
            if not planned.plan.does_something:
                await session.delete(waiting)
                return _preview(None, 0, kept.name, planned)
            waiting.shown = shown
            waiting.revision += 1
            return _preview(waiting.id, waiting.revision, waiting.name, planned)

    @asynccontextmanager
    async def _waiting(
        self, lifter_id: int, import_id: int, revision: int, *, catalogue: bool = False
    ) -> AsyncIterator[tuple[WriteSession, AccountImport]]:
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            if catalogue:
                await exercises.await_catalogue(session)
            kept = await _seen(session, lifter_id, import_id)
            if kept.revision != revision or kept.change_id is not None or kept.outcome is not None:
                raise StaleButtonError
            yield session, kept

    @asynccontextmanager
    async def _going(
        self, lifter_id: int, begun: AccountImport, loaded: int
    ) -> AsyncIterator[tuple[WriteSession, AccountImport, Change]]:
        """A transaction of an import that is where this one has left it: nobody else brings the same meanwhile."""
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            kept = await _seen(session, lifter_id, begun.id)
            change = None if kept.change_id is None else await session.get(Change, kept.change_id)
            if change is None or kept.loaded != loaded or kept.outcome is not None:
                raise StaleButtonError
            yield session, kept, change


def _portion(workouts: Iterable[WholeWorkout]) -> int:
    """How many of them come at once, at least one."""
    lifted, number = 0, 0
    for workout in workouts:
        lifted += sum(len(done.sets) + len(done.targets) for done in workout.executions)
        if number and lifted > _LIFTED_AT_ONCE:
            break
        number += 1
    return number


@dataclass(frozen=True, slots=True)
class _Fitting:
    workouts: Sequence[tuple[WholeWorkout, str]]
    exercise_ids: dict[int, int]


async def _fitting(
    session: WriteSession,
    lifter_id: int,
    brought: Sequence[tuple[WholeWorkout, str]],
    account: Account,
    meant: Sequence[Meant],
) -> _Fitting:
    """Those of the workouts that can come: the open one only if none is open, and none of an exercise that has gone
    since, or is measured otherwise by now.
    """
    opened = await workouts.open_workout(session, lifter_id)
    places = {done.row.exercise_id for workout, _ in brought for done in workout.executions}
    ids = {place: one.exercise_id for place in places if (one := meant[place]).exercise_id is not None}
    known = await taking_in.by_ids(session, {each for each in ids.values() if each is not None})
    there = {
        place: exercise.id
        for place, exercise_id in ids.items()
        if exercise_id is not None
        and (exercise := known.get(exercise_id)) is not None
        and exercise.merged_into_id is None
        and exercise.measure is account.exercises[place].measure
    }
    coming = [
        (workout, content)
        for workout, content in brought
        if all(done.row.exercise_id in there for done in workout.executions)
        and (workout.head.finished_at is not None or opened is None)
    ]
    return _Fitting(coming, there)


async def _seen(session: ReadSession, lifter_id: int, import_id: int) -> AccountImport:
    """The file, if it is this lifter's latest; else raises StaleButtonError."""
    kept = await taking_in.of(session, lifter_id)
    if kept is None or kept.id != import_id:
        raise StaleButtonError
    return kept


def _preview(import_id: int | None, revision: int, name: str, planned: _Planned) -> ImportPreview:
    account, found = planned.account, planned.plan
    coming = [account.workouts[place] for place in found.brings]
    made = [(one.name, read.is_own) for one, read in zip(found.meant, account.exercises, strict=True) if one.makes]
    return ImportPreview(
        import_id=import_id,
        revision=revision,
        name=name,
        workouts=len(coming),
        sets=sum(len(done.sets) for workout in coming for done in workout.executions),
        first=min((workout.head.started_at for workout in coming), default=None),
        last=max((workout.head.started_at for workout in coming), default=None),
        has_open=any(workout.head.finished_at is None for workout in coming),
        same=found.same,
        differing=found.differing,
        left_open=found.left_open,
        makes=tuple(made_name for made_name, is_own in made if is_own),
        makes_of_library=tuple(made_name for made_name, is_own in made if not is_own),
        settings=found.settings,
        keeps_settings=found.keeps_settings,
        besides=found.besides,
    )


def _imported(kept: AccountImport) -> Imported:
    outcome = kept.outcome or {}
    return Imported(
        kept.name,
        workouts=outcome.get("workouts", 0),
        exercises=outcome.get("exercises", 0),
        settings=bool(outcome.get("settings")),
        left=outcome.get("left", 0),
    )
