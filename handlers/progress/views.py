"""What /progress says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import number, sets_and_volume
from handlers.dates import whole_day
from handlers.exercises.buttons import OpenExercise
from handlers.guidance.views import which_exercise
from handlers.home.views import start_button
from handlers.paging import page_turning_while_more
from handlers.picking.buttons import PickExercise
from handlers.picking.names import part_name
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
from handlers.progress.charts import amount_of, amount_text, sets_text, weeks_drawn
from handlers.progress.figures import figure_label, figure_name, in_a_sentence, writing, writing_of
from handlers.record_book.buttons import ListRecords, OpenRecords
from handlers.screen import Row, Screen, button, shortened
from handlers.words import Html, count, joined, label, lines, say
from storage.values.figure import Figure
from storage.values.quantity import WeightUnit
from training.history import PerformedPage
from training.matches import Choice
from training.progress import Broken, ExerciseProgress, Overview, Parts, TrainingYear
from training.trends import Each, Span
from training.weeks import USUAL_OF, Usual, WeekDone

_LONGEST_NAME = 60
_MOST_RECORDS = 4
_MOST_ACROSS = 3

_PAUSE = timedelta(days=14)
"""After so long a lifter comes back, rather than goes on."""


def overview(shown: Overview, drawn: OfWeeks) -> Screen:
    """The running week beside what is usual, the records of late, and what the picture shows."""
    text = lines(
        say("📈 <b>Progress</b>"),
        say("This week: <b>{amount}</b>", amount=_week(shown.weeks[-1], shown.unit)),
        None if shown.usual is None else say("A usual week: {amount}", amount=_usual(shown.usual, shown.unit)),
        _in_a_row(shown),
        *_records(shown.records),
        _picture_of_weeks(shown, drawn),
    )
    figures = [
        _chosen(name, ShowProgress(other), chosen=other is drawn)
        for other, name in (
            (OfWeeks.SETS, label("Sets")),
            (OfWeeks.VOLUME, label("Volume")),
            (OfWeeks.WORKOUTS, label("Workouts")),
        )
    ]
    starting = [] if shown.in_workout or not _is_back(shown) else [[start_button()]]
    rows: list[Row] = [
        *([figures] if weeks_drawn(shown) else []),
        [button(label("🏋 By exercise"), ChooseExercise()), button(label("🏆 Records"), ListRecords())],
        [button(label("💪 By body part"), ShowParts()), button(label("📅 Calendar"), ShowYear())],
        *starting,
        [_leave(in_workout=shown.in_workout)],
    ]
    return Screen(text, rows)


def nothing_yet(*, in_workout: bool) -> Screen:
    """Nothing was ever done."""
    text = lines(
        say("📈 <b>Progress</b>"),
        say("There is nothing to show yet. Log your first sets, and from then on you see here how you get on."),
    )
    return Screen(text, [[_leave(in_workout=True)] if in_workout else [start_button()]])


def _is_back(shown: Overview) -> bool:
    return shown.last_on is not None and shown.today - shown.last_on >= _PAUSE


def _week(week: WeekDone, unit: WeightUnit) -> Html:
    if not week.workouts:
        return say("nothing yet")
    workouts = count("{number} workout", "{number} workouts", week.workouts)
    return joined(" · ", [workouts, sets_and_volume(week.sets, week.volume_mg, unit)])


def _usual(usual: Usual, unit: WeightUnit) -> Html:
    a_week = round(Decimal(usual.workouts), 1)
    workouts = (
        count("{number} workout", "{number} workouts", int(a_week))
        if a_week == int(a_week)
        else say("{number} workouts", number=number(a_week))
    )
    return joined(" · ", [workouts, sets_and_volume(round(usual.sets), round(usual.volume_mg), unit)])


def _in_a_row(shown: Overview) -> Html | None:
    if _is_back(shown) and shown.last_on is not None:
        on = whole_day(shown.last_on, shown.unit)
        return say("Good to see you. Your last workout was on {day}; all that you did is still here.", day=on)
    if shown.in_a_row < 2:
        return None
    return say("🔥 {number} weeks in a row with training, rest days and all", number=shown.in_a_row)


def _records(broken: Sequence[Broken]) -> list[Html]:
    if not broken:
        return []
    said = [
        say("<b>{name}</b>: {records}", name=shortened(one.exercise.name, _LONGEST_NAME), records=_of_one(one))
        for one in broken[:_MOST_RECORDS]
    ]
    more = len(broken) - _MOST_RECORDS
    rest = count("… and records in {number} more exercise", "… and records in {number} more exercises", more)
    return [say("\n🏆 Records of the last 30 days"), *said, *([rest] if more > 0 else [])]


def _of_one(broken: Broken) -> Html:
    return joined(" · ", [_record(broken, figure, value) for figure, value in broken.values.items()])


def _record(broken: Broken, figure: Figure, value: int) -> Html:
    written = writing_of(figure, broken.measure, broken.unit, value)
    if value < 0:
        return say("least help {value}", value=replace(written, is_signed=False).whole(-value))
    return say("{figure} {value}", figure=in_a_sentence(figure, broken.measure), value=written.whole(value))


def _picture_of_weeks(shown: Overview, drawn: OfWeeks) -> Html | None:
    looked_back = weeks_drawn(shown)
    if not looked_back:
        return say("In the last {number} weeks there was no workout.", number=len(shown.weeks))
    most = max(looked_back, key=lambda week: amount_of(week, drawn))
    names = {
        OfWeeks.SETS: label("sets by week"),
        OfWeeks.VOLUME: label("volume by week"),
        OfWeeks.WORKOUTS: label("workouts by week"),
    }
    phrase = "\n<i>In the picture: {what}, last {number} weeks. Most: {most}, in the week of {day}.</i>"
    if sum(bool(week.workouts) for week in looked_back) == 1:
        phrase = "\n<i>In the picture: {what}, last {number} weeks.</i>"
    elif sum(amount_of(week, drawn) == amount_of(most, drawn) for week in looked_back) > 1:
        phrase = "\n<i>In the picture: {what}, last {number} weeks. Most: {most}.</i>"
    elif most is looked_back[-1]:
        phrase = "\n<i>In the picture: {what}, last {number} weeks. Most: {most}, this week.</i>"
    return say(
        phrase,
        what=names[drawn],
        number=len(looked_back),
        most=amount_text(most, drawn, shown.unit),
        day=whole_day(most.monday, shown.unit),
    )


def choose_exercise(page: PerformedPage) -> Screen:
    """Which exercise is to be looked at."""
    turning = page_turning_while_more(page.page, ChooseExercise, more=page.more)
    text = say("📈 <b>Which exercise?</b>\nTap it, or type its name.")
    if not page.choices:
        text = say("📈 There is no exercise here that you have done.")
    return Screen(text, [*_choices(page.choices), *turning, [_to_overview()]])


def found_exercises(text: str, choices: Sequence[Choice]) -> Screen:
    """Which of several exercises was meant, or that there is none."""
    asked = which_exercise("📈", text, found=bool(choices))
    return Screen(asked, [*_choices(choices), [_to_exercises(), _to_overview()]])


def _choices(choices: Sequence[Choice]) -> list[Row]:
    return [[button(choice.name, OpenProgress(choice.id))] for choice in choices]


def exercise(shown: ExerciseProgress) -> Screen:
    """How a figure of an exercise has gone, in words."""
    exercise_id = shown.exercise.id
    text = lines(
        say(
            "📈 <b>{name}</b>\n{figure}, {span}",
            name=shortened(shown.exercise.name, 2 * _LONGEST_NAME),
            figure=figure_name(shown.figure, shown.measure),
            span=_span_words(shown.span),
        ),
        _went(shown),
        _each(shown),
        say("Below zero is help, by a band or a machine.") if any(mark.value < 0 for mark in shown.marks) else None,
        say("It is archived; what you did with it stays.") if shown.is_archived else None,
    )
    figures = [
        _chosen(
            figure_label(figure, shown.measure),
            ShowFigure(exercise_id, figure, shown.span),
            chosen=figure is shown.figure,
        )
        for figure in shown.figures
    ]
    spans = [
        _chosen(name, ShowFigure(exercise_id, shown.figure, span), chosen=span is shown.span)
        for span, name in (
            (Span.MONTH, label("1 mo")),
            (Span.QUARTER, label("3 mo")),
            (Span.YEAR, label("1 yr")),
            (Span.ALL, label("All")),
        )
    ]
    about = button(label("🏋 The exercise"), OpenExercise(exercise_id))
    records = button(label("🏆 Records"), OpenRecords(exercise_id))
    pick = button(label("💪 Do it now"), PickExercise(exercise_id), style=KeyboardButtonStyle.SUCCESS)
    rows: list[Row] = [
        *([[pick]] if shown.last is None and not shown.is_archived else []),
        *_in_rows(figures),
        spans,
        [records, about],
        [_to_exercises(), _to_overview()],
    ]
    return Screen(text, rows)


def _in_rows(figures: Sequence[InlineKeyboardButton]) -> list[Row]:
    """Four names in a row would be cut on a phone."""
    across = len(figures) if len(figures) <= _MOST_ACROSS else 2
    return [figures[at : at + across] for at in range(0, len(figures), across)]


def _span_words(span: Span) -> str:
    words = {
        Span.MONTH: label("last month"),
        Span.QUARTER: label("last 3 months"),
        Span.YEAR: label("last 12 months"),
        Span.ALL: label("all time"),
    }
    return words[span]


def _went(shown: ExerciseProgress) -> Html:
    """From where to where, and the best of it."""
    if shown.last is None:
        return _nothing_of_it(shown.figure)
    if not shown.marks:
        last = writing(shown, [shown.last.value]).whole(shown.last.value)
        on = whole_day(shown.last.on, shown.lifters_unit)
        return say("Nothing in this time. The last was <b>{value}</b> on {day}.", value=last, day=on)
    written = writing(shown, [mark.value for mark in shown.marks])
    best = max(shown.marks, key=lambda mark: mark.value)
    said = {"value": written.whole(best.value), "day": whole_day(best.on, shown.lifters_unit)}
    if len(shown.marks) == 1:
        return lines(say("<b>{value}</b> on {day}", **said), say("A line begins with your second day."))
    records = sum(mark.is_record for mark in shown.marks)
    if all(mark.value == best.value for mark in shown.marks):
        return say("<b>{value}</b> every time", **said)
    return lines(
        say(
            "<b>{first} → {last}</b>, best {value} on {day}",
            first=written.bare(shown.marks[0].value),
            last=written.whole(shown.marks[-1].value),
            **said,
        ),
        count("🏆 {number} record", "🏆 {number} records", records) if records else None,
    )


def _nothing_of_it(figure: Figure) -> Html:
    if figure is Figure.ESTIMATED_1RM:
        return say("Nothing yet. It takes a set with a weight, of 12 reps at most; warm-ups don't count.")
    return say("Nothing yet. Warm-ups don't count.")


def _each(shown: ExerciseProgress) -> Html | None:
    words = {
        Each.DAY: None,
        Each.WEEK: say("Each point is the best day of a week."),
        Each.MONTH: say("Each point is the best day of a month."),
        Each.QUARTER: say("Each point is the best day of a quarter."),
        Each.YEAR: say("Each point is the best day of a year."),
    }
    return words[shown.each]


def parts(shown: Parts) -> Screen:
    """What each part of the body got, in words."""
    if not shown.parts:
        text = say("💪 <b>Sets by body part</b>\nNo sets this week, nor in the {number} before.", number=USUAL_OF)
        return Screen(text, [[_to_overview()]])
    usual = count(
        "Usual: the average of {number} week with training.",
        "Usual: the average of {number} weeks with training.",
        shown.weeks,
    )
    text = lines(
        say("💪 <b>Sets by body part</b>, this week beside a usual one")
        if shown.weeks
        else say("💪 <b>Sets by body part</b>, this week"),
        *(
            say("{part}: <b>{sets}</b>", part=part_name(one.part), sets=sets_text(one.sets))
            if one.usual is None
            else say(
                "{part}: <b>{sets}</b>, usually {usual}",
                part=part_name(one.part),
                sets=sets_text(one.sets),
                usual=sets_text(one.usual),
            )
            for one in shown.parts
        ),
        say(
            "\n<i>A set is 1 where the muscle works most, ½ where it helps; warm-ups don't count. {usual}</i>",
            usual=usual,
        )
        if shown.weeks
        else say("\n<i>A set is 1 where the muscle works most, ½ where it helps; warm-ups don't count.</i>"),
    )
    return Screen(text, [[_to_overview()]])


def year(shown: TrainingYear) -> Screen:
    """The days of a year, in words."""
    called = label("Last 12 months") if shown.year is None else str(shown.year)
    text = say("📅 <b>{time}</b>\nNo workout in this time.", time=called)
    if shown.days:
        most = max(shown.days, key=lambda day: day.sets)
        workouts = count("{number} workout", "{number} workouts", shown.workouts)
        text = lines(
            say(
                "📅 <b>{time}</b>\n{workouts} on {days}",
                time=called,
                workouts=workouts,
                days=count("{number} day", "{number} days", len(shown.days)),
            )
            if shown.workouts != len(shown.days)
            else say("📅 <b>{time}</b>\n{workouts}", time=called, workouts=workouts),
            _fullest(most.on, most.sets, shown.unit) if most.sets else None,
            say("<i>The darker a day, the more sets by what is usual for you.</i>"),
        )
    return Screen(text, [_years(shown), [_to_overview()]])


def _fullest(on: date, sets: int, unit: WeightUnit) -> Html:
    return count(
        "Most on one day: {number} set, {day}", "Most on one day: {number} sets, {day}", sets, day=whole_day(on, unit)
    )


def _years(shown: TrainingYear) -> Row:
    """The time before this one, and the one after it; after all years come the last twelve months."""
    this_year = shown.today.year
    before = this_year if shown.year is None else shown.year - 1
    turning = []
    if before >= shown.first_year:
        turning.append(button(label("‹ {year}", year=before), ShowYear(before)))
    if shown.year is not None:
        after = shown.year + 1
        if after <= this_year:
            turning.append(button(label("{year} ›", year=after), ShowYear(after)))
        else:
            turning.append(button(label("Last 12 months ›"), ShowYear()))
    return turning


def _chosen(name: str, press: object, *, chosen: bool) -> InlineKeyboardButton:
    return button(label("✓ {name}", name=name) if chosen else name, press)


def _to_overview() -> InlineKeyboardButton:
    return button(label("‹ Progress"), ShowProgress())


def _to_exercises() -> InlineKeyboardButton:
    return button(label("‹ Exercises"), ChooseExercise())


def _leave(*, in_workout: bool) -> InlineKeyboardButton:
    return button(label("‹ Back to the workout") if in_workout else label("✕ Close"), LeaveProgress())
