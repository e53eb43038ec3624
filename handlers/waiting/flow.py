"""Callbacks of sets that wait for a workout."""

from __future__ import annotations

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.picking.flow import ask_where, show_first_picker, show_picker, show_waited
from handlers.picking.purpose import meant_by, others_wait_on, pending
from handlers.pressing import OnPress
from handlers.waiting import views
from handlers.waiting.buttons import ChooseFor, StartWith
from storage import at_hand
from training.errors import StaleButtonError
from training.typed_line import Waiting


async def offer_places(update: Update, context: SpotterContext, waiting: Waiting) -> None:
    """Keeps the sets, and asks where they go. What is typed next names their exercise, or comes to them."""
    places = await context.gym.starting.places(at_hand.required().user_id, waiting.text)
    if places.latest_id:
        await ask_where(update, context, views.offer(waiting, places), waiting)
    else:
        await show_first_picker(update, context, waiting)


@leads_to(END)
async def start_with(update: Update, context: SpotterContext, press: StartWith) -> None:
    """Starts a workout with the exercise, and logs the sets."""
    lifter_id, waiting = at_hand.required().user_id, _meant(press)
    asked_in = pending().asked_in if pending().waiting == waiting else None
    others_wait_on(waiting)
    written = await context.gym.notebook.write_new(lifter_id, press.latest_id, press.exercise_id, waiting)
    await show_waited(update, context, written, waiting, asked_in)


async def choose_for(update: Update, context: SpotterContext, press: ChooseFor) -> None:
    """Shows where picking begins; what is picked starts a workout, and the sets are logged."""
    waiting = _meant(press)
    card = (await context.gym.lifters.home(at_hand.required().user_id)).card
    if card is None:
        await show_first_picker(update, context, waiting)
    elif card.current is None or waiting == pending().waiting:
        await show_picker(context, card, waiting=waiting)
    else:
        raise StaleButtonError


def waiting_handlers() -> list[Handler]:
    """The buttons; an exercise that is typed is the picker's."""
    return [OnPress(StartWith, start_with), OnPress(ChooseFor, choose_for)]


def _meant(press: StartWith | ChooseFor) -> Waiting:
    """The sets that the button is about. Raises StaleButtonError if they have found their place, or were given up."""
    waiting = meant_by(press.text, press.message_id or None)
    if waiting is None:
        raise StaleButtonError
    return waiting
