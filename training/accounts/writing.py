"""A lifter's data as the values of the file: the same rows give the same values, on every database.

Of an exercise, a workout and a set a field that says nothing (null, an empty text or list, false, no forced reps, a
working set) is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from storage.models import ExercisePreference, Reminder, ReminderPlan, RestHabit, User
from storage.taking_out import KnownExercise, Performed, WholeWorkout
from storage.values.lifted import SetKind
from storage.values.name_key import name_key
from training.accounts.format import FORMAT, VERSION


def head() -> str:
    """How the file begins."""
    return f'{{\n"format": {text_of(FORMAT)},\n"version": {VERSION}'


def text_of(value: Any) -> str:
    """The value as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def settings_of(user: User) -> dict[str, Any]:
    """What the lifter has chosen."""
    return {
        "unit": user.unit,
        "weight_step": None if user.unit is None else amount_of(user.weight_step),
        "time_zone": user.time_zone,
        "default_rest": user.default_rest,
        "warm_up_rest": user.warm_up_rest,
        "drop_rest": user.drop_rest,
        "rests_alike": user.rests_alike,
        "warns_of_rest": user.warns_of_rest,
        "asks_rpe": user.asks_rpe,
        "cleans_messages": user.cleans_messages,
    }


def reminders_of(plan: ReminderPlan | None, reminders: Sequence[Reminder]) -> dict[str, Any] | None:
    """When the lifter wants to be reminded; None if they haven't said anything about it."""
    if plan is None:
        return None
    return {
        "training_at": plan.training_at,
        "summary_at": plan.summary_at,
        "quiet_from": plan.quiet_from,
        "quiet_until": plan.quiet_until,
        "days": [
            {"kind": one.kind.value, "weekday": one.weekday, "title": one.title}
            for one in sorted(reminders, key=lambda one: (one.kind.value, one.weekday))
        ],
    }


def exercise_of(known: KnownExercise) -> dict[str, Any]:
    """An exercise: what it takes to know it again elsewhere, or to make it there, and what it is to the lifter."""
    exercise = known.exercise
    is_own = exercise.user_id is not None
    names = {name_key(name): name for name in reversed(known.names)}  # of two that are one the first counts
    names.pop(exercise.name_key, None)
    return _saying(
        {
            "name": exercise.name,
            "own": is_own,
            "catalogue_key": exercise.catalogue_key,
            "body_part": exercise.body_part.value,
            "modality": exercise.modality.value,
            "measure": exercise.measure.value,
            "primary": exercise.primary_muscles,
            "secondary": exercise.secondary_muscles,
            "rest": exercise.default_rest,
            "weight_step": amount_of(exercise.weight_step),
            "weight_step_unit": exercise.weight_step_unit,
            "how": exercise.how if is_own else "",
            "archived_at": time_of(exercise.archived_at) if is_own else None,
            "aliases": list(known.aliases),
            "names": list(reversed(names.values())),
            "preference": _preference_of(known.preference),
            "habit": _habit_of(known.habit),
        }
    )


def workout_of(workout: WholeWorkout, places: Mapping[int, int]) -> dict[str, Any]:
    """A workout; `places` says by the id of an exercise what stands for it."""
    row = workout.head
    return _saying(
        {
            "started_at": time_of(row.started_at),
            "finished_at": time_of(row.finished_at),
            "ends_at": time_of(row.ends_at),
            "finished_before": time_of(row.finished_before),
            "title": row.title,
            "note": row.note,
            "exercises": [_performed_of(done, places) for done in workout.executions],
        }
    )


def time_of(moment: datetime | None) -> str | None:
    """The moment as ISO 8601 has it, in UTC and to the microsecond."""
    return None if moment is None else moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def amount_of(thousandths: int | None) -> str | None:
    """The number as one writes it, exactly."""
    return None if thousandths is None else plain(Decimal(thousandths) / 1000)


def plain(number: Decimal) -> str:
    """The number without an exponent and without zeros that say nothing."""
    return format(number.normalize() + 0, "f")


def _performed_of(done: Performed, places: Mapping[int, int]) -> dict[str, Any]:
    row = done.row
    return _saying(
        {
            "exercise": places[row.exercise_id],
            "superset": row.superset,
            "note": row.note,
            "focused_at": time_of(row.focused_at),
            "sets": [_lifted_of(one, time_of(one.logged_at)) for one in done.sets],
            "targets": [_lifted_of(one, None) for one in done.targets],
        }
    )


def _lifted_of(row: Any, logged_at: str | None) -> dict[str, Any]:
    lifted: dict[str, Any] = {}
    if row.kind is not SetKind.WORKING:
        lifted["kind"] = row.kind.value
    if row.weight is not None:
        lifted["weight"], lifted["unit"] = amount_of(row.weight), row.unit.value
    if row.clean_reps is not None:
        lifted["reps"] = row.clean_reps
    if row.forced_reps:
        lifted["forced_reps"] = row.forced_reps
    if row.rpe is not None:
        lifted["rpe"] = plain(row.rpe)
    if row.duration is not None:
        lifted["duration"] = row.duration
    if row.distance is not None:
        lifted["distance"], lifted["distance_unit"] = amount_of(row.distance), row.distance_unit.value
    if row.note:
        lifted["note"] = row.note
    if logged_at is not None:
        lifted["logged_at"] = logged_at
    return lifted


def _preference_of(preference: ExercisePreference | None) -> dict[str, Any] | None:
    if preference is None:
        return None
    return _saying(
        {
            "unit": preference.unit,
            "weight_step": amount_of(preference.weight_step),
            "rest": preference.rest,
            "hidden": preference.hidden,
        }
    )


def _habit_of(habit: RestHabit | None) -> dict[str, Any] | None:
    if habit is None:
        return None
    said = {"length": habit.length, "times": habit.times}
    return said if habit.offered is None else said | {"offered": habit.offered}


def _saying(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without those that say nothing; a zero says something."""
    return {name: value for name, value in fields.items() if not (value is None or value is False or value in _NOTHING)}


_NOTHING: Sequence[Any] = ("", [], {})
