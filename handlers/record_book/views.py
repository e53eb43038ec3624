"""What is said about the records in an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import day, set_line, volume
from handlers.exercises.buttons import OpenExercise
from handlers.guidance.views import which_exercise
from handlers.history.buttons import ListHistory
from handlers.home.views import start_another_button
from handlers.paging import page_turning_while_more
from handlers.picking.buttons import PickExercise
from handlers.progress.buttons import OpenProgress, ShowProgress
from handlers.record_book.buttons import ListRecords, OpenRecords
from handlers.screen import Row, Screen, button, shortened
from handlers.words import Html, label, lines, say
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from training.history import PerformedPage
from training.matches import Choice
from training.record_book import Held, RecordsOfExercise, RepRecord
from training.records import RecordKind, estimated_1rm

_LONGEST_NAME = 100


def exercises(page: PerformedPage) -> Screen:
    """In which exercise the records are to be seen."""
    if not page.choices and not page.page:
        none = say("No records yet: they come with what you lift.")
        return Screen(lines(say("🏆 <b>Records</b>"), none), [[start_another_button()]])
    rows: list[Row] = [[button(choice.name, OpenRecords(choice.id))] for choice in page.choices]
    turning = page_turning_while_more(page.page, ListRecords, more=page.more)
    asked = say("In which exercise? Tap it, or type its name.") if page.choices else say("There are no more.")
    progress = button(label("📈 Progress"), ShowProgress())
    return Screen(lines(say("🏆 <b>Records</b>"), asked), [*rows, *turning, [progress]])


def found_exercises(text: str, choices: Sequence[Choice]) -> Screen:
    """Which of several exercises was meant, or that there is none."""
    asked = which_exercise("🏆", text, found=bool(choices))
    rows: list[Row] = [[button(choice.name, OpenRecords(choice.id))] for choice in choices]
    return Screen(asked, [*rows, [_to_list()]])


def records(book: RecordsOfExercise) -> Screen:
    """Every record in the exercise, with its day and the set that holds it."""
    heading = say("🏆 <b>{name}</b>", name=shortened(book.exercise.name, _LONGEST_NAME))
    if not book.held:
        return Screen(lines(heading, _nothing(book)), [*_start_with(book), [_to_list()]])
    held = [
        say("{what}: {value} · {on}", what=_called(kind), value=_value(kind, held, book), on=_on(held, book))
        for kind, held in book.held.items()
        if not (kind is RecordKind.HEAVIEST and _is_bodyweight_alone(held, book))
    ]
    exercise_id = book.exercise.id
    about = [
        button(label("📖 Its workouts"), ListHistory(0, exercise_id)),
        button(label("🏋 The exercise"), OpenExercise(exercise_id)),
    ]
    progress = button(label("📈 Progress"), OpenProgress(exercise_id))
    return Screen(lines(heading, *held, _in_a_workout(book), *_by_reps(book)), [about, [progress], [_to_list()]])


def _nothing(book: RecordsOfExercise) -> Html:
    if book.is_done:
        return say("No set of yours counts here yet: warm-ups don't.")
    return say("You haven't done it yet. Its records will stand here.")


def _start_with(book: RecordsOfExercise) -> list[Row]:
    if book.is_archived:
        return [[start_another_button()]]
    pick = button(label("💪 Do it now"), PickExercise(book.exercise.id), style=KeyboardButtonStyle.SUCCESS)
    return [[pick]]


def _called(kind: RecordKind) -> Html:
    match kind:
        case RecordKind.HEAVIEST:
            return say("Heaviest")
        case RecordKind.MOST_REPS:
            return say("Most reps")
        case RecordKind.ESTIMATED_1RM:
            return say("Estimated 1RM")
        case RecordKind.SET_VOLUME:
            return say("Most volume in a set")
        case RecordKind.LONGEST:
            return say("Longest")
        case RecordKind.FARTHEST:
            return say("Farthest")


def _value(kind: RecordKind, held: Held, book: RecordsOfExercise) -> Html:
    """The set, and before it what is reckoned from it, in the unit in which it was entered."""
    entry, lifted = held.entry, _set(held.entry, book.measure)
    reckoned = None
    if kind is RecordKind.ESTIMATED_1RM:
        reckoned = estimated_1rm(entry)
    elif kind is RecordKind.SET_VOLUME and entry.weight is not None:
        reckoned = entry.weight.milligrams * (entry.clean_reps or 0)
    if reckoned is None or entry.weight is None:
        return say("<b>{set}</b>", set=lifted)
    return say("<b>{value}</b>, {set}", value=volume(reckoned, entry.weight.unit), set=lifted)


def _set(entry: SetEntry, measure: Measure) -> str:
    return set_line(replace(entry, note=""), measure)


def _is_bodyweight_alone(held: Held, book: RecordsOfExercise) -> bool:
    """Without a load, the heaviest would be any set at all."""
    weight = held.entry.weight
    return book.measure is Measure.BODYWEIGHT_REPS and not (weight and weight.thousandths)


def _in_a_workout(book: RecordsOfExercise) -> Html | None:
    most = book.in_a_workout
    if most is None:
        return None
    amount = volume(most.volume_mg, book.unit)
    return say("Most volume in a workout: <b>{volume}</b> · {on}", volume=amount, on=day(most.on, book.zone))


def _by_reps(book: RecordsOfExercise) -> list[Html]:
    if not book.by_reps:
        return []
    return [say("\n<b>Most weight by reps</b>"), *(_rep_line(record, book) for record in book.by_reps)]


def _rep_line(record: RepRecord, book: RecordsOfExercise) -> Html:
    least, most = record.least, record.most
    reps = f"{least}" if least == most else f"{least}-{most}"
    lifted = _set(record.held.entry, book.measure)
    return say("{reps}: <b>{set}</b> · {on}", reps=reps, set=lifted, on=_on(record.held, book))


def _on(held: Held, book: RecordsOfExercise) -> Html:
    return day(held.on, book.zone)


def _to_list() -> InlineKeyboardButton:
    return button(label("‹ All records"), ListRecords())
