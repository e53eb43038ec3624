"""What happens in the chats, told to whoever watches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final
from weakref import WeakSet

Event = dict[str, Any]

_END: Final[Event] = {}


class Feed:
    """The events of one chat from the moment this was made, in order. It ends when the simulator closes."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[Event] = asyncio.Queue()

    def __aiter__(self) -> Feed:
        return self

    async def __anext__(self) -> Event:
        event = await self._events.get()
        if event is _END:
            raise StopAsyncIteration
        return event

    def tell(self, event: Event) -> None:
        """Puts an event at the end of the feed."""
        self._events.put_nowait(event)


class Feeds:
    """Everybody who watches a chat. A feed that nobody holds any more is forgotten."""

    def __init__(self) -> None:
        self._feeds: dict[int, WeakSet[Feed]] = {}
        self._listeners: dict[int, list[Callable[[Event], None]]] = {}
        self._closed = False

    def subscribe(self, user_id: int) -> Feed:
        """Watches from this very moment, not only from the first `async for`."""
        feed = Feed()
        if self._closed:
            feed.tell(_END)
        self._feeds.setdefault(user_id, WeakSet()).add(feed)
        return feed

    def listen(self, user_id: int, listener: Callable[[Event], None]) -> None:
        """Calls `listener` at once with every event of the chat."""
        self._listeners.setdefault(user_id, []).append(listener)

    def tell(self, user_id: int, event: Event) -> None:
        """Tells all who watch this chat. The event must not be changed afterwards."""
        for listener in self._listeners.get(user_id, ()):
            listener(event)
        for feed in tuple(self._feeds.get(user_id, ())):
            feed.tell(event)

    def close(self) -> None:
        """Ends every feed."""
        self._closed = True
        for feeds in self._feeds.values():
            for feed in tuple(feeds):
                feed.tell(_END)
