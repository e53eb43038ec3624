"""/undo and the card's button for it."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.pressing import OnPress
from handlers.screen import Screen
from handlers.showing import far_up, pressed_message_id, show, show_card
from handlers.typed import on_command
from handlers.undo import views
from handlers.undo.buttons import TakeBackChange
from handlers.undo.showing import latest_change, undo_button
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


@leads_to(END)
async def take_back_change(update: Update, context: SpotterContext, press: TakeBackChange) -> None:
    """Takes back the change that the message told of, in whose place stands what is there now."""
    try:
        undone = await context.gym.undo.undo(at_hand.required().user_id, press.change_id)
    except NotAllowedError:  # as above
        raise NothingToUndoError from None
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None:
        await show(update, context, await _nothing_open(context, undone))
        return
    card, pressed = home.card, pressed_message_id(update)
    if pressed != card.place.message_id:
        card = replace(card, place=far_up(card.place))
    notice = views.taken_back(undone.kind)
    await show_workout_card(context, card, notice=notice, outdated=undone.outdated, instead_of=pressed)


async def _show(context: SpotterContext, undone: Undone) -> None:
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None:
        screen = await _nothing_open(context, undone)
        await show_card(context, screen, undone.workout_id, undone.place, outdated=undone.outdated)
    else:
        await show_workout_card(context, home.card, notice=views.taken_back(undone.kind), outdated=undone.outdated)


async def _nothing_open(context: SpotterContext, undone: Undone) -> Screen:
    before = await latest_change(context)
    return views.taken_back_and_nothing_open(undone.kind, None if before is None else undo_button(before))


def undo_handlers() -> list[Handler]:
    """/undo works anywhere, its button on the card and under what tells of a change where there is no card."""
    return [
        OnPress(TakeBack, take_back),
        OnPress(TakeBackChange, take_back_change),
        on_command("undo", take_back),
    ]
