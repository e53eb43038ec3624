"""Who draws charts, as handlers see it."""

from __future__ import annotations

from typing import Protocol

from handlers.charts.chart import Chart


class Pictures(Protocol):
    """Draws beside the event loop."""

    async def drawn(self, chart: Chart, *, somebody_waits: bool = True) -> bytes | None:
        """The chart as a PNG; None if it can't be drawn, or not soon where somebody waits: then words have to do."""
