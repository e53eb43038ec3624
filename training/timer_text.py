"""Timers as lifters write them: 60, 1:30, 2 min, emom 10, e2mom 10, 8x20/10, 5 x 1:00/0:30."""

from __future__ import annotations

import re
import unicodedata

from storage.values.timer import TimerKind
from training.timer_plan import TimerPlan

_ONE_FOR_MANY = str.maketrans(
    dict.fromkeys("×✕✖*\N{CYRILLIC SMALL LETTER HA}\N{CYRILLIC CAPITAL LETTER HA}", "x")
    | dict.fromkeys("\N{PRIME}\N{RIGHT SINGLE QUOTATION MARK}", "'")
    | dict.fromkeys("\N{DOUBLE PRIME}\N{RIGHT DOUBLE QUOTATION MARK}", '"')
)
_OFF = frozenset({"off", "stop", "end", "cancel", "0"})
_TABATA = TimerPlan(TimerKind.INTERVALS, 8, 20, 10)
_MINUTE = 60

_CLOCK = re.compile(r"(?:([0-9]{1,2}):(?=[0-9]{2}:))?([0-9]{1,3}):([0-5][0-9])")
_NUMBER = r"([0-9]{1,5}(?:[.,][0-9]{1,2})?)"
_WRITTEN = re.compile(
    rf"(?:{_NUMBER} ?(?:hours?|hrs?|h))? ?"
    rf"(?:{_NUMBER} ?(?:minutes?|mins?|m|'))? ?"
    r"(?:([0-9]{1,5}) ?(?:seconds?|secs?|s|\")?)?"
)
_EMOM = re.compile(r"e([0-9]{1,2})?mom (?:for )?([0-9]{1,3})(?: ?(?:x ?(.+)|rounds?|minutes?|mins?|m))?")
_INTERVALS = re.compile(r"([0-9]{1,3}) ?x ?([^/]+)(?:/(.+))?")


def is_off(text: str) -> bool:
    """Whether this says that the timer shall stop."""
    return _folded(text) in _OFF


def read_timer(text: str) -> TimerPlan | None:
    """The timer that this says, be it too long or too short; None if it says none."""
    said = _folded(text)
    if said == "tabata":
        return _TABATA
    if (emom := _EMOM.fullmatch(said)) is not None:
        return _emom(*emom.groups())
    if (intervals := _INTERVALS.fullmatch(said)) is not None:
        return _intervals(*intervals.groups())
    seconds = _seconds(said)
    return None if seconds is None else TimerPlan.countdown(seconds)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.translate(_ONE_FOR_MANY)).casefold().split())


def _emom(minutes: str | None, rounds: str, every: str | None) -> TimerPlan | None:
    if minutes is not None and every is not None:
        return None
    seconds = _MINUTE * int(minutes or 1) if every is None else _seconds(every)
    return None if seconds is None else TimerPlan(TimerKind.EMOM, int(rounds), seconds, 0)


def _intervals(rounds: str, work: str, rest: str | None) -> TimerPlan | None:
    on, off = _seconds(work), 0 if rest is None else _seconds(rest)
    return None if on is None or off is None else TimerPlan(TimerKind.INTERVALS, int(rounds), on, off)


def _seconds(text: str) -> int | None:
    said = text.strip()
    if (clock := _CLOCK.fullmatch(said)) is not None:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return (hours * 60 + minutes) * 60 + seconds
    written = _WRITTEN.fullmatch(said)
    if written is None or not any(written.groups()):
        return None
    parts = [float((part or "0").replace(",", ".")) for part in written.groups()]
    return round((parts[0] * 60 + parts[1]) * 60 + parts[2])
