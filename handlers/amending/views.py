"""What an edited message is answered with."""

from __future__ import annotations

from handlers.amending.buttons import ReopenToAmend
from handlers.amounts import set_lines
from handlers.callback_data import fits
from handlers.home.views import start_button
from handlers.notebook.buttons import AnswerLine
from handlers.notebook.views import hint_at, reason_asked
from handlers.screen import Row, Screen, button, shortened
from handlers.words import Html, count, joined, label, lines, say
from handlers.workout.views import back_button
from storage.values.exercise import Measure
from training.amending import Amended, AmendedExercise, Frozen, NotLogged, Unamended
from training.notation import Question, Unreadable

_LONGEST_ECHO = 60
_LONGEST_SETS = 300
_MOST_EXERCISES = 3
_MOST_OPTIONS = 3


def amended(result: Amended) -> Html:
    """A line for the card: what the message's sets are now."""
    exercises, current = result.exercises, result.card.current
    is_plain = current is not None and [done.name for done in exercises] == [current.name]
    said = [_said(done, alone=is_plain) for done in exercises[:_MOST_EXERCISES]]
    if len(exercises) > len(said):
        said.append(say("… and {more} more", more=len(exercises) - len(said)))
    line = say("✎ Changed to {sets}.", sets=joined(" · ", said))
    if not result.records:
        return line
    return lines(line, count("🏆 {number} set with a record!", "🏆 {number} sets with records!", result.records))


def unamended(result: Unamended) -> Html:
    """Some lines for the card: why the sets stay as they were."""
    stays = say(
        "✎ Your sets stay as they were: I can't read <b>{text}</b>.", text=shortened(result.text, _LONGEST_ECHO)
    )
    return lines(stays, _why(result), say("Edit the message again, or /undo."))


def overtaken() -> Html:
    """A line for the card: a later edit was handled before this one."""
    return say("✎ A later edit of that message is in already.")


def frozen(result: Frozen) -> Screen:
    """The sets are in a finished workout."""
    text = lines(
        say("✎ Those sets belong to a finished workout, so they stay as they were."),
        say("Reopen it, then edit the message again."),
    )
    return Screen(text, [[button(label("↺ Reopen that workout"), ReopenToAmend(result.workout_id, result.revision))]])


def not_logged(result: NotLogged, measure: Measure | None) -> Screen:
    """The message has logged nothing that is there."""
    if result.card is None:
        return Screen(say("✎ No set was logged by that message, so editing it changes nothing."), [[start_button()]])
    text = say("✎ No set was logged by that message, so editing it changes nothing.")
    rows: list[Row] = [[back_button()]]
    if result.asked is not None and measure is not None:
        log = AnswerLine(result.asked.workout_id, result.asked.revision, result.asked.message_id or 0, result.line)
        if fits(log):
            text = say("✎ No set was logged by that message so far.")
            rows.insert(0, [button(label("✓ Log {sets}", sets=set_lines(result.entries, measure)), log)])
    return Screen(text, rows)


def reopened() -> Html:
    """A line for the card of the reopened workout."""
    return say("↺ Reopened. Edit the message again to change its sets.")


def another_open() -> str:
    """The toast where another workout is open."""
    return label("Finish the open workout first: then the other one can be reopened.")


def _said(done: AmendedExercise, *, alone: bool) -> Html:
    sets = shortened(set_lines(done.entries, done.measure), _LONGEST_SETS)
    return say("{sets}", sets=sets) if alone else say("{name} {sets}", name=done.name, sets=sets)


def _why(result: Unamended) -> Html | None:
    match result.reading:
        case Question(reason, options):
            written = [say("<code>{line}</code>", line=shortened(option.text, _LONGEST_ECHO)) for option in options]
            return say("{why} {ways}", why=reason_asked(reason), ways=joined(" · ", written[:_MOST_OPTIONS]))
        case Unreadable(reason):
            return hint_at(reason)
        case _:
            return None
