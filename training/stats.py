"""The figures of the whole bot, for admins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from storage import audit, figures, replicas
from storage.database import Database
from storage.values.audit import AdminAction
from training.admins import require_admin
from training.clock import Clock


@dataclass(frozen=True, slots=True)
class Figures:
    """What there is. A lifter is active who has begun a workout; `set_aside` are updates, `replicas` processes."""

    lifters: int
    active_week: int
    active_month: int
    workouts: int
    sets: int
    exercises: int
    own_exercises: int
    set_aside: int
    replicas: int


class Stats:
    """Counts."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def figures(self, lifter_id: int, bot_id: int) -> Figures:
        """The figures now, in the last 7 and 30 days. Raises NotAllowedError for who is no admin.

        Counting takes its time in a large database, so it is done after the transaction that puts it on record.
        """
        now = self._clock()
        async with self._database.writing() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            await audit.note(session, lifter_id, AdminAction.STATS_READ, now)
        async with self._database.reading() as session:
            return Figures(
                lifters=await figures.lifters(session),
                active_week=await figures.active_since(session, now - timedelta(days=7)),
                active_month=await figures.active_since(session, now - timedelta(days=30)),
                workouts=await figures.workouts(session),
                sets=await figures.sets(session),
                exercises=await figures.library(session, system=True),
                own_exercises=await figures.library(session, system=False),
                set_aside=await figures.set_aside(session, bot_id),
                replicas=await replicas.how_many(session, bot_id),
            )
