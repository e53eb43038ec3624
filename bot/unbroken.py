"""Since when a lifter's updates have been handled by this process and no other one."""

from __future__ import annotations

from collections import OrderedDict

from storage.values.lane import LaneHold

_MOST_LANES = 10_000


class Unbroken:
    """Watches the epochs of the lanes that this process claims: one that is left out was another process's.

    What is forgotten, since so many other lanes were claimed later, begins anew.
    """

    def __init__(self) -> None:
        self._runs: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def since(self, lane: LaneHold) -> int:
        """The epoch from which on no other process has had the lane, which has just been claimed."""
        first, last = self._runs.pop(lane.user_id, (lane.epoch, lane.epoch))
        if not last <= lane.epoch <= last + 1:  # a lane that was forgotten counts from 1 again
            first = lane.epoch
        self._runs[lane.user_id] = (first, lane.epoch)
        if len(self._runs) > _MOST_LANES:
            self._runs.popitem(last=False)
        return first
