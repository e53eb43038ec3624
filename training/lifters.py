"""Lifters: who they are and what they have chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage import forgetting, lifters, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import User
from storage.values.quantity import Weight, WeightUnit
from training.card import Card, read_card
from training.clock import Clock
from training.errors import InvalidValueError, NotFoundError
from training.exercise_detail import checked_rest, checked_step
from training.permissions import may_administer
from training.reminders import follow_zone
from training.zones import known_zones


@dataclass(frozen=True, slots=True)
class Home:
    """Where a lifter stands: before choosing a unit, in a workout (`card`), or ready to start one."""

    name: str
    unit: WeightUnit | None
    card: Card | None
    is_admin: bool


@dataclass(frozen=True, slots=True)
class LifterProfile:
    """A lifter and their settings.

    Rests are in seconds; `drop_rest` comes before a drop set. `rests_alike` is whether the default one holds for
    built-in exercises too, `warns_of_rest` whether a word comes shortly before a rest ends. `unit` is None until it is
    chosen, `weight_step` while it is the usual one of the unit. `asks_rpe` is whether the card asks for the RPE,
    `cleans_messages` whether messages whose sets were logged leave the chat.
    `unreachable_since` is when Telegram first said that the bot is blocked.
    """

    id: int
    name: str
    unit: WeightUnit | None
    time_zone: str
    default_rest: int
    warm_up_rest: int
    drop_rest: int
    rests_alike: bool
    warns_of_rest: bool
    weight_step: Weight | None
    asks_rpe: bool
    cleans_messages: bool
    is_admin: bool
    unreachable_since: datetime | None
    created_at: datetime


class Lifters:
    """What concerns a lifter as a person."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the Telegram user ids of the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def get(self, lifter_id: int) -> LifterProfile:
        """The lifter as they are. Raises NotFoundError."""
        async with self._database.reading() as session:
            return await self._profile(session, await _required(session, lifter_id))

    async def home(self, lifter_id: int) -> Home:
        """Where this lifter stands now."""
        async with self._database.reading() as session:
            return await self._home(session, await lifters.by_id(session, lifter_id))

    async def choose_unit(self, lifter_id: int, unit: WeightUnit) -> Home:
        """From now on weights typed without a unit are in this one. Sets logged before stay as they are."""
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            await _take_unit(session, user, unit)
            return await self._home(session, user)

    async def change_settings(  # noqa: PLR0913 -- each is one setting, and any of them may be given
        self,
        lifter_id: int,
        *,
        unit: WeightUnit | None = None,
        time_zone: str | None = None,
        default_rest: int | None = None,
        warm_up_rest: int | None = None,
        drop_rest: int | None = None,
        weight_step: Weight | None = None,
        rests_alike: bool | None = None,
        warns_of_rest: bool | None = None,
        asks_rpe: bool | None = None,
        cleans_messages: bool | None = None,
    ) -> LifterProfile:
        """Changes the settings that are given; another unit brings its usual step back, and reminders follow the zone.

        Raises NotFoundError, and InvalidValueError for a time zone that isn't an IANA name, rests other than 0 to 3,600
        seconds, and a weight step that isn't above zero, is more than 1,000 or not in the lifter's unit.
        """
        async with self._database.writing() as session:
            user = await _required(session, lifter_id)
            if unit is not None:
                await _take_unit(session, user, unit)
            if time_zone is not None:
                user.time_zone = _known_zone(time_zone)
                await follow_zone(session, user, self._clock())
            if weight_step is not None:
                user.weight_step = _step_in(user.unit, weight_step)
                await workouts.outdate_open(session, user.id)  # its buttons say by how much they turn
            rests = {"default_rest": default_rest, "warm_up_rest": warm_up_rest, "drop_rest": drop_rest}
            _set_given(user, **{name: checked_rest(name, seconds) for name, seconds in rests.items()})
            _set_given(user, rests_alike=rests_alike, warns_of_rest=warns_of_rest)
            _set_given(user, asks_rpe=asks_rpe, cleans_messages=cleans_messages)
            return await self._profile(session, user)

    async def mark_unreachable(self, lifter_id: int) -> None:
        """Telegram refuses messages to this lifter: none goes out by itself until they write again."""
        async with self._database.writing() as session:
            await lifters.mark_unreachable(session, lifter_id, self._clock())

    async def _home(self, session: ReadSession, user: User) -> Home:
        is_admin = await may_administer(session, user.id, self._admin_ids)
        return Home(user.name, user.unit, await read_card(session, user), is_admin)

    async def _profile(self, session: ReadSession, user: User) -> LifterProfile:
        step = None if user.weight_step is None or user.unit is None else Weight(user.weight_step, user.unit)
        return LifterProfile(
            id=user.id,
            name=user.name,
            unit=user.unit,
            time_zone=user.time_zone,
            default_rest=user.default_rest,
            warm_up_rest=user.warm_up_rest,
            drop_rest=user.drop_rest,
            rests_alike=user.rests_alike,
            warns_of_rest=user.warns_of_rest,
            weight_step=step,
            asks_rpe=user.asks_rpe,
            cleans_messages=user.cleans_messages,
            is_admin=await may_administer(session, user.id, self._admin_ids),
            unreachable_since=user.unreachable_since,
            created_at=user.created_at,
        )


async def _required(session: ReadSession, lifter_id: int) -> User:
    user = await lifters.find(session, lifter_id)
    if user is None:
        raise NotFoundError
    return user


async def _take_unit(session: WriteSession, user: User, unit: WeightUnit) -> None:
    """Steps are written in the unit: 2.5 kg would become 2.5 lb."""
    if unit is user.unit:
        return
    user.unit, user.weight_step = unit, None
    await workouts.outdate_open(session, user.id)  # what its buttons offer to log was read in the old unit
    for preference in await lifters.steps_in_own_unit(session, user.id):
        preference.weight_step = None
    await forgetting.forget_steps(session, user.id)


def _set_given(user: User, **given: int | None) -> None:
    for name, value in given.items():
        if value is not None:
            setattr(user, name, value)


def _known_zone(name: str) -> str:
    if name not in known_zones():
        raise InvalidValueError("time_zone")
    return name


def _step_in(unit: WeightUnit | None, step: Weight) -> int:
    checked_step(step)
    if step.unit is not unit:
        raise InvalidValueError("weight_step")
    return step.thousandths
