"""Showing one finished workout."""

from __future__ import annotations

from telegram import Update

from handlers.context import SpotterContext
from handlers.history import views
from handlers.history.buttons import OpenEntry
from handlers.showing import show
from handlers.words import Html
from storage import at_hand


async def show_entry(update: Update | None, context: SpotterContext, at: OpenEntry, notice: Html | None = None) -> None:
    """The workout, whole. Raises NotFoundError if it isn't there, or is open."""
    found = await context.gym.history.entry(at_hand.required().user_id, at.workout_id)
    await show(update, context, views.entry(found, at, notice))
