"""The exercises that every lifter finds already there: one file for each body part.

A plain word such as "squat" is an alias only where lifters mostly mean one exercise by it; "row", "press", "curl",
"shoulder press", "leg curl" and "reverse fly" are not: there the lifter chooses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeGuard, TypeVar

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.name_key import name_key

_LONGEST_NAME = 64
_LONGEST_HOW = 160
_LONGEST_REST = 600

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class CatalogueExercise:
    """A built-in exercise. `rest` is in seconds; `primary` is empty for cardio and for nothing else."""

    name: str
    aliases: tuple[str, ...]
    body_part: BodyPart
    modality: Modality
    measure: Measure
    primary: tuple[Muscle, ...]
    secondary: tuple[Muscle, ...]
    rest: int
    how: str


@cache
def built_in() -> tuple[CatalogueExercise, ...]:
    """The exercises shipped with Spotter, in the catalogue's order."""
    folder = resources.files(__name__)
    return read_catalogue("\n".join(folder.joinpath(f"{part}.toml").read_text(encoding="utf-8") for part in BodyPart))


def read_catalogue(text: str) -> tuple[CatalogueExercise, ...]:
    """The exercises that the TOML `text` lists.

    Raises ValueError, naming the exercise and the field, for whatever is missing, unknown, out of range or said twice:
    a name or alias leads to one exercise only.
    """
    document = tomllib.loads(text)
    tables = document.pop("exercise", [])
    if document or not _are_tables(tables):
        raise ValueError("a catalogue holds [[exercise]] tables and nothing else")
    exercises = tuple(_exercise(number, table) for number, table in enumerate(tables, start=1))
    _refuse_shared_names(exercises)
    return exercises


def _are_tables(value: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _exercise(number: int, table: Mapping[str, object]) -> CatalogueExercise:
    entry = _Entry(str(table.get("name") or number), table)
    entry.refuse_other_fields([field.name for field in fields(CatalogueExercise)])
    body_part = entry.choice("body_part", BodyPart)
    primary, secondary = _muscles(entry, body_part)
    return CatalogueExercise(
        name=entry.text("name", longest=_LONGEST_NAME),
        aliases=entry.texts("aliases", longest=_LONGEST_NAME),
        body_part=body_part,
        modality=entry.choice("modality", Modality),
        measure=entry.choice("measure", Measure),
        primary=primary,
        secondary=secondary,
        rest=_rest(entry),
        how=_how(entry),
    )


def _muscles(entry: _Entry, body_part: BodyPart) -> tuple[tuple[Muscle, ...], tuple[Muscle, ...]]:
    primary = entry.choices("primary", Muscle)
    secondary = entry.choices("secondary", Muscle)
    if bool(primary) is (body_part is BodyPart.CARDIO):
        raise entry.wrong("primary", "is empty for cardio and for nothing else")
    if secondary and not primary:
        raise entry.wrong("secondary", "is empty where primary is")
    if len({*primary, *secondary}) < len(primary) + len(secondary):
        raise entry.wrong("secondary", "names a muscle that is named already")
    return primary, secondary


def _rest(entry: _Entry) -> int:
    rest = entry.get("rest")
    if type(rest) is not int or not 0 <= rest <= _LONGEST_REST:
        raise entry.wrong("rest", f"is a whole number of seconds from 0 to {_LONGEST_REST}, not {rest!r}")
    return rest


def _how(entry: _Entry) -> str:
    how = entry.text("how", longest=_LONGEST_HOW)
    if not how.endswith("."):
        raise entry.wrong("how", "ends in a full stop")
    return how


def _refuse_shared_names(exercises: Iterable[CatalogueExercise]) -> None:
    owners: dict[str, str] = {}
    for exercise in exercises:
        named = [("name", exercise.name), *(("aliases", alias) for alias in exercise.aliases)]
        for field, name in named:
            key = name_key(name)
            if key in owners:
                raise _wrong(exercise.name, field, f"{name!r} already leads to {owners[key]!r}")
            owners[key] = exercise.name


@dataclass(frozen=True, slots=True)
class _Entry:
    """One `[[exercise]]` table while it is read; `label` is its name, or its place in the list if it has none."""

    label: str
    table: Mapping[str, object]

    def wrong(self, field: str, problem: str) -> ValueError:
        return _wrong(self.label, field, problem)

    def get(self, field: str) -> object:
        if field not in self.table:
            raise self.wrong(field, "is missing")
        return self.table[field]

    def refuse_other_fields(self, known: Collection[str]) -> None:
        for field in self.table:
            if field not in known:
                raise self.wrong(field, "is no field of an exercise")

    def text(self, field: str, *, longest: int) -> str:
        return self._checked_text(field, self.get(field), longest)

    def texts(self, field: str, *, longest: int) -> tuple[str, ...]:
        return tuple(self._checked_text(field, item, longest) for item in self._items(field))

    def choice(self, field: str, choices: type[_Choice]) -> _Choice:
        return self._checked_choice(field, self.get(field), choices)

    def choices(self, field: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
        return tuple(self._checked_choice(field, item, choices) for item in self._items(field))

    def _items(self, field: str) -> list[object]:
        items = self.get(field)
        if isinstance(items, list):
            return items
        raise self.wrong(field, f"is a list, not {items!r}")

    def _checked_text(self, field: str, value: object, longest: int) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= longest or value != value.strip():
            raise self.wrong(field, f"is a trimmed text of 1 to {longest} characters, not {value!r}")
        return value

    def _checked_choice(self, field: str, value: object, choices: type[_Choice]) -> _Choice:
        if not isinstance(value, str) or value not in list(choices):
            raise self.wrong(field, f"is one of {', '.join(choices)}, not {value!r}")
        return choices(value)


def _wrong(label: str, field: str, problem: str) -> ValueError:
    return ValueError(f"exercise {label!r}: {field} {problem}")
