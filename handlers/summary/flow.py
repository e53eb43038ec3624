"""The way back into a workout that is over."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.home.views import no_open_workout
from handlers.picking.purpose import meant_by, others_wait_on
from handlers.pressing import OnPress
from handlers.showing import far_up, pressed_message_id, send
from handlers.summary import views
from handlers.summary.buttons import Reopen, WriteLate
from handlers.workout.records import records_line
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.notebook import Unwritten
from training.open_workout import Logged


@leads_to(END)
async def reopen(_: Update, context: SpotterContext, press: Reopen) -> None:
    """Opens the workout again, and shows its card."""
    lifter_id = at_hand.required().user_id
    await context.gym.history.reopen(lifter_id, press.workout_id, revision=press.revision)
    card = await context.gym.workouts.card(lifter_id)
    await show_workout_card(context, replace(card, place=far_up(card.place)), notice=views.reopened())


@leads_to(END)
async def write_late(update: Update, context: SpotterContext, press: WriteLate) -> None:
    """Opens the workout again and writes what had been typed; what can't be read at once is asked about in it."""
    lifter_id, line = at_hand.required().user_id, meant_by(press.text)
    if line is None:
        await reopen(update, context, Reopen(press.workout_id, press.revision))
        return
    others_wait_on(line)
    at = (press.workout_id, press.revision)
    written = await context.gym.notebook.write_late(lifter_id, *at, line)
    if isinstance(written, Unwritten):
        raise written.refusal  # which asks about the line in the workout that is open again
    pressed, card = pressed_message_id(update), written.card
    notice = records_line(written) if isinstance(written, Logged) else None
    card = replace(card, place=far_up(card.place))
    await show_workout_card(context, card, notice=notice or views.reopened(), instead_of=pressed)


async def offer_to_reopen(context: SpotterContext, line: str) -> None:
    """Nothing is open that the line could be written in: the workout that is just over, or a new one."""
    last = await context.gym.starting.just_over(at_hand.required().user_id)
    await send(context, no_open_workout() if last is None else views.over_already(last, line))


def summary_handlers() -> list[Handler]:
    """The buttons that open a workout again."""
    return [OnPress(Reopen, reopen), OnPress(WriteLate, write_late)]
