"""What is said about the records that a set has just broken."""

from __future__ import annotations

from handlers.amounts import clock, far, load, volume
from handlers.words import Html, joined, say
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import WeightUnit
from training.open_workout import Logged
from training.records import Record, RecordKind

_MOST_SAID = 2
"""Of the records of one set, in the order in which lifters ask each other about them."""


def records_line(logged: Logged) -> Html | None:
    """A line for the card; None if nothing was broken. What several sets broke one after the other is the last's."""
    if not any(logged.records):
        return None
    broken = {
        record.kind: (entry, record)
        for entry, records in zip(logged.entries, logged.records, strict=True)
        for record in records
    }
    said = [record_words(*broken[kind], logged.measure, logged.card.unit) for kind in RecordKind if kind in broken]
    return say("🏆 <b>Record:</b> {what}", what=joined(" · ", said[:_MOST_SAID]))


def record_words(  # noqa: PLR0911 -- a table
    entry: SetEntry, record: Record, measure: Measure, unit: WeightUnit
) -> Html:
    """Which record it is, and what it is now."""
    signed = measure is Measure.BODYWEIGHT_REPS
    match record.kind:
        case RecordKind.HEAVIEST if entry.weight is None:
            return say("without assistance")
        case RecordKind.HEAVIEST:
            assert entry.weight is not None
            return say("heaviest, {weight}", weight=load(entry.weight, signed=signed))
        case RecordKind.MOST_REPS if record.load is None:
            return say("most reps, {reps}", reps=record.value)
        case RecordKind.MOST_REPS:
            assert record.load is not None
            return say("most reps with {weight}, {reps}", weight=load(record.load, signed=signed), reps=record.value)
        case RecordKind.ESTIMATED_1RM:
            return say("estimated 1RM, {weight}", weight=volume(record.value, unit))
        case RecordKind.SET_VOLUME:
            return say("most volume in a set, {weight}", weight=volume(record.value, unit))
        case RecordKind.LONGEST:
            assert entry.duration is not None
            return say("longest, {time}", time=clock(entry.duration))
        case RecordKind.FARTHEST:
            assert entry.distance is not None
            return say("farthest, {distance}", distance=far(entry.distance))
