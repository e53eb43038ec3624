"""What comes out of reading a lifter's lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit


@dataclass(frozen=True, slots=True)
class LineContext:
    """What a line is read against.

    `unit` is the lifter's unit for this exercise. `last_weight` and `last_reps` are those of the last working set of
    this exercise, today's or else last time's; None if there was none.
    """

    measure: Measure
    unit: WeightUnit
    last_weight: Weight | None
    last_reps: int | None


@dataclass(frozen=True, slots=True)
class Sets:
    """The text is these sets, at least one."""

    entries: tuple[SetEntry, ...]


class QuestionReason(StrEnum):
    """Why the lifter is asked before anything is logged."""

    COMMA = "comma"
    """A comma or point may be a decimal or may part two numbers: 100,5 or 1,000x5."""
    SWAPPED = "swapped"
    """Weight and reps look swapped against last time: 5x100."""
    SETS_OR_WEIGHT = "sets_or_weight"
    """The first number is a weight by the rules, but looks like a count of sets: 3x12, 3x8 70."""
    SETS_OR_REPS = "sets_or_reps"
    """Either number may be the count of sets: 100kg 3x8."""
    SETS_OR_PAIR = "sets_or_pair"
    """A number before a weight and an effort may count the sets, or how many weights there were: 2x40kg 30m."""
    TIME_OR_WEIGHT = "time_or_weight"
    """By the rules so many sets of that many seconds, but it looks like weight and reps: 100x5."""
    ALL_REPS = "all_reps"
    """The first number is a weight by the rules, but all of them look like reps: 8 8 8."""
    WEIGHT_OR_REPS = "weight_or_reps"
    """A number alone is reps by the rules, but looks like the weight."""
    REPS_MISSING = "reps_missing"
    """A weight alone: the reps of the last set are offered."""
    UNIT_MISSING = "unit_missing"
    """A distance or time lacks its unit: 5km 25."""
    PART_OR_NOTE = "part_or_note"
    """A number after a word may be the weight or the RPE, or a note like any words: 8 with 70."""
    WEIGHT_OF_ALL = "weight_of_all"
    """The weight behind the last reps may be that of all reps before it: 10, 10, 8 at 60kg."""
    LOOKS_LIKE_DATE = "looks_like_date"
    """12.03 or 2024 alone."""
    IMPLAUSIBLE = "implausible"
    """Over 1,000 kg, 200 reps, 24 hours or 1,000 km in one set."""
    MANY_SETS = "many_sets"
    """More than 20 sets at once."""

    @property
    def is_doubt(self) -> bool:
        """Whether the text has a reading by the rules, which `!` confirms."""
        return self in _DOUBTS


_DOUBTS = frozenset(
    {
        QuestionReason.SWAPPED,
        QuestionReason.SETS_OR_WEIGHT,
        QuestionReason.SETS_OR_PAIR,
        QuestionReason.TIME_OR_WEIGHT,
        QuestionReason.ALL_REPS,
        QuestionReason.WEIGHT_OR_REPS,
        QuestionReason.WEIGHT_OF_ALL,
        QuestionReason.LOOKS_LIKE_DATE,
        QuestionReason.IMPLAUSIBLE,
        QuestionReason.MANY_SETS,
    }
)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible reading. `text` is canonical: read in the same context it is these sets, without a question."""

    text: str
    entries: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The lifter decides: between several options, or whether the only one is meant."""

    reason: QuestionReason
    options: tuple[Option, ...]


class UnreadableReason(StrEnum):
    """Why a text is not logged."""

    NOT_A_SET = "not_a_set"
    """It doesn't begin as a set does."""
    UNEXPECTED = "unexpected"
    """It begins as a set, then comes something that doesn't belong there."""
    INCOMPLETE = "incomplete"
    """Something is missing where it stopped: 100x."""
    WEIGHT_MISSING = "weight_missing"
    """There is no earlier set to take the weight from."""
    REPS_MISSING = "reps_missing"
    """A weight alone, and no earlier set to take the reps from."""
    RPE_OUT_OF_RANGE = "rpe_out_of_range"
    """RPE runs from 1 to 10 in halves."""
    SIGN_NOT_HERE = "sign_not_here"
    """A sign, or bw, means added or assisting load, which only bodyweight exercises have."""
    WEIGHT_NOT_HERE = "weight_not_here"
    """The exercise is logged without weight."""
    REPS_NOT_HERE = "reps_not_here"
    """The exercise is logged without reps."""
    DURATION_NOT_HERE = "duration_not_here"
    """The exercise is logged without time."""
    DISTANCE_NOT_HERE = "distance_not_here"
    """The exercise is logged without distance."""
    NOT_WHOLE = "not_whole"
    """Reps, sets and seconds are whole numbers."""
    TOO_PRECISE = "too_precise"
    """More than three decimals."""
    TOO_LARGE = "too_large"
    """A number that no set can have."""
    TOO_MANY_SETS = "too_many_sets"
    """More than 100 sets at once."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The text is no set. Its parts are as the lifter wrote them, without spaces around them.

    `understood` is what could be read, `stopped_at` the word or number where that ended (empty at the end of a line),
    and `rest` what follows.
    """

    reason: UnreadableReason
    understood: str
    stopped_at: str
    rest: str


Reading = Sets | Question | Unreadable
