"""Who draws the charts."""

from __future__ import annotations

from handlers.charts.chart import Chart


class Drawing:
    """Draws nothing yet: words have to do."""

    async def drawn(self, chart: Chart) -> bytes | None:
        """The chart as a PNG; None if it can't be drawn now."""
        del chart
        return None
