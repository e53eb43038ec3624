"""Results that Telegram says something about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Described:
    """A result, and the `description` that comes with it."""

    result: Any
    description: str
