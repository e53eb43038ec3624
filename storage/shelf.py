"""The whole library as it stands, and writing much of it at once: what importing and exporting it take.

Rows are read and written a portion at a time, so that others get their turn, and past the unit of work, which would
look at each of them. No change is recorded: an import isn't taken back by `undo`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from storage import exercises
from storage.database import ReadSession, WriteSession
from storage.images import portions
from storage.models import Exercise, ExerciseAlias, ExerciseExecution
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit

_PORTION = 1_000

_COLUMNS = (
    Exercise.id,
    Exercise.name,
    Exercise.name_key,
    Exercise.body_part,
    Exercise.modality,
    Exercise.measure,
    Exercise.primary_muscles,
    Exercise.secondary_muscles,
    Exercise.default_rest,
    Exercise.weight_step,
    Exercise.weight_step_unit,
    Exercise.how,
    Exercise.archived_at,
    Exercise.catalogue_key,
    Exercise.is_edited,
)


_NOTHING: Mapping[str, Any] = {
    "user_id": None,
    "primary_muscles": [],
    "secondary_muscles": [],
    "default_rest": None,
    "weight_step": None,
    "weight_step_unit": None,
    "how": "",
    "archived_at": None,
    "is_edited": False,
}
"""What an exercise is of which nothing is said."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A system exercise as it stands."""

    id: int
    name: str
    name_key: str
    body_part: BodyPart
    modality: Modality
    measure: Measure
    primary_muscles: tuple[str, ...]
    secondary_muscles: tuple[str, ...]
    default_rest: int | None
    weight_step: int | None
    weight_step_unit: WeightUnit | None
    how: str
    is_archived: bool
    is_built_in: bool
    is_edited: bool
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToMake:
    """A system exercise that is to be made: its columns, and its other names by their keys."""

    columns: Mapping[str, Any]
    aliases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ToChange:
    """A system exercise that is to be changed: the columns that will be otherwise, and the names that it gets."""

    exercise_id: int
    columns: Mapping[str, Any]
    aliases: Mapping[str, str]


async def system_exercises(session: ReadSession) -> Sequence[Shelved]:
    """Every system exercise, archived ones too, in the order of their ids; none that was merged into another."""
    found: list[Shelved] = []
    last = 0
    while True:
        query = select(*_COLUMNS).where(
            Exercise.user_id.is_(None), Exercise.merged_into_id.is_(None), Exercise.id > last
        )
        rows = (await session.execute(query.order_by(Exercise.id).limit(_PORTION))).all()
        if not rows:
            return found
        aliases = await _aliases(session, rows[0].id, rows[-1].id)
        found += (_shelved(row, aliases.get(row.id, ())) for row in rows)
        last = rows[-1].id


async def performed(session: ReadSession) -> set[int]:
    """The system exercises that stand in a workout, whoever's."""
    stands = select(ExerciseExecution.id).where(ExerciseExecution.exercise_id == Exercise.id).exists()
    return set(await session.scalars(select(Exercise.id).where(Exercise.user_id.is_(None), stands)))


async def held_performed(session: WriteSession, exercise_ids: Sequence[int]) -> set[int]:
    """As `exercises.held_performed`, for any number of exercises."""
    found: set[int] = set()
    for portion in portions(sorted(exercise_ids)):
        found |= await exercises.held_performed(session, portion)
    return found


async def make(session: WriteSession, wanted: Sequence[ToMake]) -> None:
    """Makes the exercises, with their names. The catalogue is held."""
    for portion in portions(wanted):
        made = insert(Exercise).returning(Exercise.id, sort_by_parameter_order=True)
        ids = (await session.scalars(made, [{**_NOTHING, **_row(it.columns)} for it in portion])).all()
        await _name(session, [(exercise_id, it.aliases) for exercise_id, it in zip(ids, portion, strict=True)])


async def change(session: WriteSession, wanted: Sequence[ToChange]) -> None:
    """Changes the exercises, and adds to their names. The catalogue is held."""
    for portion in portions(sorted(wanted, key=_id)):
        changing = [{"id": it.exercise_id, **_row(it.columns)} for it in portion if it.columns]
        if changing:
            await session.execute(update(Exercise), changing)
        await _name(session, [(it.exercise_id, it.aliases) for it in portion])


def _id(wanted: ToChange) -> int:
    return wanted.exercise_id


async def _name(session: WriteSession, named: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    rows = [
        {"exercise_id": exercise_id, "alias": alias, "alias_key": key}
        for exercise_id, aliases in named
        for key, alias in aliases.items()
    ]
    for portion in portions(rows):
        await session.execute(insert(ExerciseAlias), portion)


async def _aliases(session: ReadSession, first: int, last: int) -> dict[int, tuple[str, ...]]:
    query = select(ExerciseAlias.exercise_id, ExerciseAlias.alias).where(ExerciseAlias.exercise_id.between(first, last))
    found: dict[int, tuple[str, ...]] = {}
    for exercise_id, alias in await session.execute(query.order_by(ExerciseAlias.id)):
        found[exercise_id] = (*found.get(exercise_id, ()), alias)
    return found


def _shelved(row: Any, aliases: tuple[str, ...]) -> Shelved:
    return Shelved(
        id=row.id,
        name=row.name,
        name_key=row.name_key,
        body_part=row.body_part,
        modality=row.modality,
        measure=row.measure,
        primary_muscles=tuple(row.primary_muscles),
        secondary_muscles=tuple(row.secondary_muscles),
        default_rest=row.default_rest,
        weight_step=row.weight_step,
        weight_step_unit=row.weight_step_unit,
        how=row.how,
        is_archived=row.archived_at is not None,
        is_built_in=row.catalogue_key is not None,
        is_edited=row.is_edited,
        aliases=aliases,
    )


def _row(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as the tables have them; an exercise's key follows from its name."""
    row = {name: list(value) if isinstance(value, tuple) else value for name, value in columns.items()}
    if "name" in columns:
        row["name_key"] = name_key(columns["name"])
    return row
