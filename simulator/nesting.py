"""What Telegram makes of entities that overlap (tdlib/td, MessageEntity.cpp, `fix_entities`).

Styles, such as bold, are merged where they touch, and cut wherever something else begins or ends. Quotes hold anything
but quotes. All else, such as links, code and commands, holds no more than styles, and code and times not even those.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, Final

Entity = dict[str, Any]

STYLES: Final = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES: Final = ("blockquote", "expandable_blockquote")
_UNSTYLED: Final = ("pre", "code", "date_time")
_PLACES: Final = {
    **dict.fromkeys(QUOTES, 0),
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    **{style: 90 + place for place, style in enumerate(STYLES)},
    "custom_emoji": 99,
}
"""`get_type_priority`: which of several entities at the same place is the outermost; 50 for those not named here."""


def end_of(entity: Entity) -> int:
    """Where an entity ends."""
    end: int = entity["offset"] + entity["length"]
    return end


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Entities from first to last, and from outside in."""
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], _place(one)))


def nested(entities: Iterable[Entity]) -> list[Entity]:
    """The entities as they may stand together, in order; those that cover nothing are gone."""
    ordered = in_order(entity for entity in entities if entity["length"] > 0)
    quotes = _apart(one for one in ordered if one["type"] in QUOTES)
    others = _apart(one for one in ordered if one["type"] not in (*STYLES, *QUOTES))
    whole = in_order([*quotes, *(one for one in others if not _crosses(one, quotes))])
    return in_order([*whole, *_cut((one for one in ordered if one["type"] in STYLES), whole)])


def _place(entity: Entity) -> int:
    # Code in a language is a type of its own for Telegram, and the very first of its kind.
    return 10 if entity.get("language") else _PLACES.get(entity["type"], 50)


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """The first of all that overlap."""
    apart: list[Entity] = []
    for entity in entities:
        if not apart or entity["offset"] >= end_of(apart[-1]):
            apart.append(entity)
    return apart


def _crosses(entity: Entity, quotes: Sequence[Entity]) -> bool:
    """Whether an entity lies across the border of a quote or holds one."""
    quote = next((one for one in quotes if end_of(one) > entity["offset"]), None)
    if quote is None:
        return False
    return end_of(quote) < end_of(entity) or entity["offset"] < quote["offset"] < end_of(entity)


def _cut(styles: Iterable[Entity], others: Sequence[Entity]) -> list[Entity]:
    """The styles, merged, and cut where the others begin and end; in code and times there are none."""
    cutting = _Styles(styles)
    around: list[Entity] = []

    def go_to(offset: float) -> None:
        while around and end_of(around[-1]) <= offset:
            ended, before = around.pop(), len(cutting.done)
            cutting.go_to(end_of(ended))
            if ended["type"] in _UNSTYLED:
                del cutting.done[before:]
        cutting.go_to(offset)

    for other in others:
        go_to(other["offset"])
        around.append(other)
    go_to(math.inf)
    return cutting.done


class _Styles:
    """Styles that begin and end on the way through a text; `done` are those that have ended or were cut."""

    def __init__(self, styles: Iterable[Entity]) -> None:
        self.done: list[Entity] = []
        self._waiting = deque(styles)
        self._open: dict[str, tuple[int, int]] = {}

    def go_to(self, offset: float) -> None:
        """Opens the styles that begin before this place, and cuts there those that go on."""
        while self._waiting and self._waiting[0]["offset"] < offset:
            style = self._waiting.popleft()
            self._begin(style["type"], style["offset"], end_of(style))
        self._cut_at(offset)

    def _begin(self, kind: str, start: int, end: int) -> None:
        if kind in self._open and start <= self._open[kind][1]:
            begun, ends = self._open[kind]
            self._open[kind] = (begun, max(end, ends))
        else:
            self._cut_at(start)
            self._open[kind] = (start, end)

    def _cut_at(self, offset: float) -> None:
        for kind, (start, end) in tuple(self._open.items()):
            if start >= offset:
                continue
            if end <= offset:
                del self._open[kind]
                self._done(kind, start, end)
            else:
                cut = int(offset)
                self._open[kind] = (cut, end)
                self._done(kind, start, cut)

    def _done(self, kind: str, start: int, end: int) -> None:
        self.done.append({"type": kind, "offset": start, "length": end - start})
