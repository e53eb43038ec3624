"""Something over time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from handlers.charts.chart import Point, Tick, Trend
from handlers.charts.numbers import Axis, axis
from handlers.charts.paper import ACCENT_INK, BODY, FAINT, INK, MAIN, MARGIN, MUTED, SMALL, WIDTH, Box, Paper

_HEIGHT = 810
_TOP = _HEIGHT - 185
_BOTTOM = 96
_GAP = 24
"""Between what is written side by side."""

_SHORTEST_PAUSE = timedelta(days=42)
_PAUSE = 2.2
"""A pause is so many times as long as what usually lies between two points: the best days of two months
that follow each other are two months apart at most."""

_ALL_DOTTED = 40
"""With more points than that the line alone says enough."""

_MOST_LABELS = 4
_WIDEST_TICK = WIDTH / 2
_LABEL = 46
"""How high a label is."""

_LARGEST_STAR, _SMALLEST_STAR = 40, 28

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Plot:
    """The area of the line, and what its sides mean."""

    left: float
    since: date
    days: int
    axis: Axis

    right = WIDTH - MARGIN - 24

    def x(self, on: date) -> float:
        return self.left + (on - self.since).days / self.days * (self.right - self.left)

    def y(self, value: float) -> float:
        return _BOTTOM + self.axis.place(value) * (_TOP - _BOTTOM)

    def place(self, point: Point) -> Place:
        return self.x(point.on), self.y(point.value)


def draw_trend(trend: Trend) -> Paper:
    """A line over the days, broken where nothing was done for long; one point alone is a dot."""
    paper = Paper(_HEIGHT)
    points = sorted(
        (one for one in trend.points if trend.since <= one.on <= trend.until and math.isfinite(one.value)),
        key=lambda one: one.on,
    )
    numbers = axis([one.value for one in points], trend.scale)
    left = MARGIN + max(paper.width_of(text, SMALL) for text in numbers.texts) + 28
    since, days = trend.since, (trend.until - trend.since).days
    if days < 1:
        since, days = since - timedelta(days=1), 2
    plot = _Plot(left, since, days, numbers)
    paper.title(trend.title)
    _write_heads(paper, trend, has_record=any(one.is_record for one in points))
    if points:
        _draw_numbers(paper, plot)
    _draw_days(paper, plot, trend)
    _draw_line(paper, plot, points)
    _write_labels(paper, plot, points)
    return paper


def _write_heads(paper: Paper, trend: Trend, *, has_record: bool) -> None:
    y = _HEIGHT - 132
    room: float = WIDTH - 2 * MARGIN
    if trend.record_word and has_record:
        word = paper.fitted(trend.record_word, room / 2, SMALL)
        paper.text(WIDTH - MARGIN, y, word, SMALL, side="right")
        paper.stars([WIDTH - MARGIN - paper.width_of(word, SMALL) - 34], [y + 12], 34)
        room /= 2
    paper.text(MARGIN, y, paper.fitted(trend.unit, room - _GAP, SMALL), SMALL, color=MUTED)


def _draw_numbers(paper: Paper, plot: _Plot) -> None:
    for tick, text in zip(plot.axis.ticks, plot.axis.texts, strict=True):
        y = plot.y(tick)
        paper.line([plot.left, plot.right], [y, y], FAINT, 2)
        paper.text(plot.left - 20, y - 13, text, SMALL, color=MUTED, side="right")


def _draw_days(paper: Paper, plot: _Plot, trend: Trend) -> None:
    paper.line([plot.left, plot.right], [_BOTTOM, _BOTTOM], MUTED, 2)
    ticks = sorted(
        (
            Tick(one.on, paper.fitted(one.text, _WIDEST_TICK, SMALL))
            for one in trend.ticks
            if trend.since <= one.on <= trend.until
        ),
        key=lambda one: one.on,
    )
    spans: list[tuple[float, float]] = []
    for tick in ticks:
        x, half = plot.x(tick.on), paper.width_of(tick.text, SMALL) / 2
        middle = min(max(x, MARGIN + half), WIDTH - MARGIN / 2 - half)
        spans.append((middle - half, middle + half))
    # Every one is named, or every second, every third.
    for stride in range(1, len(ticks) + 1):
        named = range(len(ticks) - 1, -1, -stride)
        if all(spans[before][1] + _GAP <= spans[after][0] for after, before in pairwise(named)):
            for number in named:
                x = plot.x(ticks[number].on)
                paper.line([x, x], [_BOTTOM, _BOTTOM - 10], MUTED, 2)
                paper.text(spans[number][0], _BOTTOM - 48, ticks[number].text, SMALL, color=MUTED)
            return


def _draw_line(paper: Paper, plot: _Plot, points: Sequence[Point]) -> None:
    for before, after in _pauses(points):
        (x1, y1), (x2, y2) = plot.place(before), plot.place(after)
        paper.line([x1, x2], [y1, y2], MUTED, 3, dotted=True)
    for stretch in _stretches(points):
        places = [plot.place(one) for one in stretch]
        paper.line([x for x, _ in places], [y for _, y in places], MAIN, 6 if len(points) <= _ALL_DOTTED else 4)
    dotted = [plot.place(one) for one in _dotted(points)]
    paper.dots([x for x, _ in dotted], [y for _, y in dotted], 18 if len(points) <= _ALL_DOTTED else 12)
    records = [plot.place(one) for one in points if one.is_record]
    paper.stars([x for x, _ in records], [y for _, y in records], _star(records))


def _star(records: Sequence[Place]) -> float:
    """How large the marks of records are: smaller where most would lie on each other."""
    apart = [math.dist(*pair) for pair in pairwise(records)]
    return min(max(median(apart), _SMALLEST_STAR), _LARGEST_STAR) if apart else _LARGEST_STAR


def _dotted(points: Sequence[Point]) -> Sequence[Point]:
    """All points if there are few; else those that no line leads to, and the last."""
    if len(points) <= _ALL_DOTTED:
        return points
    alone = [stretch[0] for stretch in _stretches(points) if len(stretch) == 1]
    return [*alone, points[-1]]


def _pauses(points: Sequence[Point]) -> Sequence[tuple[Point, Point]]:
    """Neighbours between which nothing was done for so long that a line would say too much."""
    apart = [(after.on - before.on).days for before, after in pairwise(points)]
    longest = max(_SHORTEST_PAUSE.days, _PAUSE * median(apart)) if apart else 0
    return [pair for pair, days in zip(pairwise(points), apart, strict=True) if days > longest]


def _stretches(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """What lies between two pauses."""
    ends = {before for before, _ in _pauses(points)}
    stretch: list[Point] = []
    for point in points:
        stretch.append(point)
        if point in ends:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _write_labels(paper: Paper, plot: _Plot, points: Sequence[Point]) -> None:
    """Writes beside the last point, the last record and the first point, and others where nothing is in the way."""
    taken: list[Box] = []
    stars = [plot.place(one) for one in points if one.is_record]
    drawn = [*_along([plot.place(one) for one in points]), *_edges(stars)]
    labelled = [one for one in reversed(points) if one.label]
    needed = {next((one for one in labelled if one.is_record), None), *points[:1], *points[-1:]}
    for point in sorted(labelled, key=lambda one: (one not in needed, -one.value)):
        text, (x, y) = paper.fitted(point.label, WIDTH / 2, BODY, bold=True), plot.place(point)
        width = paper.width_of(text, BODY, bold=True)
        boxes = [_box(plot, x + dx, y + dy, width) for dx, dy in _around(point, width)]
        free = [box for box in boxes if box.top < _TOP + 45 and not any(box.meets(other) for other in taken)]
        best = min(free, key=lambda box: sum(_holds(box, place) for place in drawn), default=None)
        if best is None or len(taken) == _MOST_LABELS:
            continue
        if point in needed or not any(_holds(best, place) for place in drawn):
            paper.text(
                best.left,
                best.bottom + 8,
                text,
                BODY,
                color=ACCENT_INK if point.is_record else INK,
                bold=True,
                halo=True,
            )
            taken.append(best)


def _around(point: Point, width: float) -> Sequence[Place]:
    """Above, below, and to the sides of what marks the point."""
    above = 26 if point.is_record else 18
    below, aside = -above - _LABEL, 0.45 * width
    return [(0, above), (0, below), (-aside, above), (aside, above), (-aside, below), (aside, below)]


def _box(plot: _Plot, x: float, y: float, width: float) -> Box:
    middle = min(max(x, plot.left + width / 2 + 4), WIDTH - MARGIN / 2 - width / 2)
    bottom = max(y, _BOTTOM + 4)
    return Box(middle - width / 2, bottom, middle + width / 2, bottom + _LABEL)


def _holds(box: Box, place: Place) -> bool:
    return box.left - 6 <= place[0] <= box.right + 6 and box.bottom - 4 <= place[1] <= box.top + 4


def _edges(stars: Sequence[Place]) -> Iterator[Place]:
    """How far the marks of records reach."""
    for x, y in stars:
        yield from ((x - 18, y), (x + 18, y), (x, y - 18), (x, y + 18))


def _along(places: Sequence[Place]) -> Iterator[Place]:
    """The places on the line, a few pixels apart."""
    yield from places
    for (x1, y1), (x2, y2) in pairwise(places):
        steps = int(math.hypot(x2 - x1, y2 - y1) // 10)
        yield from ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(1, steps))
