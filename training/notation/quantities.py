"""The amounts that a set is written with: numbers, weights, times, distances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from storage.values.exercise import Measure
from storage.values.quantity import DistanceUnit, WeightUnit
from training.notation.measures import ON_DISTANCE
from training.notation.reading import UnreadableReason
from training.notation.stopping import StoppedError
from training.notation.times import clock_time, written_time
from training.notation.tokens import Cursor, Token
from training.notation.vocabulary import BODYWEIGHT, DISTANCE_UNITS, METRES_OR_MINUTES, REPS, SETS, SIGNS, WEIGHT_UNITS

_LONGEST_WHOLE = 9
_LONGEST_NUMBER = 16


class QuantityKind(Enum):
    """What an amount measures, as far as it says so itself."""

    NUMBER = auto()
    WEIGHT = auto()
    BODYWEIGHT = auto()
    REPS = auto()
    SETS = auto()
    DURATION = auto()
    DISTANCE = auto()


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as written, from `start` to `end` of the folded line.

    `amount` is in `unit` (None: not written), for durations in seconds. `signed`: written with + or -, or after bw.
    `times`: an `x` stands before it. `forced`: what was written as +n behind it. `open_ended`: a bare + is.
    """

    kind: QuantityKind
    amount: Decimal
    start: int
    end: int
    unit: WeightUnit | DistanceUnit | None = None
    signed: bool = False
    times: bool = False
    forced: int = 0
    open_ended: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.kind is QuantityKind.NUMBER and not self.forced and not self.open_ended

    def stop(self, reason: UnreadableReason) -> StoppedError:
        """The error that says that reading ended here."""
        return StoppedError(reason, self.start, self.end)


def starts_quantity(cursor: Cursor) -> bool:
    """Whether an amount begins here."""
    here, after = cursor.here, cursor.ahead(1)
    if here.text in SIGNS:
        return after.is_number and not after.spaced
    return here.is_number or here.text in BODYWEIGHT


def take_quantity(cursor: Cursor, measure: Measure) -> Quantity:
    """Reads an amount with its sign, unit and forced reps. Raises StoppedError."""
    if not starts_quantity(cursor):
        here = cursor.here
        raise here.stop(UnreadableReason.INCOMPLETE if here.is_end else UnreadableReason.UNEXPECTED)
    if cursor.here.text in BODYWEIGHT:
        return _bodyweight(cursor)
    if cursor.here.text in SIGNS:
        return _signed_weight(cursor)
    return _unsigned(cursor, measure)


def number_of(token: Token) -> Decimal:
    """The number that the token is. Raises StoppedError if it has two points or no set could have it."""
    if token.text.count(".") > 1:
        raise token.stop(UnreadableReason.UNEXPECTED)
    if len(token.text.partition(".")[0]) > _LONGEST_WHOLE:
        raise token.stop(UnreadableReason.TOO_LARGE)
    if len(token.text) > _LONGEST_NUMBER:
        raise token.stop(UnreadableReason.TOO_PRECISE)
    return Decimal(token.text)


def whole(written: Token | Quantity, amount: Decimal) -> int:
    """The amount as an integer. Raises StoppedError at what was written if it isn't one."""
    if amount != amount.to_integral_value():
        raise written.stop(UnreadableReason.NOT_WHOLE)
    return int(amount)


def _bodyweight(cursor: Cursor) -> Quantity:
    word = cursor.take()
    if cursor.here.text in SIGNS and cursor.ahead(1).is_number:
        return replace(_signed_weight(cursor), start=word.start)
    return Quantity(QuantityKind.BODYWEIGHT, Decimal(0), word.start, word.end, signed=True)


def _signed_weight(cursor: Cursor) -> Quantity:
    sign = cursor.take()
    number = cursor.take()
    amount = number_of(number)
    unit, end = None, number.end
    if cursor.here.text in WEIGHT_UNITS:
        unit, end = WEIGHT_UNITS[cursor.here.text], cursor.take().end
    signed_amount = -amount if sign.text == "-" else amount
    return Quantity(QuantityKind.WEIGHT, signed_amount, sign.start, end, unit, signed=True)


def _unsigned(cursor: Cursor, measure: Measure) -> Quantity:
    start = cursor.here.start
    seconds = clock_time(cursor)
    if seconds is None:
        seconds = written_time(cursor, metres=measure in ON_DISTANCE)
    if seconds is not None:
        end = cursor.ahead(-1).end
        return _with_plus(cursor, Quantity(QuantityKind.DURATION, seconds, start, end))
    number = cursor.take()
    amount = number_of(number)
    plain = _with_plus(cursor, Quantity(QuantityKind.NUMBER, amount, start, number.end))
    return _with_unit(cursor, plain, measure)


def _with_plus(cursor: Cursor, quantity: Quantity) -> Quantity:
    """Takes what touches the number, or stands apart from both: in "12 +20" the sign belongs to a weight."""
    plus, after = cursor.here, cursor.ahead(1)
    if not plus.is_symbol("+"):
        return quantity
    if after.is_number and plus.spaced == after.spaced:
        cursor.take(2)
        return replace(quantity, forced=whole(after, number_of(after)), end=after.end)
    if plus.spaced:
        return quantity
    cursor.take()
    return replace(quantity, open_ended=True, end=plus.end)


def _with_unit(cursor: Cursor, number: Quantity, measure: Measure) -> Quantity:
    word = cursor.here.text
    if word in REPS:
        return replace(number, kind=QuantityKind.REPS, end=cursor.take().end)
    if not number.is_bare:
        return number
    if word in SETS:
        return replace(number, kind=QuantityKind.SETS, end=cursor.take().end)
    if word in WEIGHT_UNITS:
        return replace(number, kind=QuantityKind.WEIGHT, unit=WEIGHT_UNITS[word], end=cursor.take().end)
    distance = DistanceUnit.METRE if word == METRES_OR_MINUTES and measure in ON_DISTANCE else DISTANCE_UNITS.get(word)
    if distance is not None:
        return replace(number, kind=QuantityKind.DISTANCE, unit=distance, end=cursor.take().end)
    return number
