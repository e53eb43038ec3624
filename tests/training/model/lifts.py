"""What the model's lifters lift and write: few sets, near one another, so that they meet and beat each other."""

from __future__ import annotations

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.rows import kg

ENTRIES: dict[Measure, list[SetEntry]] = {
    Measure.WEIGHT_REPS: [
        kg(100, 5),
        kg(100, 6),
        kg("102.5", 3),
        kg(60, 8),
        SetEntry(Weight.of(225, WeightUnit.LB), 5, 1),
        SetEntry(Weight.of(120, WeightUnit.KG), 2, kind=SetKind.WARM_UP),
    ],
    Measure.BODYWEIGHT_REPS: [SetEntry(clean_reps=8), SetEntry(clean_reps=9, note="slow"), kg(10, 5), kg(-20, 8)],
    Measure.DURATION: [SetEntry(duration=60), SetEntry(duration=90)],
}

LINES = (
    "100x5",
    "100x6 @9",
    "102.5x3+1",
    "110x2,1",
    "60x8x3",
    "w 60x8",
    "8",
    "5x100",
    "225lb x 5 # belt",
    "+10x6",
    "-20x8",
    "1:30",
    "mumble",
)
