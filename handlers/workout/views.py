"""What the card, the end of a rest and the summary say."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import day, duration, relative, set_line, set_lines, sets_and_volume
from handlers.annotating.views import rpe_buttons
from handlers.home.views import start_another_button
from handlers.picking.buttons import OpenPicker
from handlers.screen import Row, Screen, button, shortened
from handlers.words import Html, label, lines, say
from handlers.workout.buttons import AskToFinish, ChangeKind, Finish, GoTo, LogSuggested, ShowCard, TakeBack
from handlers.workout.dials import dial_buttons, kind_name
from storage.values.lifted import SetEntry
from training.card import Card, CurrentExercise
from training.notation import examples_for
from training.open_workout import Logged
from training.workouts import Finished, Performed, Summary

_LONGEST_SETS = 400
"""Characters of one exercise's sets on the card; far more than anyone does, far less than Telegram takes."""

_LONGEST_SUMMARY = 3500


def workout_card(card: Card, notice: Html | None = None) -> Screen:
    """The one message that shows the open workout, with a word on what has just happened to it."""
    return Screen(lines(notice, _heading(card), *_current(card), _rest(card), _what_next(card)), _card_rows(card))


def logged_line(logged: Logged) -> Html | None:
    """What was just logged."""
    current = logged.card.current
    return None if current is None else say("✓ Logged: {sets}", sets=_sets(logged.entries, current))


def rest_over(card: Card) -> Screen:
    """A rest has ended: what comes next, and the button that logs it."""
    current = card.current
    if current is None or current.suggestion is None:
        return Screen(say("⏰ <b>Rest is over.</b>"), [[back_button()]])
    text = lines(
        say("⏰ <b>Rest is over.</b>"),
        say("{name}: {next}", name=current.name, next=set_line(current.suggestion, current.measure)),
    )
    return Screen(text, [[_log_button(card, current)]])


def finish_question(card: Card) -> Screen:
    """Asks before the workout is finished: afterwards it is frozen."""
    if not card.sets:
        text = say("<b>Nothing logged yet.</b> Finish anyway? The empty workout won't be kept.")
    else:
        text = say("<b>Finish the workout?</b>\n{so_far}", so_far=sets_and_volume(card.sets, card.volume_mg, card.unit))
    finish = button(label("🏁 Finish"), Finish(card.workout_id, card.revision), style=KeyboardButtonStyle.SUCCESS)
    return Screen(text, [[finish], [button(label("Keep going"), ShowCard())]])


def finished(result: Finished) -> Screen:
    """The summary, or that there was nothing to keep."""
    if result.summary is None:
        return Screen(say("Workout closed. It had no sets, so there is nothing to keep."), [[start_another_button()]])
    return summary(result.summary)


def summary(done: Summary) -> Screen:
    """What was done in a finished workout."""
    heading = say("🏁 <b>{title} done</b>", title=done.title or label("Workout"))
    facts = say(
        "{time} · {work}", time=duration(done.duration), work=sets_and_volume(done.sets, done.volume_mg, done.unit)
    )
    performed = [_performed(exercise) for exercise in done.performed]
    return Screen(lines(heading, facts, Html(""), *_fitting(performed)), [[start_another_button()]])


def _heading(card: Card) -> Html:
    title = say("<b>{title}</b> · started {when}", title=card.title or label("Workout"), when=relative(card.started_at))
    return lines(title, sets_and_volume(card.sets, card.volume_mg, card.unit) if card.sets else None)


def _current(card: Card) -> list[Html | None]:
    current = card.current
    if current is None:
        return []
    last = current.last_time
    name = say("\n<b>{name}</b>", name=current.name)
    if card.exercises > 1:
        name = say("{name} · {place} of {all}", name=name, place=current.place, all=card.exercises)
    return [
        name,
        say("Last time ({on}): {sets}", on=day(last.on, card.zone), sets=_sets(last.sets, current)) if last else None,
        say("Today: {sets}", sets=_sets(current.today, current)) if current.today else None,
    ]


def _sets(entries: Sequence[SetEntry], current: CurrentExercise) -> str:
    return shortened(set_lines(entries, current.measure), _LONGEST_SETS)


def _rest(card: Card) -> Html | None:
    return say("\n⏱ Next set {when}", when=relative(card.rest_until)) if card.rest_until else None


def _what_next(card: Card) -> Html:
    if card.current is None:
        return say("\nPick an exercise, or type part of its name.")
    one, other = examples_for(card.current.context)
    return say("\nType what you did, like <code>{one}</code> or <code>{other}</code>.", one=one, other=other)


def _card_rows(card: Card) -> list[Row]:
    current = card.current
    rows: list[Row] = []
    if current is not None and current.suggestion is not None:
        rows += [[_log_button(card, current)], dial_buttons(current, current.suggestion)]
        rows.append([_kind_button(current, current.suggestion), *_neighbours(current)])
    elif current is not None and _neighbours(current):
        rows.append(_neighbours(current))
    if current is not None and current.unrated is not None:
        rows.append(rpe_buttons(current.unrated, card.revision))
    pick = button(label("➕ Exercise"), OpenPicker())
    finish = button(label("🏁 Finish"), AskToFinish())
    take_back = button(label("↶ Undo"), TakeBack(card.workout_id, card.revision))
    return [*rows, [take_back, pick, finish] if card.sets else [pick, finish]]


def _kind_button(current: CurrentExercise, suggestion: SetEntry) -> InlineKeyboardButton:
    return button(kind_name(suggestion.kind), ChangeKind(current.execution_id))


def _neighbours(current: CurrentExercise) -> list[InlineKeyboardButton]:
    before = [] if current.before is None else [button(label("‹ Previous"), GoTo(current.before))]
    after = [] if current.after is None else [button(label("Next ›"), GoTo(current.after))]
    return [*before, *after]


def _log_button(card: Card, current: CurrentExercise) -> InlineKeyboardButton:
    suggestion = "" if current.suggestion is None else set_line(current.suggestion, current.measure)
    log = LogSuggested(card.workout_id, card.revision)
    return button(label("✓ Log {set}", set=suggestion), log, style=KeyboardButtonStyle.PRIMARY)


def back_button() -> InlineKeyboardButton:
    """Back to the card."""
    return button(label("‹ Back to the workout"), ShowCard())


def _performed(exercise: Performed) -> Html:
    sets = shortened(set_lines(exercise.sets, exercise.measure), _LONGEST_SETS)
    return say("<b>{name}</b>\n{sets}", name=exercise.name, sets=sets)


def _fitting(blocks: list[Html]) -> list[Html]:
    """As many blocks as one message takes; the last line says how many are left out."""
    shown: list[Html] = []
    length = 0
    for block in blocks:
        length += len(block)
        if length > _LONGEST_SUMMARY:
            return [*shown, say("… and {more} more exercises", more=len(blocks) - len(shown))]
        shown.append(block)
    return shown
