"""What an item means: the sets that it makes, or several possibilities."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from training.notation.items import Item
from training.notation.quantities import Quantity, QuantityKind, whole
from training.notation.reading import LineContext, QuestionReason, UnreadableReason

MOST_SETS = 100
"""More at once are refused; more than 20 are asked about."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before an item: the load, reps and unit of the set before it. `in_list`: in the same line."""

    context: LineContext
    weight: Weight | None
    reps: int | None
    unit: WeightUnit
    in_list: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """The same set a number of times; forced reps and a + written behind the count are the last one's."""

    entry: SetEntry
    open_ended: bool = False
    count: Quantity | None = None

    @property
    def times(self) -> int:
        """How many sets these are. Raises StoppedError."""
        return 1 if self.count is None else count_of(self.count)


Plan = tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The ways to understand an item, the one by the rules first. `reason` is given if the lifter has to decide."""

    plans: tuple[Plan, ...]
    reason: QuestionReason | None = None


def certain(*chunks: Chunk) -> Meaning:
    """The meaning of an item that has only one."""
    return Meaning((chunks,))


def count_of(count: Quantity) -> int:
    """How many sets this count says. Raises StoppedError."""
    many = whole(count, count.amount)
    if many < 1 or count.kind not in {QuantityKind.NUMBER, QuantityKind.SETS}:
        raise count.stop(UnreadableReason.UNEXPECTED)
    if many > MOST_SETS:
        raise count.stop(UnreadableReason.TOO_MANY_SETS)
    return many


def entries_of(plan: Plan, item: Item) -> list[SetEntry]:
    """The sets of a plan with what the item says about them.

    A kind before them and, if they are all alike, an RPE and a kind behind them belong to all, else to the last one.
    Raises StoppedError if kinds contradict each other.
    """
    kinds = [item.kind] * sum(chunk.times for chunk in plan)
    entries: list[SetEntry] = []
    for chunk in plan:
        entries.extend([chunk.entry] * chunk.times)
        if chunk.open_ended:
            _set_kind(kinds, range(len(entries) - chunk.times, len(entries)), SetKind.AMRAP, item)
        if chunk.count is not None and chunk.count.open_ended:
            _set_kind(kinds, [len(entries) - 1], SetKind.AMRAP, item)
        if chunk.count is not None and chunk.count.forced:
            entries[-1] = replace(entries[-1], forced_reps=entries[-1].forced_reps + chunk.count.forced)
    described = range(len(entries)) if len(plan) == 1 else [len(entries) - 1]
    if item.last_kind is not None:
        _set_kind(kinds, described, item.last_kind, item)
    for place in described:
        entries[place] = replace(entries[place], rpe=item.rpe)
    return [replace(entry, kind=kind or SetKind.WORKING) for entry, kind in zip(entries, kinds, strict=True)]


def _set_kind(kinds: list[SetKind | None], places: range | list[int], kind: SetKind, item: Item) -> None:
    for place in places:
        if kinds[place] not in {None, kind}:
            raise item.start.stop(UnreadableReason.UNEXPECTED)
        kinds[place] = kind
