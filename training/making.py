"""Making an exercise, within a transaction of whoever wants it."""

from __future__ import annotations

from storage.database import WriteSession
from storage.models import Exercise, ExerciseAlias
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from training.exercise_detail import NewExercise, columns_of
from training.naming import require_free, tidy_aliases, tidy_name

_MEASURES = {
    Modality.BARBELL: Measure.WEIGHT_REPS,
    Modality.DUMBBELL: Measure.WEIGHT_REPS,
    Modality.CABLE: Measure.WEIGHT_REPS,
    Modality.MACHINE: Measure.WEIGHT_REPS,
    Modality.BODYWEIGHT: Measure.BODYWEIGHT_REPS,
    Modality.KETTLEBELL: Measure.WEIGHT_REPS,
    Modality.BAND: Measure.REPS,
    Modality.CARDIO: Measure.DISTANCE_DURATION,
    Modality.OTHER: Measure.WEIGHT_REPS,
}


def usual_measure(part: BodyPart, modality: Modality) -> Measure:
    """How such an exercise is mostly logged; cardio by distance and time, whatever is moved."""
    return Measure.DISTANCE_DURATION if part is BodyPart.CARDIO else _MEASURES[modality]


async def make(session: WriteSession, owner: int | None, new: NewExercise, *, anyway: bool) -> Exercise:
    """The exercise, not yet added to the session; the catalogue is held, or awaited. See `Exercises.create`.

    Raises NameTakenError and InvalidValueError.
    """
    name = tidy_name(new.name)
    aliases = tidy_aliases(new.aliases, name)
    columns = columns_of(new.about)
    await require_free(session, owner, [name, *aliases.values()], anyway=anyway)
    return Exercise(
        user_id=owner,
        name=name,
        name_key=name_key(name),
        aliases=[ExerciseAlias(alias=alias, alias_key=key) for key, alias in aliases.items()],
        is_edited=owner is None,  # it is no work of the catalogue, which seeding would overwrite
        **columns,
    )
