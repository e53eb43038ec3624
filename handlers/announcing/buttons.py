"""The buttons under an announcement's preview and its progress."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("Zs")
@dataclass(frozen=True, slots=True)
class SendAnnouncement:
    """Sends it to everybody."""

    announcement_id: int


@press("Zw")
@dataclass(frozen=True, slots=True)
class WriteAnew:
    """Asks for another text."""


@press("Zd")
@dataclass(frozen=True, slots=True)
class DiscardAnnouncement:
    """Throws the draft away."""

    announcement_id: int


@press("Zp")
@dataclass(frozen=True, slots=True)
class LookAtAnnouncement:
    """Shows how far it has come."""

    announcement_id: int


@press("Zt")
@dataclass(frozen=True, slots=True)
class StopAnnouncement:
    """Sends it to nobody else."""

    announcement_id: int
