"""Callbacks of pasted texts."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

from telegram import Message, Update
from telegram.ext import MessageHandler, filters
from telegram.ext.filters import MessageFilter

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, leads_to
from handlers.history.showing import show_changed
from handlers.history.views import kept
from handlers.home.showing import show_home
from handlers.notebook.flow import write_line
from handlers.paste import views
from handlers.paste.buttons import (
    CreateFor,
    CreateName,
    CreateWith,
    DropPaste,
    LineReads,
    LogPaste,
    NameMeans,
    ShowPaste,
)
from handlers.picking.flow import type_exercise
from handlers.pressing import OnPress, answer_press
from handlers.showing import pressed_message_id, send, show, show_card
from handlers.typed import TYPED_TEXT, message_id_of, typed_text
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.errors import NameTakenError, StaleButtonError
from training.exercise_detail import NewExercise
from training.making import usual_measure
from training.paste_logging import PasteLogged
from training.paste_reading import Preview
from training.pasted import UnknownName, looks_pasted

_P = ParamSpec("_P")


def settling(callback: Callable[_P, Coroutine[Any, Any, None]]) -> Callable[_P, Coroutine[Any, Any, None]]:
    """The callback settles something about a text: while one is asked for, of a past workout say, it still is."""
    ends = leads_to(END)(callback)

    async def settles(*args: _P.args, **kwargs: _P.kwargs) -> None:
        under_way = (at_hand.required().step or "").partition(":")[0] in {Step.ENTERING_PAST, Step.REWRITING}
        await (callback if under_way else ends)(*args, **kwargs)

    return settles


class _LooksPasted(MessageFilter):
    def filter(self, message: Message) -> bool:
        return looks_pasted(message.text or "")


async def read_text(update: Update, context: SpotterContext) -> None:
    """Shows how the text reads; one that turns out to name no exercise is a line like any other."""
    hand = at_hand.required()
    hand.next_step = END
    preview = await context.gym.pastes.offer(hand.user_id, typed_text(update), message_id_of(update))
    if preview is not None:
        await show_preview(update, context, preview)
    elif hand.step == Step.PICKING_EXERCISE:
        await type_exercise(update, context)
    else:
        await write_line(update, context)


@settling
async def show_paste(update: Update, context: SpotterContext, press: ShowPaste) -> None:
    """Shows the preview again."""
    await show_preview(update, context, await _look(context, press))


@settling
async def name_means(update: Update, context: SpotterContext, press: NameMeans) -> None:
    """Takes the exercise that a name means."""
    lifter_id = at_hand.required().user_id
    preview = await context.gym.pastes.name(lifter_id, press.paste_id, press.revision, press.exercise_id)
    await show_preview(update, context, preview)


@settling
async def line_reads(update: Update, context: SpotterContext, press: LineReads) -> None:
    """Takes what a line means."""
    option = None if press.option < 0 else press.option
    lifter_id = at_hand.required().user_id
    await show_preview(
        update, context, await context.gym.pastes.settle(lifter_id, press.paste_id, press.revision, option)
    )


async def ask_for_part(update: Update, context: SpotterContext, press: CreateName) -> None:
    """Asks for which body part the new exercise is."""
    preview = await _look(context, press)
    await show(update, context, views.parts(preview, _unknown_name(preview)))


async def ask_for_modality(update: Update, context: SpotterContext, press: CreateFor) -> None:
    """Asks what the new exercise is done with."""
    preview = await _look(context, press)
    await show(update, context, views.modalities(preview, _unknown_name(preview), press.part))


@settling
async def create(update: Update, context: SpotterContext, press: CreateWith) -> None:
    """Makes the exercise and reads on."""
    lifter_id = at_hand.required().user_id
    name = _unknown_name(await _look(context, press))
    new = NewExercise(name, press.part, press.modality, usual_measure(press.part, press.modality))
    try:
        exercise_id = (await context.gym.exercises.create(lifter_id, new)).id
    except NameTakenError as taken:
        exercise_id = taken.existing.id
    preview = await context.gym.pastes.name(lifter_id, press.paste_id, press.revision, exercise_id, name)
    await show_preview(update, context, preview)


@leads_to(END)
async def log_paste(update: Update, context: SpotterContext, press: LogPaste) -> None:
    """Logs everything, once however often the button is pressed."""
    result = await context.gym.pastes.log(at_hand.required().user_id, press.paste_id, press.revision)
    if isinstance(result, Preview):
        answer_press(views.reads_otherwise())
        await show_preview(update, context, result)
        return
    if result.card is None:
        notice = kept(result.day, result.exercises, result.sets)
        await show_changed(update, context, result.workout_id, notice)
        return
    if isinstance(result, PasteLogged):
        notice, outdated = views.logged(result), result.outdated
    else:
        notice, outdated = kept(result.day, result.exercises, result.sets), ()
    pressed = pressed_message_id(update)
    instead_of = None if pressed == result.card.place.message_id else pressed
    await show_workout_card(context, result.card, notice=notice, outdated=outdated, instead_of=instead_of)


@leads_to(END)
async def drop_paste(update: Update, context: SpotterContext, press: DropPaste) -> None:
    """Logs nothing, and goes back to where the lifter stands."""
    lifter_id = at_hand.required().user_id
    card = await context.gym.pastes.drop(lifter_id, press.paste_id, press.revision)
    if card is None:
        answer_press(views.dropped())
        await show_home(update, context, await context.gym.lifters.home(lifter_id))
    else:
        await show_workout_card(context, card, notice=views.dropped())


def paste_handlers() -> list[Handler]:
    """Whole texts stand before whoever asks for a single line, since a name is asked for first in a new workout."""
    return [
        MessageHandler(TYPED_TEXT & ~filters.REPLY & _LooksPasted(), read_text),
        OnPress(ShowPaste, show_paste),
        OnPress(NameMeans, name_means),
        OnPress(LineReads, line_reads),
        OnPress(CreateName, ask_for_part),
        OnPress(CreateFor, ask_for_modality),
        OnPress(CreateWith, create),
        OnPress(LogPaste, log_paste),
        OnPress(DropPaste, drop_paste),
    ]


async def _look(context: SpotterContext, press: ShowPaste | CreateName | CreateFor | CreateWith) -> Preview:
    return await context.gym.pastes.look(at_hand.required().user_id, press.paste_id, press.revision)


def _unknown_name(preview: Preview) -> str:
    """The name that is asked about. Raises StaleButtonError if none is."""
    problem = next(iter(preview.pasted.problems), None)
    if not isinstance(problem, UnknownName):
        raise StaleButtonError
    return problem.name


async def show_preview(update: Update, context: SpotterContext, preview: Preview) -> None:
    """Shows how the text reads."""
    screen = views.preview(preview)
    if pressed_message_id(update) is not None:
        await show(update, context, screen)
    elif preview.card is None:
        await send(context, screen)
    else:
        await show_card(context, screen, preview.card.workout_id, preview.card.place)
