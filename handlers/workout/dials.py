"""The buttons that turn a set up and down, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from telegram import InlineKeyboardButton

from handlers.amounts import clock, far, load
from handlers.screen import button
from handlers.words import label
from storage.values.lifted import SetEntry, SetKind
from training.card import CurrentExercise
from training.dials import Dial, dials_of, distance_step, duration_step, weight_step


def dial_buttons(
    current: CurrentExercise, entry: SetEntry, press: Callable[[int, Dial], object]
) -> list[InlineKeyboardButton]:
    """− and + for each part of the set that can be turned, each with what a press does: so many steps of a dial."""
    return list(_buttons(current, entry, press))


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


def _buttons(
    current: CurrentExercise, entry: SetEntry, press: Callable[[int, Dial], object]
) -> Iterator[InlineKeyboardButton]:
    for dial in dials_of(entry, current.measure):
        step = _step(dial, current, entry)
        yield button(label("−{step}", step=step), press(-1, dial))
        yield button(label("+{step}", step=step), press(1, dial))


def _step(dial: Dial, current: CurrentExercise, entry: SetEntry) -> str:
    match dial:
        case Dial.WEIGHT:
            return load(weight_step(entry, current.step))
        case Dial.REPS:
            return label("1 rep")
        case Dial.DURATION:
            return clock(duration_step(current.measure))
        case Dial.DISTANCE:
            assert entry.distance is not None
            return far(distance_step(entry.distance.unit))
