"""The order in which the processes of a test run take the tests loses none and leaves none that is long to the end."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.support.spreading import TESTS, long_first


def found(**folders: int) -> list[pytest.Item]:
    """So many tests in each folder."""
    names = [name for name, many in folders.items() for _ in range(many)]
    return cast("list[pytest.Item]", [SimpleNamespace(path=Path(TESTS, name, "test_it.py")) for name in names])


@pytest.mark.parametrize("among", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("quick", [0, 5, 1000])
def test_every_test_is_taken_once(among: int, quick: int) -> None:
    items = found(bot=5, conversations=30, faults=93, hosting=1, training=quick)
    ordered = long_first(items, among)
    assert sorted(map(id, ordered)) == sorted(map(id, items))


def test_each_process_begins_with_long_ones_and_ends_with_quick_ones() -> None:
    ordered = long_first(found(hosting=60, conversations=30, faults=90, training=700, handlers=20), 3)
    stretches = [[item.path.parent.name for item in ordered[start : start + 300]] for start in (0, 300, 600)]
    assert [stretch[0] for stretch in stretches] == ["faults", "conversations", "hosting"]
    assert [stretch[-1] for stretch in stretches] == ["training", "training", "handlers"]
