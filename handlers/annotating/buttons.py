"""The row of buttons that asks how hard a set was."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("ye")
@dataclass(frozen=True, slots=True)
class Rate:
    """The set had this RPE."""

    set_id: int
    revision: int
    rpe: int
