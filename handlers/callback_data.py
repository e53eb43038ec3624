"""Callback data: small typed dataclasses, packed into the 64 bytes that Telegram keeps with a button.

The format carries a version: a button from another release, or a forged one, unpacks to None,
and its press shows the current state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, get_type_hints

VERSION = "1"
LONGEST = 64
"""Bytes of UTF-8 that Telegram keeps."""

_by_code: dict[str, type[Any]] = {}
_codes: dict[type[Any], str] = {}
_types: dict[type[Any], dict[str, type[Any]]] = {}
"""Of the fields, by their names."""

_Press = TypeVar("_Press")


def press(code: str) -> Callable[[type[_Press]], type[_Press]]:
    """Registers a frozen dataclass of ints, enums and at most one text, which comes last, under a short code."""

    def register(kind: type[_Press]) -> type[_Press]:
        if code in _by_code:
            raise ValueError(f"the code {code!r} is taken by {_by_code[code].__name__}")
        _by_code[code] = kind
        _codes[kind] = code
        _types[kind] = _types_of(kind)
        return kind

    return register


def pack(data: object) -> str:
    """The callback data of a button. Raises ValueError if it is longer than Telegram keeps."""
    kind = type(data)
    packed = ":".join([VERSION + _codes[kind], *(str(getattr(data, name)) for name in _types[kind])])
    if len(packed.encode()) > LONGEST:
        raise ValueError(f"{type(data).__name__} needs more than {LONGEST} bytes: {packed!r}")
    return packed


def fits(data: object) -> bool:
    """Whether a button can carry this."""
    try:
        pack(data)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)  # each press is offered to the handlers of all buttons
def unpack(text: str) -> object | None:
    """What the button was made with; None if this release never makes such a button."""
    kind = _by_code.get(text.partition(":")[0].removeprefix(VERSION)) if text.startswith(VERSION) else None
    if kind is None:
        return None
    types = _types[kind].values()
    parts = text.split(":", maxsplit=len(types))[1:]
    if len(parts) != len(types):
        return None
    try:
        values = [_read(part, wanted) for part, wanted in zip(parts, types, strict=True)]
    except ValueError:
        return None
    pressed: object = kind(*values)
    return pressed


def _types_of(kind: type[Any]) -> dict[str, type[Any]]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _read(part: str, wanted: type[Any]) -> object:
    if wanted is int:
        number = int(part)
        if not -(2**63) <= number < 2**63:
            raise ValueError("more than a database key can be")
        return number
    return wanted(part) if issubclass(wanted, StrEnum) else part
