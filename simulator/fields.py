"""Fields of JSON objects that a bot sends, read as tdlib/td's JsonBuilder does.

What doesn't fit raises a FieldError with Telegram's words, which the caller completes.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")


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


def whole_field(fields: dict[str, Any], name: str) -> int:
    """A whole number that must be there; a text counts as the number that it spells."""
    if name not in fields:
        raise FieldError(f'Can\'t find field "{name}"')
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FieldError(f'Field "{name}" must be a Number')
    if not _WHOLE.fullmatch(str(value)):
        raise FieldError(f'Field "{name}" must be a valid Number')
    return int(value)


def object_field(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """An object that must be there."""
    value = fields.get(name)
    if not isinstance(value, dict):
        raise FieldError(f'Field "{name}" must be of type Object')
    return value
