"""A time and nothing else: how long to rest."""

from __future__ import annotations

from decimal import Decimal

from training.notation.folding import fold
from training.notation.stopping import StoppedError
from training.notation.times import clock_time, written_time
from training.notation.tokens import Cursor, tokenize

_LONGEST = 9
"""Digits of a number alone; more than any time has."""


def read_time(text: str) -> int | None:
    """The whole seconds of a time alone: `90`, `90 s`, `2:30`, `2m`, `1m30`, `2½ min`, `2,5 min`. None: it is none."""
    if not text.strip()[:1].isalnum():
        return None  # folding would take a minus for the bullet of a list
    cursor = Cursor(tokenize(fold(text.replace(",", ".")).text))
    try:
        seconds = clock_time(cursor)
        if seconds is None:
            seconds = written_time(cursor, metres=False)
    except StoppedError:
        return None
    if seconds is None and cursor.here.text.isdigit() and len(cursor.here.text) <= _LONGEST:
        seconds = Decimal(cursor.take().text)
    if seconds is None or not cursor.here.is_end or seconds != seconds.to_integral_value():
        return None
    return int(seconds)
