"""What holds for what came back, as for everything that is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from storage import keeping, touched
from storage.database import WriteSession
from storage.images import ImageRow
from storage.models import Exercise, ExerciseAlias, PrivateAlias
from storage.putting_back import NotAsLeftError
from training.errors import NameTakenError
from training.measuring import fault_of
from training.naming import require_free


async def require_rules(session: WriteSession, lifter_id: int, rows: Sequence[ImageRow]) -> None:
    """Raises NotAsLeftError if the rows, which have come back, break a rule of the library or of sets."""
    await _require_measures(session, rows)
    for exercise_id, names in _names_of(rows).items():
        await _require_names(session, lifter_id, exercise_id, names)
    await _require_private_names(session, rows)


def remeasured(rows: Sequence[ImageRow]) -> Sequence[int]:
    """The exercises of which the change wrote the measure."""
    exercises = [row for row in rows if row["table"] == Exercise.__tablename__ and row["was"] is not None]
    return [row["key"][0] for row in exercises if "measure" in (row.get("is") or {})]


async def _require_measures(session: WriteSession, rows: Sequence[ImageRow]) -> None:
    for exercise_id in remeasured(rows):
        if await keeping.has_sets(session, exercise_id):
            raise NotAsLeftError
    if any(fault_of(entry, measure) is not None for entry, measure in await touched.lifts_of(session, rows)):
        raise NotAsLeftError


def _names_of(rows: Sequence[ImageRow]) -> dict[int, list[str]]:
    """For each exercise the names that have come back."""
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if (was := row["was"]) is None:
            continue
        if row["table"] == Exercise.__tablename__ and was["merged_into_id"] is None:
            names[row["key"][0]].append(was["name"])
        if row["table"] == ExerciseAlias.__tablename__:
            names[was["exercise_id"]].append(was["alias"])
    return names


async def _require_private_names(session: WriteSession, rows: Sequence[ImageRow]) -> None:
    for row in rows:
        if row["table"] == PrivateAlias.__tablename__ and (was := row["was"]) is not None:
            (alias_id,) = row["key"]
            present = await session.get_one(PrivateAlias, alias_id)
            await _require_free(session, was["user_id"], [was["alias"]], present.exercise_id)


async def _require_names(session: WriteSession, lifter_id: int, exercise_id: int, names: Sequence[str]) -> None:
    exercise = await keeping.seen(session, lifter_id, exercise_id)
    if exercise is None:
        raise NotAsLeftError
    aliases = {alias.alias_key for alias in exercise.aliases}
    if exercise.name_key in aliases:
        raise NotAsLeftError
    await _require_free(session, exercise.user_id, names, exercise_id)


async def _require_free(session: WriteSession, owner: int | None, names: Sequence[str], exercise_id: int) -> None:
    try:
        await require_free(session, owner, names, exercise_id=exercise_id, anyway=True)
    except NameTakenError as taken:
        raise NotAsLeftError from taken
