"""Callbacks of edited messages."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.amending import views
from handlers.amending.buttons import ReopenToAmend
from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.home.showing import ask_for_unit, show_home
from handlers.paste.flow import show_preview
from handlers.picking.flow import show_picker
from handlers.picking.purpose import all_waiting, unit_asked_in, wait_for_unit, waiting_for_unit, waiting_said_anew
from handlers.pressing import OnPress, answer_press
from handlers.showing import pressed_message_id, send, show_card
from handlers.typed import after_command, typed_text
from handlers.waiting.flow import offer_places
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.amending import Amended, Amendment, Frozen, NotLogged, Overtaken, Unamended
from training.errors import AnotherOpenError
from training.notation import may_be_sets
from training.typed_line import Waiting

EDITED_TEXT = filters.TEXT & filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE


@leads_to(END)
async def amend(update: Update, context: SpotterContext) -> None:
    """Has the sets of the message be what it says now, and says so."""
    message = update.edited_message
    assert message is not None
    text = typed_text(update)
    if text.startswith("/"):
        text = after_command(update)
    hand, waiting = at_hand.required(), waiting_said_anew(text, message.message_id)
    lifter_id, before = hand.user_id, all_waiting()
    if before is not None and waiting is not None and not may_be_sets(text):
        waiting = before.without(message.message_id)
    if waiting is not None:
        await _offer_again(update, context, waiting)
        return
    if before is not None and before.without(message.message_id) is not None:
        hand.next_step = hand.step  # what waits isn't of this message, and waits on
    elif waiting_for_unit() is not None:
        wait_for_unit(None, unit_asked_in())
    preview = await context.gym.pastes.offer_again(lifter_id, message.message_id, text)
    if preview is not None:
        await show_preview(update, context, preview)
        return
    edited_at = message.edit_date or message.date
    await _show(context, await context.gym.amending.amend(lifter_id, message.message_id, text, edited_at))


@leads_to(END)
async def reopen(update: Update, context: SpotterContext, press: ReopenToAmend) -> None:
    """Opens the workout again, so that its sets can be amended."""
    lifter_id = at_hand.required().user_id
    try:
        await context.gym.history.reopen(lifter_id, press.workout_id, revision=press.revision)
    except AnotherOpenError:
        answer_press(views.another_open())
        await show_home(update, context, await context.gym.lifters.home(lifter_id))
        return
    card = await context.gym.workouts.card(lifter_id)
    pressed = pressed_message_id(update)
    instead_of = None if pressed == card.place.message_id else pressed
    await show_workout_card(context, card, notice=views.reopened(), instead_of=instead_of)


def amending_handlers() -> list[Handler]:
    """Whatever is edited is amended, whoever asks for text at the moment."""
    return [MessageHandler(EDITED_TEXT, amend), OnPress(ReopenToAmend, reopen)]


async def _offer_again(update: Update, context: SpotterContext, waiting: Waiting) -> None:
    """The sets wait on, as they are now."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.unit is None:
        await ask_for_unit(update, context, home, waiting)
    elif home.card is None:
        await offer_places(update, context, waiting)
    else:
        await show_picker(context, home.card, waiting=waiting)


async def _show(context: SpotterContext, result: Amendment) -> None:
    match result:
        case Amended():
            await show_workout_card(context, result.card, notice=views.amended(result), outdated=result.outdated)
        case Unamended():
            await show_workout_card(context, result.card, notice=views.unamended(result))
        case Overtaken():
            await show_workout_card(context, result.card, notice=views.overtaken())
        case Frozen():
            await send(context, views.frozen(result))
        case NotLogged():
            await _show_not_logged(context, result)


async def _show_not_logged(context: SpotterContext, result: NotLogged) -> None:
    card = result.card
    if card is None:
        await send(context, views.not_logged(result, None))
    else:
        measure = None if card.current is None else card.current.measure
        await show_card(context, views.not_logged(result, measure), card.workout_id, card.place)
