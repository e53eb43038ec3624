"""What is said where sets are changed."""

from __future__ import annotations

from collections.abc import Callable

from telegram.constants import KeyboardButtonStyle

from handlers.amounts import set_line, set_lines
from handlers.callback_data import fits
from handlers.more.buttons import AskRpe, AskSetNote, OpenMore
from handlers.notebook.views import reason_asked
from handlers.paging import LAST, PAGE_SIZE, nearest_page, on_page, page_turning
from handlers.screen import Row, Screen, button, shortened
from handlers.sets.buttons import AskForAllSets, ChangeSetKind, DeleteSet, ListSets, OpenSet, TurnSet
from handlers.words import Html, label, lines, say
from handlers.workout.dials import dial_buttons, kind_name
from handlers.workout.views import back_button
from training.card import Card, CurrentExercise
from training.detail import DoneSet, Execution
from training.errors import UndecidedSetError, UnreadableSetError
from training.notation import print_set, print_sets

_LONGEST_NAME = 100
_LONGEST_SET = 300
_LONGEST_ECHO = 60
_LONGEST_OPTION = 400
_LONGEST_TEXT = 2500
"""Characters of sets as text: escaped, they still fit into one message, and typed, into one as well."""


def set_list(execution: Execution, page: int) -> Screen:
    """The sets of an exercise, each a button."""
    shown, pages = nearest_page(len(execution.sets), page)
    text = say("✎ <b>Sets of {name}</b>\nWhich one?", name=_name(execution))
    if not execution.sets:
        text = say("✎ <b>Sets of {name}</b>\nThere are none yet.", name=_name(execution))
    listed = [
        button(label("{n}. {set}", n=place, set=set_line(done.entry, execution.measure)), OpenSet(done.id))
        for place, done in enumerate(execution.sets, 1)
    ]
    turning = page_turning(shown, pages, lambda other: ListSets(execution.id, other))
    as_text = [button(label("⌨ All as text"), AskForAllSets(execution.id))]
    return Screen(text, [*on_page(listed, shown), *turning, as_text, _ways_back()])


def set_to_change(card: Card, current: CurrentExercise, execution: Execution, done: DoneSet) -> Screen:
    """One set, to be turned, typed anew or deleted."""
    example = shortened(print_set(done.entry, current.context), _LONGEST_ECHO)
    hint = say("\nChange it below, or type it anew, like <code>{example}</code>.", example=example)
    return _set_page(card, current, execution, done, hint)


def set_turned(card: Card, current: CurrentExercise, execution: Execution, done: DoneSet) -> Screen:
    """The same after it was turned."""
    return _set_page(
        card, current, execution, done, say("\nAll right now? Then go on: type your next set, or go back.")
    )


def _set_page(card: Card, current: CurrentExercise, execution: Execution, done: DoneSet, hint: Html) -> Screen:
    place = execution.sets.index(done)
    heading = say(
        "✎ <b>Set {place} of {all}</b> · {name}", place=place + 1, all=len(execution.sets), name=_name(execution)
    )
    shown = say("<b>{set}</b>", set=shortened(set_line(done.entry, execution.measure), _LONGEST_SET))
    dials = dial_buttons(current, done.entry, lambda steps, dial: TurnSet(done.id, steps, dial))
    kind = button(kind_name(done.entry.kind), ChangeSetKind(done.id))
    rpe, note = button(label("💪 RPE"), AskRpe(done.id)), button(label("📝 Note"), AskSetNote(done.id))
    delete = DeleteSet(done.id, card.revision)
    remove = button(label("🗑 Delete this set"), delete, style=KeyboardButtonStyle.DANGER)
    everything = button(label("‹ All sets"), ListSets(execution.id, place // PAGE_SIZE))
    rows: list[Row] = [dials, [kind, rpe, note], [remove], [everything, back_button()]]
    return Screen(lines(heading, shown, hint), rows)


def changed(execution: Execution, done: DoneSet) -> Html:
    """What a set is now."""
    return say("✎ Changed to {set}.", set=shortened(set_line(done.entry, execution.measure), _LONGEST_SET))


def deleted(execution: Execution, done: DoneSet) -> Html:
    """A set is gone."""
    gone = shortened(set_line(done.entry, execution.measure), _LONGEST_SET)
    return say("🗑 Deleted: {set}. /undo brings it back.", set=gone)


def replaced() -> Html:
    """All sets are what was typed."""
    return say("⌨ These are the sets now. /undo brings the old ones back.")


def nothing_to_correct() -> str:
    """The toast where there is no last set."""
    return label("Nothing is logged here yet.")


def text_prompt(current: CurrentExercise, execution: Execution) -> Screen:
    """Asks for all sets of an exercise, and shows those that are there to be copied."""
    heading = say("⌨ <b>All sets of {name}</b>", name=_name(execution))
    rows: list[Row] = [_ways_back()]
    present = print_sets([done.entry for done in execution.sets], current.context) if execution.sets else ""
    if not present:
        return Screen(lines(heading, say("Type them all, one or more on a line.")), rows)
    if len(present) > _LONGEST_TEXT:
        too_long = say("They are too long to be shown as text. What you type takes the place of all of them.")
        one_by_one = [button(label("✎ One by one"), ListSets(execution.id, LAST))]
        return Screen(lines(heading, too_long), [one_by_one, *rows])
    how = say("What you send takes the place of all of them. Tap to copy, change it, send it:")
    return Screen(lines(heading, how, say("<pre>{sets}</pre>", sets=present)), rows)


def unreadable(error: UnreadableSetError) -> Screen:
    """In which line the text stops being readable, and where. It is asked for again."""
    understood = error.reading.understood
    read = error.text.find(understood) + len(understood) if understood in error.text else 0
    unread = error.text[read:].lstrip("\n") if error.reading.stopped_at else error.text[read:]
    before = error.text[: len(error.text) - len(unread)]
    line = before.count("\n") + 1
    where, rest = before.rpartition("\n")[2].strip(), unread.partition("\n")[0].strip()
    said = {"line": line, "yes": where[-_LONGEST_ECHO:], "no": shortened(rest, _LONGEST_ECHO)}
    if not where:
        problem = say("Line {line}: I can't read <b>{no}</b> as a set.", **said)
    elif not rest:
        problem = say("Line {line}: something is missing behind <b>{yes}</b>.", **said)
    else:
        problem = say("Line {line}: I understood <b>{yes}</b>, but not <b>{no}</b>.", **said)
    again = say("Nothing has changed. Copy your text, put that right and send it again.")
    return Screen(lines(problem, again), [_ways_back()])


def several_sets(execution: Execution) -> Screen:
    """One set was asked for, and several came."""
    text = say("Those are several sets, and this is one. Type one, or all sets of the exercise as text.")
    return Screen(text, [[button(label("⌨ All as text"), AskForAllSets(execution.id))], _ways_back()])


def question(error: UndecidedSetError, press: Callable[[str], object]) -> Screen:
    """The lifter decides what was meant. What a button can't carry is typed."""
    asked = reason_asked(error.question.reason)
    text = say("<b>{text}</b>\n{question}", text=shortened(error.text, _LONGEST_ECHO), question=asked)
    rows: list[Row] = []
    for option in error.question.options:
        sets = set_lines(option.entries, error.measure)
        if fits(press(option.text)):
            rows.append([button(label("✓ {sets}", sets=sets), press(option.text))])
        elif len(option.text) <= _LONGEST_OPTION:
            text = lines(text, say("Type <code>{line}</code> if so.", line=option.text))
    if not rows and all(len(option.text) > _LONGEST_OPTION for option in error.question.options):
        text = lines(
            text, say("If it is meant just as it says, put <code>!</code> behind that set: <code>1200x5!</code>")
        )
    return Screen(text, [*rows, _ways_back()])


def _ways_back() -> Row:
    return [button(label("‹ More"), OpenMore()), back_button()]


def _name(execution: Execution) -> str:
    return shortened(execution.name, _LONGEST_NAME)
