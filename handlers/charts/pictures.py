"""Who draws charts, as handlers see it."""

from __future__ import annotations

from typing import Protocol

from handlers.charts.chart import Chart


class Pictures(Protocol):
    """Draws beside the event loop."""

    async def drawn(self, chart: Chart) -> bytes | None:
        """The chart as a PNG; None if it can't be drawn now: then words have to do."""
