"""The exercise library: finding an exercise, and keeping the built-in ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from storage import exercises
from storage.catalogue import CatalogueExercise, built_in
from storage.database import Database, ReadSession, WriteSession
from storage.models import Exercise, ExerciseAlias
from storage.values.exercise import BodyPart
from storage.values.name_key import name_key
from training.errors import NotAllowedError
from training.matches import Choice, Matches
from training.ranking import closeness

PAGE_SIZE = 8
"""How many exercises a page of a list shows."""

_LONGEST_NAME = 128
"""Characters; a longer text is no name, and a query for all its words would be more than a database takes."""

_CANDIDATES = 200
"""How many matches of a search are ranked."""


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """One page of a body part's exercises. Pages count from 0."""

    part: BodyPart
    choices: tuple[Choice, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What loading the built-in catalogue did."""

    new: int
    changed: int
    same: int


class Library:
    """The exercises that a lifter can pick."""

    def __init__(self, database: Database, admin_ids: Collection[int]) -> None:
        """`admin_ids` may change what all lifters see."""
        self._database = database
        self._admin_ids = admin_ids

    async def browse(self, lifter_id: int, part: BodyPart, page: int) -> ExercisePage:
        """A page of a body part's exercises; a page that doesn't exist gives the nearest one."""
        async with self._database.reading() as session:
            total = await exercises.count_by_body_part(session, lifter_id, part)
            pages = max(1, ceil(total / PAGE_SIZE))
            shown = min(max(page, 0), pages - 1)
            found = await exercises.by_body_part(session, lifter_id, part, offset=shown * PAGE_SIZE, limit=PAGE_SIZE)
        return ExercisePage(part, choices_of(found), shown, pages)

    async def seed(self, lifter_id: int) -> SeedReport:
        """Loads the built-in catalogue; a repeat changes nothing. Raises NotAllowedError for who is no admin."""
        if lifter_id not in self._admin_ids:
            raise NotAllowedError
        return await self.seed_built_in()

    async def seed_built_in(self) -> SeedReport:
        """Loads the built-in catalogue, as every start does."""
        async with self._database.writing() as session:
            return await _seed(session, built_in())


async def search(session: ReadSession, lifter_id: int, text: str) -> Matches:
    """The exercises that have every word of the text in their name or in one of their aliases."""
    key = name_key(text)
    words = key.split()
    if not words or len(key) > _LONGEST_NAME:
        return Matches(text, (), 0, None)
    exact = (await exercises.by_exact_keys(session, lifter_id, [key])).get(key, [])
    found = await exercises.with_words(session, lifter_id, words, limit=_CANDIDATES)
    ranked = sorted(found, key=lambda exercise: (closeness(key, _keys(exercise)), exercise.name_key, exercise.id))
    only = exact[0] if len(exact) == 1 else ranked[0] if len(ranked) == 1 else None
    return Matches(
        text,
        choices_of(ranked[:PAGE_SIZE]),
        max(0, len(ranked) - PAGE_SIZE),
        None if only is None else Choice(only.id, only.name),
    )


def _keys(exercise: Exercise) -> list[str]:
    return [exercise.name_key, *(alias.alias_key for alias in exercise.aliases)]


def choices_of(found: Sequence[Exercise]) -> tuple[Choice, ...]:
    """The exercises as choices."""
    return tuple(Choice(exercise.id, exercise.name) for exercise in found)


async def _seed(session: WriteSession, catalogue: Sequence[CatalogueExercise]) -> SeedReport:
    await exercises.hold_catalogue(session)
    present = await exercises.of_catalogue(session)
    by_key = {exercise.name_key: exercise for exercise in present}
    by_key |= {exercise.catalogue_key: exercise for exercise in present if exercise.catalogue_key is not None}
    new = changed = 0
    for entry in catalogue:
        known = by_key.get(name_key(entry.name))
        if known is None:
            session.add(_made_from(entry))
            new += 1
        elif _brought_up_to(known, entry):
            changed += 1
    return SeedReport(new, changed, len(catalogue) - new - changed)


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
    aliases = [ExerciseAlias(alias=alias, alias_key=name_key(alias)) for alias in entry.aliases]
    return Exercise(**_fields(entry), aliases=aliases)


def _brought_up_to(known: Exercise, entry: CatalogueExercise) -> bool:
    """Takes over what the catalogue says; whether that changed anything. Aliases are only added."""
    fields = _fields(entry)
    differing = {name: value for name, value in fields.items() if getattr(known, name) != value}
    for name, value in differing.items():
        setattr(known, name, value)
    present = {alias.alias_key for alias in known.aliases}
    missing = [alias for alias in entry.aliases if name_key(alias) not in present]
    known.aliases.extend(ExerciseAlias(alias=alias, alias_key=name_key(alias)) for alias in missing)
    return bool(differing or missing)
