"""Printing sets in the canonical notation, in plain form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight
from training.notation.measures import LOADED_REPS
from training.notation.reading import LineContext

_KINDS = {SetKind.WORKING: "", SetKind.WARM_UP: "w ", SetKind.DROP: "d ", SetKind.AMRAP: "a "}


def printed(entries: Sequence[SetEntry], context: LineContext, *, sure: bool) -> str:
    """The sets as short as they can be written: 100x5x3, 95x8,6 @9. `sure` marks each line with `!`.

    The lifter's unit is left out unless a set has another one. A note ends its line.
    """
    writer = _Writer(context.measure, _leaves_out_unit(entries, context))
    lines: list[str] = []
    for line in _lines(entries):
        mark = "!" if sure else ""
        note = " ".join(line[-1].note.splitlines())
        lines.append(", ".join(writer.chunks(line)) + mark + (f" # {note}" if note else ""))
    return "\n".join(lines)


def number(value: Decimal) -> str:
    """The shortest way to write it: 100, 102.5."""
    return f"{value.normalize():f}"


def clock(seconds: int) -> str:
    """Seconds as 45s, m:ss or h:mm:ss."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}" if minutes else f"{rest}s"


def _leaves_out_unit(entries: Sequence[SetEntry], context: LineContext) -> bool:
    return context.measure in LOADED_REPS and all(
        entry.weight is None or entry.weight.unit is context.unit for entry in entries
    )


def _lines(entries: Sequence[SetEntry]) -> Iterator[list[SetEntry]]:
    line: list[SetEntry] = []
    for entry in entries:
        line.append(entry)
        if entry.note:
            yield line
            line = []
    if line:
        yield line


@dataclass(frozen=True, slots=True)
class _Writer:
    measure: Measure
    leaves_out_unit: bool

    def chunks(self, line: Sequence[SetEntry]) -> Iterator[str]:
        """Sets that are alike with a count, sets at one weight as a list of reps, others by themselves."""
        bare = [replace(entry, note="") for entry in line]
        for _, group in groupby(bare, key=self._common):
            yield from self._group(list(group))

    def _common(self, entry: SetEntry) -> object:
        lists_reps = self.measure in LOADED_REPS and entry.rpe is None
        return replace(entry, clean_reps=None, forced_reps=0) if lists_reps else entry

    def _group(self, group: list[SetEntry]) -> Iterator[str]:
        first = group[0]
        if all(entry == first for entry in group):
            yield self._one(first, len(group))
        else:
            yield ",".join([self._one(first, 1), *map(_reps, group[1:])])

    def _one(self, entry: SetEntry, times: int) -> str:
        count = f"{self._count_mark()}{times}" if times > 1 else ""
        effort = f" @{number(entry.rpe)}" if entry.rpe is not None else ""
        return f"{_KINDS[entry.kind]}{self._amounts(entry)}{count}{effort}"

    def _count_mark(self) -> str:
        if self.measure is Measure.REPS:
            return " reps x"
        return "x" if self.measure in {*LOADED_REPS, Measure.DURATION} else " x"

    def _amounts(self, entry: SetEntry) -> str:
        if self.measure in LOADED_REPS:
            return self._load(entry.weight) + _reps(entry)
        parts = [
            f"{number(amount.amount)}{amount.unit}" for amount in (entry.weight, entry.distance) if amount is not None
        ]
        if entry.duration is not None:
            parts.append(clock(entry.duration))
        if entry.clean_reps is not None:
            parts.append(_reps(entry))
        return " ".join(parts)

    def _load(self, weight: Weight | None) -> str:
        if weight is None:
            return "bw x" if self.measure is Measure.BODYWEIGHT_REPS else ""
        sign = "+" if self.measure is Measure.BODYWEIGHT_REPS and weight.thousandths >= 0 else ""
        unit = "" if self.leaves_out_unit else f"{weight.unit} "
        return f"{sign}{number(weight.amount)}{unit}x"


def _reps(entry: SetEntry) -> str:
    return f"{entry.clean_reps}+{entry.forced_reps}" if entry.forced_reps else str(entry.clean_reps)
