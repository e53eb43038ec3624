"""Where the lifter stands."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from handlers.context import SpotterContext
from handlers.home import views
from handlers.picking.purpose import unit_asked_in, wait_for_unit, waiting_for_unit
from handlers.showing import drop_buttons_of, pressed_message_id, remove, show
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.lifters import Home
from training.open_workout import RestMessage
from training.typed_line import Waiting


async def show_home(
    update: Update | None, context: SpotterContext, home: Home, *, outdated: Sequence[RestMessage] = ()
) -> None:
    """The question that is open, the card of the open workout, or the way to start one."""
    if home.unit is None:
        await ask_for_unit(update, context, home, waiting_for_unit())
    elif home.card is not None:
        await show_workout_card(context, home.card, outdated=outdated)
    else:
        await show(update, context, views.ready(await context.gym.starting.offers(at_hand.required().user_id)))


async def ask_for_unit(
    update: Update | None, context: SpotterContext, home: Home, waiting: Waiting | None = None
) -> None:
    """The greeting with its question; what waits for the answer goes on waiting. The one before loses its buttons."""
    asked_before = unit_asked_in()
    asked_in = await show(update, context, views.unit_question(home.name, waiting))
    wait_for_unit(waiting, asked_in)
    if asked_before not in {None, asked_in}:
        await drop_buttons_of(context, asked_before)


async def go_home(update: Update, context: SpotterContext, *, removes: bool = False) -> None:
    """Back to where the lifter stands, from a message whose buttons have done their work.

    Beside the card it stays without its buttons, or with `removes` leaves the chat: below a card that is edited where
    it is, a picture would be all that a phone shows.
    """
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None:
        await show_home(update, context, home)
        return
    pressed = pressed_message_id(update)
    if pressed is not None and pressed != home.card.place.message_id:
        if removes:
            await remove(context, pressed)
        else:
            await drop_buttons_of(context, pressed)
    await show_workout_card(context, home.card)
