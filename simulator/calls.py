"""A record of the calls a bot made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass
class Call:
    """One call. `status` and `description` stay None until it is answered, and for good if the connection was lost."""

    method: str
    arguments: Mapping[str, str]
    at: float
    status: int | None = None
    description: str | None = None
    ended: bool = False
    planned: bool = False
    """Whether a test had the call fail."""

    @property
    def refused(self) -> bool:
        """Whether Telegram refused it of its own accord."""
        return self.status is not None and self.status >= 400 and not self.planned
