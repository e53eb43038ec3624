"""Callbacks of making an exercise."""

from __future__ import annotations

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.creating import views
from handlers.creating.buttons import (
    AskMeasure,
    BringBack,
    ChooseMeasure,
    ChooseModality,
    ChoosePart,
    StartCreating,
    mark_of,
)
from handlers.own_exercise import own_exercise
from handlers.picking import views as picking
from handlers.picking.flow import show_waited
from handlers.picking.names import measure_name
from handlers.picking.purpose import Pending, Purpose, keep_open, pending
from handlers.pressing import OnPress
from handlers.showing import pressed_message_id, show, show_card
from handlers.words import say
from handlers.workout.showing import show_question, show_workout_card
from storage import at_hand
from training.errors import NameTakenError, StaleButtonError
from training.matches import Choice


async def ask_part(update: Update, context: SpotterContext, press: StartCreating) -> None:
    """Asks for the body part."""
    await show(update, context, views.part_question(_still_pending(press.mark)))


async def ask_modality(update: Update, context: SpotterContext, press: ChoosePart) -> None:
    """Asks for the modality."""
    await show(update, context, views.modality_question(_still_pending(press.mark), press.part))


@leads_to(END)
async def create(update: Update, context: SpotterContext, press: ChooseModality) -> None:
    """Makes the exercise and picks it, once however often the button is pressed."""
    new = _still_pending(press.mark)
    if new.waiting is not None:
        keep_open(new.purpose)  # with the exercise, so that it goes on waiting
    try:
        made = await context.gym.picking.create(
            at_hand.required().user_id, new.name, press.part, press.modality, new.purpose.instead_of
        )
    except NameTakenError as error:
        await _offer_existing(update, context, error.existing, new.purpose)
        return
    at_hand.required().next_step = END
    if new.waiting is not None:
        written = await context.gym.notebook.write_for(at_hand.required().user_id, made.exercise.id, new.waiting)
        await show_waited(update, context, written, new.waiting, new.asked_in)
        return
    place = made.card.place
    pressed = pressed_message_id(update)
    instead_of = None if pressed == place.message_id else pressed
    await show_card(context, views.created(made), made.card.workout_id, place, instead_of=instead_of)


async def _offer_existing(update: Update, context: SpotterContext, existing: Choice, purpose: Purpose) -> None:
    keep_open(purpose)
    exercise = await context.gym.exercises.get(at_hand.required().user_id, existing.id)
    offer = views.archived if exercise.is_archived else picking.taken
    await show(update, context, offer(existing, purpose))


async def bring_back(update: Update, context: SpotterContext, press: BringBack) -> None:
    """Takes the exercise out of the archive and offers it."""
    exercise = await own_exercise(context, press.exercise_id)
    purpose = Purpose(press.execution_id, press.revision)
    keep_open(purpose)
    await context.gym.exercises.unarchive(at_hand.required().user_id, exercise.id)
    await show(update, context, picking.brought_back(Choice(exercise.id, exercise.name), purpose))


async def ask_measure(_: Update, context: SpotterContext, press: AskMeasure) -> None:
    """Shows how the exercise can be logged."""
    await show_question(context, views.measure_question(await own_exercise(context, press.exercise_id)))


@leads_to(END)
async def choose_measure(_: Update, context: SpotterContext, press: ChooseMeasure) -> None:
    """Has the exercise be logged so from now on."""
    lifter_id = at_hand.required().user_id
    await own_exercise(context, press.exercise_id)
    exercise = await context.gym.exercises.change(lifter_id, press.exercise_id, measure=press.measure)
    notice = say("✓ {name} is logged by {measure}.", name=exercise.name, measure=measure_name(exercise.measure))
    await show_workout_card(context, await context.gym.workouts.card(lifter_id), notice=notice)


def _still_pending(mark: int) -> Pending:
    """What is being made. Raises StaleButtonError if it was another name, or none any more."""
    waiting = pending()
    if not waiting.name or mark_of(waiting.name) != mark:
        raise StaleButtonError
    return waiting


def creating_handlers() -> list[Handler]:
    """The buttons; the name is typed in the picker."""
    return [
        OnPress(StartCreating, ask_part),
        OnPress(ChoosePart, ask_modality),
        OnPress(ChooseModality, create),
        OnPress(BringBack, bring_back),
        OnPress(AskMeasure, ask_measure),
        OnPress(ChooseMeasure, choose_measure),
    ]
