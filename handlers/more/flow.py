"""Callbacks of the menu behind the card."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from telegram import Update

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, asked_about, leads_to, stand_at
from handlers.more import views
from handlers.more.buttons import (
    AskExerciseNote,
    AskRpe,
    AskSetNote,
    AskTitle,
    AskToDiscard,
    AskToRemove,
    ClearExerciseNote,
    ClearSetNote,
    ClearTitle,
    Discard,
    GiveRpe,
    JoinSuperset,
    LeaveSuperset,
    OpenMore,
    OpenOrder,
    OpenSuperset,
    RemoveExercise,
    ShiftExercise,
)
from handlers.notebook.buttons import TakeAsText
from handlers.notebook.meaning import asking_for_text, text_asked_for
from handlers.pressing import OnPress
from handlers.screen import Screen
from handlers.showing import show, show_card
from handlers.undo.showing import latest_change, undo_button, went_with
from handlers.words import Html
from handlers.workout.showing import show_workout_card
from storage import at_hand
from storage.values.change import ChangeKind
from training.card import Card
from training.errors import StaleButtonError
from training.limits import LONGEST_TITLE
from training.measuring import LONGEST_NOTE
from training.open_workout import RestMessage
from training.retouching import AtHand


async def look(context: SpotterContext) -> AtHand:
    """The open workout of the lifter whose update is at hand. Raises NoOpenWorkoutError."""
    return await context.gym.retouching.look(at_hand.required().user_id)


async def show_in_place(context: SpotterContext, card: Card, screen: Screen) -> None:
    """Shows the screen in the card's place, where the card comes back afterwards."""
    await show_card(context, screen, card.workout_id, card.place)


async def back_to_card(context: SpotterContext, notice: Html, outdated: Sequence[RestMessage] = ()) -> None:
    """The card as it is now, with a word on what was changed."""
    card = await context.gym.workouts.card(at_hand.required().user_id)
    await show_workout_card(context, card, notice=notice, outdated=outdated)


@leads_to(END)
async def open_more(_: Update, context: SpotterContext, __: OpenMore) -> None:
    """Shows the menu."""
    found = await look(context)
    await show_in_place(context, found.card, views.menu(found))


@leads_to(END)
async def ask_exercise_note(_: Update, context: SpotterContext, press: AskExerciseNote) -> None:
    """Asks for the note of an exercise."""
    found = await look(context)
    execution = found.execution(press.execution_id)
    stand_at(Step.NOTING_EXERCISE, execution.id)
    await show_in_place(context, found.card, views.exercise_note_prompt(execution, found.card.revision))


@leads_to(END)
async def type_exercise_note(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Keeps the note of the exercise."""
    if (typed := await text_asked_for(update, context, press)) is None:
        return
    text, lifter_id = typed.strip(), at_hand.required().user_id
    await context.gym.editing.note_exercise(lifter_id, asked_about(), text[:LONGEST_NOTE])
    await back_to_card(context, _noted(text))


@leads_to(END)
async def clear_exercise_note(_: Update, context: SpotterContext, press: ClearExerciseNote) -> None:
    """Removes the note of the exercise."""
    lifter_id = at_hand.required().user_id
    await context.gym.editing.note_exercise(lifter_id, press.execution_id, "", revision=press.revision)
    await back_to_card(context, views.note_removed())


@leads_to(END)
async def ask_set_note(_: Update, context: SpotterContext, press: AskSetNote) -> None:
    """Asks for the note of a set."""
    found = await look(context)
    execution, done = found.set(press.set_id)
    stand_at(Step.NOTING_SET, done.id)
    await show_in_place(context, found.card, views.set_note_prompt(execution, done, found.card.revision))


@leads_to(END)
async def type_set_note(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Keeps the note of the set."""
    if (typed := await text_asked_for(update, context, press)) is None:
        return
    text = typed.strip()
    await context.gym.retouching.note_set(at_hand.required().user_id, asked_about(), text[:LONGEST_NOTE])
    await back_to_card(context, _noted(text))


@leads_to(END)
async def clear_set_note(_: Update, context: SpotterContext, press: ClearSetNote) -> None:
    """Removes the note of the set."""
    lifter_id = at_hand.required().user_id
    await context.gym.retouching.note_set(lifter_id, press.set_id, "", revision=press.revision)
    await back_to_card(context, views.note_removed())


def _noted(text: str) -> Html:
    return views.noted(LONGEST_NOTE if len(text) > LONGEST_NOTE else None)


@leads_to(END)
async def ask_rpe(_: Update, context: SpotterContext, press: AskRpe) -> None:
    """Asks how hard a set was. It is answered by a button: what is typed meanwhile is a set."""
    found = await look(context)
    execution, done = found.set(press.set_id)
    await show_in_place(context, found.card, views.rpe_question(execution, done, found.card.revision))


@leads_to(END)
async def give_rpe(_: Update, context: SpotterContext, press: GiveRpe) -> None:
    """Keeps how hard the set was."""
    rpe = Decimal(press.halves) / 2 if press.halves else None
    lifter_id = at_hand.required().user_id
    await context.gym.retouching.rate_set(lifter_id, press.set_id, rpe, revision=press.revision)
    found = await look(context)
    await show_workout_card(context, found.card, notice=views.rated(*found.set(press.set_id)))


@leads_to(END)
async def open_order(_: Update, context: SpotterContext, press: OpenOrder) -> None:
    """Shows the order of the exercises."""
    found = await look(context)
    held = found.execution(press.execution_id)
    await show_in_place(context, found.card, views.order(found, held, press.page))


@leads_to(END)
async def shift_exercise(_: Update, context: SpotterContext, press: ShiftExercise) -> None:
    """Moves the exercise and stays, since one step is rarely all."""
    await context.gym.retouching.shift_exercise(at_hand.required().user_id, press.execution_id, press.by)
    found = await look(context)
    held = found.execution(press.execution_id)
    await show_in_place(context, found.card, views.order(found, held, -1))


@leads_to(END)
async def open_superset(_: Update, context: SpotterContext, press: OpenSuperset) -> None:
    """Shows what the exercise can be done in turn with."""
    found = await look(context)
    execution = found.execution(press.execution_id)
    await show_in_place(context, found.card, views.superset(found, execution, press.page))


@leads_to(END)
async def join_superset(_: Update, context: SpotterContext, press: JoinSuperset) -> None:
    """Makes one superset of two exercises and those that they are in one with."""
    found = await look(context)
    one, other = found.execution(press.execution_id), found.execution(press.other_id)
    together = [one, other, *found.partners(one), *found.partners(other)]
    lifter_id = at_hand.required().user_id
    await context.gym.editing.group(lifter_id, [done.id for done in together], revision=press.revision)
    await back_to_card(context, views.joined_superset(one, other))


@leads_to(END)
async def leave_superset(_: Update, context: SpotterContext, press: LeaveSuperset) -> None:
    """Takes the exercise out of its superset."""
    execution = (await look(context)).execution(press.execution_id)
    await context.gym.editing.ungroup(at_hand.required().user_id, press.execution_id, revision=press.revision)
    await back_to_card(context, views.left_superset(execution))


@leads_to(END)
async def ask_to_remove(update: Update, context: SpotterContext, press: AskToRemove) -> None:
    """Removes an exercise that has no sets at once, and asks about one that has."""
    found = await look(context)
    execution = found.execution(press.execution_id)
    if execution.sets:
        await show_in_place(context, found.card, views.remove_question(execution, found.card.revision))
    else:
        await remove_exercise(update, context, RemoveExercise(press.execution_id, press.revision))


@leads_to(END)
async def remove_exercise(_: Update, context: SpotterContext, press: RemoveExercise) -> None:
    """Removes the exercise with its sets."""
    execution = (await look(context)).execution(press.execution_id)
    lifter_id = at_hand.required().user_id
    edited = await context.gym.editing.remove_exercise(lifter_id, press.execution_id, revision=press.revision)
    await back_to_card(context, views.removed(execution), edited.outdated)


@leads_to(END)
async def ask_title(_: Update, context: SpotterContext, __: AskTitle) -> None:
    """Asks for the name of the workout."""
    found = await look(context)
    stand_at(Step.NAMING_WORKOUT, found.card.workout_id)
    await show_in_place(context, found.card, views.title_prompt(found))


@leads_to(END)
async def type_title(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Keeps the name of the workout, as far as there is room."""
    if (typed := await text_asked_for(update, context, press)) is None:
        return
    title = " ".join(typed.split())[:LONGEST_TITLE]
    await context.gym.history.describe(at_hand.required().user_id, asked_about(), title=title)
    await back_to_card(context, views.renamed())


@leads_to(END)
async def clear_title(_: Update, context: SpotterContext, press: ClearTitle) -> None:
    """Removes the name of the workout."""
    lifter_id = at_hand.required().user_id
    await context.gym.history.describe(lifter_id, press.workout_id, title="", revision=press.revision)
    await back_to_card(context, views.name_removed())


@leads_to(END)
async def ask_to_discard(_: Update, context: SpotterContext, __: AskToDiscard) -> None:
    """Asks before the workout is thrown away."""
    found = await look(context)
    await show_in_place(context, found.card, views.discard_question(found))


@leads_to(END)
async def discard(update: Update, context: SpotterContext, press: Discard) -> None:
    """Throws the workout away; pressed twice, it says once more that it is gone."""
    try:
        removed = await context.gym.history.discard(at_hand.required().user_id, press.workout_id, press.revision)
    except StaleButtonError:
        change = await went_with(context, ChangeKind.DELETED, press.workout_id)
        if change is None:
            raise
        await show(update, context, views.discarded(undo_button(change)))
        return
    change = await latest_change(context)
    screen = views.discarded(None if change is None else undo_button(change))
    await show_card(context, screen, None, removed.place, outdated=removed.outdated)


def more_conversation() -> StoredConversation:
    """Notes and names are typed while they are asked for; everything else is buttons."""
    return StoredConversation(
        entry_points=[
            OnPress(OpenMore, open_more),
            OnPress(AskExerciseNote, ask_exercise_note),
            OnPress(ClearExerciseNote, clear_exercise_note),
            OnPress(AskSetNote, ask_set_note),
            OnPress(ClearSetNote, clear_set_note),
            OnPress(AskRpe, ask_rpe),
            OnPress(GiveRpe, give_rpe),
            OnPress(OpenOrder, open_order),
            OnPress(ShiftExercise, shift_exercise),
            OnPress(OpenSuperset, open_superset),
            OnPress(JoinSuperset, join_superset),
            OnPress(LeaveSuperset, leave_superset),
            OnPress(AskToRemove, ask_to_remove),
            OnPress(RemoveExercise, remove_exercise),
            OnPress(AskTitle, ask_title),
            OnPress(ClearTitle, clear_title),
            OnPress(AskToDiscard, ask_to_discard),
            OnPress(Discard, discard),
        ],
        states={
            Step.NOTING_EXERCISE: asking_for_text(type_exercise_note),
            Step.NOTING_SET: asking_for_text(type_set_note),
            Step.NAMING_WORKOUT: asking_for_text(type_title),
        },
        fallbacks=[],
    )
