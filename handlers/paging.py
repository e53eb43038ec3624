"""Lists that are longer than a phone's screen, page by page. Pages count from 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton

from handlers.screen import Row, button
from handlers.words import label

PAGE_SIZE = 8
"""How many lines a page shows."""

LAST = -1
"""The last page, whichever that is."""


def nearest_page(items: int, wanted: int) -> tuple[int, int]:
    """The page that there is nearest to the wanted one, and how many there are; below 0 is the last."""
    pages = max(1, -(-items // PAGE_SIZE))
    return (pages - 1 if wanted < 0 else min(wanted, pages - 1)), pages


def on_page(buttons: Sequence[InlineKeyboardButton], page: int) -> list[Row]:
    """Those that stand on this page, one under the other."""
    return [[one] for one in buttons[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]]


def page_turning(page: int, pages: int, press: Callable[[int], object]) -> list[Row]:
    """The row that turns pages, around the ends; none if there is nothing to turn."""
    if pages == 1:
        return []
    before = button(label("‹ Page {page} of {pages}", page=page + 1, pages=pages), press((page - 1) % pages))
    return [[before, button("›", press((page + 1) % pages))]]


def page_turning_while_more(page: int, press: Callable[[int], object], *, more: bool) -> list[Row]:
    """The row that turns pages where only whether there is one more is known; none if there is nothing to turn."""
    before = [button("‹", press(page - 1))] if page else []
    after = [button("›", press(page + 1))] if more else []
    return [[*before, *after]] if before or after else []
