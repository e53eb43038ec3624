"""Spotter's own format: what its fields say, and how they are written. docs/library-format.md tells admins."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from storage.shelf import Shelved
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.name_key import name_key
from storage.values.quantity import Weight, WeightUnit
from training.errors import InvalidValueError
from training.exercise_detail import ExerciseChanges, columns_of
from training.importing.entries import Entry, Reason, Unread, Why
from training.naming import tidy_name

FIELDS = (
    "name",
    "aliases",
    "body_part",
    "modality",
    "measure",
    "primary",
    "secondary",
    "rest",
    "weight_step",
    "how",
    "archived",
    "replace",
)
"""All that can be said of an exercise. Only the name must be."""

LISTS = frozenset({"aliases", "primary", "secondary"})

WRITTEN = FIELDS[:-1]
"""What an export says."""

_STEP = re.compile(r"(\d{1,9}(?:[.,]\d{1,3})?) ?(kg|lb)", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,9}")
_YES_OR_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}

_Choice = TypeVar("_Choice", bound=StrEnum)


class WrongError(Exception):
    """A field can't be so."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.why)
        self.reason = reason


def entry_of(place: int, said: Mapping[str, object]) -> Entry | Unread:
    """The exercise that these fields describe: as JSON has them, or as texts, which is all that CSV has."""
    name = said.get("name")
    shown = name if isinstance(name, str) else ""
    try:
        return _entry(place, said)
    except InvalidValueError as error:
        return Unread(place, shown, Reason(Why.UNFIT, _SAID_AS.get(error.field, error.field), limit=error.limit))
    except WrongError as error:
        return Unread(place, shown, error.reason)


def fields_of(exercise: Shelved) -> dict[str, Any]:
    """What an export says of the exercise, by field."""
    step = exercise.weight_step
    return {
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "body_part": exercise.body_part.value,
        "modality": exercise.modality.value,
        "measure": exercise.measure.value,
        "primary": list(exercise.primary_muscles),
        "secondary": list(exercise.secondary_muscles),
        "rest": exercise.default_rest,
        "weight_step": None if step is None else _step_text(step, exercise.weight_step_unit),
        "how": exercise.how,
        "archived": exercise.is_archived,
    }


def checked_name(said: object) -> str:
    """The name with single spaces. Raises WrongError and InvalidValueError."""
    if said is None or (isinstance(said, str) and not said.strip()):
        raise WrongError(Reason(Why.NAMELESS))
    return tidy_name(_text("name", said))


def without_repeats(aliases: Sequence[str], name: str) -> tuple[str, ...]:
    """The aliases without repeats and without the name itself."""
    by_key = {name_key(alias): alias for alias in reversed(aliases)}
    by_key.pop(name_key(name), None)
    return tuple(alias for alias in dict.fromkeys(aliases) if by_key.get(name_key(alias)) == alias)


_SAID_AS = {"default_rest": "rest"}
"""Under which field a document says what has another name here."""


def _entry(place: int, said: Mapping[str, object]) -> Entry:
    if unknown := tuple(sorted(said.keys() - set(FIELDS))):
        raise WrongError(Reason(Why.FIELDS, values=unknown))
    name = checked_name(said.get("name"))
    about = _about(said)
    return Entry(
        place,
        name,
        {column: _frozen(value) for column, value in columns_of(about).items()},
        aliases=_aliases(said.get("aliases"), name),
        modality=about.get("modality"),
        archived=_yes_or_no("archived", said["archived"]) if "archived" in said else None,
        replaces=_yes_or_no("replace", said.get("replace")),
    )


def _about(said: Mapping[str, object]) -> ExerciseChanges:
    about = ExerciseChanges()
    if "body_part" in said:
        about["body_part"] = _choice("body_part", said["body_part"], BodyPart)
    if "modality" in said:
        about["modality"] = _choice("modality", said["modality"], Modality)
    if "measure" in said:
        about["measure"] = _choice("measure", said["measure"], Measure)
    if "primary" in said:
        about["primary"] = _muscles("primary", said["primary"])
    if "secondary" in said:
        about["secondary"] = _muscles("secondary", said["secondary"], but=about.get("primary", ()))
    if "rest" in said:
        about["default_rest"] = _seconds(said["rest"])
    if "weight_step" in said:
        about["weight_step"] = _step(said["weight_step"])
    if "how" in said:
        about["how"] = "" if said["how"] is None else _text("how", said["how"])
    return about


def _aliases(said: object, name: str) -> tuple[str, ...]:
    return without_repeats([tidy_name(alias) for alias in _texts("aliases", said)], name)


def _muscles(field: str, said: object, but: Collection[Muscle] = ()) -> list[Muscle]:
    muscles = [_choice(field, muscle, Muscle) for muscle in _texts(field, said)]
    if len({*muscles, *but}) < len(muscles) + len(but):
        raise _unknown(field, said)
    return muscles


def _seconds(said: object) -> int | None:
    if said is None or said == "":
        return None
    if isinstance(said, str) and _WHOLE.fullmatch(said):
        return int(said)
    if type(said) is not int:
        raise _unknown("rest", said)
    return said


def _step(said: object) -> Weight | None:
    if said is None or said == "":
        return None
    read = _STEP.fullmatch(said.strip()) if isinstance(said, str) else None
    if read is None:
        raise _unknown("weight_step", said)
    return Weight.of(Decimal(read[1].replace(",", ".")), WeightUnit(read[2].lower()))


def _step_text(thousandths: int, unit: WeightUnit | None) -> str:
    assert unit is not None
    return f"{Weight(thousandths, unit).amount.normalize():f} {unit}"


def _yes_or_no(field: str, said: object) -> bool:
    known = said if said is None or isinstance(said, bool) else _YES_OR_NO.get(_text(field, said).strip().lower())
    if known is None and said is not None:
        raise _unknown(field, said)
    return bool(known)


def _choice(field: str, said: object, choices: type[_Choice]) -> _Choice:
    """One of the choices, as people write it: "Full body" is `full_body`. Raises WrongError."""
    if said is None or said == "":
        raise WrongError(Reason(Why.NEEDED, values=(field,)))
    try:
        return choices("_".join(re.split(r"[\s_-]+", _text(field, said).strip().lower())))
    except ValueError:
        raise _unknown(field, said) from None


def _texts(field: str, said: object) -> list[str]:
    if said is None:
        return []
    if not isinstance(said, list):
        raise _unknown(field, said)
    return [_text(field, item) for item in said]


def _text(field: str, said: object) -> str:
    if not isinstance(said, str):
        raise _unknown(field, said)
    return said


def _unknown(field: str, said: object) -> WrongError:
    return WrongError(Reason(Why.UNKNOWN, field, (said if isinstance(said, str) else repr(said),)))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
