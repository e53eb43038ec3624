"""The buttons that turn the suggested set up and down, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import InlineKeyboardButton

from handlers.amounts import clock, far, load
from handlers.screen import button
from handlers.words import label
from handlers.workout.buttons import Turn
from storage.values.lifted import SetEntry, SetKind
from training.card import CurrentExercise
from training.dials import Dial, dials_of, distance_step, duration_step, weight_step


def dial_buttons(current: CurrentExercise, suggestion: SetEntry) -> list[InlineKeyboardButton]:
    """− and + for each part of the suggested set that can be turned, each with what a press does."""
    return list(_buttons(current, suggestion))


def kind_name(kind: SetKind) -> str:
    """The kind of a set, as its button says it."""
    match kind:
        case SetKind.WORKING:
            return label("Working set")
        case SetKind.WARM_UP:
            return label("Warm-up")
        case SetKind.DROP:
            return label("Drop set")
        case SetKind.AMRAP:
            return label("AMRAP")


def _buttons(current: CurrentExercise, suggestion: SetEntry) -> Iterator[InlineKeyboardButton]:
    for dial in dials_of(suggestion, current.measure):
        step = _step(dial, current, suggestion)
        yield button(label("−{step}", step=step), Turn(current.execution_id, -1, dial))
        yield button(label("+{step}", step=step), Turn(current.execution_id, 1, dial))


def _step(dial: Dial, current: CurrentExercise, suggestion: SetEntry) -> str:
    match dial:
        case Dial.WEIGHT:
            return load(weight_step(suggestion, current.step))
        case Dial.REPS:
            return label("1 rep")
        case Dial.DURATION:
            return clock(duration_step(current.measure))
        case Dial.DISTANCE:
            assert suggestion.distance is not None
            return far(distance_step(suggestion.distance.unit))
