"""The form of one item of a line: what is written, before it is asked what it means for the exercise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from storage.values.exercise import Measure
from storage.values.lifted import SetKind
from training.notation.quantities import Quantity, QuantityKind, starts_quantity, take_quantity
from training.notation.reading import UnreadableReason
from training.notation.tokens import Cursor, Token
from training.notation.vocabulary import AT, BETWEEN, KINDS, LONGEST_KIND, REPS, RPE, SETS, SIGNS, UNITS

HIGHEST_RPE = 10

_MOST_FACTORS = 256
"""More than the sets of a line are ever written with."""

_MEASURED = {QuantityKind.WEIGHT, QuantityKind.DISTANCE, QuantityKind.SETS}

_AFTER_NUMBERS = {*UNITS, *REPS, *SETS, RPE}


@dataclass
class Item:
    """Amounts in the order in which they are written, and what is said about the sets that they make.

    `at` is the weight after an @. `kind` stands before the amounts, `last_kind` behind them.
    `sure`: marked with `!`, which means that it is what it says.
    """

    factors: list[Quantity]
    kind: SetKind | None = None
    last_kind: SetKind | None = None
    at: Quantity | None = None
    rpe: Decimal | None = None
    sure: bool = False

    @property
    def start(self) -> Quantity:
        """The first amount."""
        return self.factors[0]


def take_item(cursor: Cursor, measure: Measure) -> Item:
    """Reads an item up to a comma, a note or the end of the line. Raises StoppedError."""
    kind = take_kind(cursor)
    item = Item([take_quantity(cursor, measure)], kind)
    while (further := _take_factor(cursor, item, measure)) is not None:
        item.factors.append(further)
        if len(item.factors) > _MOST_FACTORS:
            raise item.start.stop(UnreadableReason.TOO_MANY_SETS)
    take_remarks(cursor, item, measure)
    return item


def take_remarks(cursor: Cursor, item: Item, measure: Measure) -> None:
    """Reads what is said behind the amounts: a weight or RPE after @, a kind, a count, a !. Raises StoppedError."""
    while _take_remark(cursor, item, measure):
        pass


def ends_amounts(cursor: Cursor) -> bool:
    """Whether the item ends here, or goes on with no more than remarks."""
    is_remark = cursor.here.is_symbol("x") or _rpe_follows(cursor, 0) or _at_rpe(cursor) or _kind_ends_item(cursor, 0)
    return is_remark or _ends_item(cursor.here)


def is_rpe(amount: Decimal) -> bool:
    """Whether it is from 1 to 10 in halves."""
    return 1 <= amount <= HIGHEST_RPE and amount * 2 == (amount * 2).to_integral_value()


def set_weight(item: Item, amount: Quantity) -> None:
    """Makes the amount the item's weight. Raises StoppedError if it has one."""
    if item.at is not None:
        raise amount.stop(UnreadableReason.UNEXPECTED)
    item.at = replace(amount, kind=QuantityKind.WEIGHT) if amount.is_bare else amount


def set_rpe(item: Item, amount: Quantity) -> None:
    """Makes the amount the item's RPE. Raises StoppedError if it can be none, or the item has one."""
    if item.rpe is not None:
        raise amount.stop(UnreadableReason.UNEXPECTED)
    if not is_rpe(amount.amount):
        raise amount.stop(UnreadableReason.RPE_OUT_OF_RANGE)
    item.rpe = amount.amount


def starts_note(token: Token) -> bool:
    """Whether a note begins here: a word or # after a space, a bracket, or an emoji."""
    return (token.spaced and (token.is_word or token.is_symbol("#"))) or token.is_symbol("(") or token.is_emoji


def take_kind(cursor: Cursor) -> SetKind | None:
    found = _kind_at(cursor, 0)
    if found is None:
        return None
    kind, length = found
    cursor.take(length)
    return kind


def _kind_at(cursor: Cursor, distance: int) -> tuple[SetKind, int] | None:
    """A kind that many tokens ahead, and of how many tokens it is."""
    for length in range(LONGEST_KIND, 0, -1):
        words = tuple(cursor.ahead(distance + offset).text for offset in range(length))
        if words in KINDS:
            return KINDS[words], length
    return None


def _take_factor(cursor: Cursor, item: Item, measure: Measure) -> Quantity | None:
    if cursor.here.is_symbol("x"):
        cursor.take()
        if cursor.here.text in SIGNS:
            raise cursor.here.stop(UnreadableReason.UNEXPECTED)
        return replace(take_quantity(cursor, measure), times=True)
    is_between = cursor.here.text in BETWEEN and cursor.ahead(1).is_number
    if is_between and (item.factors[-1].kind in _MEASURED or cursor.ahead(2).text in SETS):
        cursor.take()
    elif cursor.here.text in SIGNS:
        return None
    if not starts_quantity(cursor) or (len(item.factors) > 1 and _begins_prose(cursor)):
        return None
    return take_quantity(cursor, measure)


def _begins_prose(cursor: Cursor) -> bool:
    """Whether words follow the number here, as in "100x5 2 left in the tank": then it is no further reps."""
    word = cursor.ahead(1)
    return word.is_word and word.text not in _AFTER_NUMBERS and not _kind_ends_item(cursor, 1)


def _ends_item(token: Token) -> bool:
    return token.is_end or token.text in {",", "@", "!"} or (starts_note(token) and not token.is_word)


def _kind_ends_item(cursor: Cursor, distance: int) -> bool:
    found = _kind_at(cursor, distance)
    if found is None:
        return False
    behind = distance + found[1]
    return _ends_item(cursor.ahead(behind)) or _rpe_follows(cursor, behind)


def _rpe_follows(cursor: Cursor, distance: int) -> bool:
    return cursor.ahead(distance).text == RPE and cursor.ahead(distance + 1).is_number


def _at_rpe(cursor: Cursor) -> bool:
    """Whether a word stands before an RPE that says so itself: at rpe 8, at @8."""
    return cursor.here.text == AT and (cursor.ahead(1).is_symbol("@") or _rpe_follows(cursor, 1))


def _take_remark(cursor: Cursor, item: Item, measure: Measure) -> bool:
    """Reads an @, an RPE, a kind, a count or a ! behind the amounts; False if there is none."""
    here = cursor.here
    if _at_rpe(cursor):
        cursor.take()
    elif here.is_symbol("!"):
        cursor.take()
        item.sure = True
    elif here.is_symbol("@"):
        cursor.take()
        _take_effort(cursor, item, measure)
    elif _rpe_follows(cursor, 0):
        _take_rpe(cursor, item)
    elif here.is_symbol("x"):
        cursor.take()
        count = take_quantity(cursor, measure)
        if count.kind is not QuantityKind.NUMBER:
            raise count.stop(UnreadableReason.UNEXPECTED)
        item.factors.append(replace(count, kind=QuantityKind.SETS))
    elif _kind_ends_item(cursor, 0):
        _take_last_kind(cursor, item)
    else:
        return False
    return True


def _take_effort(cursor: Cursor, item: Item, measure: Measure) -> None:
    """An @ with a unit, a sign or more than 10 is a weight, else an RPE."""
    if _rpe_follows(cursor, 0):
        _take_rpe(cursor, item)
        return
    amount = take_quantity(cursor, measure)
    if amount.is_bare and amount.amount <= HIGHEST_RPE:
        set_rpe(item, amount)
    elif amount.is_bare or amount.kind in {QuantityKind.WEIGHT, QuantityKind.BODYWEIGHT}:
        set_weight(item, amount)
    else:
        raise amount.stop(UnreadableReason.UNEXPECTED)


def _take_rpe(cursor: Cursor, item: Item) -> None:
    cursor.take()
    amount = take_quantity(cursor, Measure.REPS)
    if not amount.is_bare:
        raise amount.stop(UnreadableReason.UNEXPECTED)
    set_rpe(item, amount)


def _take_last_kind(cursor: Cursor, item: Item) -> None:
    start = cursor.here
    kind = take_kind(cursor)
    if item.last_kind not in {None, kind}:
        raise start.stop(UnreadableReason.UNEXPECTED)
    item.last_kind = kind
