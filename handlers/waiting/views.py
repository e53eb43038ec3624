"""What is said about sets that have no workout to go to."""

from __future__ import annotations

from telegram.constants import KeyboardButtonStyle

from handlers.callback_data import fits
from handlers.picking.views import in_short
from handlers.screen import Row, Screen, button, shortened
from handlers.summary.buttons import WriteLate
from handlers.summary.views import over_since
from handlers.waiting.buttons import ChooseFor, StartWith
from handlers.words import label, lines, say
from training.starting import JustOver, Places
from training.typed_line import Waiting

_LONGEST_ON_BUTTON = 30


def offer(waiting: Waiting, places: Places) -> Screen:
    """Where the sets can go: the workout that is just over, or a new one."""
    rows: list[Row] = []
    text = say("No workout is open.")
    sets, over, exercise = in_short(waiting), places.over, places.exercise
    if over is not None:
        text = over_since(over)
        reopen = label("↶ Reopen & log {sets}", sets=shortened(sets, _LONGEST_ON_BUTTON))
        if not places.goes_on:  # it is asked about there
            reopen = label("↶ Reopen it")
        rows.append([button(reopen, _late(over, waiting))])
    if exercise is not None:
        begin = label("💪 Start & log: {name}", name=shortened(exercise.name, _LONGEST_ON_BUTTON))
        rows.append([button(begin, _new(places.latest_id, exercise.id, waiting), style=KeyboardButtonStyle.SUCCESS)])
    other = label("➕ Another exercise") if exercise is not None else label("💪 Start: choose the exercise")
    rows.append([button(other, _choose(waiting))])
    kept = say("I keep <b>{sets}</b>. Where does it go? You can type an exercise, too.", sets=sets)
    return Screen(lines(text, kept), rows)


def _late(over: JustOver, waiting: Waiting) -> WriteLate:
    late = WriteLate(over.workout.workout_id, over.revision, waiting.text)
    return late if fits(late) else WriteLate(over.workout.workout_id, over.revision, "")


def _new(latest_id: int, exercise_id: int, waiting: Waiting) -> StartWith:
    new = StartWith(latest_id, exercise_id, waiting.message_id or 0, waiting.text)
    return new if fits(new) else StartWith(latest_id, exercise_id, 0, "")


def _choose(waiting: Waiting) -> ChooseFor:
    choose = ChooseFor(waiting.message_id or 0, waiting.text)
    return choose if fits(choose) else ChooseFor(0, "")
