"""The exercise that a button of its owner is about."""

from __future__ import annotations

from handlers.context import SpotterContext
from storage import at_hand
from training.errors import NotFoundError
from training.exercise_detail import ExerciseDetail


async def own_exercise(context: SpotterContext, exercise_id: int) -> ExerciseDetail:
    """The lifter's own exercise. Raises NotFoundError for one that everybody sees, whoever asks."""
    found = await context.gym.exercises.get(at_hand.required().user_id, exercise_id)
    if found.is_system:
        raise NotFoundError
    return found
