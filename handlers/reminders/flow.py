"""Callbacks of reminders: choosing them, and sending what is due."""

from __future__ import annotations

from collections.abc import Awaitable

from telegram import Update
from telegram.ext import MessageHandler, TypeHandler

from handlers.charts.showing import send_chart
from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, StoredConversation, details_of, leads_to, step_with
from handlers.incoming import ReminderDue
from handlers.notebook.flow import write_line
from handlers.pressing import OnPress, answer_press
from handlers.reminders import views
from handlers.reminders.buttons import (
    FlipDay,
    NotToday,
    OpenDays,
    OpenNames,
    OpenQuiet,
    OpenReminders,
    OpenSummary,
    OpenTimes,
    StopAll,
    StopThese,
    TakeName,
    TakeQuiet,
    TakeSummary,
    TakeTime,
)
from handlers.reminders.showing import show_part, show_reminders
from handlers.screen import LONGEST_CAPTION, length_of
from handlers.showing import drop_buttons, pressed_message_id, remove, send, show
from handlers.typed import TYPED_TEXT, on_command, typed_text
from storage import at_hand
from storage.values.reminder import ReminderKind
from training.errors import InvalidValueError, StaleButtonError
from training.notation import may_be_sets
from training.occurrences import Quiet, read_hour, read_span, read_time
from training.reminders import Plan
from training.reminding import TrainingDue


async def remind(update: ReminderDue, context: SpotterContext) -> None:
    """Sends what is due, if it still is of use."""
    found = await context.gym.reminding.look(update.lifter_id, update.reminder_id, update.due_at)
    if isinstance(found, TrainingDue):
        await send(context, views.training_due(found))
    elif found is not None:
        screen = views.week(found)
        fits = length_of(screen.text) <= LONGEST_CAPTION
        await send_chart(context, views.weeks_chart(found) if fits else None, screen)


@leads_to(END)
async def open_reminders(update: Update, context: SpotterContext, _: OpenReminders | None = None) -> None:
    """Shows what the lifter is reminded of."""
    await show_reminders(update, context)


@leads_to(END)
async def flip_day(update: Update, context: SpotterContext, press: FlipDay) -> None:
    """Adds a day to train, or takes it away."""
    changing = context.gym.reminders.set_day(at_hand.required().user_id, press.weekday, on=bool(press.on))
    await show_reminders(update, context, await _changed(changing))


async def open_times(update: Update, context: SpotterContext, press: OpenTimes) -> None:
    """Asks for the time."""
    at_hand.required().next_step = step_with(Step.CHOOSING_TIME, press.kind)
    await show_part(update, context, views.times(await _plan(context), press.kind))


@leads_to(END)
async def take_time(update: Update, context: SpotterContext, press: TakeTime) -> None:
    """Takes the time of a button."""
    await _take_time(update, context, press.kind, press.minute)


async def type_time(update: Update, context: SpotterContext) -> None:
    """Takes a typed time; sets are logged all the same: the question was left open.

    A number alone is an hour, unless a workout is open to which it may add a set.
    """
    hand, text = at_hand.required(), typed_text(update)
    kind, minute = ReminderKind(details_of(hand.step)), read_time(text)
    if minute is None and (hour := read_hour(text)) is not None:
        home = await context.gym.lifters.home(hand.user_id)
        minute = hour if home.card is None else None
    if minute is not None:
        hand.next_step = END
        await _take_time(update, context, kind, minute)
    elif may_be_sets(text):
        await write_line(update, context)
    else:
        await show_part(update, context, views.times(await _plan(context), kind, unknown=text))


@leads_to(END)
async def open_days(update: Update, context: SpotterContext, _: OpenDays) -> None:
    """Shows which workout is done on which day."""
    await show_part(update, context, views.days(await _plan(context)))


@leads_to(END)
async def open_names(update: Update, context: SpotterContext, press: OpenNames) -> None:
    """Asks which workout is done on a day."""
    day = next((day for day in (await _plan(context)).days if day.weekday == press.weekday), None)
    if day is None:
        raise StaleButtonError
    names = await context.gym.reminders.names(at_hand.required().user_id)
    await show_part(update, context, views.names(day, names))


@leads_to(END)
async def take_name(update: Update, context: SpotterContext, press: TakeName) -> None:
    """Names a day."""
    naming = context.gym.reminders.name_day(at_hand.required().user_id, press.weekday, press.workout_id or None)
    await show_reminders(update, context, await naming)


@leads_to(END)
async def open_summary(update: Update, context: SpotterContext, _: OpenSummary) -> None:
    """Shows when the week is summed up."""
    await show_part(update, context, views.summary(await _plan(context)))


@leads_to(END)
async def take_summary(update: Update, context: SpotterContext, press: TakeSummary) -> None:
    """Has the week summed up on another day, or no more."""
    weekday = None if press.weekday == views.OFF else press.weekday
    changing = context.gym.reminders.set_summary(at_hand.required().user_id, weekday)
    await show_part(update, context, views.summary(await _changed(changing)))


@leads_to(Step.CHOOSING_QUIET)
async def open_quiet(update: Update, context: SpotterContext, _: OpenQuiet) -> None:
    """Asks when it shall be quiet."""
    await show_part(update, context, views.quiet(await _plan(context)))


@leads_to(END)
async def take_quiet(update: Update, context: SpotterContext, press: TakeQuiet) -> None:
    """Takes the quiet hours of a button, or none."""
    off = press.begins == views.OFF and press.ends == views.OFF
    await _take_quiet(update, context, None if off else Quiet(press.begins, press.ends))


async def type_quiet(update: Update, context: SpotterContext) -> None:
    """Takes typed quiet hours; sets are logged all the same."""
    hand, text = at_hand.required(), typed_text(update)
    quiet = read_span(text)
    if quiet is not None:
        hand.next_step = END
        await _take_quiet(update, context, quiet)
    elif may_be_sets(text):
        await write_line(update, context)
    else:
        await show_part(update, context, views.quiet(await _plan(context), unknown=text))


@leads_to(END)
async def stop_all(update: Update, context: SpotterContext, _: StopAll) -> None:
    """Stops everything."""
    plan = await context.gym.reminders.stop(at_hand.required().user_id)
    answer_press(views.all_stopped())
    await show_reminders(update, context, plan)


async def not_today(update: Update, context: SpotterContext, _: NotToday) -> None:
    """Takes the reminder out of the chat, or where Telegram leaves it there, its buttons."""
    hand, message_id = at_hand.required(), pressed_message_id(update)
    answer_press(views.rested())
    if message_id is None:
        return
    await remove(context, message_id)
    if not context.last_shown.is_gone(hand, message_id):
        await drop_buttons(update, context)


async def stop_these(update: Update, context: SpotterContext, press: StopThese) -> None:
    """Stops what is of one kind."""
    await context.gym.reminders.stop(at_hand.required().user_id, press.kind)
    await show(update, context, views.stopped(press.kind))


def reminders_conversation() -> StoredConversation:
    """A time may be typed while one is asked for; any button or command leaves it."""
    return StoredConversation(
        entry_points=[OnPress(OpenTimes, open_times), OnPress(OpenQuiet, open_quiet)],
        states={
            Step.CHOOSING_TIME: [MessageHandler(TYPED_TEXT, type_time)],
            Step.CHOOSING_QUIET: [MessageHandler(TYPED_TEXT, type_quiet)],
        },
        fallbacks=[],
    )


def reminder_handlers() -> list[Handler]:
    """/reminders works anywhere; the other buttons, and what is due."""
    return [
        on_command("reminders", open_reminders),
        OnPress(OpenReminders, open_reminders),
        OnPress(FlipDay, flip_day),
        OnPress(TakeTime, take_time),
        OnPress(OpenDays, open_days),
        OnPress(OpenNames, open_names),
        OnPress(TakeName, take_name),
        OnPress(OpenSummary, open_summary),
        OnPress(TakeSummary, take_summary),
        OnPress(TakeQuiet, take_quiet),
        OnPress(StopAll, stop_all),
        OnPress(NotToday, not_today),
        OnPress(StopThese, stop_these),
        TypeHandler[ReminderDue, SpotterContext, None](ReminderDue, remind),
    ]


async def _plan(context: SpotterContext) -> Plan:
    return await context.gym.reminders.plan(at_hand.required().user_id)


async def _changed(changing: Awaitable[Plan]) -> Plan:
    """What holds now. Raises StaleButtonError for a button that was never made."""
    try:
        return await changing
    except InvalidValueError:
        raise StaleButtonError from None


async def _take_time(update: Update, context: SpotterContext, kind: ReminderKind, minute: int) -> None:
    plan = await _changed(context.gym.reminders.set_time(at_hand.required().user_id, kind, minute))
    if kind is ReminderKind.TRAINING:
        await show_reminders(update, context, plan)
    else:
        await show_part(update, context, views.summary(plan))


async def _take_quiet(update: Update, context: SpotterContext, quiet: Quiet | None) -> None:
    changing = context.gym.reminders.set_quiet(at_hand.required().user_id, quiet)
    await show_reminders(update, context, await _changed(changing))
