"""The way back into a workout that is over."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.pressing import OnPress
from handlers.showing import far_up
from handlers.summary import views
from handlers.summary.buttons import Reopen
from handlers.workout.showing import show_workout_card
from storage import at_hand


@leads_to(END)
async def reopen(_: Update, context: SpotterContext, press: Reopen) -> None:
    """Opens the workout again, and shows its card."""
    lifter_id = at_hand.required().user_id
    await context.gym.history.reopen(lifter_id, press.workout_id, revision=press.revision)
    card = await context.gym.workouts.card(lifter_id)
    await show_workout_card(context, replace(card, place=far_up(card.place)), notice=views.reopened())


def summary_handlers() -> list[Handler]:
    """Buttons under a summary."""
    return [OnPress(Reopen, reopen)]
