"""Callbacks of entering a workout of the past: its day, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from telegram import Message, Update
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from handlers.context import Handler, SpotterContext
from handlers.conversation import Step, details_of, step_with
from handlers.history import views
from handlers.history.buttons import AskPast, ChooseDay
from handlers.paste.flow import show_preview
from handlers.pressing import OnPress
from handlers.showing import show
from handlers.typed import NAMES_SOMETHING, TYPED_TEXT, after_command, message_id_of, on_command, typed_text
from handlers.words import Html
from storage import at_hand
from training.days import Day
from training.errors import StaleButtonError


async def ask_past(update: Update, context: SpotterContext, press: AskPast | None = None) -> None:
    """Asks for a workout of the past; behind the command it may already stand."""
    if press is None and (text := after_command(update).strip()):
        await _enter(update, context, "", text)
    else:
        await _ask_for_day(update, context)


async def choose_day(update: Update, context: SpotterContext, press: ChooseDay) -> None:
    """Asks for what was done on this day."""
    if not 0 < press.ordinal <= date.max.toordinal():
        raise StaleButtonError
    await _ask_for_text(update, context, Day(date.fromordinal(press.ordinal)))


async def type_past(update: Update, context: SpotterContext) -> None:
    """Takes the day of the workout, or the workout."""
    await _enter(update, context, details_of(at_hand.required().step), typed_text(update))


async def refuse_sets_alone(update: Update, context: SpotterContext) -> None:
    """Asks once more for what was done on the day: these are not of today, and it isn't said of which exercise."""
    day = await _day_of(context, details_of(at_hand.required().step))
    await _ask_for_text(update, context, day, views.names_nothing())


async def _enter(update: Update, context: SpotterContext, day: str, text: str) -> None:
    """Shows how the text reads. What is missing is asked for: its day, or its exercises."""
    lifter_id = at_hand.required().user_id
    text = await context.gym.pastes.with_day_apart(lifter_id, text)
    said = await context.gym.pastes.day_said(lifter_id, text)
    if said.alone is not None and len(said.alone) == 1:
        await _ask_for_text(update, context, said.alone[0])
        return
    if said.alone is not None or not (day or said.somewhere):
        problem = views.no_day() if said.alone is None else views.unclear_day(text)
        await _ask_for_day(update, context, problem, said.alone or ())
        return
    # Until it is settled, a better text takes its place.
    at_hand.required().next_step = step_with(Step.ENTERING_PAST, day)
    message_id, whole = message_id_of(update), text if said.somewhere else f"{day}\n{text}"
    preview = await context.gym.pastes.offer(lifter_id, whole, message_id)
    if preview is not None:
        await show_preview(update, context, preview)
    elif day:
        await _ask_for_text(update, context, await _day_of(context, day), views.names_nothing())
    else:
        await _ask_for_day(update, context, views.names_nothing())


async def _day_of(context: SpotterContext, text: str) -> Day:
    """The day that the step under way is about. Raises StaleButtonError if it isn't one."""
    said = await context.gym.pastes.day_said(at_hand.required().user_id, text)
    if not said.alone:
        raise StaleButtonError
    return said.alone[0]


async def _ask_for_day(
    update: Update, context: SpotterContext, problem: Html | None = None, days: Sequence[Day] = ()
) -> None:
    today = await context.gym.history.today(at_hand.required().user_id)
    at_hand.required().next_step = step_with(Step.ENTERING_PAST, "")
    await show(update, context, views.past_prompt(today, problem, days))


async def _ask_for_text(update: Update, context: SpotterContext, day: Day, problem: Html | None = None) -> None:
    at_hand.required().next_step = step_with(Step.ENTERING_PAST, str(day))
    await show(update, context, views.past_text_prompt(day, problem))


class _HasDay(MessageFilter):
    """The day of the past workout that is asked for is known."""

    def filter(self, _: Message) -> bool:
        hand = at_hand.current()
        return hand is not None and bool(details_of(hand.step))


def past_entries() -> list[Handler]:
    """The command and the buttons."""
    return [
        on_command("past", ask_past),
        OnPress(AskPast, ask_past),
        OnPress(ChooseDay, choose_day),
    ]


def past_answers() -> list[Handler]:
    """What is typed when the day, or what was done on it, is asked for."""
    return [
        MessageHandler(TYPED_TEXT & NAMES_SOMETHING, type_past),
        MessageHandler(TYPED_TEXT & _HasDay(), refuse_sets_alone),
    ]
