"""Callbacks of the history."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import wraps
from typing import Any, NamedTuple, Protocol, TypeVar

from telegram import InlineKeyboardButton, Update
from telegram.ext import MessageHandler

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, asked_about, details_of, leads_to, stand_at, step_with
from handlers.guidance.views import gone, outdated_button
from handlers.history import views
from handlers.history.buttons import (
    AskDelete,
    AskName,
    AskNote,
    AskReopen,
    AskRewrite,
    Back,
    ClearName,
    ClearNote,
    DeleteEntry,
    FinishAndReopen,
    ListExercises,
    ListHistory,
    ListMonths,
    OpenEntry,
    PutBack,
    back_of,
)
from handlers.history.past import past_answers, past_entries
from handlers.history.showing import show_changed, show_entry, undo_button
from handlers.notebook.buttons import TakeAsText
from handlers.notebook.meaning import asking_for_text, text_asked_for
from handlers.paste.flow import show_preview
from handlers.pressing import OnPress, answer_press
from handlers.screen import Screen
from handlers.showing import far_up, show
from handlers.summary.showing import show_finished
from handlers.summary.views import reopened
from handlers.typed import NAMES_SOMETHING, TYPED_LINE, TYPED_TEXT, after_command, message_id_of, on_command, typed_text
from handlers.undo.showing import went_with
from handlers.undo.views import taken_back
from handlers.words import Html
from handlers.workout.showing import show_workout_card
from storage import at_hand
from storage.values.change import ChangeKind
from training.errors import InvalidValueError, NoOpenWorkoutError, NotFoundError, NothingToUndoError, StaleButtonError
from training.history import Entry


class _OfWorkout(Protocol):
    @property
    def workout_id(self) -> int: ...


_Press = TypeVar("_Press", bound=_OfWorkout)

_Callback = Callable[[Update, SpotterContext, _Press], Coroutine[Any, Any, None]]


def recovering(callback: _Callback[_Press]) -> _Callback[_Press]:
    """What has changed or is gone is shown as it is now: the workout if it is there, else the list."""

    @wraps(callback)
    async def recovered(update: Update, context: SpotterContext, press: _Press) -> None:
        try:
            await callback(update, context, press)
        except (NotFoundError, StaleButtonError) as error:
            answer_press(outdated_button() if isinstance(error, StaleButtonError) else gone())
            back = back_of(press)
            try:
                await show_entry(update, context, OpenEntry(press.workout_id, 0, *back))
            except NotFoundError:
                await _go_back(update, context, back)

    return recovered


@leads_to(END)
async def show_history(update: Update, context: SpotterContext, press: ListHistory | None = None) -> None:
    """A page of the finished workouts; behind the command an exercise may be named."""
    if press is None and (named := after_command(update).strip()):
        await _show_named(update, context, named, 0)
    else:
        await _show_list(update, context, press or ListHistory())


@leads_to(END)
async def list_exercises(update: Update, context: SpotterContext, press: ListExercises) -> None:
    """Shows what the history can be narrowed to; an exercise can be typed, too."""
    page = await context.gym.history.performed(at_hand.required().user_id, press.page)
    stand_at(Step.NARROWING_HISTORY, press.month)
    await show(update, context, views.exercises(page, press.month))


@leads_to(END)
async def type_exercise(update: Update, context: SpotterContext) -> None:
    """Narrows the history to the exercise that was typed."""
    month = asked_about()
    stand_at(Step.NARROWING_HISTORY, month)
    await _show_named(update, context, typed_text(update).strip(), month)


async def _show_named(update: Update, context: SpotterContext, text: str, month: int) -> None:
    found = await context.gym.library.find(at_hand.required().user_id, text)
    if found.exact is not None:
        at_hand.required().next_step = END
        await _show_list(update, context, ListHistory(0, found.exact.id, month))
    else:
        await show(update, context, views.found_exercises(text, found.choices, month))


@leads_to(END)
async def list_months(update: Update, context: SpotterContext, press: ListMonths) -> None:
    """Shows the months that the history can be narrowed to."""
    found = await context.gym.history.months(at_hand.required().user_id)
    await show(update, context, views.months(found, press.page, press.exercise_id))


@leads_to(END)
@recovering
async def open_entry(update: Update, context: SpotterContext, press: OpenEntry) -> None:
    """Shows a workout, whole."""
    await show_entry(update, context, press)


@leads_to(END)
@recovering
async def ask_name(update: Update, context: SpotterContext, press: AskName) -> None:
    """Asks what the workout is called."""
    await _ask(update, context, Step.NAMING_PAST, _About.what(press), views.name_prompt)


@leads_to(END)
@recovering
async def ask_note(update: Update, context: SpotterContext, press: AskNote) -> None:
    """Asks for the note of the workout."""
    await _ask(update, context, Step.NOTING_PAST, _About.what(press), views.note_prompt)


@leads_to(END)
@recovering
async def ask_rewrite(update: Update, context: SpotterContext, press: AskRewrite) -> None:
    """Asks for the workout as text."""
    await _ask(update, context, Step.REWRITING, _About.what(press), views.rewrite_prompt)


@leads_to(END)
async def type_name(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Calls the workout this."""
    title = await text_asked_for(update, context, press)
    if title is not None:
        await _describe(update, context, Step.NAMING_PAST, views.name_prompt, title=title)


@leads_to(END)
async def type_note(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Keeps this as the note of the workout."""
    note = await text_asked_for(update, context, press)
    if note is not None:
        await _describe(update, context, Step.NOTING_PAST, views.note_prompt, note=note)


@leads_to(END)
@recovering
async def clear_name(update: Update, context: SpotterContext, press: ClearName) -> None:
    """Takes the name away."""
    lifter_id = at_hand.required().user_id
    await context.gym.history.describe(lifter_id, press.workout_id, title="", revision=press.revision)
    await show_changed(update, context, press.workout_id, views.changed(), back_of(press))


@leads_to(END)
@recovering
async def clear_note(update: Update, context: SpotterContext, press: ClearNote) -> None:
    """Takes the note away."""
    lifter_id = at_hand.required().user_id
    await context.gym.history.describe(lifter_id, press.workout_id, note="", revision=press.revision)
    await show_changed(update, context, press.workout_id, views.changed(), back_of(press))


@leads_to(END)
async def type_anew(update: Update, context: SpotterContext) -> None:
    """Shows how the text reads that is to take the workout's place."""
    lifter_id, about = at_hand.required().user_id, _About.remembered()
    message_id = message_id_of(update)
    preview = await context.gym.pastes.offer_instead(lifter_id, about.workout_id, typed_text(update), message_id)
    if preview is None:
        await _ask(update, context, Step.REWRITING, about, views.rewrite_prompt, problem=views.names_nothing())
    else:
        about.stand_at(Step.REWRITING)  # until it is settled, a better text takes its place
        await show_preview(update, context, preview)


@leads_to(END)
@recovering
async def ask_reopen(update: Update, context: SpotterContext, press: AskReopen) -> None:
    """Asks before the workout is opened again."""
    lifter_id = at_hand.required().user_id
    found = await context.gym.history.entry(lifter_id, press.workout_id)
    try:
        another = await context.gym.workouts.card(lifter_id)
    except NoOpenWorkoutError:
        another = None
    await show(update, context, views.reopen_question(found, another, back_of(press)))


@leads_to(END)
@recovering
async def finish_and_reopen(_: Update, context: SpotterContext, press: FinishAndReopen) -> None:
    """Finishes the open workout, whose card becomes its summary, and opens this one again."""
    lifter_id = at_hand.required().user_id
    finished = await context.gym.history.reopen_instead(
        lifter_id, press.workout_id, press.revision, open_id=press.open_id, open_revision=press.open_revision
    )
    await show_finished(context, press.open_id, finished, with_picture=False)
    card = await context.gym.workouts.card(lifter_id)
    await show_workout_card(context, replace(card, place=far_up(card.place)), notice=reopened())


@leads_to(END)
@recovering
async def ask_delete(update: Update, context: SpotterContext, press: AskDelete) -> None:
    """Asks before the workout is deleted."""
    found = await context.gym.history.entry(at_hand.required().user_id, press.workout_id)
    await show(update, context, views.delete_question(found, back_of(press)))


@leads_to(END)
@recovering
async def delete_entry(update: Update, context: SpotterContext, press: DeleteEntry) -> None:
    """Deletes the workout; pressed twice, it says so and offers the way back once more."""
    try:
        await context.gym.history.delete(at_hand.required().user_id, press.workout_id, revision=press.revision)
    except NotFoundError:
        if await went_with(context, ChangeKind.DELETED, press.workout_id) is None:
            raise
        answer_press(gone())
    undo = await undo_button(context, press.workout_id, back_of(press))
    await _go_back(update, context, back_of(press), views.deleted(), undo)


@leads_to(END)
@recovering
async def put_back(update: Update, context: SpotterContext, press: PutBack) -> None:
    """Takes back what was done to the workout, which is shown as it is again; one that isn't there again is missed."""
    try:
        undone = await context.gym.undo.undo(at_hand.required().user_id, press.change_id)
    except NothingToUndoError:
        raise StaleButtonError from None
    notice = taken_back(undone.kind)
    try:
        await show_entry(update, context, OpenEntry(press.workout_id, 0, *back_of(press)), notice)
    except NotFoundError:
        await _go_back(update, context, back_of(press), notice)


async def _show_list(
    update: Update,
    context: SpotterContext,
    press: ListHistory,
    notice: Html | None = None,
    undo: InlineKeyboardButton | None = None,
) -> None:
    found = await context.gym.history.diary(
        at_hand.required().user_id,
        press.page,
        exercise_id=press.exercise_id or None,
        month=views.month_of(press.month),
    )
    await show(update, context, views.diary(found, notice, undo))


async def _go_back(
    update: Update,
    context: SpotterContext,
    back: Back,
    notice: Html | None = None,
    undo: InlineKeyboardButton | None = None,
) -> None:
    """The list from which the workout was opened; the whole one if that is narrowed to what is gone."""
    try:
        await _show_list(update, context, ListHistory(*back), notice, undo)
    except NotFoundError:
        await _show_list(update, context, ListHistory(), notice, undo)


class _About(NamedTuple):
    """The workout of which a text is asked for, and the list that it was opened from."""

    workout_id: int
    back: Back

    @classmethod
    def what(cls, press: _OfWorkout) -> _About:
        """What the button is about."""
        return cls(press.workout_id, back_of(press))

    @classmethod
    def remembered(cls) -> _About:
        """What the step under way is about."""
        workout_id, *back = map(int, details_of(at_hand.required().step).split())
        return cls(workout_id, Back(*back))

    def stand_at(self, step: Step) -> None:
        """The conversation comes to this step, which is about that."""
        at_hand.required().next_step = step_with(step, " ".join(map(str, (self.workout_id, *self.back))))


_Prompt = Callable[[Entry, Back, Html | None], Screen]


async def _ask(  # noqa: PLR0913 -- what is asked, about what, and why once more
    update: Update,
    context: SpotterContext,
    step: Step,
    about: _About,
    prompt: _Prompt,
    *,
    problem: Html | None = None,
) -> None:
    found = await context.gym.history.entry(at_hand.required().user_id, about.workout_id)
    about.stand_at(step)
    await show(update, context, prompt(found, about.back, problem))


async def _describe(  # noqa: PLR0913 -- as `_ask`
    update: Update,
    context: SpotterContext,
    step: Step,
    prompt: _Prompt,
    *,
    title: str | None = None,
    note: str | None = None,
) -> None:
    about = _About.remembered()
    try:
        await context.gym.history.describe(at_hand.required().user_id, about.workout_id, title=title, note=note)
    except InvalidValueError as error:
        limit = error.limit if isinstance(error.limit, int) else None
        await _ask(update, context, step, about, prompt, problem=views.too_long(limit))
    else:
        await show_changed(update, context, about.workout_id, views.changed(), about.back)


def history_conversation() -> StoredConversation:
    """Every screen can be left by any other button or command; what is asked for is taken from what is typed."""
    return StoredConversation(
        entry_points=[
            on_command("history", show_history),
            OnPress(ListHistory, show_history),
            OnPress(ListExercises, list_exercises),
            OnPress(ListMonths, list_months),
            OnPress(OpenEntry, open_entry),
            OnPress(AskName, ask_name),
            OnPress(ClearName, clear_name),
            OnPress(AskNote, ask_note),
            OnPress(ClearNote, clear_note),
            OnPress(AskRewrite, ask_rewrite),
            OnPress(AskReopen, ask_reopen),
            OnPress(FinishAndReopen, finish_and_reopen),
            OnPress(AskDelete, ask_delete),
            OnPress(DeleteEntry, delete_entry),
            OnPress(PutBack, put_back),
            *past_entries(),
        ],
        states={
            Step.NARROWING_HISTORY: [MessageHandler(TYPED_LINE & NAMES_SOMETHING, type_exercise)],
            Step.NAMING_PAST: asking_for_text(type_name),
            Step.NOTING_PAST: asking_for_text(type_note),
            Step.REWRITING: [MessageHandler(TYPED_TEXT & NAMES_SOMETHING, type_anew)],
            Step.ENTERING_PAST: past_answers(),
        },
        fallbacks=[],
    )
