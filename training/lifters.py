"""Lifters: who they are and what they have chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from storage import lifters, workouts
from storage.database import Database
from storage.values.quantity import WeightUnit
from training.card import Card, read_card
from training.clock import Clock


@dataclass(frozen=True, slots=True)
class Home:
    """Where a lifter stands: before choosing a unit, in a workout (`card`), or ready to start one."""

    name: str
    unit: WeightUnit | None
    card: Card | None
    is_admin: bool


class Lifters:
    """What concerns a lifter as a person."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the Telegram user ids of the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    def is_admin(self, lifter_id: int) -> bool:
        """Whether the lifter may keep the library."""
        return lifter_id in self._admin_ids

    async def home(self, lifter_id: int) -> Home:
        """Where this lifter stands now."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            return Home(user.name, user.unit, await read_card(session, user), self.is_admin(lifter_id))

    async def choose_unit(self, lifter_id: int, unit: WeightUnit) -> Home:
        """From now on weights typed without a unit are in this one. Sets logged before stay as they are."""
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            workout = await workouts.open_workout(session, lifter_id)
            if workout is not None and user.unit is not unit:
                workout.revision += 1  # what its buttons offer to log was read in the old unit
            user.unit = unit
            return Home(user.name, unit, await read_card(session, user), self.is_admin(lifter_id))

    async def mark_unreachable(self, lifter_id: int) -> None:
        """Telegram refuses messages to this lifter: nothing more is sent until they write again."""
        async with self._database.writing() as session:
            await lifters.mark_unreachable(session, lifter_id, self._clock())
