"""How weights, times and sets read on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import zip_longest

from handlers.words import Html, count, joined, label, say
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, Weight, WeightUnit

_MARKS = {SetKind.WORKING: "", SetKind.WARM_UP: "w ", SetKind.DROP: "d ", SetKind.AMRAP: "a "}


def number(value: Decimal) -> str:
    """The shortest way to write it: 100, 102.5."""
    return f"{value.normalize():f}"


def load(weight: Weight, *, signed: bool = False) -> str:
    """A weight with its unit: 102.5 kg; signed where it is added load or assistance: +20 kg, −15 kg."""
    sign = "−" if weight.thousandths < 0 else "+" if signed else ""
    return f"{sign}{number(abs(weight.amount))} {weight.unit}"


def far(distance: Distance) -> str:
    """A distance with its unit: 5 km."""
    return f"{number(distance.amount)} {distance.unit}"


def set_line(entry: SetEntry, measure: Measure) -> str:
    """A set as a lifter would write it: 100 kg × 5, bodyweight × 12, 1:30, 5 km in 25:00."""
    parts = [_MARKS[entry.kind] + _performed(entry, measure)]
    if entry.rpe is not None:
        parts.append(f"@{number(entry.rpe)}")
    if entry.note:
        parts.append(f"({entry.note})")
    return " ".join(parts)


def set_lines(entries: Sequence[SetEntry], measure: Measure, broke_record: Sequence[bool] = ()) -> str:
    """Several sets in one line; sets that differ in their reps only share the load: 100 kg × 5, 5, 4 · 90 kg × 8.

    Those of which that is said have broken a record.
    """
    groups: list[str] = []
    before: SetEntry | None = None
    for entry, is_record in zip_longest(entries, broke_record):
        if before is not None and entry.clean_reps is not None and _same_but_for_reps(before, entry):
            groups[-1] += f", {_reps(entry)}"
        else:
            groups.append(set_line(entry, measure))
        groups[-1] += " 🏆" if is_record else ""
        before = entry
    return " · ".join(groups)


def _same_but_for_reps(one: SetEntry, other: SetEntry) -> bool:
    plain = one.rpe is None and not one.note
    return plain and replace(one, clean_reps=other.clean_reps, forced_reps=other.forced_reps) == other


def _performed(entry: SetEntry, measure: Measure) -> str:
    external = _load(entry, measure)
    distance = far(entry.distance) if entry.distance is not None else ""
    time = clock(entry.duration) if entry.duration is not None else ""
    reps = _reps(entry) if entry.clean_reps is not None else ""
    if distance and time:
        return label("{distance} in {time}", distance=distance, time=time)
    if external and (distance or time):
        return label("{load} for {extent}", load=external, extent=distance or time)
    return " × ".join(part for part in (external, reps, distance, time) if part)


def _load(entry: SetEntry, measure: Measure) -> str:
    bodyweight = measure is Measure.BODYWEIGHT_REPS
    if entry.weight is None or (bodyweight and not entry.weight.thousandths):
        return label("BW") if bodyweight else ""
    return load(entry.weight, signed=bodyweight)


def _reps(entry: SetEntry) -> str:
    return f"{entry.clean_reps}+{entry.forced_reps}" if entry.forced_reps else str(entry.clean_reps)


def clock(seconds: int) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def volume(milligrams: int, unit: WeightUnit) -> str:
    """A volume in the lifter's unit, rounded for the eye: 1,500 kg."""
    thousandths = Decimal(milligrams * 1_000_000) / unit.nanograms_per_thousandth
    return f"{round(thousandths / 1000):,} {unit}"


def duration(time: timedelta) -> Html:
    """How long something took, in whole minutes."""
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    return say("{hours} h {minutes} min", hours=hours, minutes=minutes) if hours else say("{n} min", n=minutes)


def relative(moment: datetime) -> Html:
    """A time that counts by itself in the chat: "in 2 minutes". Clients that can't show the hour, in UTC."""
    return _telegram_time(moment, "r", f"{moment.astimezone(UTC):%H:%M} UTC")


def day(moment: datetime, zone: tzinfo = UTC) -> Html:
    """A date in the lifter's own zone and language. Clients that can't show it that way have the date in `zone`."""
    return _telegram_time(moment, "d", f"{moment.astimezone(zone):%Y-%m-%d}")


def _telegram_time(moment: datetime, form: str, fallback: str) -> Html:
    return Html(f'<tg-time unix="{int(moment.timestamp())}" format="{form}">{fallback}</tg-time>')


def sets_and_volume(sets: int, volume_mg: int, unit: WeightUnit) -> Html:
    """What a workout comes to: 3 sets · 1,500 kg."""
    parts = [count("{number} set", "{number} sets", sets)]
    if volume_mg:
        parts.append(Html(volume(volume_mg, unit)))
    return joined(" · ", parts)
