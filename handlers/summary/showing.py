"""Showing what a finished workout comes to."""

from __future__ import annotations

from telegram import Update

from handlers.context import SpotterContext
from handlers.screen import Screen
from handlers.showing import show, show_card
from handlers.summary import views
from handlers.undo.showing import latest_change, undo_button, went_with
from storage.values.change import ChangeKind
from training.workouts import Finished


async def show_finished(context: SpotterContext, workout_id: int, result: Finished) -> None:
    """The summary, or that there was nothing to keep, in the card's place."""
    screen = await _nothing_kept(context) if result.summary is None else views.summary(result.summary)
    await show_card(context, screen, workout_id, result.place, outdated=result.outdated)


async def shown_again(update: Update, context: SpotterContext, workout_id: int) -> bool:
    """Whether this workout was finished just now without anything to keep: then the message says so once more."""
    change = await went_with(context, ChangeKind.FINISHED, workout_id)
    if change is not None:
        await show(update, context, views.nothing_kept(undo_button(change)))
    return change is not None


async def _nothing_kept(context: SpotterContext) -> Screen:
    change = await latest_change(context)
    undo = undo_button(change) if change is not None and change.kind is ChangeKind.FINISHED else None
    return views.nothing_kept(undo)
