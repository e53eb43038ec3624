"""Callbacks of the exercise picker."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.picking import views
from handlers.picking.buttons import Browse, OpenPicker, PickExercise
from handlers.pressing import OnPress
from handlers.showing import pressed_message_id, show, show_card
from handlers.typed import TYPED_TEXT, message_id_of, typed_text
from handlers.workout.showing import show_workout_card, show_written
from storage import at_hand
from training.card import Card


async def show_picker(context: SpotterContext, card: Card, *, instead_of: int | None = None) -> None:
    """The body parts, at the card's place."""
    at_hand.required().next_step = Step.PICKING_EXERCISE
    await show_card(context, views.body_parts(card), card.workout_id, card.place, instead_of=instead_of)


@leads_to(Step.PICKING_EXERCISE)
async def open_picker(update: Update, context: SpotterContext, _: OpenPicker) -> None:
    """Shows the body parts; without an open workout, what is picked starts one."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None:
        await show(update, context, views.body_parts(None))
    else:
        await show_picker(context, home.card)


@leads_to(Step.PICKING_EXERCISE)
async def browse(update: Update, context: SpotterContext, press: Browse) -> None:
    """Shows a page of a body part's exercises."""
    page = await context.gym.library.browse(at_hand.required().user_id, press.part, press.page)
    await show(update, context, views.exercise_page(page))


@leads_to(END)
async def pick_exercise(update: Update, context: SpotterContext, press: PickExercise) -> None:
    """Makes the exercise the current one."""
    card = await context.gym.workouts.add_exercise(at_hand.required().user_id, press.exercise_id)
    pressed = pressed_message_id(update)
    instead_of = None if pressed == card.place.message_id else pressed
    await show_workout_card(context, card, instead_of=instead_of)


@leads_to(END)
async def type_exercise(update: Update, context: SpotterContext) -> None:
    """Takes what was typed for the exercise's name; the picker stays open if that can't decide it."""
    message_id = message_id_of(update)
    written = await context.gym.notebook.pick(at_hand.required().user_id, typed_text(update), message_id)
    await show_written(context, written, message_id)


def picking_conversation() -> StoredConversation:
    """Every list can be left by any other button or command; text names the exercise while one is open."""
    return StoredConversation(
        entry_points=[OnPress(OpenPicker, open_picker), OnPress(Browse, browse), OnPress(PickExercise, pick_exercise)],
        states={Step.PICKING_EXERCISE: [MessageHandler(TYPED_TEXT, type_exercise)]},
        fallbacks=[],
    )
