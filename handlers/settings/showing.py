"""Where what can be set is shown."""

from __future__ import annotations

from telegram import Update

from handlers.context import SpotterContext
from handlers.screen import Screen
from handlers.showing import pressed_message_id, send, show, show_card
from training.card import Card


async def show_setting(update: Update, context: SpotterContext, card: Card | None, screen: Screen) -> None:
    """Where the button was pressed; what was typed is answered at the card's place while a workout is open."""
    if pressed_message_id(update) is not None:
        await show(update, context, screen)
    elif card is None:
        await send(context, screen)
    else:
        await show_card(context, screen, card.workout_id, card.place)
