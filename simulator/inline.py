"""Inline mode: what the bot finds for words typed behind its name in any chat (https://core.telegram.org/bots/inline)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulator.queries import Queries

_FIRST_ID = 5_000_000_001


@dataclass(frozen=True)
class Found:
    """One result. `message` has the fields of the message that choosing it sends."""

    id: str
    title: str
    description: str
    message: Mapping[str, Any]


@dataclass(frozen=True)
class Findings:
    """What the bot answered. `button` stands above the results, None if there is none."""

    results: Sequence[Found]
    next_offset: str
    button: str | None

    def json(self) -> dict[str, Any]:
        """The findings as a part of an event."""
        return asdict(self)


@dataclass(frozen=True)
class _Asked:
    user_id: int
    text: str
    offset: str


@dataclass(frozen=True)
class _Kept:
    findings: Findings
    until: float


class InlineMode:
    """What was asked, and what was answered: that is kept for a while, so that the bot isn't asked the same again."""

    def __init__(self, clock: Callable[[], float], window: float) -> None:
        """A query is to be answered within `window` seconds."""
        self._clock = clock
        self._queries = Queries(clock, window, _FIRST_ID)
        self._asked: dict[str, _Asked] = {}
        self._kept: dict[tuple[str, str, int | None], _Kept] = {}

    def kept(self, user_id: int, text: str, offset: str) -> Findings | None:
        """What was answered to the same lately, to this person or as being the same for everybody."""
        for whose in (user_id, None):
            kept = self._kept.get((text, offset, whose))
            if kept is not None and kept.until > self._clock():
                return kept.findings
        return None

    def ask(self, user_id: int, text: str, offset: str) -> str:
        """Opens a query; returns its id."""
        query_id = self._queries.ask(user_id)
        self._asked[query_id] = _Asked(user_id, text, offset)
        return query_id

    def answer(self, query_id: str, findings: Findings, cache_time: int, *, is_personal: bool) -> int:
        """Closes a query; returns whose it was. Refused when it is late, unknown or answered already."""
        user_id = self._queries.answer(query_id)
        asked = self._asked.pop(query_id)
        whose = user_id if is_personal else None
        self._kept[asked.text, asked.offset, whose] = _Kept(findings, self._clock() + cache_time)
        return user_id
