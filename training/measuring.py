"""Whether a set fits the measure of its exercise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.texts import is_storable

MOST_MILLIGRAMS = 100_000 * 1_000_000
"""100,000 kg; the notation refuses more as well."""

MOST_REPS = 9_999
LONGEST_SECONDS = 1_000 * 3_600
FARTHEST_MILLIMETRES = 2_000_000 * 1_000_000
"""2,000,000 km: more than any distance that the notation reads."""

LONGEST_NOTE = 1_000
"""Characters of the note of a workout, or of an exercise in one."""

LONGEST_SET_NOTE = 4_096
"""Characters: what is typed behind a set fits, as no message is longer."""

_LOWEST_RPE, _HIGHEST_RPE = Decimal(1), Decimal(10)


class SetFault(StrEnum):
    """Why a set can't be stored for an exercise."""

    WEIGHT_MISSING = "weight_missing"
    WEIGHT_NOT_HERE = "weight_not_here"
    ASSISTANCE_NOT_HERE = "assistance_not_here"
    """A negative weight is assistance, which only bodyweight exercises have."""
    REPS_MISSING = "reps_missing"
    REPS_NOT_HERE = "reps_not_here"
    DURATION_MISSING = "duration_missing"
    DURATION_NOT_HERE = "duration_not_here"
    DISTANCE_MISSING = "distance_missing"
    DISTANCE_NOT_HERE = "distance_not_here"
    RPE_OUT_OF_RANGE = "rpe_out_of_range"
    """RPE runs from 1 to 10 in halves."""
    TOO_LARGE = "too_large"
    NEGATIVE = "negative"
    NOTE_TOO_LONG = "note_too_long"
    NOTE_NOT_STORABLE = "note_not_storable"
    """It has characters that no database takes."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a set: which measures need it and which may have it, and what to say where that isn't so."""

    needed: frozenset[Measure]
    optional: frozenset[Measure]
    missing: SetFault
    not_here: SetFault

    def fault(self, measure: Measure, *, given: bool) -> SetFault | None:
        if given:
            return None if measure in self.needed | self.optional else self.not_here
        return self.missing if measure in self.needed else None


_WEIGHT = _Part(
    frozenset({Measure.WEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE}),
    frozenset({Measure.BODYWEIGHT_REPS}),
    SetFault.WEIGHT_MISSING,
    SetFault.WEIGHT_NOT_HERE,
)
_REPS = _Part(
    frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.REPS}),
    frozenset(),
    SetFault.REPS_MISSING,
    SetFault.REPS_NOT_HERE,
)
_DURATION = _Part(
    frozenset({Measure.DURATION, Measure.WEIGHT_DURATION}),
    frozenset({Measure.DISTANCE_DURATION}),
    SetFault.DURATION_MISSING,
    SetFault.DURATION_NOT_HERE,
)
_DISTANCE = _Part(
    frozenset({Measure.WEIGHT_DISTANCE}),
    frozenset({Measure.DISTANCE_DURATION}),
    SetFault.DISTANCE_MISSING,
    SetFault.DISTANCE_NOT_HERE,
)


def fault_of(entry: SetEntry, measure: Measure) -> SetFault | None:
    """What keeps the set from being stored for an exercise of this measure; None if it fits."""
    faults = (
        _WEIGHT.fault(measure, given=entry.weight is not None),
        _REPS.fault(measure, given=entry.clean_reps is not None),
        _DURATION.fault(measure, given=entry.duration is not None),
        _DISTANCE.fault(measure, given=entry.distance is not None),
        _fault_of_the_whole(entry, measure),
        _fault_of_size(entry),
    )
    return next((fault for fault in faults if fault is not None), None)


def _fault_of_the_whole(entry: SetEntry, measure: Measure) -> SetFault | None:
    if entry.weight is not None and entry.weight.thousandths < 0 and measure is not Measure.BODYWEIGHT_REPS:
        return SetFault.ASSISTANCE_NOT_HERE
    # Either will do: a treadmill that says no distance, a hill that nobody timed.
    if measure is Measure.DISTANCE_DURATION and entry.distance is None and entry.duration is None:
        return SetFault.DISTANCE_MISSING
    # Forced reps come after clean ones, be they none: where those can't be, these can't.
    return SetFault.REPS_NOT_HERE if entry.forced_reps and entry.clean_reps is None else None


def _fault_of_size(entry: SetEntry) -> SetFault | None:
    amounts = (
        (entry.clean_reps or 0, MOST_REPS),
        (entry.forced_reps, MOST_REPS),
        (entry.duration or 0, LONGEST_SECONDS),
        (0 if entry.distance is None else entry.distance.millimetres, FARTHEST_MILLIMETRES),
        (0 if entry.weight is None else abs(entry.weight.milligrams), MOST_MILLIGRAMS),
    )
    if any(amount < 0 for amount, _ in amounts):
        return SetFault.NEGATIVE
    if any(amount > most for amount, most in amounts):
        return SetFault.TOO_LARGE
    if entry.rpe is not None and not (
        _LOWEST_RPE <= entry.rpe <= _HIGHEST_RPE and 2 * entry.rpe == (2 * entry.rpe).to_integral_value()
    ):
        return SetFault.RPE_OUT_OF_RANGE
    return _fault_of_note(entry.note)


def _fault_of_note(note: str) -> SetFault | None:
    if len(note) > LONGEST_SET_NOTE:
        return SetFault.NOTE_TOO_LONG
    return None if is_storable(note) else SetFault.NOTE_NOT_STORABLE
