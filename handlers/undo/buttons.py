"""The button that takes a change back where there is no card to carry one."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("uc")
@dataclass(frozen=True, slots=True)
class TakeBackChange:
    """Takes this change back, if it still is the latest."""

    change_id: int
