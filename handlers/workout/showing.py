"""Showing the open workout: every feature that changes it ends here."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import SpotterContext
from handlers.screen import Screen
from handlers.showing import send, show_card
from handlers.words import Html
from handlers.workout.records import records_line
from handlers.workout.views import workout_card
from storage import at_hand
from training.card import Card
from training.notebook import Written
from training.open_workout import Logged, RestMessage


async def show_workout_card(
    context: SpotterContext,
    card: Card,
    *,
    notice: Html | None = None,
    outdated: Sequence[RestMessage] = (),
    instead_of: int | None = None,
) -> None:
    """The card as it is now, with a word on what has just happened; see `show_card` for what leaves the chat."""
    screen = workout_card(card, notice)
    await show_card(context, screen, card.workout_id, card.place, outdated=outdated, instead_of=instead_of)


async def show_written(context: SpotterContext, written: Written) -> None:
    """The card after something was written in the workout, with the records that it broke."""
    if isinstance(written, Logged):
        # Rest-over messages have done their work.
        notice = records_line(written)
        await show_workout_card(context, written.card, notice=notice, outdated=written.outdated)
    else:
        await show_workout_card(context, written.card)


async def show_question(context: SpotterContext, screen: Screen) -> None:
    """Asks at the card's place while a workout is open, so that the answer turns it into the card again."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None:
        await send(context, screen)
    else:
        await show_card(context, screen, home.card.workout_id, home.card.place)
