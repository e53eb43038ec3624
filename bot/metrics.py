"""What Spotter counts and measures, for Prometheus.

No label holds a token, an id or a lifter's words: each has a few values that are known beforehand.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.asked_for import ASKED_FOR
from storage.values.chat import JournalStatus, Source

_OTHER: Final = "other"
_STATEMENTS: Final = ("select", "insert", "update", "delete")

_FAST: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """One bot's metrics, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._updates = Counter(
            "spotter_updates", "Updates and rests that came to their end.", ["kind", "outcome"], registry=registry
        )
        self._handling = Histogram(
            "spotter_handling_seconds", "Time to handle an update.", registry=registry, buckets=_FAST
        )
        self._waiting = Gauge("spotter_waiting_updates", "Updates that wait in the journal.", registry=registry)
        self._lanes = Gauge("spotter_waiting_lanes", "Lifters for whom an update waits.", registry=registry)
        self._calls = Counter(
            "spotter_bot_api_calls", "Calls to the Bot API.", ["method", "outcome"], registry=registry
        )
        self._lateness = Histogram(
            "spotter_reminder_lateness_seconds",
            "How long after its end a rest was taken up, or after its time what a timer says.",
            registry=registry,
            buckets=_SLOW,
        )
        self._database = Histogram(
            "spotter_database_seconds", "Time per statement.", ["statement"], registry=registry, buckets=_FAST
        )
        self._kinds = {word: self._database.labels(word) for word in _STATEMENTS}
        self._other_kind = self._database.labels(_OTHER)
        self._refusals = Counter(
            "spotter_webhook_refusals", "Calls of the webhook that were not taken.", ["reason"], registry=registry
        )
        self._inline = Counter(
            "spotter_inline_queries", "Inline queries that came to their end.", ["outcome"], registry=registry
        )
        self._pictures = Counter("spotter_pictures", "Pictures that were asked for.", ["outcome"], registry=registry)
        self._drawing = Histogram(
            "spotter_drawing_seconds", "Time to draw a picture.", registry=registry, buckets=_FAST
        )
        self._tasks = Gauge("spotter_tasks", "Tasks of the event loop that have not ended.", registry=registry)

    def page(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self._registry)

    def waits(self, updates: int, lanes: int) -> None:
        """Notes how much waits now."""
        self._waiting.set(updates)
        self._lanes.set(lanes)

    def runs(self, tasks: int) -> None:
        """Notes how much goes on now."""
        self._tasks.set(tasks)

    def ended(self, source: Source, payload: Mapping[str, Any], status: JournalStatus) -> None:
        """Counts an update that has come to its end."""
        kind = _kind(payload) if source in {Source.TELEGRAM, Source.FLOOD} else source.value
        self._updates.labels(kind, status.value).inc()

    @contextmanager
    def handling(self) -> Iterator[None]:
        """Measures the time that an update takes."""
        with self._handling.time():
            yield

    async def calling(self, url: str, http_method: str, call: Awaitable[tuple[int, bytes]]) -> tuple[int, bytes]:
        """Awaits a call to Telegram and counts it: by its status, or `unanswered`."""
        # The path of a file that is fetched is no method; the token stands before the last part.
        method = "file" if http_method == "GET" else urlsplit(url).path.rpartition("/")[2]
        outcome = "unanswered"
        try:
            status, payload = await call
            outcome = str(status)
        finally:
            self._calls.labels(method, outcome).inc()
        return status, payload

    def reminded(self, late: timedelta) -> None:
        """Notes how late the end of a rest, or what a timer says, was taken up."""
        self._lateness.observe(late.total_seconds())

    def refused(self, reason: str) -> None:
        """Counts a call of the webhook that was not taken."""
        self._refusals.labels(reason).inc()

    def inline(self, outcome: str) -> None:
        """Counts an inline query that has come to its end."""
        self._inline.labels(outcome).inc()

    def pictured(self, outcome: str, seconds: float | None = None) -> None:
        """Counts a picture that was asked for, and how long it took if it had to be drawn."""
        self._pictures.labels(outcome).inc()
        if seconds is not None:
            self._drawing.observe(seconds)

    def time_database(self, engine: AsyncEngine) -> None:
        """Measures every statement of the engine from now on."""
        event.listen(engine.sync_engine, "before_cursor_execute", self._begin)
        event.listen(engine.sync_engine, "after_cursor_execute", self._end)

    def _begin(self, _conn: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, *_: Any) -> None:
        context.spotter_started = time.perf_counter()

    def _end(self, _conn: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, *_: Any) -> None:
        spent = time.perf_counter() - context.spotter_started
        self._kinds.get(statement[:6].lower(), self._other_kind).observe(spent)


def _kind(update: Mapping[str, Any]) -> str:
    return next((kind for kind in ASKED_FOR if kind in update), _OTHER)
