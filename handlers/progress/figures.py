"""How the figures of an exercise are called and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.amounts import clock
from handlers.charts.chart import Scale
from handlers.words import label
from storage.values.exercise import Measure
from storage.values.figure import Figure
from storage.values.quantity import DistanceUnit, WeightUnit
from training.progress import ExerciseProgress

_HOUR = 3_600

_WEIGHTS = frozenset({Figure.ESTIMATED_1RM, Figure.HEAVIEST, Figure.VOLUME})
COUNTED = frozenset({Figure.MOST_REPS, Figure.REPS})
"""Reps, whose name says what they are counted in."""

_TIMES = frozenset({Figure.LONGEST, Figure.TIME})

_DECIMALS = {Figure.ESTIMATED_1RM: 0, Figure.HEAVIEST: 2, Figure.VOLUME: 0}
"""What is reckoned is said in whole units, as everywhere else; what was lifted, as it was."""

_PLACED_DECIMALS = 2
"""How exactly a point is placed: finer than it is said, or what grows little by little would grow in steps."""


def figure_name(figure: Figure, measure: Measure) -> str:
    """What it is, as a picture is headed."""
    names = {
        Figure.ESTIMATED_1RM: label("Estimated 1RM"),
        Figure.HEAVIEST: label("Most added weight") if _is_added(measure) else label("Heaviest set"),
        Figure.VOLUME: label("Volume"),
        Figure.MOST_REPS: label("Most reps in a set"),
        Figure.REPS: label("Reps"),
        Figure.LONGEST: label("Longest set"),
        Figure.TIME: label("Time"),
        Figure.FARTHEST: label("Farthest set"),
        Figure.DISTANCE: label("Distance"),
    }
    return names[figure]


def in_a_sentence(figure: Figure, measure: Measure) -> str:
    """What of one set it is, before its value."""
    names = {
        Figure.ESTIMATED_1RM: label("estimated 1RM"),
        Figure.HEAVIEST: label("most added") if _is_added(measure) else label("heaviest"),
        Figure.MOST_REPS: label("most reps in a set:"),
        Figure.LONGEST: label("longest"),
        Figure.FARTHEST: label("farthest"),
    }
    return names[figure]


def figure_label(figure: Figure, measure: Measure) -> str:
    """What it is, on a button among others."""
    names = {
        Figure.ESTIMATED_1RM: label("1RM"),
        Figure.HEAVIEST: label("Added") if _is_added(measure) else label("Heaviest"),
        Figure.VOLUME: label("Volume"),
        Figure.MOST_REPS: label("Best set"),
        Figure.REPS: label("Reps"),
        Figure.LONGEST: label("Longest"),
        Figure.TIME: label("Time"),
        Figure.FARTHEST: label("Farthest"),
        Figure.DISTANCE: label("Distance"),
    }
    return names[figure]


def _is_added(measure: Measure) -> bool:
    return measure is Measure.BODYWEIGHT_REPS


@dataclass(frozen=True, slots=True)
class Writing:
    """How the values of a picture are written: in which unit, how much of ours it is, how many decimals are kept."""

    unit: str
    of_one: Decimal
    decimals: int = 0
    scale: Scale = Scale.NUMBER
    is_signed: bool = False

    def number(self, value: int) -> float:
        """The value in the unit, as it is placed in a picture."""
        return float(round(Decimal(value) / self.of_one, _PLACED_DECIMALS))

    def bare(self, value: int) -> str:
        """As it stands beside a point: 102.5, 1:30."""
        if self.scale is Scale.DURATION:
            return clock(value)
        amount = self._rounded(value)
        sign = "−" if amount < 0 else "+" if self.is_signed and amount else ""
        return f"{sign}{abs(amount):,f}"

    def whole(self, value: int) -> str:
        """As it stands in a sentence: 102.5 kg, 1:30."""
        return self.bare(value) if self.scale is Scale.DURATION else f"{self.bare(value)} {self.unit}"

    def _rounded(self, value: int) -> Decimal:
        amount = round(Decimal(value) / self.of_one, self.decimals)
        # Without the zeros at its end, and without an exponent where those stand before the point.
        return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def writing(shown: ExerciseProgress, values: Sequence[int]) -> Writing:
    """How these values of the figure that is shown are written."""
    most = max(values, default=0)
    return writing_of(shown.figure, shown.measure, shown.unit, most, in_miles=shown.in_miles)


def writing_of(figure: Figure, measure: Measure, unit: WeightUnit, most: int, *, in_miles: bool = False) -> Writing:
    """How values of the figure are written, of which this is the largest."""
    if figure in _WEIGHTS:
        signed = figure is Figure.HEAVIEST and _is_added(measure)
        return Writing(str(unit), _milligrams(unit), _DECIMALS[figure], is_signed=signed)
    if figure in COUNTED:
        return Writing(label("reps"), Decimal(1))
    if figure in _TIMES:
        return Writing(label("h:min:s") if most >= _HOUR else label("min:s"), Decimal(1), scale=Scale.DURATION)
    far = DistanceUnit.MILE if in_miles else DistanceUnit.KILOMETRE
    kilometre = DistanceUnit.KILOMETRE.micrometres_per_thousandth
    if not in_miles and most < kilometre:  # as many millimetres as a kilometre has
        return Writing(str(DistanceUnit.METRE), Decimal(DistanceUnit.METRE.micrometres_per_thousandth), 1)
    return Writing(str(far), Decimal(far.micrometres_per_thousandth), 2)


def _milligrams(unit: WeightUnit) -> Decimal:
    """How many milligrams one of the unit has."""
    return Decimal(unit.nanograms_per_thousandth) / 1_000
