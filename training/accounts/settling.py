"""All of a file but its workouts: settings, reminders, exercises, and what these are to the lifter."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage import forgetting, lifters, reminders, taking_in, workouts
from storage.database import WriteSession
from storage.models import (
    Exercise,
    ExerciseAlias,
    ExercisePreference,
    PrivateAlias,
    Reminder,
    ReminderPlan,
    RestHabit,
    User,
)
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit
from storage.values.reminder import ReminderKind
from training.accounts.planning import Meant, Plan, changed_settings, wanted_reminders
from training.accounts.reading import Account, ReadExercise
from training.accounts.writing import reminders_of
from training.reminders import next_due

_AT_ONCE = 50

Kept = dict[str, Any]
"""`{"user": {column: [before, after]}, "reminders": [before, after], "habits": [exercise id]}`, or less.

With another unit also `"steps": [exercise id]`: whose steps were in the one before.
"""


async def settle(session: WriteSession, lifter_id: int, account: Account, plan: Plan, now: datetime) -> Kept:
    """Takes it over, but what is here already; what it takes to undo that, besides the rows that are recorded."""
    kept: Kept = {}
    user = await lifters.by_id(session, lifter_id)
    if plan.settings:
        kept |= await _take_settings(session, user, changed_settings(account))
        if (wanted := wanted_reminders(account)) is not None:
            kept["reminders"] = [await _held(session, lifter_id), wanted]
            await set_reminders(session, user, wanted, now)
        await _follow_zone(session, user, now)
    ids = await _make(session, lifter_id, account.exercises, plan.meant)
    await _take_names(session, lifter_id, account.exercises, plan.meant, ids)
    kept["habits"] = await _take_wishes(session, user, account, ids)
    return kept


async def put_settings_back(session: WriteSession, lifter_id: int, kept: Kept, now: datetime) -> None:
    """Undoes it where it is still as it was taken over."""
    user = await lifters.by_id(session, lifter_id)
    unit = _plain(user.unit)
    for name, (before, after) in kept.get("user", {}).items():
        if _plain(getattr(user, name)) == after:
            setattr(user, name, WeightUnit(before) if name == "unit" and before is not None else before)
    if _plain(user.unit) != unit:
        await _let_go_of_unit(session, user, kept)
    await session.flush()
    if user.unit is None:
        user.weight_step = None
    await _follow_zone(session, user, now)
    before, after = kept.get("reminders", (None, None))
    if after is not None and await _held(session, lifter_id) == after:
        await set_reminders(session, user, before, now)
    if habits := kept.get("habits"):
        await taking_in.remove_habits(session, lifter_id, habits)


async def _let_go_of_unit(session: WriteSession, user: User, kept: Kept) -> None:
    """What was chosen or offered in the unit that came would be read in the one that was before."""
    before, _ = kept["user"]["weight_step"]
    if user.weight_step != before:
        user.weight_step = None
    for preference in await lifters.steps_in_own_unit(session, user.id):
        if preference.exercise_id not in kept["steps"]:
            preference.weight_step = None
    await workouts.outdate_open(session, user.id)


async def set_reminders(session: WriteSession, user: User, wanted: Mapping[str, Any] | None, now: datetime) -> None:
    """From now on the lifter is reminded of exactly this."""
    plan = await reminders.plan_of(session, user.id)
    await reminders.remove(session, user.id)
    if wanted is None:
        if plan is not None:
            await session.delete(plan)
        await session.flush()
        return
    if plan is None:
        plan = ReminderPlan(user_id=user.id)
        session.add(plan)
    for name in ("training_at", "summary_at", "quiet_from", "quiet_until"):
        setattr(plan, name, wanted[name])
    await session.flush()
    for day in wanted["days"]:
        kind = ReminderKind(day["kind"])
        due_at = next_due(user, plan, kind, day["weekday"], now)
        session.add(Reminder(user_id=user.id, kind=kind, weekday=day["weekday"], title=day["title"], due_at=due_at))
    await session.flush()


async def _follow_zone(session: WriteSession, user: User, now: datetime) -> None:
    """What the lifter is reminded of comes by the clock of their zone; there may be nothing."""
    plan = await reminders.plan_of(session, user.id)
    for one in [] if plan is None else await reminders.of_lifter(session, user.id):
        assert plan is not None
        one.due_at = next_due(user, plan, one.kind, one.weekday, now)
    await session.flush()


async def _held(session: WriteSession, lifter_id: int) -> dict[str, Any] | None:
    plan = await reminders.plan_of(session, lifter_id)
    return reminders_of(plan, await reminders.of_lifter(session, lifter_id))


async def _take_settings(session: WriteSession, user: User, settings: Mapping[str, Any]) -> Kept:
    changed = {name: [_plain(getattr(user, name)), _plain(value)] for name, value in settings.items()}
    kept: Kept = {"user": {name: values for name, values in changed.items() if values[0] != values[1]}}
    if settings.get("unit", user.unit) is not user.unit:
        # Steps that are written in the lifter's unit would be read in the new one.
        kept["user"]["weight_step"] = changed["weight_step"]
        kept["steps"] = []
        for preference in await lifters.steps_in_own_unit(session, user.id):
            preference.weight_step = None
            kept["steps"].append(preference.exercise_id)
        await forgetting.forget_steps(session, user.id)
    for name, value in settings.items():
        setattr(user, name, value)
    await session.flush()
    return kept


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, WeightUnit) else value


async def _make(
    session: WriteSession, lifter_id: int, read: Sequence[ReadExercise], meant: Sequence[Meant]
) -> dict[int, tuple[int, bool]]:
    """For each place in the file the id of its exercise, and whether that is the lifter's own."""
    names = await taking_in.own_names(session, lifter_id)
    own = {one.name_key: one for one in await taking_in.own_exercises(session, lifter_id)}
    taken = {*names, *own, *(name_key(one.name) for one in meant if one.makes)}
    made: dict[str, Exercise] = {}
    for one, here in zip(read, meant, strict=True):
        if not here.makes:
            continue
        called = one.aliases if one.is_own else one.names
        aliases = {name_key(alias): alias for alias in called if name_key(alias) not in taken}
        taken |= aliases.keys()
        made[name_key(here.name)] = exercise = Exercise(
            user_id=lifter_id,
            name=here.name,
            name_key=name_key(here.name),
            aliases=[ExerciseAlias(alias=alias, alias_key=key) for key, alias in aliases.items()],
            **one.columns,
        )
        session.add(exercise)
        await _give_way(session, len(made))
    await session.flush()  # in the order in which they were added, which is that of the file
    known = await taking_in.by_ids(session, {here.exercise_id for here in meant if here.exercise_id is not None})
    ids = {}
    for place, here in enumerate(meant):
        exercise = made[name_key(here.name)] if here.exercise_id is None else known[here.exercise_id]
        ids[place] = (exercise.id, exercise.user_id is not None)
    return ids


async def _take_names(
    session: WriteSession,
    lifter_id: int,
    read: Sequence[ReadExercise],
    meant: Sequence[Meant],
    ids: Mapping[int, tuple[int, bool]],
) -> None:
    """What the lifter calls exercises of the library, unless they call something else so."""
    names = await taking_in.own_names(session, lifter_id)
    taken = {*names, *(one.name_key for one in await taking_in.own_exercises(session, lifter_id))}
    for place, (one, here) in enumerate(zip(read, meant, strict=True)):
        if here.exercise_id is None or one.is_own:
            continue
        exercise_id, is_own = ids[place]
        for name in one.names:
            if (key := name_key(name)) in taken:
                continue
            taken.add(key)
            if is_own:
                session.add(ExerciseAlias(exercise_id=exercise_id, alias=name, alias_key=key))
            else:
                session.add(PrivateAlias(user_id=lifter_id, exercise_id=exercise_id, alias=name, alias_key=key))
            await _give_way(session, len(taken))
    await session.flush()


async def _take_wishes(
    session: WriteSession, user: User, account: Account, ids: Mapping[int, tuple[int, bool]]
) -> list[int]:
    """What the lifter wants otherwise and how they rest, where nothing is known of that here; whose habits came."""
    preferred, rested = map(set, await taking_in.settled(session, user.id))
    habits = []
    for place, one in enumerate(account.exercises):
        exercise_id, _ = ids[place]
        if one.preference is not None and exercise_id not in preferred:
            preferred.add(exercise_id)
            wishes = dict(one.preference)
            if wishes["unit"] is None and account.settings.get("unit") is not user.unit:
                wishes["weight_step"] = None  # it would be read in another unit
            session.add(ExercisePreference(user_id=user.id, exercise_id=exercise_id, **wishes))
        if one.habit is not None and exercise_id not in rested:
            rested.add(exercise_id)
            session.add(RestHabit(user_id=user.id, exercise_id=exercise_id, **one.habit))
            habits.append(exercise_id)
        await _give_way(session, place + 1)
    await session.flush()
    return habits


async def _give_way(session: WriteSession, done: int) -> None:
    """Writes what there is now and then: all at once would keep the event loop."""
    if done % _AT_ONCE == 0:
        await session.flush()
        await asyncio.sleep(0)
