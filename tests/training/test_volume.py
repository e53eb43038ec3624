import pytest

from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.rows import kg
from training.volume import volume_mg

HUNDRED = Weight.of(100, WeightUnit.KG)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], 0),
        ([kg(100, 5), kg("102.5", 1)], 602_500_000),
        ([SetEntry(HUNDRED, 5, forced_reps=2)], 700_000_000),
        ([SetEntry(HUNDRED, None, forced_reps=2)], 200_000_000),
        ([SetEntry(Weight.of(100, WeightUnit.LB), 10)], 453_592_370),
        ([SetEntry(HUNDRED, 5, kind=SetKind.WARM_UP)], 0),
        ([SetEntry(HUNDRED, 5, kind=SetKind.DROP)], 500_000_000),
        ([SetEntry(Weight.of(-20, WeightUnit.KG), 5), SetEntry(None, 12), SetEntry(HUNDRED, duration=60)], 0),
    ],
)
def test_volume_is_external_load_times_reps_without_warm_ups(entries: list[SetEntry], expected: int) -> None:
    assert volume_mg(entries) == expected
