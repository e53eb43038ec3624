"""Showing one finished workout."""

from __future__ import annotations

from telegram import InlineKeyboardButton, Update

from handlers.context import SpotterContext
from handlers.history import views
from handlers.history.buttons import WHOLE, Back, OpenEntry
from handlers.showing import show
from handlers.words import Html
from storage import at_hand


async def show_entry(update: Update | None, context: SpotterContext, at: OpenEntry, notice: Html | None = None) -> None:
    """The workout, whole. Raises NotFoundError if it isn't there, or is open."""
    found = await context.gym.history.entry(at_hand.required().user_id, at.workout_id)
    await show(update, context, views.entry(found, at, notice))


async def show_changed(
    update: Update | None, context: SpotterContext, workout_id: int, notice: Html, back: Back = WHOLE
) -> None:
    """The workout, in which something has just been changed that can be taken back."""
    found = await context.gym.history.entry(at_hand.required().user_id, workout_id)
    undo = await undo_button(context, workout_id, back)
    await show(update, context, views.entry(found, OpenEntry(workout_id, 0, *back), notice, undo))


async def undo_button(context: SpotterContext, workout_id: int, back: Back) -> InlineKeyboardButton | None:
    """Takes back what has just been done to the workout."""
    change = await context.gym.undo.latest(at_hand.required().user_id)
    return None if change is None else views.put_back_button(workout_id, change, back)
