"""Charts as pictures. What is imported here is all that a process needs that does nothing but draw."""

from __future__ import annotations

from handlers.charts.bars import draw_bars
from handlers.charts.calendars import draw_calendar
from handlers.charts.chart import Bars, Calendar, Chart, Trend
from handlers.charts.paper import Paper
from handlers.charts.trends import draw_trend


def drawn(chart: Chart) -> bytes:
    """The chart as a PNG; the same chart is always the same bytes."""
    return on_paper(chart).png()


def on_paper(chart: Chart) -> Paper:
    """The chart, before it becomes a picture."""
    match chart:
        case Trend():
            return draw_trend(chart)
        case Bars():
            return draw_bars(chart)
        case Calendar():
            return draw_calendar(chart)
