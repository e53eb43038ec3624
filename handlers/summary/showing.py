"""Showing what a finished workout comes to."""

from __future__ import annotations

from handlers.context import SpotterContext
from handlers.showing import show_card
from handlers.summary import views
from training.workouts import Finished


async def show_finished(context: SpotterContext, workout_id: int, result: Finished) -> None:
    """The summary, in the card's place."""
    await show_card(context, views.finished(result), workout_id, result.place, outdated=result.outdated)
