"""A weight or an RPE said in words behind the reps: 8 at 70, 12 reps of 60, 8 with 20 kg. Or is it a note?"""

from __future__ import annotations

from enum import Enum, auto

from storage.values.exercise import Measure
from training.notation.arrangement import may_take_weight
from training.notation.items import (
    HIGHEST_RPE,
    Item,
    ends_amounts,
    is_rpe,
    set_rpe,
    set_weight,
    starts_note,
    take_remarks,
)
from training.notation.measures import LOADED
from training.notation.quantities import Quantity, QuantityKind, take_quantity
from training.notation.stopping import StoppedError
from training.notation.tokens import Cursor
from training.notation.vocabulary import AT, OF, WITH

_WORDS = {AT, OF, WITH}


class Worded(Enum):
    """What at, of or with and a number say."""

    WEIGHT = auto()
    RPE = auto()
    NOTE = auto()


def possibilities(cursor: Cursor, item: Item, measure: Measure) -> tuple[Worded, ...]:
    """What the words behind this item may say, the likeliest first; nothing if they are just words.

    Behind reps without a weight `at` is an @ if nothing follows, and so is the `of` of "12 reps of 60". Up to 10 it may
    as well be an RPE or a note; and so may whatever else stands there.
    """
    word = cursor.here
    if word.text not in _WORDS or not word.spaced or measure not in LOADED:
        return ()
    place = cursor.place
    try:
        cursor.take()
        amount = take_quantity(cursor, measure)
        is_all, goes_on = ends_amounts(cursor), starts_note(cursor.here)
    except StoppedError:
        return ()
    finally:
        cursor.back_to(place)
    is_small = amount.is_bare and amount.amount <= HIGHEST_RPE
    if not (is_all or (goes_on and not is_small)):
        return ()
    found = []
    if may_take_weight(item) and _may_be_weight(amount, measure):
        found.append(Worded.WEIGHT)
    if word.text == AT and item.rpe is None and amount.is_bare and is_rpe(amount.amount):
        found.append(Worded.RPE)
    is_at = word.text == AT or (word.text == OF and item.factors[-1].kind is QuantityKind.REPS)
    is_clear = is_at and is_all and not is_small
    return tuple(found) if is_clear or not found else (*found, Worded.NOTE)


def take_worded(cursor: Cursor, item: Item, measure: Measure, meant: Worded) -> None:
    """Reads the words as what they are meant to say. Raises StoppedError."""
    if meant is Worded.NOTE:
        return
    cursor.take()
    amount = take_quantity(cursor, measure)
    if meant is Worded.RPE:
        set_rpe(item, amount)
    else:
        set_weight(item, amount)
    take_remarks(cursor, item, measure)


def _may_be_weight(amount: Quantity, measure: Measure) -> bool:
    if amount.signed:
        return measure is Measure.BODYWEIGHT_REPS
    return amount.is_bare or amount.kind is QuantityKind.WEIGHT
