"""The buttons of /admins."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("Za")
@dataclass(frozen=True, slots=True)
class ShowAdmins:
    """Shows who is an admin."""


@press("Zg")
@dataclass(frozen=True, slots=True)
class GrantAdmin:
    """Makes this lifter an admin."""

    lifter_id: int


@press("Zr")
@dataclass(frozen=True, slots=True)
class RevokeAdmin:
    """Makes this admin a lifter like others."""

    lifter_id: int


@press("Zl")
@dataclass(frozen=True, slots=True)
class ShowRecord:
    """Shows what admins did before that act; 0: the latest."""

    before: int


@press("Zx")
@dataclass(frozen=True, slots=True)
class LeaveAdmin:
    """Leaves whatever an admin's command has asked."""
