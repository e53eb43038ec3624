"""Callbacks where sets are changed."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, asked_about, leads_to, stand_at
from handlers.more.flow import back_to_card, look, show_in_place
from handlers.notebook.flow import write_line
from handlers.paste.flow import read_text
from handlers.pressing import OnPress, answer_press
from handlers.sets import views
from handlers.sets.buttons import (
    AskForAllSets,
    ChangeSetKind,
    ChooseAllReading,
    ChooseReading,
    DeleteSet,
    ListSets,
    OpenLastSet,
    OpenSet,
    TurnSet,
)
from handlers.typed import TYPED_TEXT, message_id_of, typed_text
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.card import CurrentExercise
from training.errors import InvalidValueError, StaleButtonError, UndecidedSetError, UnreadableSetError
from training.naming import may_be_name
from training.retouching import AtHand


@leads_to(END)
async def open_last_set(_: Update, context: SpotterContext, __: OpenLastSet) -> None:
    """Shows the last set of the current exercise."""
    found = await look(context)
    if found.current is None or not found.current.sets:
        answer_press(views.nothing_to_correct())
        await show_workout_card(context, found.card)
    else:
        await _show_set(context, found, found.current.sets[-1].id)


@leads_to(END)
async def open_set(_: Update, context: SpotterContext, press: OpenSet) -> None:
    """Shows one set."""
    await _show_set(context, await look(context), press.set_id)


@leads_to(END)
async def turn_set(_: Update, context: SpotterContext, press: TurnSet) -> None:
    """Turns the set and stays: one step is rarely all."""
    await context.gym.retouching.turn_set(at_hand.required().user_id, press.set_id, press.dial, press.steps)
    await _show_turned(context, press.set_id)


@leads_to(END)
async def change_kind(_: Update, context: SpotterContext, press: ChangeSetKind) -> None:
    """Makes the set one of the next kind and stays."""
    await context.gym.retouching.change_kind(at_hand.required().user_id, press.set_id)
    await _show_turned(context, press.set_id)


@leads_to(END)
async def list_sets(_: Update, context: SpotterContext, press: ListSets) -> None:
    """Shows the sets of an exercise."""
    found = await look(context)
    await show_in_place(context, found.card, views.set_list(found.execution(press.execution_id), press.page))


@leads_to(END)
async def delete_set(_: Update, context: SpotterContext, press: DeleteSet) -> None:
    """Deletes the set."""
    execution, done = (await look(context)).set(press.set_id)
    lifter_id = at_hand.required().user_id
    await context.gym.editing.remove_set(lifter_id, press.set_id, revision=press.revision)
    await back_to_card(context, views.deleted(execution, done))


@leads_to(END)
async def type_set(update: Update, context: SpotterContext) -> None:
    """Has the set be what was typed."""
    try:
        await _change_set(context, asked_about(), typed_text(update), message_id_of(update), None)
    except UnreadableSetError as error:
        if not await _is_of_another(update, context, error):
            raise


@leads_to(END)
async def choose_reading(_: Update, context: SpotterContext, press: ChooseReading) -> None:
    """Has the set be the reading that was chosen."""
    await _change_set(context, press.set_id, press.text, press.message_id, press.revision)


async def _change_set(
    context: SpotterContext, set_id: int, text: str, message_id: int | None, revision: int | None
) -> None:
    lifter_id = at_hand.required().user_id
    try:
        await context.gym.retouching.retype_set(lifter_id, set_id, text, message_id, revision=revision)
    except UndecidedSetError as error:
        stand_at(Step.CHANGING_SET, set_id)
        asked = error.asked.revision
        screen = views.question(error, lambda reading: ChooseReading(set_id, asked, message_id or 0, reading))
        await show_in_place(context, (await look(context)).card, screen)
    except InvalidValueError as error:
        if error.field != "one_set":
            raise
        stand_at(Step.CHANGING_SET, set_id)
        found = await look(context)
        await show_in_place(context, found.card, views.several_sets(found.set(set_id)[0]))
    else:
        found = await look(context)
        await show_workout_card(context, found.card, notice=views.changed(*found.set(set_id)))


@leads_to(END)
async def ask_for_all_sets(_: Update, context: SpotterContext, press: AskForAllSets) -> None:
    """Asks for all sets of the current exercise as text."""
    found = await look(context)
    execution, current = found.execution(press.execution_id), _current(found, press.execution_id)
    stand_at(Step.REPLACING_SETS, execution.id)
    await show_in_place(context, found.card, views.text_prompt(current, execution))


@leads_to(END)
async def type_all_sets(update: Update, context: SpotterContext) -> None:
    """Has the exercise's sets be what was typed."""
    try:
        await _change_all(context, asked_about(), typed_text(update), message_id_of(update), None)
    except UnreadableSetError as error:
        if not await _is_of_another(update, context, error):
            stand_at(Step.REPLACING_SETS, asked_about())
            await show_in_place(context, (await look(context)).card, views.unreadable(error))


@leads_to(END)
async def choose_all_reading(_: Update, context: SpotterContext, press: ChooseAllReading) -> None:
    """Has the exercise's sets be the reading that was chosen."""
    await _change_all(context, press.execution_id, press.text, press.message_id, press.revision)


async def _change_all(
    context: SpotterContext, execution_id: int, text: str, message_id: int | None, revision: int | None
) -> None:
    lifter_id = at_hand.required().user_id
    try:
        await context.gym.retouching.retype_sets(lifter_id, execution_id, text, message_id, revision=revision)
    except UndecidedSetError as error:
        stand_at(Step.REPLACING_SETS, execution_id)
        asked = error.asked.revision
        screen = views.question(error, lambda reading: ChooseAllReading(execution_id, asked, message_id or 0, reading))
        await show_in_place(context, (await look(context)).card, screen)
    else:
        await back_to_card(context, views.replaced())


async def _is_of_another(update: Update, context: SpotterContext, error: UnreadableSetError) -> bool:
    """Whether the text, which is no set, names an exercise, or sets of one: that is done, or offered, as anywhere else.

    What is typed after it is of that exercise, so the set that is open to be changed is left as it is.
    """
    if await context.gym.pastes.names_known(at_hand.required().user_id, error.text):
        await read_text(update, context)
    elif not error.reading.understood and may_be_name(error.text):
        await write_line(update, context)
    else:
        return False
    return True


async def _show_set(context: SpotterContext, found: AtHand, set_id: int) -> None:
    """The set with its buttons; what is typed next is the set anew."""
    execution, done = found.set(set_id)
    current = _current(found, execution.id)
    stand_at(Step.CHANGING_SET, set_id)
    await show_in_place(context, found.card, views.set_to_change(found.card, current, execution, done))


async def _show_turned(context: SpotterContext, set_id: int) -> None:
    """The set as it is now. It has been put right, so what is typed next is the next set."""
    found = await look(context)
    execution, done = found.set(set_id)
    await show_in_place(
        context, found.card, views.set_turned(found.card, _current(found, execution.id), execution, done)
    )


def _current(found: AtHand, execution_id: int) -> CurrentExercise:
    """The current exercise, if it is this one. Raises StaleButtonError: the way here leads over the card."""
    current = found.card.current
    if current is None or current.execution_id != execution_id:
        raise StaleButtonError
    return current


def sets_conversation() -> StoredConversation:
    """While a set, or all of them, is open to be changed, what is typed takes its place."""
    return StoredConversation(
        entry_points=[
            OnPress(OpenLastSet, open_last_set),
            OnPress(OpenSet, open_set),
            OnPress(TurnSet, turn_set),
            OnPress(ChangeSetKind, change_kind),
            OnPress(ListSets, list_sets),
            OnPress(DeleteSet, delete_set),
            OnPress(ChooseReading, choose_reading),
            OnPress(AskForAllSets, ask_for_all_sets),
            OnPress(ChooseAllReading, choose_all_reading),
        ],
        states={
            Step.CHANGING_SET: [MessageHandler(TYPED_TEXT, type_set)],
            Step.REPLACING_SETS: [MessageHandler(TYPED_TEXT, type_all_sets)],
        },
        fallbacks=[],
    )
