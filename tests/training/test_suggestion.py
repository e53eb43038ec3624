from decimal import Decimal

import pytest

from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.rows import kg
from training.suggestion import suggest, targets_left

WARM_UP = SetEntry(Weight.of(40, WeightUnit.KG), 10, kind=SetKind.WARM_UP)
FIVE_KM = SetEntry(distance=Distance.of(5, DistanceUnit.KILOMETRE), duration=1500)


@pytest.mark.parametrize(
    ("today", "last_time", "expected"),
    [
        ([], [], None),
        ([], [WARM_UP], None),
        ([WARM_UP], [], None),
        ([], [kg(100, 5), kg(95, 6)], kg(100, 5)),
        ([WARM_UP], [WARM_UP, kg(100, 5), kg(95, 6)], kg(100, 5)),
        ([kg(100, 5)], [kg(100, 5), kg(95, 6)], kg(95, 6)),
        ([kg(100, 3)], [kg(100, 5), kg(95, 6)], kg(95, 6)),
        ([kg(102, 5)], [kg(100, 5), kg(95, 6)], kg(102, 5)),
        ([kg(100, 5), kg(95, 6)], [kg(100, 5), kg(95, 6)], kg(95, 6)),
        ([kg(100, 5), kg(95, 6), kg(90, 8)], [kg(100, 5)], kg(90, 8)),
        ([kg(100, 5)], [], kg(100, 5)),
        ([SetEntry(clean_reps=12)], [SetEntry(clean_reps=15), SetEntry(clean_reps=10)], SetEntry(clean_reps=10)),
        ([], [FIVE_KM], FIVE_KM),
        ([FIVE_KM], [], FIVE_KM),
    ],
)
def test_last_time_is_followed_set_by_set_until_the_load_differs_then_the_last_set_is_repeated(
    today: list[SetEntry], last_time: list[SetEntry], expected: SetEntry | None
) -> None:
    assert suggest(today, last_time) == expected


def test_a_suggestion_leaves_out_the_help_the_effort_and_the_remark() -> None:
    done = SetEntry(Weight.of(100, WeightUnit.KG), 5, 2, SetKind.AMRAP, Decimal(10), note="spotted")
    assert suggest([done], []) == kg(100, 5)
    assert suggest([], [done]) == kg(100, 5)


def test_a_load_in_pounds_is_not_the_same_load_in_kilograms() -> None:
    pounds = SetEntry(Weight.of(100, WeightUnit.LB), 5)
    assert suggest([pounds], [kg(100, 5), kg(95, 6)]) == pounds


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ([], WARM_UP),
        ([WARM_UP], kg(110, 3)),
        ([WARM_UP, WARM_UP], kg(110, 3)),
        ([kg(110, 3)], kg(105, 4)),
        ([WARM_UP, kg(90, 1)], kg(105, 4)),
        ([kg(110, 3), kg(105, 4)], kg(105, 4)),
        ([kg(110, 3), kg(100, 4)], kg(100, 4)),
    ],
)
def test_targets_come_first_in_their_order_and_no_warm_up_after_the_work_has_begun(
    today: list[SetEntry], expected: SetEntry
) -> None:
    last_time = [kg(50, 1), kg(51, 1)]
    assert suggest(today, last_time, [WARM_UP, kg(110, 3), kg(105, 4)]) == expected


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ([], [WARM_UP, WARM_UP, kg(110, 3), kg(105, 4)]),
        ([WARM_UP], [WARM_UP, kg(110, 3), kg(105, 4)]),
        ([kg(90, 9)], [kg(105, 4)]),
        ([WARM_UP, WARM_UP, kg(110, 3)], [kg(105, 4)]),
        ([kg(110, 3), kg(105, 4)], []),
        ([kg(110, 3), kg(105, 4), kg(100, 5)], []),
    ],
)
def test_each_set_covers_one_target_of_its_kind_whatever_was_lifted(
    today: list[SetEntry], left: list[SetEntry]
) -> None:
    assert targets_left(today, [WARM_UP, WARM_UP, kg(110, 3), kg(105, 4)]) == tuple(left)


def test_a_target_is_suggested_with_its_kind_but_without_help_effort_and_remark() -> None:
    target = SetEntry(Weight.of(100, WeightUnit.KG), 5, 2, SetKind.DROP, Decimal(8), note="slow")
    assert suggest([], [], [target]) == SetEntry(Weight.of(100, WeightUnit.KG), 5, kind=SetKind.DROP)
