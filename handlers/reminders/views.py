"""What is said about reminders, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import number, set_lines, sets_and_volume
from handlers.charts.chart import Bar, Bars
from handlers.dates import day_and_month, short_weekday, weekday_name
from handlers.home.buttons import Repeat, StartWorkout
from handlers.home.views import ago, next_workout_buttons
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
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.settings.buttons import LeaveSettings, OpenSettings
from handlers.words import Html, count, joined, label, lines, say
from handlers.workout.records import record_words
from storage.values.quantity import WeightUnit
from storage.values.reminder import ReminderKind
from training.occurrences import DAYS, Quiet
from training.reminders import NamedWorkout, Plan, TrainingDay
from training.reminding import LastTime, TrainingDue
from training.week import Amount, BrokenInWeek, Week

OFFERED = {
    ReminderKind.TRAINING: (6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21),
    ReminderKind.SUMMARY: (8, 10, 12, 17, 18, 19, 20, 21),
}
"""Full hours; any other time is typed."""

QUIET = ((21, 6), (21, 7), (22, 6), (22, 7), (22, 8), (23, 7), (23, 8), (0, 8))
OFF = -1

_LONGEST_TITLE = 100
_LONGEST_ON_BUTTON = 30
_LONGEST_NAMES = 60
_LONGEST_SETS = 200
_LONGEST_ECHO = 60
_LEAST_WEEKS = 3
"""Weeks with a workout that make a picture, or something to be counted."""

_MOST_RECORDS = 8


def reminders(plan: Plan, *, in_workout: bool) -> Screen:
    """Everything that is set, as it is."""
    text = lines(
        say("<b>Reminders</b>"),
        _training(plan),
        _note(plan, ReminderKind.TRAINING) if plan.days else None,
        say("Weekly summary: {when}", when=_summary_time(plan)),
        _note(plan, ReminderKind.SUMMARY) if plan.summary_on is not None else None,
        say("Quiet hours: {span}", span=_quiet(plan.quiet)),
        say("Time zone: {zone}, {time} now", zone=plan.time_zone, time=f"{plan.now:%H:%M}"),
    )
    chosen = {day.weekday for day in plan.days}
    days = _week(lambda weekday: FlipDay(weekday, int(weekday not in chosen)), chosen)
    when = [button(label("At {time}", time=_clock(plan.training_at)), OpenTimes(ReminderKind.TRAINING))]
    if plan.days:
        when.append(button(label("Which workout when"), OpenDays()))
    leave = label("‹ Back to the workout") if in_workout else label("Done")
    return Screen(
        text,
        [
            *days,
            when,
            [button(label("Weekly summary"), OpenSummary()), button(label("Quiet hours"), OpenQuiet())],
            *([] if plan.is_empty else [[button(label("🔕 Stop all"), StopAll())]]),
            [button(label("‹ Settings"), OpenSettings()), button(leave, LeaveSettings())],
        ],
    )


def times(plan: Plan, kind: ReminderKind, unknown: str | None = None) -> Screen:
    """At what time?"""
    is_training = kind is ReminderKind.TRAINING
    held = plan.training_at if is_training else plan.summary_at
    question = say("<b>When shall I remind you?</b>") if is_training else say("<b>When shall I sum up your week?</b>")
    text = lines(_no_time(unknown), question, say("Tap a time, or type one, like <code>18:30</code>."))
    offered = [_choice(_clock(60 * hour), TakeTime(kind, 60 * hour), held=60 * hour == held) for hour in OFFERED[kind]]
    back = _back() if is_training else button(label("‹ Weekly summary"), OpenSummary())
    return Screen(text, [*in_rows(offered, 3), [back]])


def days(plan: Plan) -> Screen:
    """Which workout is done on which day?"""
    text = lines(
        say("<b>Which workout when?</b>"),
        say("Where none is named I take what you did last on that day, else what you haven't done for longest."),
    )
    rows = [[button(_called(day), OpenNames(day.weekday))] for day in plan.days]
    return Screen(text, [*rows, [_back()]])


def names(day: TrainingDay, offered: Sequence[NamedWorkout]) -> Screen:
    """Which workout is done on this day?"""
    weekday = weekday_name(day.weekday)
    if offered:
        text = say("<b>What do you do on {weekday}?</b>", weekday=weekday)
    else:
        text = say(
            "<b>What do you do on {weekday}?</b>\nNone of your latest workouts has a name. Name one, behind its "
            "“More” button or in /history, and you can choose it here.",
            weekday=weekday,
        )
    rows = [
        [_choice(_short(one.title), TakeName(day.weekday, one.workout_id), held=one.title == day.title)]
        for one in offered
    ]
    other = _choice(label("What it was last time"), TakeName(day.weekday, 0), held=not day.title)
    return Screen(text, [*rows, [other], [button(label("‹ Back"), OpenDays())]])


def summary(plan: Plan) -> Screen:
    """On which day is the week summed up?"""
    text = lines(
        say("<b>Weekly summary</b>: {when}", when=_summary_time(plan)),
        _note(plan, ReminderKind.SUMMARY) if plan.summary_on is not None else None,
        say("What your seven days came to, beside the weeks before, and which records fell. On which day?"),
    )
    held = set() if plan.summary_on is None else {plan.summary_on}
    when = [button(label("At {time}", time=_clock(plan.summary_at)), OpenTimes(ReminderKind.SUMMARY))]
    if plan.summary_on is not None:
        when.append(button(label("🔕 Turn it off"), TakeSummary(OFF)))
    return Screen(text, [*_week(TakeSummary, held), when, [_back()]])


def quiet(plan: Plan, unknown: str | None = None) -> Screen:
    """When shall it be quiet?"""
    text = lines(
        _no_hours(unknown),
        say("<b>When shall I be quiet?</b>"),
        say(
            "What falls into quiet hours waits for their end; a reminder whose day is over by then isn't sent. "
            "Rest timers ring all the same."
        ),
        say("Tap, or type them, like <code>22:00-6:30</code>."),
    )
    offered = [Quiet(60 * begins, 60 * ends) for begins, ends in QUIET]
    spans = [_choice(_span(one), TakeQuiet(one.begins, one.ends), held=one == plan.quiet) for one in offered]
    off = _choice(label("No quiet hours"), TakeQuiet(OFF, OFF), held=plan.quiet is None)
    return Screen(text, [*in_rows(spans, 2), [off], [_back()]])


def training_due(due: TrainingDue) -> Screen:
    """It is a day to train: what was done last time, and the way to start."""
    weekday, last = weekday_name(due.weekday), due.last
    title = due.title or (last.title or ", ".join(last.exercises) if last is not None else "")
    name = shortened(title, _LONGEST_TITLE if due.title else _LONGEST_NAMES)
    called = say("🔔 <b>{weekday}, {name}</b>", weekday=weekday, name=name) if name else None
    text = lines(called or say("🔔 <b>{weekday}</b>: a day to train.", weekday=weekday), *_last_time(last))
    start = label("💪 Start {name}", name=_short(title)) if title else label("💪 Start workout")
    press = StartWorkout() if last is None else Repeat(last.workout_id)
    return Screen(
        text,
        [
            [button(start, press, style=KeyboardButtonStyle.SUCCESS)],
            [button(label("Not today"), NotToday()), _stop_these(ReminderKind.TRAINING)],
        ],
    )


def week(done: Week) -> Screen:
    """What the week has come to."""
    if not done.done.workouts:
        text = say("🌿 <b>A week of rest.</b> That is part of it, too. Whenever you feel like it, I'm here.")
    else:
        text = lines(
            say("📅 <b>Your week</b>"),
            _amount(done.done, 1, done.unit),
            _before(done) if done.weeks else None,
            _in_a_row(done),
            *_records(done.records, done.unit),
        )
    return Screen(text, [next_workout_buttons(), [_stop_these(ReminderKind.SUMMARY)]])


def weeks_chart(done: Week) -> Bars | None:
    """The sets of each of the last weeks; None where too few had any, or this one has none."""
    if not done.done.workouts or sum(bool(week.sets) for week in done.seen) < _LEAST_WEEKS:
        return None
    *before, last = done.seen
    names = [day_and_month(week.since, done.unit) for week in before]
    bars = [
        Bar(name, week.sets, str(week.sets))
        for name, week in zip([*names, label("this week")], [*before, last], strict=True)
    ]
    return Bars(title=label("Sets a week"), bars=tuple(bars))


def _in_a_row(done: Week) -> Html | None:
    if done.in_a_row < _LEAST_WEEKS:
        return None
    return say("🔥 <b>{number} weeks</b> in a row with a workout.", number=done.in_a_row)


def stopped(kind: ReminderKind) -> Screen:
    """Nothing of this kind comes any more."""
    if kind is ReminderKind.TRAINING:
        text = say("🔕 No more reminders to train. /reminders brings them back.")
    else:
        text = say("🔕 No more weekly summaries. /reminders brings them back.")
    return Screen(text, [[button(label("⏰ Reminders"), OpenReminders())]])


def all_stopped() -> str:
    """The toast."""
    return label("I won't remind you any more.")


def rested() -> str:
    """The toast for a day on which the lifter doesn't train."""
    return label("All right. Enjoy the day.")


def _training(plan: Plan) -> Html:
    if not plan.days:
        return say("Training: tap the days on which you train. I stay silent on a day when you already have.")
    named = [
        say("{weekday} ({title})", weekday=weekday_name(day.weekday), title=_short(day.title))
        if day.title
        else say("{weekday}", weekday=weekday_name(day.weekday))
        for day in plan.days
    ]
    return say("Training: {days} at {time}", days=joined(", ", named), time=_clock(plan.training_at))


def _note(plan: Plan, kind: ReminderKind) -> Html | None:
    """What becomes of it in quiet hours."""
    sent_at, wanted = plan.sent_at(kind), plan.training_at if kind is ReminderKind.TRAINING else plan.summary_at
    if sent_at == wanted:
        return None
    if sent_at is None:
        return say("  ⚠️ Not sent: the day is over when your quiet hours end.")
    return say("  sent at {time}, when your quiet hours end", time=_clock(sent_at))


def _summary_time(plan: Plan) -> str:
    if plan.summary_on is None:
        return label("off")
    return label("{weekday} at {time}", weekday=weekday_name(plan.summary_on), time=_clock(plan.summary_at))


def _last_time(last: LastTime | None) -> list[Html]:
    if last is None or not last.done:
        return []
    done = [
        say("{name}: {sets}", name=one.name, sets=shortened(set_lines(one.sets, one.measure), _LONGEST_SETS))
        for one in last.done
    ]
    return [say("Last time, {ago}:", ago=ago(last.days_ago)), *done]


def _before(done: Week) -> Html:
    what = _amount(done.before, done.weeks, done.unit)
    if done.weeks == 1:
        return say("The week before: {what}", what=what)
    return say("Each of the {weeks} weeks before, on average: {what}", weeks=done.weeks, what=what)


def _amount(amount: Amount, weeks: int, unit: WeightUnit) -> Html:
    """A week's share of it."""
    a_week = round(Decimal(amount.workouts) / weeks, 1)
    workouts = (
        count("{number} workout", "{number} workouts", int(a_week))
        if a_week == int(a_week)
        else say("{number} workouts", number=number(a_week))
    )
    work = sets_and_volume(round(amount.sets / weeks), amount.volume_mg // weeks, unit)
    return joined(" · ", [workouts, work])


def _records(broken: Sequence[BrokenInWeek], unit: WeightUnit) -> list[Html]:
    said = [
        say(
            "🏆 <b>{name}</b>: {records}",
            name=one.name,
            records=joined(" · ", [record_words(held.entry, held.record, one.measure, unit) for held in one.records]),
        )
        for one in broken
    ]
    more = len(said) - _MOST_RECORDS
    rest = count("… and records in {number} more exercise", "… and records in {number} more exercises", more)
    return [*said[:_MOST_RECORDS], *([rest] if more > 0 else [])]


def _week(press: Callable[[int], object], held: set[int]) -> list[Row]:
    return in_rows(
        [
            button(f"✓ {short_weekday(weekday)}" if weekday in held else short_weekday(weekday), press(weekday))
            for weekday in range(DAYS)
        ],
        4,
    )


def _called(day: TrainingDay) -> str:
    what = _short(day.title) or label("what it was last time")
    return label("{weekday}: {what}", weekday=weekday_name(day.weekday), what=what)


def _choice(text: str, press: object, *, held: bool) -> InlineKeyboardButton:
    return button(f"• {text} •" if held else text, press)


def _stop_these(kind: ReminderKind) -> InlineKeyboardButton:
    return button(label("🔕 Stop these"), StopThese(kind))


def _back() -> InlineKeyboardButton:
    return button(label("‹ Reminders"), OpenReminders())


def _no_time(text: str | None) -> Html | None:
    return None if text is None else say("I can't read “{text}” as a time.", text=shortened(text, _LONGEST_ECHO))


def _no_hours(text: str | None) -> Html | None:
    return None if text is None else say("I can't read “{text}” as hours.", text=shortened(text, _LONGEST_ECHO))


def _short(title: str) -> str:
    return shortened(title, _LONGEST_ON_BUTTON)


def _quiet(quiet: Quiet | None) -> str:
    return label("none") if quiet is None else _span(quiet)


def _span(quiet: Quiet) -> str:
    return f"{_clock(quiet.begins)}\N{EN DASH}{_clock(quiet.ends)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
