"""Who draws nothing, and remembers what was to be drawn."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from handlers.charts.chart import Chart

ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


@dataclass
class RecordingPictures:
    """Answers with a picture of one pixel. Where it is `busy` there is none."""

    charts: list[Chart] = field(default_factory=list)
    unhurried: list[Chart] = field(default_factory=list)
    """Those for which nobody waited."""
    busy: bool = False

    async def drawn(self, chart: Chart, *, somebody_waits: bool = True) -> bytes | None:
        self.charts.append(chart)
        if not somebody_waits:
            self.unhurried.append(chart)
        return None if self.busy else ONE_PIXEL
