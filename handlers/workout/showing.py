"""Showing the open workout: every feature that changes it ends here."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.constants import ReactionEmoji

from handlers.context import SpotterContext
from handlers.conversation import asks_at_card
from handlers.screen import Screen
from handlers.showing import TypedMessage, far_up, pressed_message_id, reacts_to, send, show_card
from handlers.words import Html, lines
from handlers.workout.records import records_line
from handlers.workout.views import back_button, logged_line, workout_card
from storage import at_hand
from training.card import Card
from training.open_workout import Logged, RestMessage
from training.typed_line import Written


async def show_workout_card(  # noqa: PLR0913 -- as `show_card`
    context: SpotterContext,
    card: Card,
    *,
    notice: Html | None = None,
    outdated: Sequence[RestMessage] = (),
    instead_of: int | None = None,
    typed: TypedMessage | None = None,
) -> None:
    """The card as it is now, with a word on what has just happened; see `show_card` for what leaves the chat."""
    screen = workout_card(card, notice)
    await show_card(context, screen, card.workout_id, card.place, outdated=outdated, instead_of=instead_of, typed=typed)


async def show_written(context: SpotterContext, written: Written, message_id: int | None = None) -> None:
    """The card after something was written in the workout, with the records that it broke.

    The lifter's message that logged sets, if there is one, is answered by a reaction; where it can't be, the card says
    what was logged.
    """
    if not isinstance(written, Logged):
        await show_workout_card(context, written.card)
        return
    card, notice, typed = written.card, records_line(written), None
    if message_id is not None:
        reaction = ReactionEmoji.TROPHY if notice is not None else ReactionEmoji.WRITING_HAND
        typed = TypedMessage(message_id, reaction, card.cleans_messages)
        if not reacts_to(typed, card.place, written.outdated):
            notice = lines(notice, logged_line(written))
    # Rest-over messages have done their work.
    await show_workout_card(context, card, notice=notice, outdated=written.outdated, typed=typed)


async def show_refusal(context: SpotterContext, words: Html, update: Update | None = None) -> None:
    """Says why nothing was done.

    While a workout is open its card says so, until whatever is done next takes the words away. Where a question stands
    in the card's place, which goes on, they take that place with the way back to the card. As for `update` see
    `show_question`.
    """
    hand = at_hand.required()
    card = (await context.gym.lifters.home(hand.user_id)).card
    if card is None:
        await send(context, Screen(words))
        return
    asking = asks_at_card(hand.next_step)
    screen = Screen(words, [[back_button()]]) if asking else workout_card(card, words)
    await _show_instead(update, context, screen, card)


async def show_question(context: SpotterContext, screen: Screen, update: Update | None = None) -> None:
    """Asks at the card's place while a workout is open, so that the answer turns it into the card again.

    If the `update` is a press of a button that led here from another message, that has no further use: it leaves the
    chat, at the bottom of which the question stands.
    """
    home = await context.gym.lifters.home(at_hand.required().user_id)
    await ask_at(context, home.card, screen, update)


async def ask_at(context: SpotterContext, card: Card | None, screen: Screen, update: Update | None = None) -> None:
    """As `show_question`, for who has read the card."""
    if card is None:
        await send(context, screen)
    else:
        await _show_instead(update, context, screen, card)


async def _show_instead(update: Update | None, context: SpotterContext, screen: Screen, card: Card) -> None:
    pressed, place = pressed_message_id(update), card.place
    if pressed in {None, place.message_id}:
        await show_card(context, screen, card.workout_id, place)
    else:
        await show_card(context, screen, card.workout_id, far_up(place), instead_of=pressed)
