"""Bytes as text, whatever program has written them."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from enum import StrEnum

from training.importing.faults import Fault, UnreadableDocumentError

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin: a ZIP archive, or the older compound file."""

_LOOKED_AT = 4096
"""Bytes that say enough about how the others are meant."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class Encoding(StrEnum):
    """How the bytes of a text are meant."""

    UTF_8 = "UTF-8"
    UTF_16 = "UTF-16"
    UTF_32 = "UTF-32"
    WINDOWS_1252 = "Windows-1252"


def decoded(content: bytes) -> tuple[str, Encoding]:
    """The text, and how its bytes are meant. Raises UnreadableDocumentError for what is no text.

    UTF-32 is known by its byte order mark, UTF-16 by that or by the zeros of its Latin letters; what is no UTF-8
    otherwise is Windows-1252, which older spreadsheet programs write.
    """
    if content.startswith(_WORKBOOKS):
        raise UnreadableDocumentError(Fault.WORKBOOK)
    if content.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):  # before UTF-16, whose mark the first begins with
        return _strictly(content, "utf-32"), Encoding.UTF_32
    if (codec := _utf_16(content)) is not None:
        return _strictly(content, codec), Encoding.UTF_16
    if b"\0" in content:
        raise UnreadableDocumentError(Fault.NOT_TEXT)
    try:
        return content.removeprefix(BOM_UTF8).decode("utf-8"), Encoding.UTF_8
    except UnicodeDecodeError:
        text = _strictly(content, "cp1252")
    if _CONTROL.search(text):
        raise UnreadableDocumentError(Fault.NOT_TEXT)
    return text, Encoding.WINDOWS_1252


def _utf_16(content: bytes) -> str | None:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    looked_at = content[:_LOOKED_AT]
    even, odd = looked_at[::2].count(0), looked_at[1::2].count(0)
    if max(even, odd) * 4 <= len(looked_at):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _strictly(content: bytes, codec: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        raise UnreadableDocumentError(Fault.NOT_TEXT) from None
    if "\0" in text:  # UTF-32 without a mark, read as UTF-16, or no text at all
        raise UnreadableDocumentError(Fault.NOT_TEXT)
    return text
