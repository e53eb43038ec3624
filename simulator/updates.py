"""The bot's update queue: for one reader who fetches, or for the webhook.

The rules are those of tdlib/telegram-bot-api, Client.cpp: `process_get_updates_query`, `do_get_updates`,
`abort_long_poll`, `add_update`.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.errors import OTHER_POLLER, ApiError, conflict
from simulator.kinds import BY_DEFAULT

_DAY: Final = 86_400.0
_LIFETIMES: Final = {"callback_query": 150.0, "inline_query": 30.0}
"""Seconds that an update waits to be fetched, where that isn't a day."""

_AT_ONCE: Final = 0.5
"""Asked again for the same within so many seconds, Telegram gives a single update."""

_REMEMBERED: Final = 1000
"""How many confirmed updates can be delivered again."""


Queue = tuple[str, int]
"""What is delivered to a webhook one after the other: a kind of updates, and the chat they come from, or the person."""


@dataclass(frozen=True)
class Update:
    """Something that happened, until the bot has it."""

    id: int
    kind: str
    content: dict[str, Any]
    expires_at: float

    @property
    def queue(self) -> Queue:
        """Where it waits for the webhook.

        What is written in a chat and what is pressed there wait in different queues (Client.cpp, calls of
        `add_update`), so that a press can overtake the message before it.
        """
        return self.kind.removeprefix("edited_"), self.content.get("chat", self.content.get("from", {})).get("id", 0)

    def json(self) -> dict[str, Any]:
        """Telegram's Update."""
        return {"update_id": self.id, self.kind: self.content}


class UpdateQueue:
    """Updates in their order until they are confirmed.

    `repeat_pause` is how long Telegram holds back somebody who asks for the same again or fights over the queue.
    """

    def __init__(self, clock: Callable[[], float], *, repeat_pause: float) -> None:
        self._clock = clock
        self._repeat_pause = repeat_pause
        self._ids = itertools.count(700_000_001)
        self._waiting: deque[Update] = deque()
        self._confirmed: deque[Update] = deque(maxlen=_REMEMBERED)
        self._again: list[Update] = []
        self._allowed: Collection[str] = BY_DEFAULT
        self._poll: asyncio.Future[str | None] | None = None
        self._tell: Callable[[Queue], None] = lambda _: None
        self._last_asked: tuple[int, float] | None = None
        self._next_conflict = 0.0

    def __len__(self) -> int:
        self._forget_expired()
        return len(self._waiting)

    @property
    def polled(self) -> bool:
        """Whether somebody waits for news right now."""
        return self._poll is not None

    def allow(self, kinds: Collection[str]) -> None:
        """Chooses the kinds of updates from now on."""
        self._allowed = kinds

    def chosen(self) -> Sequence[str]:
        """The kinds that were asked for; none if those that come by default."""
        return [] if self._allowed == BY_DEFAULT else sorted(self._allowed)

    def listen(self, tell: Callable[[Queue], None]) -> None:
        """Calls `tell` with the queue whenever something new waits in it."""
        self._tell = tell

    def queues(self) -> Collection[Queue]:
        """The queues in which something waits."""
        return {update.queue for update in (*self._again, *self._waiting)}

    def next_of(self, queue: Queue) -> Update | None:
        """The oldest update that waits in the queue."""
        now = self._clock()
        here = (one for one in itertools.chain(self._again, self._waiting) if one.queue == queue)
        return next((one for one in here if one.expires_at > now), None)

    def delivered(self, update: Update) -> None:
        """Confirms one update, whatever waits before it."""
        if update in self._again:
            self._again.remove(update)
        elif update in self._waiting:
            self._waiting.remove(update)
            self._confirmed.append(update)

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Adds an update, unless its kind isn't asked for."""
        if kind not in self._allowed:
            return
        expires_at = self._clock() + _LIFETIMES.get(kind, _DAY)
        update = Update(next(self._ids), kind, content, expires_at)
        self._waiting.append(update)
        self._wake()
        self._tell(update.queue)

    def deliver_again(self, count: int) -> None:
        """Delivers the last `count` confirmed updates once more, with their ids, whatever the next offset is."""
        self._again = list(self._confirmed)[-count:]
        self._wake()
        for update in self._again:
            self._tell(update.queue)

    def drop(self) -> None:
        """Forgets everything that waits."""
        self._confirm(self._waiting[-1].id if self._waiting else 0)

    async def fetch(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 -- the API's own word for how long to wait for news
        """Confirms what lies before `offset` and returns what comes next, after at most `timeout` seconds.

        Whoever was waiting is sent away with 409 once this one has to wait, too.
        """
        limit, timeout = self._held_back(offset, limit, timeout)
        self._move_to(offset)
        if not self._again and not self._waiting and timeout > 0:
            self.end_poll(OTHER_POLLER)
            await self._news(timeout)
        found = list(itertools.islice(itertools.chain(self._again, self._waiting), limit))
        del self._again[:limit]
        return [update.json() for update in found]

    def end_poll(self, why: str) -> None:
        """Sends whoever waits for news away with 409."""
        self._wake(why)

    def close(self) -> None:
        """Lets a waiting reader go with nothing."""
        self._wake()

    def _held_back(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        now = self._clock()
        asked, self._last_asked = self._last_asked, (offset, now)
        if asked is None or asked[0] != offset:
            return limit, timeout
        since = now - asked[1]
        if since < self._repeat_pause:
            timeout = max(timeout, self._repeat_pause)
        return (1 if since < _AT_ONCE else limit), timeout

    def _move_to(self, offset: int) -> None:
        self._forget_expired()
        if offset < 0:
            for _ in range(len(self._waiting) + offset):
                self._confirmed.append(self._waiting.popleft())
        elif offset > 0:
            self._confirm(offset - 1)

    def _confirm(self, last_id: int) -> None:
        while self._waiting and self._waiting[0].id <= last_id:
            self._confirmed.append(self._waiting.popleft())

    def _forget_expired(self) -> None:
        now = self._clock()
        self._waiting = deque(update for update in self._waiting if update.expires_at > now)

    async def _news(self, timeout: float) -> None:  # noqa: ASYNC109 -- as in fetch
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait((poll,), timeout=timeout)
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.done() and (why := poll.result()) is not None:
            raise await self._conflict(why)
        self._forget_expired()

    def _wake(self, refusal: str | None = None) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(refusal)

    async def _conflict(self, why: str) -> ApiError:
        """The refusal; held back if there was one just before."""
        now = self._clock()
        if now < self._next_conflict:
            await asyncio.sleep(self._repeat_pause)
        else:
            self._next_conflict = now + self._repeat_pause
        return conflict(why)
