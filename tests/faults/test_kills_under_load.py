"""kill -9 at random moments while people train: nothing is lost, doubled or out of order, and everybody is answered.

`make kills` does the same a hundred times.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulator.server import Simulator
from storage.database import Database
from tests.support.fleets import fleet
from tests.support.killing import Kills, survived


async def test_the_books_of_all_lifters_are_right(
    telegram: Simulator,
    database_url: str,
    database: Database,
    tmp_path: Path,
    unused_tcp_port_factory: Callable[[], int],
) -> None:
    async with fleet(telegram, database_url, tmp_path, unused_tcp_port_factory) as bots:
        found = await survived(telegram, database, bots, Kills(number=3, seconds=2, rate=6, lifters=8))
    assert found.faults() == {}
    assert found.typed > 0
    assert found.tapped > 0
