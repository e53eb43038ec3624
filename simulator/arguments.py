"""The arguments of a call, read as leniently and as strictly as Telegram does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, bad_request


@dataclass(frozen=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Arguments:
    """Texts by name, and the files that came along."""

    texts: Mapping[str, str]
    uploads: Mapping[str, Upload]

    def text(self, name: str) -> str:
        """A text; empty if it is missing."""
        return self.texts.get(name, "")

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number; `default` if it is missing or none."""
        try:
            return int(self.texts[name])
        except (KeyError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.text(name).lower() in ("true", "yes", "1")

    def json(self, name: str, refusal: ApiError) -> Any:
        """A JSON value, None if it is missing. Raises `refusal` if it can't be read."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise refusal from None

    def json_object(self, name: str, expected: str) -> dict[str, Any]:
        """A JSON object, empty if it is missing; `expected` names it in refusals."""
        value = self.json(name, bad_request(f"Can't parse {expected} JSON object"))
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"Object expected as {expected}")
        return value
