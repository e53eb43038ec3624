"""Times within a text (https://core.telegram.org/bots/api#date-time-entity-formatting).

What is refused and what is passed over is that of tdlib/td, MessageEntity.cpp, `parse_html`.
"""

from __future__ import annotations

import re
from typing import Final

from simulator.errors import bad_request
from simulator.nesting import Entity

_FORMAT: Final = re.compile(r"[rR]|[wWdDtT]*")
_DIGITS: Final = re.compile(r"[0-9]*")
_BITS: Final = 1 << 32


def unix_time(written: str) -> int:
    """The number that a text begins with, in the 32 bits that Telegram has for it; 0 for none."""
    found = _DIGITS.match(written)
    number = 0
    for digit in found.group() if found else "":
        number = (10 * number + int(digit)) % _BITS
    return number if number < _BITS // 2 else number - _BITS


def date_time(unix: int, layout: str) -> Entity | None:
    """The entity without its place; None for a time before 1970. Refuses a format that there isn't."""
    if not _FORMAT.fullmatch(layout):
        raise bad_request("Can't parse entities: Invalid date format used")
    if unix <= 0:
        return None
    return {"type": "date_time", "unix_time": unix, "date_time_format": _in_order(layout)}


def _in_order(layout: str) -> str:
    """The format as Telegram gives it back: day of the week, date, time; the short form if both are asked for."""
    if layout in ("r", "R"):
        return "r"
    week = "w" if "w" in layout.lower() else ""
    return week + "".join(next((one for one in kind if one in layout), "") for kind in ("dD", "tT"))
