"""Weights and distances stand as they were entered, and are compared exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit

POUND = Fraction(45_359_237, 100)
"""Milligrams, by the definition of 1959: 0.45359237 kg."""

METRES = {
    DistanceUnit.METRE: Fraction(1),
    DistanceUnit.KILOMETRE: Fraction(1000),
    DistanceUnit.MILE: Fraction("1609.344"),
}

THOUSANDTHS = st.integers(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("weight", "milligrams"),
    [
        (Weight.of(1, WeightUnit.KG), 1_000_000),
        (Weight.of("102.5", WeightUnit.KG), 102_500_000),
        (Weight.of("-0.001", WeightUnit.KG), -1_000),
        (Weight.of(1, WeightUnit.LB), 453_592),  # and 0.37
        (Weight.of(225, WeightUnit.LB), 102_058_283),  # and 0.25
        (Weight.of("0.001", WeightUnit.LB), 454),  # 453.59237
        (Weight.of(100_000, WeightUnit.LB), 45_359_237_000),
    ],
)
def test_a_weight_is_compared_by_its_milligrams(weight: Weight, milligrams: int) -> None:
    assert weight.milligrams == milligrams


@pytest.mark.parametrize(
    ("distance", "millimetres"),
    [
        (Distance.of(30, DistanceUnit.METRE), 30_000),
        (Distance.of("0.001", DistanceUnit.METRE), 1),
        (Distance.of("5.25", DistanceUnit.KILOMETRE), 5_250_000),
        (Distance.of(1, DistanceUnit.MILE), 1_609_344),
        (Distance.of("0.125", DistanceUnit.MILE), 201_168),
        (Distance.of("0.001", DistanceUnit.MILE), 1_609),  # 1,609.344
    ],
)
def test_a_distance_is_compared_by_its_millimetres(distance: Distance, millimetres: int) -> None:
    assert distance.millimetres == millimetres


@given(THOUSANDTHS)
def test_a_pound_is_what_it_is_defined_to_be_however_many_there_are(thousandths: int) -> None:
    assert Weight(thousandths, WeightUnit.LB).milligrams == round(thousandths * POUND / 1000)


@given(THOUSANDTHS, st.sampled_from(DistanceUnit))
def test_a_mile_is_what_it_is_defined_to_be_however_many_there_are(thousandths: int, unit: DistanceUnit) -> None:
    assert Distance(thousandths, unit).millimetres == round(thousandths * METRES[unit])


@given(THOUSANDTHS, st.sampled_from(WeightUnit), st.sampled_from(DistanceUnit))
def test_what_was_entered_comes_back_digit_for_digit(
    thousandths: int, weight: WeightUnit, distance: DistanceUnit
) -> None:
    entered = Decimal(thousandths).scaleb(-3)
    assert Weight.of(entered, weight) == Weight.of(str(entered), weight) == Weight(thousandths, weight)
    assert Weight(thousandths, weight).amount == entered
    assert Distance.of(entered, distance) == Distance.of(str(entered), distance) == Distance(thousandths, distance)
    assert Distance(thousandths, distance).amount == entered


@pytest.mark.parametrize("amount", ["0.0001", "-0.0001", "102.50001", Decimal("1E-4")])
def test_more_than_three_decimals_are_refused_not_rounded(amount: str | Decimal) -> None:
    with pytest.raises(ValueError, match="more than three decimals"):
        Weight.of(amount, WeightUnit.KG)
    with pytest.raises(ValueError, match="more than three decimals"):
        Distance.of(amount, DistanceUnit.MILE)


@pytest.mark.parametrize("amount", ["2.5000", "2.50", Decimal("2.5")])
def test_zeros_behind_the_third_decimal_are_none(amount: str | Decimal) -> None:
    assert Weight.of(amount, WeightUnit.LB) == Weight(2_500, WeightUnit.LB)
