"""/undo and the card's button for it."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler, filters

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.pressing import OnPress
from handlers.showing import show_card
from handlers.undo import views
from handlers.workout.buttons import TakeBack
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.errors import NotAllowedError, NothingToUndoError
from training.undo import Undone


@leads_to(END)
async def take_back(_: Update, context: SpotterContext, press: TakeBack | None = None) -> None:
    """Takes back the last change, whatever it was, and shows what is there now."""
    lifter_id = at_hand.required().user_id
    try:
        if press is None:
            undone = await context.gym.undo.undo(lifter_id)
        else:
            undone = await context.gym.undo.undo_at(lifter_id, press.workout_id, press.revision)
    except NotAllowedError:  # somebody who isn't an admin any more
        raise NothingToUndoError from None
    await _show(context, undone)


async def _show(context: SpotterContext, undone: Undone) -> None:
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None:
        screen = views.taken_back_and_nothing_open(undone.kind)
        await show_card(context, screen, undone.workout_id, undone.place, outdated=undone.outdated)
    else:
        await show_workout_card(context, home.card, notice=views.taken_back(undone.kind), outdated=undone.outdated)


def undo_handlers() -> list[Handler]:
    """/undo works anywhere, its button on the card."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [OnPress(TakeBack, take_back), CommandHandler("undo", take_back, filters=private)]
