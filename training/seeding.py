"""Loading the built-in catalogue into the library, beside what admins have made and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage import exercises
from storage.catalogue import CatalogueExercise
from storage.database import WriteSession
from storage.exercises import SystemExercise
from storage.models import Exercise, ExerciseAlias
from storage.values.name_key import name_key


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What loading the built-in catalogue did."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class _Change:
    """What the catalogue says otherwise of an exercise. Aliases are only added."""

    fields: Mapping[str, Any]
    aliases: Sequence[str]


async def seed(session: WriteSession, catalogue: Sequence[CatalogueExercise]) -> SeedReport:
    """Makes the library's exercises say what the catalogue says, but for those that admins have made their own."""
    await exercises.hold_catalogue(session)
    present = await exercises.of_catalogue(session)
    by_key = {exercise.name_key: exercise for exercise in present}
    by_key |= {exercise.catalogue_key: exercise for exercise in present if exercise.catalogue_key is not None}
    bearers = _bearers(present)
    entries = [_without_taken_names(entry, by_key.get(name_key(entry.name)), bearers) for entry in catalogue]
    fixed = await _performed_otherwise(session, entries)
    new = [_made_from(entry) for entry, known in entries if known is None]
    changes = {
        known.id: change
        for entry, known in entries
        if known is not None and _is_catalogues(known) and (change := _change(known, entry, known.id in fixed))
    }
    session.add_all(new)
    await _apply(session, changes)
    if new:
        await exercises.count_anew(session)
    return SeedReport(len(new), len(changes), len(catalogue) - len(new) - len(changes))


def _bearers(present: Sequence[SystemExercise]) -> dict[str, SystemExercise]:
    """Which exercise has each of the names and aliases."""
    bearing = [exercise for exercise in present if exercise.merged_into_id is None]
    aliases = {key: exercise for exercise in bearing for key in exercise.alias_keys}
    return aliases | {exercise.name_key: exercise for exercise in bearing}


def _without_taken_names(
    entry: CatalogueExercise, known: SystemExercise | None, bearers: Mapping[str, SystemExercise]
) -> tuple[CatalogueExercise, SystemExercise | None]:
    """The entry without the aliases that lead to another exercise here, since an admin said so."""
    free = tuple(alias for alias in entry.aliases if bearers.get(name_key(alias), known) is known)
    return replace(entry, aliases=free), known


def _is_catalogues(known: SystemExercise) -> bool:
    """Whether the exercise goes by the catalogue: what an admin has made, changed or merged stays as it is."""
    return known.catalogue_key is not None and not known.is_edited and known.merged_into_id is None


async def _performed_otherwise(
    session: WriteSession, entries: Iterable[tuple[CatalogueExercise, SystemExercise | None]]
) -> set[int]:
    """The exercises that stand in workouts with another measure than the catalogue's, which they therefore keep."""
    differing = [
        known.id
        for entry, known in entries
        if known is not None and _is_catalogues(known) and known.measure is not entry.measure
    ]
    return await exercises.held_performed(session, differing) if differing else set()


def _fields(entry: CatalogueExercise) -> dict[str, Any]:
    return {
        "name": entry.name,
        "name_key": name_key(entry.name),
        "catalogue_key": name_key(entry.name),
        "body_part": entry.body_part,
        "modality": entry.modality,
        "measure": entry.measure,
        "primary_muscles": [muscle.value for muscle in entry.primary],
        "secondary_muscles": [muscle.value for muscle in entry.secondary],
        "default_rest": entry.rest,
        "how": entry.how,
    }


def _made_from(entry: CatalogueExercise) -> Exercise:
    return Exercise(**_fields(entry), aliases=_aliases(entry.aliases))


def _aliases(names: Iterable[str]) -> list[ExerciseAlias]:
    return [ExerciseAlias(alias=name, alias_key=name_key(name)) for name in names]


def _change(known: SystemExercise, entry: CatalogueExercise, keeps_measure: bool) -> _Change | None:
    """What the exercise has to take over from the catalogue; None if nothing."""
    fields = {name: value for name, value in _fields(entry).items() if getattr(known, name) != value}
    if keeps_measure:
        fields.pop("measure", None)
    aliases = [alias for alias in entry.aliases if name_key(alias) not in known.alias_keys]
    return _Change(fields, aliases) if fields or aliases else None


async def _apply(session: WriteSession, changes: Mapping[int, _Change]) -> None:
    for exercise in await exercises.with_aliases(session, changes):
        change = changes[exercise.id]
        for name, value in change.fields.items():
            setattr(exercise, name, value)
        exercise.aliases.extend(_aliases(change.aliases))
