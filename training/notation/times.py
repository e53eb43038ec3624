"""Times as lifters write them: 1:30, 1:05:00, 90s, 1 min 30 s, 1'30"."""

from __future__ import annotations

from decimal import Decimal

from training.notation.reading import UnreadableReason
from training.notation.tokens import Cursor, Token
from training.notation.vocabulary import HOUR, METRES_OR_MINUTES, MINUTE, SECOND, TIME_UNITS

_LONGEST_PART = 6
_NEXT_SMALLER = {HOUR: MINUTE, MINUTE: SECOND}


def clock_time(cursor: Cursor) -> Decimal | None:
    """The seconds of m:ss or h:mm:ss; None, and nothing taken, if there is no colon. Raises StoppedError."""
    if not _colon_follows(cursor, 0):
        return None
    parts = [cursor.take()]
    while _colon_follows(cursor, -1):
        cursor.take()
        parts.append(cursor.take())
    if len(parts) > 3 or any(not _is_sixtieth(part) for part in parts[1:]) or not parts[0].text.isdigit():
        raise parts[-1].stop(UnreadableReason.UNEXPECTED)
    if len(parts[0].text) > _LONGEST_PART:
        raise parts[0].stop(UnreadableReason.TOO_LARGE)
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part.text)
    return Decimal(seconds)


def written_time(cursor: Cursor, *, metres: bool) -> Decimal | None:
    """The seconds of a number with a unit of time, and of the smaller units that follow it: 1h 5m.

    None, and nothing taken, if there is no such unit. With `metres`, `m` is minutes only after hours or directly
    before seconds. Raises StoppedError.
    """
    unit = _time_unit(cursor, metres=metres)
    if unit is None:
        return None
    seconds = _part(cursor.take()) * unit
    cursor.take()
    while (smaller := _NEXT_SMALLER.get(unit)) is not None and cursor.here.is_number:
        unit = _following_unit(cursor, unit, smaller)
        if unit is None:
            break
        seconds += _part(cursor.take()) * unit
        if cursor.here.text in TIME_UNITS or cursor.here.text == METRES_OR_MINUTES:
            cursor.take()
    return seconds


def _colon_follows(cursor: Cursor, distance: int) -> bool:
    colon, after = cursor.ahead(distance + 1), cursor.ahead(distance + 2)
    return colon.is_symbol(":") and after.is_number and not colon.spaced and not after.spaced


def _is_sixtieth(part: Token) -> bool:
    return len(part.text) == 2 and part.text.isdigit() and int(part.text) < 60


def _time_unit(cursor: Cursor, *, metres: bool) -> int | None:
    word = cursor.ahead(1)
    if word.text in {"'", '"'} and word.spaced:
        return None
    if word.text == METRES_OR_MINUTES:
        return None if metres and not _seconds_touch(cursor) else MINUTE
    return TIME_UNITS.get(word.text)


def _seconds_touch(cursor: Cursor) -> bool:
    number, unit = cursor.ahead(2), cursor.ahead(3)
    return number.is_number and not number.spaced and TIME_UNITS.get(unit.text) == SECOND


def _following_unit(cursor: Cursor, larger: int, smaller: int) -> int | None:
    """The unit of a further part: its own if that is smaller, or the next smaller one of 1m30, 1 min 30 and 1h05."""
    own = _time_unit(cursor, metres=False)
    if own is not None:
        return own if own < larger else None
    word, part = cursor.ahead(1), cursor.here.text
    is_last = not word.is_word and not word.is_symbol(":")
    return smaller if is_last and part.isdigit() and len(part) <= 2 and int(part) < 60 else None


def _part(number: Token) -> Decimal:
    if len(number.text.partition(".")[0]) > _LONGEST_PART or len(number.text) > 2 * _LONGEST_PART:
        raise number.stop(UnreadableReason.TOO_LARGE)
    if number.text.count(".") > 1:
        raise number.stop(UnreadableReason.UNEXPECTED)
    return Decimal(number.text)
