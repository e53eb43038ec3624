"""The size of a picture, from its first bytes."""

from __future__ import annotations

import struct
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_NO_FRAME: Final = frozenset({0xC4, 0xC8, 0xCC})
"""Markers among the start-of-frame markers that start no frame."""


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG; None for anything else."""
    try:
        if content.startswith(_PNG):
            width, height = struct.unpack_from(">II", content, 16)
            return width, height
        if content.startswith(_JPEG):
            return _jpeg_dimensions(content)
    except struct.error:
        pass  # cut short
    return None


def _jpeg_dimensions(content: bytes) -> tuple[int, int] | None:
    """Goes from segment to segment until one that starts a frame."""
    at = len(_JPEG)
    while True:
        marker, length = struct.unpack_from(">xBH", content, at)
        if marker in range(0xC0, 0xD0) and marker not in _NO_FRAME:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
