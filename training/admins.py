"""Admins: who they are, and what they did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import audit, exercises, lifters
from storage.audit import AuditEntry
from storage.database import Database, ReadSession
from storage.models import User
from storage.values.audit import READING, AdminAction
from training.clock import Clock
from training.errors import HostsAdminError, NotAllowedError, NotFoundError
from training.permissions import may_administer

PAGE_SIZE = 10
"""How many acts a page of the record shows."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by the name that they have on Telegram; "" for who never wrote.

    The record doesn't say who somebody was who has left: their id is 0.
    """

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Admin:
    """An admin. The host's can't be revoked."""

    person: Person
    is_hosts: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody is an admin now, or is one no more. `is_news` says whether they were not so before."""

    person: Person
    is_news: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """One act. `by` is None for the host on the command line; `action` and `about` are as in `AdminAction`.

    `exercises` are the names of those in `about` that are there, by their ids, and `whom` is the lifter in it.
    """

    id: int
    by: Person | None
    done_at: datetime
    action: str
    about: Mapping[str, Any]
    exercises: Mapping[int, str]
    whom: Person | None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some acts, newest first, and whether there are older ones."""

    acts: tuple[Recorded, ...]
    more: bool


class Admins:
    """Who may keep the library and speak to everybody. All of it is for admins: others get NotAllowedError."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the Telegram user ids of the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def require(self, lifter_id: int) -> None:
        """Raises NotAllowedError for who is no admin."""
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)

    async def all(self, lifter_id: int) -> tuple[Admin, ...]:
        """All admins, the host's first."""
        async with self._database.writing() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            await audit.note(session, lifter_id, AdminAction.ADMINS_READ, self._clock())
            made = {user.id: user for user in await lifters.admins(session)}
            known = made | await lifters.find_all(session, self._admin_ids)
        ids = [*sorted(self._admin_ids), *sorted(made.keys() - set(self._admin_ids))]
        return tuple(Admin(_person(known, one), one in self._admin_ids) for one in ids)

    async def grant(self, lifter_id: int, whom: int) -> Granted:
        """Makes a lifter an admin. Raises NotFoundError for who never wrote to the bot."""
        return await self._set(lifter_id, whom, admin=True)

    async def revoke(self, lifter_id: int, whom: int) -> Granted:
        """Makes an admin a lifter like others. Raises HostsAdminError, and NotFoundError for who never wrote."""
        return await self._set(lifter_id, whom, admin=False)

    async def former(self) -> frozenset[int]:
        """Who did something as an admin once and is none now, as far as the record knows."""
        async with self._database.reading() as session:
            made = {user.id for user in await lifters.admins(session)}
            return await audit.who_acted(session) - made - set(self._admin_ids)

    async def record(self, lifter_id: int, before: int | None = None) -> RecordPage:
        """A page of what admins have changed: the latest acts, or those before the act with that id."""
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            found = await audit.latest(session, limit=PAGE_SIZE + 1, before=before, but=READING)
            shown = found[:PAGE_SIZE]
            return RecordPage(tuple(await _with_names(session, shown)), len(found) > len(shown))

    async def _set(self, lifter_id: int, whom: int, *, admin: bool) -> Granted:
        async with self._database.writing() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            if not admin and whom in self._admin_ids:
                raise HostsAdminError
            user = await lifters.hold_if_there(session, whom)
            if user is None:
                raise NotFoundError
            is_news = user.is_admin is not admin and whom not in self._admin_ids
            if is_news:
                user.is_admin = admin
                action = AdminAction.ADMIN_GRANTED if admin else AdminAction.ADMIN_REVOKED
                await audit.note(session, lifter_id, action, self._clock(), lifter=whom)
            return Granted(Person(user.id, user.name), is_news)


async def require_admin(session: ReadSession, lifter_id: int, admin_ids: Collection[int]) -> None:
    """Raises NotAllowedError for who is no admin."""
    if not await may_administer(session, lifter_id, admin_ids):
        raise NotAllowedError


async def _with_names(session: ReadSession, acts: Sequence[AuditEntry]) -> Sequence[Recorded]:
    exercise_ids = {one for act in acts for one in _exercises_in(act.about)}
    names = await exercises.system_names(session, exercise_ids)
    people = {one for act in acts for one in (act.admin_id, act.about.get("lifter")) if one is not None}
    known = await lifters.find_all(session, people)
    return [
        Recorded(
            act.id,
            None if act.admin_id is None else _person(known, act.admin_id),
            act.done_at,
            act.action,
            act.about,
            {one: names[one] for one in _exercises_in(act.about) if one in names},
            None if "lifter" not in act.about else _person(known, act.about["lifter"]),
        )
        for act in acts
    ]


def _exercises_in(about: Mapping[str, Any]) -> list[int]:
    several = about.get("exercises")
    named = [about[key] for key in ("exercise", "into") if key in about]
    return [*named, *(several if isinstance(several, list) else [])]


def _person(known: Mapping[int, User], lifter_id: int) -> Person:
    user = known.get(lifter_id)
    return Person(lifter_id, "" if user is None else user.name)
