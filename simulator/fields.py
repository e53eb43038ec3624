"""Fields of JSON objects that a bot sends, read as tdlib/td's JsonBuilder does.

What doesn't fit raises a FieldError with Telegram's words, which the caller completes.
"""

from __future__ import annotations

import json
from typing import Any


class FieldError(Exception):
    """A value is missing or of a wrong kind."""


def text_field(fields: dict[str, Any], name: str) -> str:
    """A text, empty if it is missing; a number counts as the text that it is written with."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FieldError(f'Field "{name}" must be of type String')
    return json.dumps(value)


def required_text(fields: dict[str, Any], name: str) -> str:
    """A text that must be there, and may be empty."""
    if name not in fields:
        raise FieldError(f'Can\'t find field "{name}"')
    return text_field(fields, name)


def object_field(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """An object that must be there."""
    value = fields.get(name)
    if not isinstance(value, dict):
        raise FieldError(f'Field "{name}" must be of type Object')
    return value
