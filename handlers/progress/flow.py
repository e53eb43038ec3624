"""Callbacks of /progress."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.charts.showing import show_chart
from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.guidance.views import gone
from handlers.home.showing import go_home
from handlers.pressing import OnPress, answer_press
from handlers.progress import charts, views
from handlers.progress.buttons import (
    ChooseExercise,
    LeaveProgress,
    OfWeeks,
    OpenProgress,
    ShowFigure,
    ShowParts,
    ShowProgress,
    ShowYear,
)
from handlers.showing import show
from handlers.typed import NAMES_SOMETHING, TYPED_LINE, after_command, on_command, typed_text
from storage import at_hand
from storage.values.figure import Figure
from training.errors import NotFoundError
from training.trends import Span


@leads_to(END)
async def show_progress(update: Update, context: SpotterContext, press: ShowProgress | None = None) -> None:
    """The last weeks; behind the command an exercise may be named."""
    if press is None and (named := after_command(update).strip()):
        await _show_named(update, context, named)
    else:
        await _show_overview(update, context, OfWeeks.SETS if press is None else press.drawn)


@leads_to(Step.CHOOSING_PROGRESS)
async def choose_exercise(update: Update, context: SpotterContext, press: ChooseExercise) -> None:
    """Shows what can be looked at; an exercise can be typed, too."""
    await show(update, context, views.choose_exercise(await context.gym.progress.performed(_lifter(), press.page)))


@leads_to(Step.CHOOSING_PROGRESS)
async def type_exercise(update: Update, context: SpotterContext) -> None:
    """Shows how the exercise goes that was typed."""
    await _show_named(update, context, typed_text(update).strip())


@leads_to(END)
async def open_progress(update: Update, context: SpotterContext, press: OpenProgress) -> None:
    """Shows how an exercise goes."""
    await _show_exercise(update, context, press.exercise_id)


@leads_to(END)
async def show_figure(update: Update, context: SpotterContext, press: ShowFigure) -> None:
    """Shows another figure of an exercise, or another time."""
    await _show_exercise(update, context, press.exercise_id, press.figure, press.span)


@leads_to(END)
async def show_parts(update: Update, context: SpotterContext, _: ShowParts) -> None:
    """Shows what each part of the body got."""
    found = await context.gym.progress.parts(_lifter())
    await show_chart(update, context, charts.parts(found), views.parts(found))


@leads_to(END)
async def show_year(update: Update, context: SpotterContext, press: ShowYear) -> None:
    """Shows the days of a year."""
    found = await context.gym.progress.year(_lifter(), press.year or None)
    await show_chart(update, context, charts.year(found), views.year(found))


@leads_to(END)
async def leave_progress(update: Update, context: SpotterContext, _: LeaveProgress) -> None:
    """Back to where the lifter stands; the picture leaves the chat."""
    await go_home(update, context, removes=True)


async def _show_overview(update: Update, context: SpotterContext, drawn: OfWeeks) -> None:
    found = await context.gym.progress.overview(_lifter())
    if found.last_on is None:
        await show(update, context, views.nothing_yet(in_workout=found.in_workout))
    else:
        await show_chart(update, context, charts.weeks(found, drawn), views.overview(found, drawn))


async def _show_named(update: Update, context: SpotterContext, text: str) -> None:
    found = await context.gym.progress.find(_lifter(), text)
    if found.exact is not None:
        at_hand.required().next_step = END
        await _show_exercise(update, context, found.exact.id)
    else:
        at_hand.required().next_step = Step.CHOOSING_PROGRESS
        await show(update, context, views.found_exercises(text, found.choices))


async def _show_exercise(
    update: Update, context: SpotterContext, exercise_id: int, figure: Figure | None = None, span: Span | None = None
) -> None:
    """One that isn't there is missed where the others are."""
    try:
        found = await context.gym.progress.exercise(_lifter(), exercise_id, figure, span)
    except NotFoundError:
        answer_press(gone())
        await show(update, context, views.choose_exercise(await context.gym.progress.performed(_lifter(), 0)))
    else:
        await show_chart(update, context, charts.trend(found), views.exercise(found))


def _lifter() -> int:
    return at_hand.required().user_id


def progress_conversation() -> StoredConversation:
    """Every screen can be left by any other button or command; where an exercise is chosen it can be typed."""
    return StoredConversation(
        entry_points=[
            on_command("progress", show_progress),
            OnPress(ShowProgress, show_progress),
            OnPress(ChooseExercise, choose_exercise),
            OnPress(OpenProgress, open_progress),
            OnPress(ShowFigure, show_figure),
            OnPress(ShowParts, show_parts),
            OnPress(ShowYear, show_year),
            OnPress(LeaveProgress, leave_progress),
        ],
        states={Step.CHOOSING_PROGRESS: [MessageHandler(TYPED_LINE & NAMES_SOMETHING, type_exercise)]},
        fallbacks=[],
    )
