"""What would be taken back, for screens that offer it."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from handlers.context import SpotterContext
from handlers.screen import button
from handlers.undo.buttons import TakeBackChange
from handlers.words import label
from storage import at_hand
from storage.values.change import ChangeKind
from training.errors import NotFoundError
from training.undo import LastChange


async def latest_change(context: SpotterContext) -> LastChange | None:
    """The change that would be taken back now."""
    return await context.gym.undo.latest(at_hand.required().user_id)


def undo_button(change: LastChange) -> InlineKeyboardButton:
    """Takes the change back."""
    return button(label("↶ Undo"), TakeBackChange(change.id))


async def went_with(context: SpotterContext, kind: ChangeKind, workout_id: int) -> LastChange | None:
    """The latest change, if it is of this kind and the workout, which it may have been about, isn't there any more.

    Then a button that does such a thing to this workout was pressed twice.
    """
    change = await latest_change(context)
    if change is None or change.kind is not kind:
        return None
    try:
        await context.gym.history.detail(at_hand.required().user_id, workout_id)
    except NotFoundError:
        return change
    return None
