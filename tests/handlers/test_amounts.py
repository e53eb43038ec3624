from datetime import timedelta
from decimal import Decimal

import pytest

from handlers.amounts import duration, set_line, set_lines, volume
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.rows import kg


def pounds(amount: str, reps: int) -> SetEntry:
    return SetEntry(Weight.of(amount, WeightUnit.LB), reps)


@pytest.mark.parametrize(
    ("entry", "measure", "line"),
    [
        (kg(100, 5), Measure.WEIGHT_REPS, "100 kg × 5"),
        (kg("102.5", 5), Measure.WEIGHT_REPS, "102.5 kg × 5"),
        (pounds("225", 5), Measure.WEIGHT_REPS, "225 lb × 5"),
        (SetEntry(None, 12), Measure.BODYWEIGHT_REPS, "BW × 12"),
        (kg(20, 8), Measure.BODYWEIGHT_REPS, "+20 kg × 8"),
        (kg(-15, 6), Measure.BODYWEIGHT_REPS, "−15 kg × 6"),
        (kg(0, 6), Measure.BODYWEIGHT_REPS, "BW × 6"),
        (SetEntry(None, 30), Measure.REPS, "30"),
        (SetEntry(duration=90), Measure.DURATION, "1:30"),
        (SetEntry(duration=3900), Measure.DURATION, "1:05:00"),
        (SetEntry(Weight.of(20, WeightUnit.KG), duration=60), Measure.WEIGHT_DURATION, "20 kg for 1:00"),
        (
            SetEntry(distance=Distance.of(5, DistanceUnit.KILOMETRE), duration=1500),
            Measure.DISTANCE_DURATION,
            "5 km in 25:00",
        ),
        (
            SetEntry(Weight.of(40, WeightUnit.KG), distance=Distance.of(30, DistanceUnit.METRE)),
            Measure.WEIGHT_DISTANCE,
            "40 kg for 30 m",
        ),
        (SetEntry(distance=Distance.of("2.5", DistanceUnit.MILE)), Measure.DISTANCE_DURATION, "2.5 mi"),
        (SetEntry(None, 5, kind=SetKind.WARM_UP), Measure.REPS, "w 5"),
        (SetEntry(None, 5, 2, SetKind.AMRAP, Decimal("8.5"), note="belt"), Measure.REPS, "a 5+2 @8.5 (belt)"),
    ],
)
def test_a_set_reads_as_a_lifter_writes_it(entry: SetEntry, measure: Measure, line: str) -> None:
    assert set_line(entry, measure) == line


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ((kg(100, 5), kg(100, 5), kg(100, 4)), "100 kg × 5, 5, 4"),
        ((kg(100, 5), kg(90, 8), kg(90, 7)), "100 kg × 5 · 90 kg × 8, 7"),
        ((kg(100, 5), pounds("100", 5)), "100 kg × 5 · 100 lb × 5"),
        ((SetEntry(None, 5, rpe=Decimal(8)), SetEntry(None, 5)), "5 @8 · 5"),
        ((SetEntry(None, 5, note="x"), SetEntry(None, 5, note="x")), "5 (x) · 5 (x)"),
        ((SetEntry(None, 5), SetEntry(None, 5, 2)), "5, 5+2"),
        ((SetEntry(duration=60), SetEntry(duration=60)), "1:00 · 1:00"),
        ((), ""),
    ],
)
def test_sets_that_differ_in_reps_only_share_the_load(entries: tuple[SetEntry, ...], line: str) -> None:
    assert set_lines(entries, Measure.WEIGHT_REPS) == line


def test_a_volume_is_rounded_for_the_eye() -> None:
    assert volume(1_500_000_000, WeightUnit.KG) == "1,500 kg"
    assert volume(Weight.of(225, WeightUnit.LB).milligrams * 10, WeightUnit.LB) == "2,250 lb"


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (59, "59 min"), (61, "1 h 1 min")])
def test_a_duration_is_in_minutes(minutes: int, text: str) -> None:
    assert duration(timedelta(minutes=minutes, seconds=59)) == text
