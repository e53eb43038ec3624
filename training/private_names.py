"""What a lifter calls exercises: names of their own for those that everybody sees."""

from __future__ import annotations

from storage import changes, keeping, lifters
from storage.database import Database, WriteSession
from storage.models import Exercise, PrivateAlias
from storage.values.change import ChangeKind
from storage.values.name_key import name_key
from training.clock import Clock
from training.errors import InvalidValueError, NotFoundError
from training.exercise_detail import ExerciseDetail
from training.exercises import read_detail
from training.naming import MOST_ALIASES, require_free, tidy_name


class PrivateNames:
    """Names by which one lifter alone finds a system exercise: they lead there whatever else is called so.

    Every method raises NotFoundError for an exercise that is none of the system's. The lifter's own have aliases.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, lifter_id: int, exercise_id: int, name: str, *, anyway: bool = False) -> ExerciseDetail:
        """Gives the exercise one more name for this lifter; one that it has changes nothing.

        Raises NameTakenError with the exercise that the name leads to now, always if it is the lifter who calls that
        one so, else unless `anyway`; and InvalidValueError.
        """
        tidy = tidy_name(name)
        key = name_key(tidy)
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            exercise = await _seen(session, lifter_id, exercise_id)
            known = await keeping.private_aliases(session, exercise_id, user_id=lifter_id)
            # A name that everybody uses may lead to others too, and then not mean this one alone.
            if key != exercise.name_key and key not in {alias.alias_key for alias in known}:
                await require_free(session, lifter_id, [tidy], exercise_id=exercise_id, anyway=anyway)
                if len(known) >= MOST_ALIASES:
                    raise InvalidValueError("aliases", MOST_ALIASES)
                async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, self._clock()):
                    session.add(PrivateAlias(user_id=lifter_id, exercise_id=exercise_id, alias=tidy, alias_key=key))
            return await read_detail(session, user, exercise)

    async def remove(self, lifter_id: int, exercise_id: int, name: str) -> ExerciseDetail:
        """Takes the name away. Raises NotFoundError also if it isn't one of this lifter's."""
        key = name_key(name)
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            exercise = await _seen(session, lifter_id, exercise_id)
            known = await keeping.private_aliases(session, exercise_id, user_id=lifter_id)
            alias = next((one for one in known if one.alias_key == key), None)
            if alias is None:
                raise NotFoundError
            async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, self._clock()):
                await session.delete(alias)
            return await read_detail(session, user, exercise)


async def _seen(session: WriteSession, lifter_id: int, exercise_id: int) -> Exercise:
    exercise = await keeping.seen(session, lifter_id, exercise_id, alone=False)
    if exercise is None or exercise.user_id is not None:
        raise NotFoundError
    return exercise
