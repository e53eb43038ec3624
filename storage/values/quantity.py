"""Exact weights and distances: kept as entered, in thousandths of their own unit, never rounded by a round trip."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class WeightUnit(StrEnum):
    """The units a weight can be entered in."""

    KG = "kg"
    LB = "lb"

    @property
    def nanograms_per_thousandth(self) -> int:
        """Nanograms in a thousandth of the unit; 1 lb is 0.45359237 kg exactly (international pound, 1959)."""
        return _NANOGRAMS_PER_THOUSANDTH[self]


_NANOGRAMS_PER_THOUSANDTH = {WeightUnit.KG: 1_000_000_000, WeightUnit.LB: 453_592_370}


class DistanceUnit(StrEnum):
    """The units a distance can be entered in."""

    METRE = "m"
    KILOMETRE = "km"
    MILE = "mi"

    @property
    def micrometres_per_thousandth(self) -> int:
        """Micrometres in a thousandth of the unit; 1 mi is 1,609.344 m exactly (international mile)."""
        return _MICROMETRES_PER_THOUSANDTH[self]


_MICROMETRES_PER_THOUSANDTH = {
    DistanceUnit.METRE: 1_000,
    DistanceUnit.KILOMETRE: 1_000_000,
    DistanceUnit.MILE: 1_609_344,
}


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as the lifter wrote it; negative only as assistance on a bodyweight exercise."""

    thousandths: int
    unit: WeightUnit

    @classmethod
    def of(cls, amount: Decimal | int | str, unit: WeightUnit) -> Weight:
        """The weight of `amount` in `unit`. Raises ValueError if it has more than three decimals."""
        return cls(_thousandths(amount), unit)

    @property
    def amount(self) -> Decimal:
        """The number as written, in the weight's own unit."""
        return Decimal(self.thousandths) / 1000

    @property
    def milligrams(self) -> int:
        """For comparing across units: milligrams, rounded half to even."""
        return round(Decimal(self.thousandths * self.unit.nanograms_per_thousandth) / 1_000_000)


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance as the lifter wrote it."""

    thousandths: int
    unit: DistanceUnit

    @classmethod
    def of(cls, amount: Decimal | int | str, unit: DistanceUnit) -> Distance:
        """The distance of `amount` in `unit`. Raises ValueError if it has more than three decimals."""
        return cls(_thousandths(amount), unit)

    @property
    def amount(self) -> Decimal:
        """The number as written, in the distance's own unit."""
        return Decimal(self.thousandths) / 1000

    @property
    def millimetres(self) -> int:
        """For comparing across units: millimetres, rounded half to even."""
        return round(Decimal(self.thousandths * self.unit.micrometres_per_thousandth) / 1000)


def _thousandths(amount: Decimal | int | str) -> int:
    scaled = Decimal(amount) * 1000
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} has more than three decimals")
    return int(scaled)
