"""What the card says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import clock, day, relative, set_line, set_lines, sets_and_volume
from handlers.annotating.views import rpe_buttons
from handlers.more.buttons import OpenMore
from handlers.picking.buttons import OpenPicker
from handlers.resting.buttons import KeepRest, ShiftRest, SkipRest, StartRest
from handlers.screen import Row, Screen, button, shortened
from handlers.sets.buttons import OpenLastSet
from handlers.timing.buttons import CountDownSet
from handlers.words import Html, label, lines, say
from handlers.workout.buttons import AskToFinish, ChangeKind, Finish, GoTo, LogSuggested, ShowCard, TakeBack, Turn
from handlers.workout.dials import dial_buttons, kind_name
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from training.card import Card, CurrentExercise
from training.notation import examples_for
from training.open_workout import Logged
from training.rest_lengths import STEP
from training.timer_plan import countable

_LONGEST_SETS = 400
"""Characters of one exercise's sets on the card; far more than anyone does, far less than Telegram takes."""

_LONGEST_SET_NOTE = 40
"""Characters of a set's note on the card: enough to know it again by, and the sets beside it stay in sight."""

_LONGEST_NOTE = 200
_LONGEST_ON_BUTTON = 20
_LONGEST_PARTNERS = 200


def workout_card(card: Card, notice: Html | None = None) -> Screen:
    """The one message that shows the open workout, with a word on what has just happened to it."""
    return Screen(lines(notice, _heading(card), *_current(card), _rest(card), _what_next(card)), _card_rows(card))


def logged_line(logged: Logged) -> Html:
    """What was just logged, with the exercise if another one's turn has come."""
    current, sets = logged.card.current, _sets(logged.entries, logged.measure)
    if current is None or current.name == logged.name:
        return say("✓ Logged: {sets}", sets=sets)
    return say("✓ Logged: {name}: {sets}", name=logged.name, sets=sets)


def finish_question(card: Card) -> Screen:
    """Asks before the workout is finished: afterwards it is frozen."""
    if not card.sets:
        text = say("<b>Nothing logged yet.</b> Finish anyway? The empty workout won't be kept.")
    else:
        text = say("<b>Finish the workout?</b>\n{so_far}", so_far=sets_and_volume(card.sets, card.volume_mg, card.unit))
    finish = button(label("🏁 Finish"), Finish(card.workout_id, card.revision), style=KeyboardButtonStyle.SUCCESS)
    return Screen(text, [[finish], [button(label("Keep going"), ShowCard())]])


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
        say("⛓ In turn with {names}", names=_partners(current)) if current.superset else None,
        say("Last time ({on}): {sets}", on=day(last.on, card.zone), sets=_sets(last.sets, current.measure))
        if last
        else None,
        say("Today: {sets}", sets=_today(current)) if current.today else None,
        _plan(current),
        say("📝 {note}", note=shortened(current.note, _LONGEST_NOTE)) if current.note else None,
    ]


def _plan(current: CurrentExercise) -> Html | None:
    if current.plan is None:
        return None
    return say("Plan: {sets}", sets=_sets(current.plan, current.measure)) if current.plan else say("Plan: all done ✓")


def _sets(entries: Sequence[SetEntry], measure: Measure) -> str:
    return shortened(set_lines(_in_brief(entries), measure), _LONGEST_SETS)


def _today(current: CurrentExercise) -> str:
    """Of very many the latest."""
    sets = set_lines(_in_brief(current.today), current.measure, current.broke_record)
    return sets if len(sets) <= _LONGEST_SETS else f"…{sets[-_LONGEST_SETS:]}"


def _in_brief(entries: Sequence[SetEntry]) -> list[SetEntry]:
    return [replace(entry, note=shortened(entry.note, _LONGEST_SET_NOTE)) for entry in entries]


def _partners(current: CurrentExercise) -> str:
    return shortened(", ".join(current.superset), _LONGEST_PARTNERS)


def _rest(card: Card) -> Html | None:
    return say("\n⏱ Next set {when}", when=relative(card.rest_until)) if card.rest_until else None


def _what_next(card: Card) -> Html:
    if card.current is None:
        return say("\nPick an exercise, or type part of its name.")
    one, other = examples_for(card.current.context)
    type_it = say("\nType what you did, like <code>{one}</code> or <code>{other}</code>.", one=one, other=other)
    if card.current.measure is Measure.DURATION and card.current.suggestion is None:
        # With a set to go by there is a button for it.
        return lines(type_it, say("<code>/timer 60</code> counts it down."))
    return type_it


def _card_rows(card: Card) -> list[Row]:
    current = card.current
    rows: list[Row] = []
    if current is not None and current.suggestion is not None:
        rows += [[log_button(card, current), *count_down(card, current)], _dials(current, current.suggestion)]
        rows.append([_kind_button(current, current.suggestion), *_neighbours(current)])
    elif current is not None and _neighbours(current):
        rows.append(_neighbours(current))
    if current is not None and current.unrated is not None:
        rows.append(rpe_buttons(current.unrated, card.revision))
    if current is not None and current.rest_offer is not None:
        rows.append([_keep_button(card, current, current.rest_offer)])
    # That the workout was begun can be taken back, if nothing else can.
    take_back = button(label("↶ Undo"), TakeBack(card.workout_id, card.revision))
    correct = [button(label("✎ Last set"), OpenLastSet())] if current is not None and current.today else []
    if card.rest_until is not None:
        rows.append(_resting_buttons(card))
    rest = [] if current is None or card.rest_until is not None else [_rest_button(card)]
    pick = button(label("➕ Exercise"), OpenPicker())
    finish = button(label("🏁 Finish"), AskToFinish())
    more = button(label("⋯ More"), OpenMore())
    return [*rows, [take_back, *correct, *rest], [pick, finish, more]]


def _dials(current: CurrentExercise, suggestion: SetEntry) -> list[InlineKeyboardButton]:
    return dial_buttons(current, suggestion, lambda steps, dial: Turn(current.execution_id, steps, dial))


def _rest_button(card: Card) -> InlineKeyboardButton:
    return button(label("⏱ Rest"), StartRest(card.workout_id))


def _resting_buttons(card: Card) -> list[InlineKeyboardButton]:
    seconds = int(STEP.total_seconds())
    return [
        button(label("⏱ −{seconds} s", seconds=seconds), ShiftRest(card.workout_id, -1)),
        button(label("⏱ +{seconds} s", seconds=seconds), ShiftRest(card.workout_id, 1)),
        button(label("⏭ Skip"), SkipRest(card.workout_id)),
    ]


def _keep_button(card: Card, current: CurrentExercise, seconds: int) -> InlineKeyboardButton:
    name = shortened(current.name, _LONGEST_ON_BUTTON)
    keep = KeepRest(card.workout_id, current.exercise_id, seconds)
    return button(label("⏱ {rest} for {name} from now on", rest=clock(seconds), name=name), keep)


def _kind_button(current: CurrentExercise, suggestion: SetEntry) -> InlineKeyboardButton:
    return button(kind_name(suggestion.kind), ChangeKind(current.execution_id))


def _neighbours(current: CurrentExercise) -> list[InlineKeyboardButton]:
    before = [] if current.before is None else [button(label("‹ Previous"), GoTo(current.before))]
    after = [] if current.after is None else [next_button(current.after, current)]
    return [*before, *after]


def next_button(after: int, current: CurrentExercise) -> InlineKeyboardButton:
    """On to the next exercise; what is to be pressed next once the plan is done."""
    return button(label("Next ›"), GoTo(after), style=KeyboardButtonStyle.PRIMARY if current.plan == () else None)


def log_button(card: Card, current: CurrentExercise) -> InlineKeyboardButton:
    """Logs what is suggested, and says exactly what."""
    suggestion = "" if current.suggestion is None else set_line(current.suggestion, current.measure)
    log = LogSuggested(card.workout_id, card.revision)
    if current.plan == ():
        return button(label("✓ One more: {set}", set=suggestion), log)
    return button(label("✓ Log {set}", set=suggestion), log, style=KeyboardButtonStyle.PRIMARY)


def count_down(card: Card, current: CurrentExercise) -> list[InlineKeyboardButton]:
    """Counts the suggested set down, if it ends with its time."""
    seconds = countable(current.measure, current.suggestion)
    if seconds is None:
        return []
    return [button(label("▶ Start {time}", time=clock(seconds)), CountDownSet(card.workout_id, card.revision))]


def back_button() -> InlineKeyboardButton:
    """Back to the card."""
    return button(label("‹ Back to the workout"), ShowCard())
