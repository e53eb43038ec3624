"""Finding exercises by comparing a text with every name there is: what a search finds must be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select

from storage.database import ReadSession
from storage.finding import Named, Use
from storage.models import Exercise, ExerciseAlias
from training.ranking import closest_first, guessed
from training.typos import may_be_misspelt
from training.wording import without_details


async def names_seen(session: ReadSession, lifter_id: int) -> Sequence[Named]:
    """Every name and alias of what the lifter sees, where nothing was archived or merged."""
    seen = or_(Exercise.user_id.is_(None), Exercise.user_id == lifter_id)
    exercise = (Exercise.id, Exercise.name, Exercise.name_key)
    aliases = select(*exercise, ExerciseAlias.alias_key).join(Exercise, ExerciseAlias.exercise_id == Exercise.id)
    rows = [*await session.execute(select(*exercise, Exercise.name_key).where(seen))]
    rows += await session.execute(aliases.where(seen))
    return [Named(*row) for row in rows]


def scanned(key: str, names: Sequence[Named], uses: Mapping[int, Use]) -> Sequence[Named]:
    """What a text with this key finds, each name compared with it."""
    if found := closest_first(key, names, uses):
        return found
    essence = without_details(key)
    if essence is not None and (found := closest_first(essence, names, uses)):
        return found
    return guessed(key, names, uses) if may_be_misspelt(key.replace(" ", "")) else []
