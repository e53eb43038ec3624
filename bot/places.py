"""Places to work at: a few for many, and whoever has begun goes before those who have not."""

from __future__ import annotations

import asyncio
from collections import deque


class Places:
    """So many places. Who waits for one gets it in turn, but who comes back to work before who begins.

    Were everybody in one queue, a lifter whose set is logged would see it only after the sets of all who came later.
    """

    def __init__(self, number: int) -> None:
        self._free = number
        self._coming_back: deque[asyncio.Future[None]] = deque()
        self._beginning: deque[asyncio.Future[None]] = deque()

    async def take(self, *, coming_back: bool) -> None:
        """Returns with a place. Cancelled, it takes none."""
        if self._free:
            self._free -= 1
            return
        queue = self._coming_back if coming_back else self._beginning
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # it was handed over in the same moment
                self.give_back()
            raise

    def give_back(self) -> None:
        """Hands the place over to whoever is next."""
        for queue in (self._coming_back, self._beginning):
            while queue:
                place = queue.popleft()
                if not place.done():
                    place.set_result(None)
                    return
        self._free += 1
