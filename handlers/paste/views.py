"""What the preview of a pasted text says."""

from __future__ import annotations

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import day, set_lines
from handlers.dates import short_day
from handlers.notebook.views import reason_asked
from handlers.paste.buttons import (
    CreateFor,
    CreateName,
    CreateWith,
    DropPaste,
    LineReads,
    LogPaste,
    NameMeans,
    ShowPaste,
)
from handlers.picking.names import modality_name, part_name
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.words import Html, count, joined, label, lines, say
from storage.values.exercise import BodyPart, Modality
from training.naming import LONGEST_NAME
from training.notation import Question
from training.paste_logging import PasteLogged
from training.paste_reading import Preview
from training.pasted import LEFT_OUT, PastedExercise, Problem, UnclearDay, UnknownName, UnreadLine

_LONGEST_ECHO = 60
_LONGEST_SETS = 300
_LONGEST_LIST = 3000
_MOST_CHOICES = 4


def preview(shown: Preview) -> Screen:
    """How the text reads, with the first question that it leaves open, or the button that logs it."""
    problems = shown.pasted.problems
    read = lines(_heading(shown), *_fitting([_exercise(done) for done in shown.pasted.exercises]))
    if not problems:
        return Screen(read, _last_rows(shown))
    more = len(problems) - 1
    left = count("\n{number} more question after this one.", "\n{number} more questions after this one.", more)
    asked, rows = _problem(shown, problems[0])
    return Screen(lines(read, asked, left if more else None), [*rows, [_drop(shown)]])


def _problem(shown: Preview, problem: Problem) -> tuple[Html, list[Row]]:
    match problem:
        case UnknownName():
            return _name(shown, problem)
        case UnclearDay():
            return _day(shown, problem)
        case UnreadLine():
            return _line(shown, problem)


def parts(shown: Preview, name: str) -> Screen:
    """For which body part the new exercise is."""
    text = say("<b>New: {name}</b>\nWhich body part does it train most?", name=shortened(name, _LONGEST_ECHO))
    here = (shown.paste_id, shown.revision)
    buttons = [button(part_name(part), CreateFor(*here, part)) for part in BodyPart]
    return Screen(text, [*in_rows(buttons, 3), [_back(shown)]])


def modalities(shown: Preview, name: str, part: BodyPart) -> Screen:
    """What the new exercise is done with."""
    new = say("<b>New: {name}</b> · {part}", name=shortened(name, _LONGEST_ECHO), part=part_name(part))
    text = lines(new, say("What is it done with?"))
    here = (shown.paste_id, shown.revision, part)
    buttons = [button(modality_name(modality), CreateWith(*here, modality)) for modality in Modality]
    return Screen(text, [*in_rows(buttons, 3), [_back(shown)]])


def logged(result: PasteLogged) -> Html:
    """A line for the card."""
    what = joined(", ", [_exercises(result.exercises), _sets(result.sets)])
    if not result.records:
        return say("✓ Logged: {what}.", what=what)
    records = count("{number} set with a record", "{number} sets with records", result.records)
    return say("✓ Logged: {what}. 🏆 {records}!", what=what, records=records)


def reads_otherwise() -> str:
    """The toast where the text means something else by now."""
    return label("It reads otherwise by now. Please look again.")


def dropped() -> Html:
    """Nothing of the text was logged."""
    return say("Left as it was: nothing of that text is logged.")


def _heading(shown: Preview) -> Html:
    pasted = shown.pasted
    what = joined(", ", [_exercises(len(pasted.exercises)), _sets(pasted.sets)])
    if not pasted.exercises:
        return say("<b>Nothing to log so far.</b>")
    if (before := shown.rewrites) is not None:
        had = joined(", ", [_exercises(before.exercises), _sets(before.sets)])
        return say(
            "<b>Write {title} of {on} anew?</b> It had {had}, and would have {what}:",
            title=shortened(before.title, _LONGEST_ECHO) or label("the workout"),
            on=day(before.started_at),
            had=had,
            what=what,
        )
    if pasted.day is not None:
        at = "-".join(f"{time:%H:%M}" for time in (pasted.day.began, pasted.day.ended) if time is not None)
        on = f"{short_day(pasted.day.date)}, {at}" if at else short_day(pasted.day.date)
        return say("<b>Enter this for {day}?</b> {what}:", day=on, what=what)
    if any(isinstance(problem, UnclearDay) for problem in pasted.problems):
        return say("<b>Enter this?</b> {what}:", what=what)
    return say("<b>Log this?</b> {what}, today:", what=what)


def _exercise(done: PastedExercise) -> Html:
    sets = shortened(set_lines(done.entries, done.measure), _LONGEST_SETS)
    return say("<b>{name}</b>\n{sets}", name=done.name, sets=sets)


def _last_rows(shown: Preview) -> list[Row]:
    if not shown.pasted.exercises:
        return [[_drop(shown)]]
    what = ", ".join([_exercises(len(shown.pasted.exercises)), _sets(shown.pasted.sets)])
    log = LogPaste(shown.paste_id, shown.revision)
    if shown.rewrites is not None:
        yes = label("✓ Write it anew: {what}", what=what)
    elif shown.pasted.day is not None:
        yes = label("✓ Enter {what}", what=what)
    else:
        yes = label("✓ Log {what}", what=what)
    return [[button(yes, log, style=KeyboardButtonStyle.SUCCESS)], [_drop(shown)]]


def _name(shown: Preview, problem: UnknownName) -> tuple[Html, list[Row]]:
    here = (shown.paste_id, shown.revision)
    choices = problem.matches.choices[:_MOST_CHOICES]
    rows: list[Row] = [[button(choice.name, NameMeans(*here, choice.id))] for choice in choices]
    if len(problem.name) <= LONGEST_NAME:
        name = shortened(problem.name, _LONGEST_ECHO)
        rows.append([button(label("➕ Create “{name}”", name=name), CreateName(*here))])
    rows.append([button(label("Leave it out"), NameMeans(*here, LEFT_OUT))])
    return say("\nWhich exercise is “{name}”?", name=shortened(problem.name, _LONGEST_ECHO)), rows


def _line(shown: Preview, problem: UnreadLine) -> tuple[Html, list[Row]]:
    here = (shown.paste_id, shown.revision)
    leave = button(label("Leave it out"), LineReads(*here, -1))
    said = shortened(problem.said, _LONGEST_ECHO)
    if isinstance(problem.reading, Question) and problem.measure is not None:
        options = problem.reading.options
        sets = [set_lines(option.entries, problem.measure) for option in options]
        rows: list[Row] = [[button(text, LineReads(*here, number))] for number, text in enumerate(sets)]
        asked = say("\n<b>{text}</b>: {question}", text=said, question=reason_asked(problem.reading.reason))
        return asked, [*rows, [leave]]
    if problem.examples is None:
        return say("\nNo exercise stands above <b>{text}</b>.", text=said), [[leave]]
    one, other = map(_code, problem.examples)
    asked = lines(
        say("\nI can't read <b>{text}</b> as a set.", text=said),
        say(
            "Leave it out, or send all of it again with a line like {one} or {other}.",
            one=_code(one),
            other=_code(other),
        ),
    )
    return asked, [[leave]]


def _day(shown: Preview, problem: UnclearDay) -> tuple[Html, list[Row]]:
    here = (shown.paste_id, shown.revision)
    leave = button(label("Leave it out"), LineReads(*here, -1))
    said = shortened(problem.said, _LONGEST_ECHO)
    if problem.again:
        return say("\n<b>{text}</b> is one more date. One workout at a time, please.", text=said), [[leave]]
    if not problem.days:
        return say("\n<b>{text}</b> is no day that has been.", text=said), [[leave]]
    days = [button(short_day(day.date), LineReads(*here, number)) for number, day in enumerate(problem.days)]
    return say("\nWhich day is <b>{text}</b>?", text=said), [days, [leave]]


def _code(text: str) -> Html:
    return say("<code>{text}</code>", text=text)


def _drop(shown: Preview) -> InlineKeyboardButton:
    no = label("✗ Leave it as it was") if shown.rewrites is not None else label("✗ Don't log it")
    return button(no, DropPaste(shown.paste_id, shown.revision))


def _back(shown: Preview) -> InlineKeyboardButton:
    return button(label("‹ Back"), ShowPaste(shown.paste_id, shown.revision))


def _exercises(number: int) -> Html:
    return count("{number} exercise", "{number} exercises", number)


def _sets(number: int) -> Html:
    return count("{number} set", "{number} sets", number)


def _fitting(blocks: list[Html]) -> list[Html]:
    shown: list[Html] = []
    length = 0
    for block in blocks:
        length += len(block)
        if length > _LONGEST_LIST:
            return [*shown, say("… and {more} more", more=len(blocks) - len(shown))]
        shown.append(block)
    return shown
