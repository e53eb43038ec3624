"""What typed lines are answered with when they can't simply be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import set_lines
from handlers.callback_data import fits
from handlers.notebook.buttons import Answer, AnswerLine, AnswerNamedLine, TakeAsText
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.words import Html, label, lines, say
from handlers.workout.views import back_button
from storage.values.exercise import Measure
from training.errors import Asked, UndecidedSetError, UnreadableSetError
from training.notation import Option, QuestionReason, UnreadableReason

_LONGEST_ECHO = 60

_DECIMAL = re.compile(r"(?<![\d,])(\d{1,4}),(\d{1,2})(?![\d,])")
"""A comma that may be a decimal one."""

_LONGEST_LINE = 400
"""Characters of a line that is worth typing again; with several of them a message still takes all."""


def question(error: UndecidedSetError) -> Screen:
    """The lifter decides what a line means, or whether it is meant."""
    options = error.question.options
    presses = [_answer(error.asked, option.text) for option in options]
    offered = [(option, press) for option, press in zip(options, presses, strict=True) if fits(press)]
    buttons = [_choice(option, press, error.measure, alone=len(options) == 1) for option, press in offered]
    text = say("<b>{text}</b>\n{question}", text=_echo(error.text), question=reason_asked(error.question.reason))
    if error.question.reason is QuestionReason.SETS_OR_WEIGHT and len(options) == 1:
        text = lines(text, say("If those are sets of reps, say of what weight too: <code>3x12 @20</code>."))
    decimal = _DECIMAL.search(error.text)
    if error.question.reason is QuestionReason.COMMA and len(options) == 1 and decimal is not None:
        as_weight = ".".join(decimal.groups())
        text = lines(text, say("If it is {weight}, say the reps too: <code>{weight}x8</code>.", weight=as_weight))
    if len(offered) < len(options):
        text = lines(text, *_to_type(options))
    rows: list[Row] = in_rows(buttons, 1)
    return Screen(text, [*rows, [back_button()]] if error.asked.workout_id else rows)


def sets_or_text(text: str, log: object) -> Screen:
    """A name or a note was asked for, and what was typed reads as sets; `log` is the button's that logs them."""
    said = say("<b>{text}</b>\nIs that a set, or the text you were asked for?", text=_echo(text))
    as_set = button(label("✓ Log {sets}", sets=_echo(text)), log, style=KeyboardButtonStyle.PRIMARY)
    return Screen(said, [[as_set], [button(label("✎ It's the text"), TakeAsText(text))]])


def unreadable(error: UnreadableSetError) -> Html:
    """The short help: what was understood, where it stopped, and two examples that fit."""
    reading = error.reading
    one, other = error.examples
    problem = say("I can't read <b>{text}</b> as a set.", text=_echo(error.text))
    unread = error.text.partition(reading.understood)[2].strip() if reading.understood else ""
    if unread:
        understood, stopped = _echo(reading.understood), _echo(unread)
        problem = say("I understood <b>{yes}</b>, but not <b>{no}</b>.", yes=understood, no=stopped)
    examples = say("Try <code>{one}</code> or <code>{other}</code>.", one=one, other=other)
    return lines(problem, hint_at(reading.reason), examples)


def reason_asked(reason: QuestionReason) -> Html:
    """What the lifter is asked where sets can be read in several ways."""
    asked = {
        QuestionReason.COMMA: say("That can be read in more than one way. Which one is it?"),
        QuestionReason.SWAPPED: say("Weight and reps look swapped, compared with last time. Which one is it?"),
        QuestionReason.SETS_OR_WEIGHT: say("Is the first number the weight, or the number of sets?"),
        QuestionReason.SETS_OR_REPS: say("Which number is the sets, and which the reps?"),
        QuestionReason.SETS_OR_PAIR: say("Does the first number count the sets, or the weights?"),
        QuestionReason.TIME_OR_WEIGHT: say("This exercise is logged without weight. Are those sets of seconds?"),
        QuestionReason.ALL_REPS: say("Is the first number the weight, or are they all reps?"),
        QuestionReason.WEIGHT_OR_REPS: say("Is that the weight or the reps?"),
        QuestionReason.REPS_MISSING: say("How many reps? As many as last time?"),
        QuestionReason.UNIT_MISSING: say("Which unit is meant?"),
        QuestionReason.PART_OR_NOTE: say("Does that belong to the set, or is it a note?"),
        QuestionReason.WEIGHT_OF_ALL: say("Is that the weight of the last set, or of all?"),
        QuestionReason.LOOKS_LIKE_DATE: say("That looks like a date. Is it a set?"),
        QuestionReason.IMPLAUSIBLE: say("That is more than anybody I know. Log it all the same?"),
        QuestionReason.MANY_SETS: say("That is a lot of sets at once. Log them all?"),
    }
    return asked[reason]


def hint_at(reason: UnreadableReason) -> Html | None:
    """What is wrong, where the place alone doesn't say it."""
    hints = {
        UnreadableReason.INCOMPLETE: say("Something is missing there."),
        UnreadableReason.WEIGHT_MISSING: say("It is the first set here, so it needs a weight."),
        UnreadableReason.REPS_MISSING: say("It needs the reps as well."),
        UnreadableReason.RPE_OUT_OF_RANGE: say("RPE runs from 1 to 10 in halves, like <code>@8.5</code>."),
        UnreadableReason.SIGN_NOT_HERE: say("Only bodyweight exercises have added or assisting load."),
        UnreadableReason.WEIGHT_NOT_HERE: say("This exercise is logged without weight."),
        UnreadableReason.REPS_NOT_HERE: say("This exercise is logged without reps."),
        UnreadableReason.DURATION_NOT_HERE: say("This exercise is logged without time."),
        UnreadableReason.DISTANCE_NOT_HERE: say("This exercise is logged without distance."),
        UnreadableReason.NOT_WHOLE: say("Reps and sets are whole numbers."),
        UnreadableReason.TOO_PRECISE: say("Three decimals are the most I keep."),
        UnreadableReason.TOO_LARGE: say("That number is too large."),
        UnreadableReason.TOO_MANY_SETS: say("That is too many sets at once."),
    }
    return hints.get(reason)


def set_command_help() -> Html:
    """/set with nothing behind it."""
    return lines(
        say("Write the set behind the command: <code>/set 100x5</code>"),
        say("or with the exercise in front: <code>/set bench 100x5x3</code>"),
    )


def _answer(asked: Asked, text: str) -> Answer:
    if asked.exercise_id is None:
        return AnswerLine(asked.workout_id, asked.revision, asked.message_id or 0, text)
    return AnswerNamedLine(asked.workout_id, asked.revision, asked.message_id or 0, asked.exercise_id, text)


def _choice(option: Option, press: Answer, measure: Measure, *, alone: bool) -> InlineKeyboardButton:
    sets = set_lines(option.entries, measure)
    return button(label("✓ Log {sets}", sets=sets) if alone else sets, press)


def _to_type(options: Sequence[Option]) -> list[Html]:
    """What a button can't carry is typed."""
    if any(len(option.text) > _LONGEST_LINE for option in options):
        return [say("That is too long for a button. Send it in shorter lines, please.")]
    return [say("Type <code>{line}</code> if so.", line=option.text) for option in options]


def _echo(text: str) -> str:
    return shortened(text, _LONGEST_ECHO)
