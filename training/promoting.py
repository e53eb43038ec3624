"""Making an exercise that everybody sees out of a lifter's own."""

from __future__ import annotations

from storage import keeping, lifters
from storage.database import WriteSession
from storage.forgetting import forget_exercises
from storage.models import Exercise, ExercisePreference, PrivateAlias
from training.errors import NameTakenError
from training.matches import Choice
from training.preferring import unit_of


async def promote(session: WriteSession, exercise: Exercise) -> None:
    """Gives a lifter's own exercise, which is held with its aliases, to everybody; so is the catalogue.

    It is the same one, so that what was lifted with it stays where it is. What its lifter wished for it, rest and step,
    goes on holding for them alone, and so does an alias that leads others elsewhere. What they changed about it before
    can't be taken back any more. Raises NameTakenError if an exercise that everybody sees has its name.
    """
    owner = exercise.user_id
    assert owner is not None
    await _leave_taken_names(session, exercise, owner)
    await _leave_wishes(session, exercise, owner)
    exercise.user_id = None
    exercise.is_edited = True  # it is no work of the catalogue, which seeding would overwrite
    exercise.archived_at = None
    await session.flush()
    await forget_exercises(session, owner, None, [exercise.id])


async def _leave_taken_names(session: WriteSession, exercise: Exercise, owner: int) -> None:
    keys = {exercise.name_key, *(alias.alias_key for alias in exercise.aliases)}
    taken = {one.key: one for one in await keeping.taken(session, None, keys)}
    if (named := taken.get(exercise.name_key)) is not None:
        raise NameTakenError(exercise.name, Choice(named.exercise_id, named.name))
    for alias in [alias for alias in exercise.aliases if alias.alias_key in taken]:
        private = PrivateAlias(user_id=owner, exercise_id=exercise.id, alias=alias.alias, alias_key=alias.alias_key)
        session.add(private)
        exercise.aliases.remove(alias)


async def _leave_wishes(session: WriteSession, exercise: Exercise, owner: int) -> None:
    known = await keeping.preference(session, owner, exercise.id)
    preference = known or ExercisePreference(user_id=owner, exercise_id=exercise.id)
    if preference.rest is None:
        preference.rest = exercise.default_rest
    if preference.weight_step is None and exercise.weight_step_unit is unit_of(
        await lifters.by_id(session, owner), preference
    ):
        preference.weight_step = exercise.weight_step
    if (preference.rest, preference.weight_step) != (None, None):
        session.add(preference)
    exercise.default_rest = exercise.weight_step = exercise.weight_step_unit = None
