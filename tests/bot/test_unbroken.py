"""Since when a process alone has handled a lifter's updates."""

import pytest

from bot.unbroken import Unbroken
from storage.values.lane import LaneHold


def hold(epoch: int, lifter_id: int = 7) -> LaneHold:
    return LaneHold(4242, lifter_id, "here", epoch)


@pytest.mark.parametrize(
    ("epochs", "since"),
    [
        ([5], [5]),
        ([5, 5, 6, 7], [5, 5, 5, 5]),
        ([5, 7, 8], [5, 7, 7]),  # the sixth was another process's
        ([5, 6, 1, 2], [5, 5, 1, 1]),  # the lane was forgotten meanwhile
    ],
)
def test_a_claim_in_between_by_somebody_else_begins_anew(epochs: list[int], since: list[int]) -> None:
    unbroken = Unbroken()
    assert [unbroken.since(hold(epoch)) for epoch in epochs] == since


def test_lanes_are_watched_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.unbroken._MOST_LANES", 2)
    unbroken = Unbroken()
    assert [unbroken.since(hold(1, lifter)) for lifter in (1, 2, 1, 3)] == [1, 1, 1, 1]
    assert unbroken.since(hold(2, 1)) == 1
    assert unbroken.since(hold(2, 2)) == 2  # so many others came since that it was forgotten
