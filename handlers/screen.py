"""What a message says and which buttons it carries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callback_data import pack
from handlers.words import Html, lines

LONGEST_TEXT = 4096
"""Characters that Telegram takes in one message, after parsing."""

LONGEST_CAPTION = 1024
"""Characters that Telegram takes below a picture, counted the same way."""

_LONGEST_LABEL = 48
_TAG = re.compile("<[^>]*>")
_OPENING = re.compile("<[^/]")

Row = Sequence[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: HTML text and rows of buttons."""

    text: Html
    rows: Sequence[Row] = ()

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        """The buttons as Telegram takes them."""
        return InlineKeyboardMarkup(self.rows) if self.rows else None


def button(text: str, press: object, *, style: str | None = None) -> InlineKeyboardButton:
    """A button that sends `press`, one of the callback data classes. A label too long to read is cut."""
    return InlineKeyboardButton(shortened(text, _LONGEST_LABEL), callback_data=pack(press), style=style)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis if it has more characters than `length`."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def length_of(text: Html) -> int:
    """How many of the `LONGEST_TEXT` characters it takes: tags don't count, and an escaped character is one."""
    return len(unescape(_TAG.sub("", text)))


def fitted(above: Html, blocks: Sequence[Html], left_out: Callable[[int], Html]) -> Html:
    """What stands above, and under it as many blocks as one message takes; `left_out` says how many more there are."""
    room = LONGEST_TEXT - length_of(above) - len("\n")
    last = lines(Html(""), left_out(len(blocks)))
    shown: list[Html] = []
    for place, block in enumerate(blocks, 1):
        wanted = lines(*shown, block)
        if length_of(wanted if place == len(blocks) else lines(wanted, last)) > room:
            return lines(above, *shown, left_out(len(blocks) - len(shown)))
        shown.append(block)
    return lines(above, *shown)


def as_caption(text: Html) -> Html:
    """The text below a picture: where it is too long its first lines, as many as there is room for."""
    if length_of(text) <= LONGEST_CAPTION:
        return text
    *most, _ = text.split("\n")
    while most:
        shown = Html("\n".join([*most, "…"]))
        if length_of(shown) <= LONGEST_CAPTION and len(_OPENING.findall(shown)) == shown.count("</"):
            return shown
        most.pop()
    return Html(escape(shortened(unescape(_TAG.sub("", text)), LONGEST_CAPTION)))


def in_rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    """The buttons in rows of at most `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
