"""Amounts one under the other."""

from __future__ import annotations

import math

from handlers.charts.chart import Bar, Bars
from handlers.charts.paper import BODY, FAINT, INK, MAIN, MARGIN, MUTED, SMALL, WIDTH, Box, Paper

_LOWEST = 500
_HEAD = 120
_FOOT = 40
_WIDEST_ROW = 96
_ROW = 62
_LEGEND = 62
_MOST = 28
"""Bars that a phone can show one under the other."""

_WIDEST_NAME = 380
_GAP = 20


def draw_bars(bars: Bars) -> Paper:
    """Each bar with its name before it and its figure behind it; what is usual is a mark across it."""
    shown = bars.bars[:_MOST]
    marks = bool(bars.usual_word) and any(bar.usual is not None for bar in shown)
    head = _HEAD + (_LEGEND if marks else 0)
    row = _ROW if len(shown) > 7 else _WIDEST_ROW if len(shown) < 5 else 80
    paper = Paper(max(_LOWEST, head + row * len(shown) + _FOOT))
    paper.title(bars.title)
    if marks:
        _write_legend(paper, bars.usual_word)
    names = [paper.fitted(bar.name, _WIDEST_NAME, BODY) for bar in shown]
    figures = max((paper.width_of(bar.text, BODY, bold=True) for bar in shown), default=0)
    left = MARGIN + max((paper.width_of(name, BODY) for name in names), default=0) + _GAP
    room = max(WIDTH - MARGIN - left - min(figures, 300) - _GAP, 100)
    most = max((one for bar in shown for one in (bar.value, bar.usual or 0) if math.isfinite(one)), default=0) or 1
    for place, (bar, name) in enumerate(zip(shown, names, strict=True)):
        middle = paper.height - head - row * (place + 0.5)
        paper.text(left - _GAP, middle - 14, name, BODY, side="right")
        _draw_bar(paper, bar, left, middle, row * 0.6, room / most)
    return paper


def _draw_bar(paper: Paper, bar: Bar, left: float, middle: float, height: float, scale: float) -> None:  # noqa: PLR0913, PLR0917 -- where it lies
    value = max(bar.value, 0) if math.isfinite(bar.value) else 0
    end = left + value * scale
    box = Box(left, middle - height / 2, end, middle + height / 2)
    if value > 0:
        paper.block(box, MAIN, rounded=6)
    else:
        paper.line([left, left], [box.bottom, box.top], FAINT, 4)
    text_from = end + _GAP * 0.8
    if bar.usual is not None and math.isfinite(bar.usual) and bar.usual >= 0:
        x = left + bar.usual * scale
        _draw_mark(paper, x, middle, height)
        width = paper.width_of(bar.text, BODY, bold=True)
        if text_from - 12 < x < text_from + width + 12:  # the figure makes way for the mark
            text_from = x + 16
    text = paper.fitted(bar.text, WIDTH - MARGIN / 2 - text_from, BODY, bold=True)
    paper.text(text_from, middle - 14, text, BODY, bold=True)


def _draw_mark(paper: Paper, x: float, middle: float, height: float) -> None:
    reach = height / 2 + 6
    paper.line([x, x], [middle - reach, middle + reach], "#ffffff", 12)
    paper.line([x, x], [middle - reach, middle + reach], INK, 6)


def _write_legend(paper: Paper, word: str) -> None:
    y = paper.height - 132
    _draw_mark(paper, MARGIN + 6, y + 13, 30)
    paper.text(MARGIN + 30, y, paper.fitted(word, WIDTH - 2 * MARGIN - 30, SMALL), SMALL, color=MUTED)
