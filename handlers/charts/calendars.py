"""Days in weeks."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from handlers.charts.chart import Calendar
from handlers.charts.paper import MARGIN, MUTED, SHADES, SMALL, WIDTH, Box, Paper

_WEEK = 7
_WEEKS_ABREAST = 27
"""Half a year: a whole one side by side would be too small to see on a phone."""

_MOST_ROWS = 4

_HEAD = 112
_MONTHS = 50
_BETWEEN = 26
_FOOT = 90
_LARGEST = 72
_GAP = 4
_LEGEND = 30


def draw_calendar(calendar: Calendar) -> Paper:
    """A column for each week, in as many rows as are needed; of more than two years the last."""
    calendar = _newest(calendar)
    before = calendar.since.weekday()
    days = max((calendar.until - calendar.since).days + 1, 1)
    weeks = math.ceil((before + days) / _WEEK)
    rows = math.ceil(weeks / _WEEKS_ABREAST)
    abreast = math.ceil(weeks / rows)
    probe = Paper(1)
    names = [probe.fitted(name, 120, SMALL) for name in calendar.weekdays]
    left = MARGIN + max((probe.width_of(name, SMALL) for name in names if name), default=-16) + 16
    cell = min((WIDTH - MARGIN - left) / abreast, _LARGEST)
    row_height = _MONTHS + _WEEK * cell + _BETWEEN
    paper = Paper(math.ceil(_HEAD + rows * row_height - _BETWEEN + _FOOT))
    paper.title(calendar.title)
    levels = dict(calendar.levels)
    tops = [paper.height - _HEAD - _MONTHS - row * row_height for row in range(rows)]
    for number in range(days):
        on, (week, row) = calendar.since + timedelta(days=number), divmod(before + number, _WEEK)
        x, top = left + week % abreast * cell, tops[week // abreast] - row * cell
        level = min(max(levels.get(on, 0), 0), len(SHADES) - 1)
        paper.block(Box(x, top - cell + _GAP, x + cell - _GAP, top), SHADES[level], rounded=cell / 6)
    for top in tops:
        for place, name in enumerate(names[:_WEEK]):
            paper.text(left - 16, top - (place + 0.5) * cell - 12, name, SMALL, color=MUTED, side="right")
    _write_months(paper, calendar, left, cell, abreast, tops)
    _write_legend(paper, calendar)
    return paper


def _newest(calendar: Calendar) -> Calendar:
    too_many = _weeks_between(calendar.since, calendar.until) + 1 - _MOST_ROWS * _WEEKS_ABREAST
    if too_many <= 0:
        return calendar
    monday = calendar.since - timedelta(days=calendar.since.weekday())
    return replace(calendar, since=monday + timedelta(weeks=too_many))


def _weeks_between(since: date, on: date) -> int:
    """0 in the week of the first day, Monday to Sunday."""
    return (since.weekday() + (on - since).days) // _WEEK


def _write_months(  # noqa: PLR0913, PLR0917 -- where the weeks are
    paper: Paper, calendar: Calendar, left: float, cell: float, abreast: int, tops: list[float]
) -> None:
    free_from = [0.0] * len(tops)
    for month in sorted(calendar.months, key=lambda one: one.on):
        if not calendar.since <= month.on <= calendar.until:
            continue
        week = _weeks_between(calendar.since, month.on)
        row, x = week // abreast, left + week % abreast * cell
        width = paper.width_of(month.text, SMALL)
        if x >= free_from[row] and x + width <= WIDTH - MARGIN / 3:
            paper.text(x, tops[row] + 14, month.text, SMALL, color=MUTED)
            free_from[row] = x + width + 14


def _write_legend(paper: Paper, calendar: Calendar) -> None:
    y, x = 32, float(WIDTH - MARGIN)
    more, less = paper.fitted(calendar.more, 300, SMALL), paper.fitted(calendar.less, 300, SMALL)
    paper.text(x, y, more, SMALL, color=MUTED, side="right")
    x -= paper.width_of(more, SMALL) + 16
    for shade in reversed(SHADES):
        paper.block(Box(x - _LEGEND, y - 4, x, y - 4 + _LEGEND), shade, rounded=5)
        x -= _LEGEND + _GAP
    paper.text(x - 12, y, less, SMALL, color=MUTED, side="right")
