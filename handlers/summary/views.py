"""What is said when a workout is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from telegram import InlineKeyboardButton

from handlers.amounts import clock, day, duration, number, relative, set_line, set_lines, sets_and_volume, volume
from handlers.home.views import next_workout_buttons, start_another_button, start_button
from handlers.screen import Screen, button, fitted, shortened
from handlers.summary.buttons import Reopen
from handlers.words import Html, count, joined, label, lines, say
from handlers.workout.records import record_words
from storage.values.quantity import WeightUnit
from training.facts import Fact, FirstTimes, Milestone, MostVolume, Return, WeekInARow
from training.records import RecordKind
from training.starting import JustOver
from training.summary import Before, BrokenRecord, Performed, Summary

_LONGEST_SETS = 400
"""Characters of one exercise's sets; far more than anyone does."""

_LONGEST_BEST = 100
_LONGEST_TITLE = 100
_LONGEST_ECHO = 60
_MOST_RECORDS = 8


def nothing_kept(undo: InlineKeyboardButton | None) -> Screen:
    """The workout that was finished had no sets."""
    text = say("Workout closed. It had no sets, so there is nothing to keep.")
    return Screen(text, [*([[undo]] if undo is not None else []), [start_another_button()]])


def summary(done: Summary) -> Screen:
    """What was done in a finished workout."""
    return Screen(
        with_work_done(say("🏁 <b>{title} done</b>", title=title(done)), done),
        [[_undo_button(done)], next_workout_buttons()],
    )


def title(done: Summary) -> str:
    """What the workout is called."""
    return shortened(done.title, _LONGEST_TITLE) or label("Workout")


def with_work_done(above: Html, done: Summary) -> Html:
    """Under what stands above: the one or two facts that matter most, how long and how much it was, how that compares,
    the other records, and every exercise.

    It is all that a message says: as many exercises as there is room for beside the rest.
    """
    performed = [_performed(exercise) for exercise in done.performed]
    leading = done.leading
    matter = [*([_leading_record(leading, done.unit)] if leading else []), *(_fact(fact) for fact in done.facts)]
    others = [exercise for exercise in done.performed if exercise.records]
    if leading is not None:
        others.remove(leading)
    first = [*matter, Html("")] if matter else []
    return fitted(lines(above, *first, _work(done), *_records(others, done.unit), Html("")), performed, _left_out)


def facts(done: Summary) -> Html:
    """How long and how much it was, how that compares, and the records."""
    return lines(_work(done), *_records([exercise for exercise in done.performed if exercise.records], done.unit))


def _work(done: Summary) -> Html:
    work = sets_and_volume(done.sets, done.volume_mg, done.unit)
    if done.duration >= timedelta(minutes=1):
        work = say("{time} · {work}", time=duration(done.duration), work=work)
    return lines(work, _compared(done, done.before) if done.before else None)


def over_since(last: JustOver) -> Html:
    """Nothing is open, but a workout was until just now."""
    name = shortened(last.workout.title or ", ".join(last.workout.exercises), _LONGEST_TITLE) or label("Workout")
    return say("No workout is open: <b>{name}</b> ended {when}.", name=name, when=relative(last.finished_at))


def over_already(last: JustOver, line: str) -> Screen:
    """What was typed, and reads as no sets, has no workout to go to: the last one may be meant, or a new one."""
    hint = say("Open it again, or start a new one.")
    if line:
        unread = say("I see no set in <b>{line}</b>.", line=shortened(line, _LONGEST_ECHO))
        hint = say("{unread} Open that one again, start a new one, or see /help.", unread=unread)
    reopen = button(label("↶ Reopen it"), Reopen(last.workout.workout_id, last.revision))
    return Screen(lines(over_since(last), hint), [[reopen], [start_button()]])


def reopened() -> Html:
    """The workout goes on."""
    return say("↶ Open again, just as it was.")


def _undo_button(done: Summary) -> InlineKeyboardButton:
    return button(label("↶ Undo finish"), Reopen(done.workout_id, done.revision))


def _compared(done: Summary, before: Before) -> Html:
    """What there was more and less of than last time; what stayed the same says nothing."""
    differences = [
        *_difference(done.volume_mg - before.volume_mg, done.unit),
        *_sets_difference(done.sets - before.sets),
        *_time_difference(done.duration - before.duration),
    ]
    what = joined(" · ", differences) if differences else say("just the same")
    if done.title:
        return say("Against last {title} ({on}): {what}", title=title(done), on=day(before.on), what=what)
    return say("Against last time ({on}): {what}", on=day(before.on), what=what)


def _difference(milligrams: int, unit: WeightUnit) -> list[Html]:
    amount = volume(abs(milligrams), unit)
    if amount == volume(0, unit):
        return []
    return [say("+{amount}", amount=amount) if milligrams > 0 else say("−{amount}", amount=amount)]


def _sets_difference(sets: int) -> list[Html]:
    if not sets:
        return []
    if sets > 0:
        return [count("+{number} set", "+{number} sets", sets)]
    return [count("−{number} set", "−{number} sets", -sets)]


def _time_difference(time: timedelta) -> list[Html]:
    if abs(time) < timedelta(minutes=1):
        return []
    if time > timedelta(0):
        return [say("{time} longer", time=duration(time))]
    return [say("{time} shorter", time=duration(-time))]


def _fact(fact: Fact) -> Html:  # noqa: PLR0911 -- a table
    match fact:
        case Milestone(workouts=1):
            return say("🎉 Your first workout is in the book.")
        case Milestone():
            return say("🎉 This was workout number <b>{number}</b>.", number=fact.workouts)
        case Return():
            return say("👋 Good to have you back.")
        case FirstTimes():
            more = len(fact.names) - 1
            name = shortened(fact.names[0], _LONGEST_TITLE)
            if not more:
                return say("🌱 First time: <b>{name}</b>.", name=name)
            return count(
                "🌱 First time: <b>{name}</b> and {number} more.",
                "🌱 First time: <b>{name}</b> and {number} more.",
                more,
                name=name,
            )
        case MostVolume():
            return say("💪 More volume than in each of the {number} before that were like it.", number=fact.before)
        case WeekInARow():
            return say("🔥 <b>{number} weeks</b> in a row.", number=fact.weeks)


def _leading_record(exercise: Performed, unit: WeightUnit) -> Html:
    """The records of the exercise, and by how much the first of them is better than ever before."""
    words = [record_words(broken.entry, broken.record, exercise.measure, unit) for broken in exercise.records]
    gain = _gain(exercise.records[0])
    if gain is not None:
        words[0] = say("{record} ({gain})", record=words[0], gain=gain)
    return say("🏆 <b>{name}</b>: {records}", name=exercise.name, records=joined(" · ", words))


def _gain(broken: BrokenRecord) -> str | None:
    gained, weight = broken.record.value - broken.record.before, broken.entry.weight
    match broken.record.kind:
        case RecordKind.HEAVIEST if weight is not None:
            amount = round(Decimal(gained * 1000) / weight.unit.nanograms_per_thousandth, 1)
            return label("+{amount} {unit}", amount=number(amount), unit=weight.unit) if amount else None
        case RecordKind.MOST_REPS:
            return label("+{reps}", reps=gained)
        case RecordKind.LONGEST:
            return label("+{time}", time=clock(gained))
        case _:
            return None


def _records(exercises: Sequence[Performed], unit: WeightUnit) -> list[Html]:
    said = [
        say("🏆 <b>{name}</b>: {records}", name=exercise.name, records=_broken(exercise, unit))
        for exercise in exercises
    ]
    if not said:
        return []
    more = len(said) - _MOST_RECORDS
    rest = count("… and records in {number} more exercise", "… and records in {number} more exercises", more)
    left_out = [rest] if more > 0 else []
    return [Html(""), *said[:_MOST_RECORDS], *left_out]


def _performed(exercise: Performed) -> Html:
    sets = shortened(set_lines(exercise.sets, exercise.measure), _LONGEST_SETS)
    name = say("<b>{name}</b>", name=exercise.name)
    if exercise.best is not None and len(set(exercise.sets)) > 1:
        plain = replace(exercise.best, rpe=None, note="")  # how it felt stands with the sets
        best = shortened(set_line(plain, exercise.measure), _LONGEST_BEST)
        name = say("{name} · best {set}", name=name, set=best)
    return lines(name, say("{sets}", sets=sets))


def _left_out(exercises: int) -> Html:
    return count("… and {number} more exercise", "… and {number} more exercises", exercises)


def _broken(exercise: Performed, unit: WeightUnit) -> Html:
    words = [record_words(broken.entry, broken.record, exercise.measure, unit) for broken in exercise.records]
    return joined(" · ", words)
