"""Leaving: everything that is a lifter's is taken away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from storage import exercises, leaving, lifters, remnants, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import User
from training.clock import Clock
from training.errors import NotFoundError, StaleButtonError
from training.permissions import may_administer

Tell = Callable[[int], Awaitable[None]]
"""Is told how many workouts are left to be deleted."""

_ASKED_FOR = timedelta(hours=1)
"""How long a question whether to delete everything can be said yes to."""

_TOLD_EVERY = timedelta(seconds=3)

_AT_ONCE = 5000
"""How many updates are looked through at a time."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What goes when a lifter goes, and what stays.

    `given` are the exercises that everybody sees because the lifter has proposed them. `asked_at` is when this was
    looked up, in seconds since 1970; `mark` stands for all of it and for the lifter, who may come back as a new one.
    """

    workouts: int
    sets: int
    own_exercises: int
    given: int
    is_admin: bool
    is_hosts_admin: bool
    asked_at: int
    mark: int


class Leaving:
    """Deletes a lifter with everything that is theirs, for good."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def holdings(self, lifter_id: int) -> Holdings:
        """What `leave` would take away: to be said before it is asked for. Raises NotFoundError."""
        async with self._database.reading() as session:
            user = await lifters.find(session, lifter_id)
            if user is None:
                raise NotFoundError
            held = await _held(session, lifter_id)
            given = await leaving.count_given(session, lifter_id)
            is_admin = await may_administer(session, lifter_id, self._admin_ids)
        asked_at = int(self._clock().timestamp())
        is_hosts = lifter_id in self._admin_ids
        return Holdings(*held, given, is_admin, is_hosts, asked_at, _mark(user, held))

    async def leave(self, lifter_id: int, asked_at: int, mark: int, tell: Tell) -> None:
        """Deletes the lifter, as they were shown it then and with this mark.

        Raises StaleButtonError if that was more than an hour ago or isn't so any more, and NotFoundError for who isn't
        there. Otherwise these are many transactions, workout by workout, so that nobody waits long. The first one says
        that it has begun: if it is cut short, `go_on` and the next start go on.
        """
        now = self._clock()
        async with self._database.writing() as session:
            user = await lifters.hold_if_there(session, lifter_id)
            if user is None:
                raise NotFoundError
            held = await _held(session, lifter_id)
            if now.timestamp() - asked_at > _ASKED_FOR.total_seconds() or _mark(user, held) != mark:
                raise StaleButtonError
            await leaving.mark(session, lifter_id, now)
        await self._delete(lifter_id, _Telling(tell, self._clock, held[0]))

    async def go_on(self, lifter_id: int) -> bool:
        """Goes on with a deletion that was cut short; whether the lifter is gone now, or was before."""
        async with self._database.reading() as session:
            user = await lifters.find(session, lifter_id)
        if user is not None:
            if user.leaving_since is None:
                return False
            await self._delete(lifter_id)
        return True

    async def resume(self) -> None:
        """Goes on with every deletion that was being made when the process ended."""
        async with self._database.reading() as session:
            marked = await leaving.marked(session)
        for lifter_id in marked:
            await self._delete(lifter_id)

    async def sweep(self, at_once: int | None = remnants.AT_ONCE) -> bool:
        """Takes what was deleted out of the database's file too; whether nothing is left there. See `remnants`."""
        return await remnants.sweep(self._database, at_once)

    async def _delete(self, lifter_id: int, telling: _Telling | None = None) -> None:
        """Pending updates stay: they are still to be handled, and meet the lifter anew."""
        await self._one_by_one(lifter_id, leaving.delete_a_workout, telling)
        await self._one_by_one(lifter_id, leaving.delete_an_exercise)
        looked_through = await self._forget_updates(lifter_id)
        async with self._holding(lifter_id) as session:
            await leaving.delete_user(session, lifter_id)
        await self._forget_updates(lifter_id, looked_through)  # what was refused or done with meanwhile

    async def _one_by_one(
        self,
        lifter_id: int,
        delete: Callable[[WriteSession, int], Awaitable[bool]],
        telling: _Telling | None = None,
    ) -> None:
        more = True
        while more:
            async with self._holding(lifter_id) as session:
                more = await delete(session, lifter_id)
            if telling is not None:
                await telling.one_less()
            await asyncio.sleep(0)  # whoever waits for the event loop comes first

    async def _forget_updates(self, lifter_id: int, after: int = 0) -> int:
        """Looks through the journal after that row; up to which one."""
        async with self._database.writing() as session:
            await leaving.empty_applied(session, lifter_id)
        async with self._database.reading() as session:
            last = await leaving.last_update(session)
        for first in range(after + 1, last + 1, _AT_ONCE):
            async with self._database.reading() as session:
                naming = await leaving.updates_naming(session, lifter_id, range(first, first + _AT_ONCE))
            if naming:
                async with self._database.writing() as session:
                    await leaving.forget_updates(session, lifter_id, naming)
        return last

    @asynccontextmanager
    async def _holding(self, lifter_id: int) -> AsyncIterator[WriteSession]:
        """A transaction beside which nobody else deletes the lifter, as a replica that starts might, or merges."""
        async with self._database.writing() as session:
            await lifters.hold_if_there(session, lifter_id)
            await exercises.await_catalogue(session)
            yield session


class _Telling:
    """Tells now and then how many workouts are left."""

    def __init__(self, tell: Tell, clock: Clock, left: int) -> None:
        self._tell = tell
        self._clock = clock
        self._left = left
        self._told_at: datetime = clock()

    async def one_less(self) -> None:
        """One was deleted, or it turned out that none is left."""
        self._left = max(0, self._left - 1)
        if self._left and self._clock() - self._told_at >= _TOLD_EVERY:
            await self._tell(self._left)
            self._told_at = self._clock()


async def _held(session: ReadSession, lifter_id: int) -> tuple[int, int, int]:
    """How many workouts, sets and own exercises."""
    return (
        await workouts.count(session, lifter_id),
        await leaving.count_sets(session, lifter_id),
        await leaving.count_exercises(session, lifter_id),
    )


def _mark(user: User, held: tuple[int, int, int]) -> int:
    shown = repr((user.created_at.isoformat(), held)).encode()
    return int.from_bytes(sha256(shown).digest()[:6])
