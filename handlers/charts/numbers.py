"""The numbers of an axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.charts.chart import Scale

_STEPS = (1.0, 2.0, 5.0, 10.0)
_QUARTER = 2.5
"""A step, too, where all its numbers are whole."""

_SECONDS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 18000, 36000, 86400)
_WANTED = 4
"""Steps from the lowest to the highest number."""

_LEAST_SPREAD = 0.1
"""Of the largest value: less than that must not look like a mountain."""

_LONGEST = 10
"""Characters of a number; one that is longer is rounded to three digits."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The numbers that are named, from the lowest to the highest."""

    ticks: Sequence[float]
    texts: Sequence[str]

    def place(self, value: float) -> float:
        """Where the value lies: 0 at the bottom, 1 at the top."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def axis(values: Sequence[float], scale: Scale) -> Axis:
    """An axis with room for all values. It needn't begin at zero, and goes below only if a value does."""
    least, most = (min(values), max(values)) if values else (0.0, 1.0)
    spread = max(most - least, _LEAST_SPREAD * max(abs(least), abs(most))) or 1.0
    middle = (least + most) / 2
    low, high = middle - 0.6 * spread, middle + 0.6 * spread
    if low < 0 <= least:
        low, high = 0.0, max(high, high - low)
    step = _step((high - low) / _WANTED, scale, whole=all(float(value).is_integer() for value in values))
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [number * step for number in range(first, last + 1)]
    return Axis(ticks, [_text(tick, step, scale) for tick in ticks])


def _step(least: float, scale: Scale, *, whole: bool) -> float:
    if scale is Scale.DURATION:
        days = math.ceil(least / _SECONDS[-1]) * _SECONDS[-1]
        return float(next((seconds for seconds in _SECONDS if seconds >= least), days))
    power = 10.0 ** math.floor(math.log10(least))
    step = next(one for one in _steps(power) if one >= least * (1 - 1e-9))
    return max(step, 1.0) if whole else step


def _steps(power: float) -> Sequence[float]:
    steps = {one * power for one in _STEPS}
    return sorted(steps | {_QUARTER * power} if power > 1 else steps)


def _text(value: float, step: float, scale: Scale) -> str:
    if scale is Scale.DURATION:
        minutes, seconds = divmod(round(abs(value)), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        return f"−{clock}" if value < 0 else clock
    decimals = 0
    while decimals < 6 and not math.isclose(step * 10**decimals, round(step * 10**decimals), rel_tol=1e-6):
        decimals += 1
    text = f"{value:,.{decimals}f}"
    return (text if len(text) <= _LONGEST and decimals < 6 else f"{value:.3g}").replace("-", "−")
