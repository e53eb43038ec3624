"""What becomes of a lifter's own exercise that is proposed for the library."""

from __future__ import annotations

from enum import StrEnum


class ProposalState(StrEnum):
    """How far a proposal has come."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    """Everybody sees the exercise now."""
    MERGED = "merged"
    """It was one that everybody sees already, and has gone into that."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
