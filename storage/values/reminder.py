"""What a lifter is reminded of."""

from __future__ import annotations

from enum import StrEnum


class ReminderKind(StrEnum):
    """What a reminder is about."""

    TRAINING = "training"
    """A day to train on."""
    SUMMARY = "summary"
    """What the week has come to."""
