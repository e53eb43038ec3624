"""An exercise as a lifter sees it, and what can be said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from storage.models import Exercise, ExercisePreference, PrivateAlias, User
from storage.shelf import Shelved
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.lifted import SetKind
from storage.values.quantity import Weight, WeightUnit
from storage.values.texts import is_storable
from training.errors import InvalidValueError
from training.preferring import rest_after, step_of, unit_of

LONGEST_REST = 3_600
"""Seconds."""

LARGEST_STEP = 1_000
"""In the step's own unit."""

LONGEST_HOW = 1_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class ExerciseDetail:
    """An exercise of the library. `unit`, `step` and `rest` (seconds) are those that hold for this lifter.

    `private_aliases` are what they alone call it; one that `is_hidden` is in none of their lists.
    """

    id: int
    name: str
    aliases: tuple[str, ...]
    body_part: BodyPart
    modality: Modality
    measure: Measure
    primary: tuple[Muscle, ...]
    secondary: tuple[Muscle, ...]
    how: str
    unit: WeightUnit
    step: Weight
    rest: int
    is_system: bool
    is_archived: bool
    private_aliases: tuple[str, ...] = ()
    is_hidden: bool = False


class ExerciseChanges(TypedDict, total=False):
    """What can be changed about an exercise; what isn't named stays. None: the lifter's own rest or step holds."""

    body_part: BodyPart
    modality: Modality
    measure: Measure
    default_rest: int | None
    weight_step: Weight | None
    primary: Sequence[Muscle]
    secondary: Sequence[Muscle]
    how: str


@dataclass(frozen=True, slots=True)
class NewExercise:
    """What an exercise is made from. Without `default_rest` (seconds) or `weight_step` the lifter's own hold."""

    name: str
    body_part: BodyPart
    modality: Modality
    measure: Measure
    aliases: tuple[str, ...] = ()
    default_rest: int | None = None
    weight_step: Weight | None = None
    primary: tuple[Muscle, ...] = ()
    secondary: tuple[Muscle, ...] = ()
    how: str = ""

    @property
    def about(self) -> ExerciseChanges:
        """All but the names."""
        return {
            "body_part": self.body_part,
            "modality": self.modality,
            "measure": self.measure,
            "default_rest": self.default_rest,
            "weight_step": self.weight_step,
            "primary": self.primary,
            "secondary": self.secondary,
            "how": self.how,
        }


class PreferenceChanges(TypedDict, total=False):
    """What a lifter can want otherwise with an exercise; what isn't named stays. None: as everywhere else.

    The step is in the unit in which they log the exercise; a new unit ends the step of the old one.
    """

    unit: WeightUnit | None
    weight_step: Weight | None
    rest: int | None
    hidden: bool


def exercise_detail(
    user: User, exercise: Exercise, preference: ExercisePreference | None, private: Sequence[PrivateAlias] = ()
) -> ExerciseDetail:
    """The exercise as this lifter sees it, who has these names of their own for it; its aliases must be loaded."""
    return ExerciseDetail(
        id=exercise.id,
        name=exercise.name,
        aliases=tuple(alias.alias for alias in exercise.aliases),
        body_part=exercise.body_part,
        modality=exercise.modality,
        measure=exercise.measure,
        primary=tuple(map(Muscle, exercise.primary_muscles)),
        secondary=tuple(map(Muscle, exercise.secondary_muscles)),
        how=exercise.how,
        unit=unit_of(user, preference),
        step=step_of(user, exercise, preference),
        rest=rest_after(user, exercise, preference, SetKind.WORKING),
        is_system=exercise.user_id is None,
        is_archived=exercise.archived_at is not None,
        private_aliases=tuple(alias.alias for alias in private),
        is_hidden=preference is not None and preference.hidden,
    )


def columns_of(changes: ExerciseChanges) -> dict[str, Any]:
    """The changes as column values. What is said to be trained most isn't trained also. Raises InvalidValueError."""
    columns: dict[str, Any] = {name: changes[name] for name in ("body_part", "modality", "measure") if name in changes}
    if "default_rest" in changes:
        columns["default_rest"] = checked_rest("default_rest", changes["default_rest"])
    if "weight_step" in changes:
        step = checked_step(changes["weight_step"])
        columns["weight_step"] = None if step is None else step.thousandths
        columns["weight_step_unit"] = None if step is None else step.unit
    if "primary" in changes:
        columns["primary_muscles"] = [muscle.value for muscle in changes["primary"]]
    if "secondary" in changes:
        most = changes.get("primary", ())
        columns["secondary_muscles"] = [muscle.value for muscle in changes["secondary"] if muscle not in most]
    if "how" in changes:
        columns["how"] = _checked_how(changes["how"])
    return columns


def muscles_leaving(columns: Mapping[str, Any], exercise: Exercise | Shelved) -> dict[str, list[str]]:
    """The other list of its muscles, as a column value, if the columns say one of them and that takes some away.

    No muscle is trained both most and also: what is said holds.
    """
    said = [column for column in _OTHER_MUSCLES if column in columns]
    if len(said) != 1:
        return {}
    other = _OTHER_MUSCLES[said[0]]
    had: Sequence[str] = getattr(exercise, other)
    stay = [muscle for muscle in had if muscle not in columns[said[0]]]
    return {other: stay} if len(stay) < len(had) else {}


_OTHER_MUSCLES = {"primary_muscles": "secondary_muscles", "secondary_muscles": "primary_muscles"}


def apply_preferences(user: User, preference: ExercisePreference, changes: PreferenceChanges) -> None:
    """Takes the lifter's wishes over. Raises InvalidValueError."""
    unit_before = unit_of(user, preference)
    if "unit" in changes:
        preference.unit = changes["unit"]
    unit = unit_of(user, preference)
    if unit is not unit_before:
        preference.weight_step = None
    if "weight_step" in changes:
        step = checked_step(changes["weight_step"])
        if step is not None and step.unit is not unit:
            raise InvalidValueError("weight_step")
        preference.weight_step = None if step is None else step.thousandths
    if "rest" in changes:
        preference.rest = checked_rest("rest", changes["rest"])
    if "hidden" in changes:
        preference.hidden = changes["hidden"]


def checked_rest(field: str, seconds: int | None) -> int | None:
    """The rest, if it is one. Raises InvalidValueError."""
    if seconds is not None and not 0 <= seconds <= LONGEST_REST:
        raise InvalidValueError(field, LONGEST_REST if seconds > 0 else 0)
    return seconds


def checked_step(step: Weight | None) -> Weight | None:
    """The weight step, if it is one. Raises InvalidValueError."""
    if step is not None and not 0 < step.thousandths <= LARGEST_STEP * 1_000:
        raise InvalidValueError("weight_step", LARGEST_STEP if step.thousandths > 0 else 0)
    return step


def _checked_how(how: str) -> str:
    text = how.strip()
    if len(text) > LONGEST_HOW:
        raise InvalidValueError("how", LONGEST_HOW)
    if not is_storable(text):
        raise InvalidValueError("how")
    return text
