"""Whose a lifter's lane is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LaneHold:
    """A replica's claim to handle one lifter's updates.

    `epoch` counts how often the lane has changed hands: whoever was paused and comes back with an older one finds
    that it holds nothing any more.
    """

    bot_id: int
    user_id: int
    owner: str
    epoch: int


class LaneLostError(Exception):
    """Another replica has taken the lane over meanwhile; nothing may be written for it here any more."""
