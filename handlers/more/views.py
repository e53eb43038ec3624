"""What the menu behind the card says, and the questions that it leads to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import number, set_line, sets_and_volume
from handlers.home.views import start_another_button
from handlers.more.buttons import (
    AskExerciseNote,
    AskRpe,
    AskSetNote,
    AskTitle,
    AskToDiscard,
    AskToRemove,
    ClearExerciseNote,
    ClearSetNote,
    ClearTitle,
    Discard,
    GiveRpe,
    JoinSuperset,
    LeaveSuperset,
    OpenMore,
    OpenOrder,
    OpenSuperset,
    RemoveExercise,
    ShiftExercise,
)
from handlers.paging import LAST, PAGE_SIZE, nearest_page, on_page, page_turning
from handlers.picking.buttons import OpenSwapPicker
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.sets.buttons import AskForAllSets, ListSets
from handlers.settings.buttons import OpenSettings
from handlers.words import Html, count, label, lines, say
from handlers.workout.buttons import AskToFinish
from handlers.workout.views import back_button
from training.detail import DoneSet, Execution
from training.limits import MOST_EXECUTIONS
from training.retouching import AtHand

_LONGEST_NAME = 100
_LONGEST_NOTE = 1000
_LONGEST_SET = 300
_LONGEST_LIST = 1000

_LOWEST_HALVES, _HIGHEST_HALVES = 12, 20
"""RPE that is offered: below 6 nobody can tell one from another. Anything else is typed behind the set."""


def menu(at_hand: AtHand) -> Screen:
    """Everything that the card has no room for. What isn't possible now isn't offered."""
    current, card = at_hand.current, at_hand.card
    rows: list[Row] = [] if current is None else _exercise_rows(at_hand, current)
    rows.append([button(label("🏷 Rename workout"), AskTitle()), button(label("⚙ Settings"), OpenSettings())])
    rows.append([button(label("🏁 Finish"), AskToFinish()), button(label("🗑 Discard workout"), AskToDiscard())])
    text = lines(
        say("<b>More</b>"),
        None if current is None else say("<b>{name}</b>", name=_name(current)),
        say("Last set: {set}", set=_set(current, current.sets[-1])) if current is not None and current.sets else None,
        say("Workout: {title}", title=card.title) if card.title else None,
    )
    return Screen(text, [*rows, [back_button()]])


def _exercise_rows(at_hand: AtHand, current: Execution) -> list[Row]:
    note = button(label("📝 Note"), AskExerciseNote(current.id))
    as_text = button(label("⌨ Sets as text"), AskForAllSets(current.id))
    remove = button(label("🗑 Remove exercise"), AskToRemove(current.id, at_hand.card.revision))
    rows: list[Row] = [[note]]
    if current.sets:
        rows = [[note, button(label("💪 RPE of the last set"), AskRpe(current.sets[-1].id))]]
        rows.append([button(label("✎ Edit sets"), ListSets(current.id, LAST)), as_text])
    else:
        rows.append([as_text])
    if len(at_hand.workout.executions) > 1:
        order = button(label("↕ Reorder"), OpenOrder(current.id, -1))
        rows.append([order, button(label("⛓ Superset"), OpenSuperset(current.id, 0))])
    rows.append([button(label("⇄ Swap exercise"), OpenSwapPicker(current.id)), remove])
    return rows


def exercise_note_prompt(execution: Execution, revision: int) -> Screen:
    """Asks for the note of an exercise; that of its last set is one tap away."""
    text = _note_prompt(say("📝 <b>Note for {name}</b>", name=_name(execution)), execution.note)
    rows: list[Row] = []
    if execution.sets:
        last = execution.sets[-1]
        note_it = label("Note for the last set: {set}", set=_set(execution, last))
        rows.append([button(note_it, AskSetNote(last.id))])
    if execution.note:
        rows.append([button(label("🗑 Remove the note"), ClearExerciseNote(execution.id, revision))])
    return Screen(text, [*rows, _ways_back()])


def set_note_prompt(execution: Execution, done: DoneSet, revision: int) -> Screen:
    """Asks for the note of a set."""
    heading = say("📝 <b>Note for {set}</b>\n{name}", set=_set(execution, done, note=False), name=_name(execution))
    clear = [button(label("🗑 Remove the note"), ClearSetNote(done.id, revision))]
    rows: list[Row] = [clear] if done.entry.note else []
    return Screen(_note_prompt(heading, done.entry.note), [*rows, _ways_back()])


def _note_prompt(heading: Html, now: str) -> Html:
    shown = say("Now: {note}", note=shortened(now, _LONGEST_NOTE)) if now else None
    return lines(heading, shown, say("\nType the new note." if now else "\nType the note."))


def noted(limit: int | None = None) -> Html:
    """A note was written, of which only so many characters were kept, if that is given."""
    if limit is not None:
        return say("📝 Noted. It was long: I kept the first {limit} characters.", limit=limit)
    return say("📝 Noted.")


def note_removed() -> Html:
    """There is no note any more."""
    return say("📝 Note removed.")


def rpe_question(execution: Execution, done: DoneSet, revision: int) -> Screen:
    """Asks how hard a set was, by buttons."""
    text = lines(
        say("<b>How hard was it?</b>"),
        say("{name}: {set}", name=_name(execution), set=_set(execution, done)),
        say("\n10: nothing left · 9: one more rep · 8: two more …"),
    )
    scale = range(_LOWEST_HALVES, _HIGHEST_HALVES + 1)
    choices = [button(number(Decimal(halves) / 2), GiveRpe(done.id, revision, halves)) for halves in scale]
    clear = [button(label("No RPE"), GiveRpe(done.id, revision, 0))]
    return Screen(text, [*in_rows(choices, 3), *([clear] if done.entry.rpe is not None else []), _ways_back()])


def rated(execution: Execution, done: DoneSet) -> Html:
    """How hard a set was is kept."""
    return say("💪 {set}", set=_set(execution, done))


def order(at_hand: AtHand, held: Execution, page: int) -> Screen:
    """The exercises in their order, one of which can be moved."""
    executions = at_hand.workout.executions
    place = executions.index(held)
    text = lines(
        say("<b>Order of the exercises</b>"),
        say("{name} is {place} of {all}.", name=_name(held), place=place + 1, all=len(executions)),
        say("Tap another one to move that instead."),
    )
    moves = [
        button(label("⤒ First"), ShiftExercise(held.id, -MOST_EXECUTIONS)),
        button(label("▲ Up"), ShiftExercise(held.id, -1)),
        button(label("▼ Down"), ShiftExercise(held.id, 1)),
        button(label("⤓ Last"), ShiftExercise(held.id, MOST_EXECUTIONS)),
    ]
    shown, pages = nearest_page(len(executions), place // PAGE_SIZE if page < 0 else page)
    listed = [_in_order(number, done, held) for number, done in enumerate(executions, 1)]
    turning = page_turning(shown, pages, lambda other: OpenOrder(held.id, other))
    return Screen(text, [moves, *on_page(listed, shown), *turning, _ways_back()])


def _in_order(place: int, execution: Execution, held: Execution) -> InlineKeyboardButton:
    mark = "▸ " if execution is held else ""
    chain = " ⛓" if execution.superset is not None else ""
    text = label("{mark}{place}. {name}{chain}", mark=mark, place=place, name=execution.name, chain=chain)
    return button(text, OpenOrder(execution.id, -1))


def superset(at_hand: AtHand, execution: Execution, page: int) -> Screen:
    """What an exercise is done in turn with, and what it could be: the next one stands first."""
    executions, revision = at_hand.workout.executions, at_hand.card.revision
    together = at_hand.partners(execution)
    place = executions.index(execution)
    others = [done for done in (*executions[place + 1 :], *executions[:place]) if done not in together]
    names = shortened(", ".join(done.name for done in together), _LONGEST_LIST)
    text = lines(
        say("⛓ <b>Superset</b>"),
        say("{name} is done in turn with {names}.", name=_name(execution), names=names) if together else None,
        say("What else is done in turn with {name}?", name=_name(execution)) if others else None,
    )
    shown, pages = nearest_page(len(others), page)
    joins = [button(done.name, JoinSuperset(execution.id, done.id, revision)) for done in others]
    leave = [button(label("Leave the superset"), LeaveSuperset(execution.id, revision))]
    turning = page_turning(shown, pages, lambda other: OpenSuperset(execution.id, other))
    rows = [*on_page(joins, shown), *turning, *([leave] if together else [])]
    return Screen(text, [*rows, _ways_back()])


def joined_superset(one: Execution, other: Execution) -> Html:
    """Two exercises are done in turn now."""
    return say("⛓ {one} and {other} are a superset now.", one=_name(one), other=_name(other))


def left_superset(execution: Execution) -> Html:
    """An exercise is done by itself again."""
    return say("⛓ {name} has left the superset.", name=_name(execution))


def remove_question(execution: Execution, revision: int) -> Screen:
    """Asks before an exercise goes with its sets."""
    sets = count("its set goes with it", "its {number} sets go with it", len(execution.sets))
    text = say("<b>Remove {name}?</b>\nThen {sets}.", name=_name(execution), sets=sets)
    remove = RemoveExercise(execution.id, revision)
    rows: list[Row] = [[button(label("🗑 Remove"), remove, style=KeyboardButtonStyle.DANGER)], [back_button()]]
    return Screen(text, rows)


def removed(execution: Execution) -> Html:
    """An exercise is gone."""
    return say("🗑 {name} removed. /undo brings it back.", name=_name(execution))


def title_prompt(at_hand: AtHand) -> Screen:
    """Asks for the name of the workout."""
    title = at_hand.card.title
    text = lines(
        say("🏷 <b>Name of the workout</b>"),
        say("Now: {title}", title=title) if title else None,
        say("\nType the new name, like <code>Push day</code>."),
    )
    clear = [button(label("🗑 Remove the name"), ClearTitle(at_hand.card.workout_id, at_hand.card.revision))]
    return Screen(text, [*([clear] if title else []), _ways_back()])


def renamed() -> Html:
    """The workout has a name."""
    return say("🏷 Renamed.")


def name_removed() -> Html:
    """The workout has no name."""
    return say("🏷 Name removed.")


def discard_question(at_hand: AtHand) -> Screen:
    """Asks before the workout goes with everything in it."""
    card = at_hand.card
    text = say("<b>Discard this workout?</b>\nNothing is logged in it yet.")
    if card.sets:
        done = sum(bool(execution.sets) for execution in at_hand.workout.executions)
        text = lines(
            say("<b>Discard this workout?</b>"),
            say("All that is logged in it goes with it:"),
            say(
                "{exercises} with {sets}.",
                exercises=count("{number} exercise", "{number} exercises", done),
                sets=sets_and_volume(card.sets, card.volume_mg, card.unit),
            ),
        )
    discard = Discard(card.workout_id, card.revision)
    rows: list[Row] = [[button(label("🗑 Discard"), discard, style=KeyboardButtonStyle.DANGER)], [back_button()]]
    return Screen(text, rows)


def discarded(undo: InlineKeyboardButton | None) -> Screen:
    """The workout is gone."""
    rows: list[Row] = [] if undo is None else [[undo]]
    return Screen(say("🗑 Workout discarded. /undo brings it back."), [*rows, [start_another_button()]])


def _ways_back() -> Row:
    return [button(label("‹ More"), OpenMore()), back_button()]


def _name(execution: Execution) -> str:
    return shortened(execution.name, _LONGEST_NAME)


def _set(execution: Execution, done: DoneSet, *, note: bool = True) -> str:
    entry = done.entry if note else replace(done.entry, note="")
    return shortened(set_line(entry, execution.measure), _LONGEST_SET)
