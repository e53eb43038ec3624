"""Callbacks of the card's buttons for the rest."""

from __future__ import annotations

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.pressing import OnPress
from handlers.resting.buttons import ProlongRest, SkipRest, StartRest
from handlers.workout.showing import show_workout_card
from storage import at_hand


@leads_to(END)
async def start_rest(_: Update, context: SpotterContext, press: StartRest) -> None:
    """Starts the rest of the current exercise."""
    rested = await context.gym.resting.start(at_hand.required().user_id, press.workout_id)
    await show_workout_card(context, rested.card, outdated=rested.outdated)


@leads_to(END)
async def prolong_rest(_: Update, context: SpotterContext, press: ProlongRest) -> None:
    """Gives the rest a little more time, also where it has just run out."""
    rested = await context.gym.resting.prolong(at_hand.required().user_id, press.workout_id)
    await show_workout_card(context, rested.card, outdated=rested.outdated)


@leads_to(END)
async def skip_rest(_: Update, context: SpotterContext, press: SkipRest) -> None:
    """Goes on without the rest of the rest."""
    rested = await context.gym.resting.skip(at_hand.required().user_id, press.workout_id)
    await show_workout_card(context, rested.card, outdated=rested.outdated)


def resting_handlers() -> list[Handler]:
    """The two faces of the card's button, and the one beside it."""
    return [OnPress(StartRest, start_rest), OnPress(ProlongRest, prolong_rest), OnPress(SkipRest, skip_rest)]
