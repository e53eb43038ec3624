"""The webhook: where updates are posted instead of being fetched.

The rules are those of tdlib/telegram-bot-api, WebhookActor.cpp: the next update of a queue waits until the one before
it was taken, different queues go in parallel, and what isn't taken comes again. Two things are left out: an answer that
is itself a call, and the end of a webhook that says 410 for a day.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import aiohttp

from simulator.errors import too_many_requests
from simulator.updates import Queue, Update, UpdateQueue

MOST_CONNECTIONS: Final = 100
DEFAULT_CONNECTIONS: Final = 40

_TOKEN_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
_LONGEST_PAUSE: Final = 60.0
_ANSWER_TIME: Final = 60.0
_BETWEEN_CHANGES: Final = 1.0
"""Seconds."""


@dataclass(frozen=True)
class Target:
    """Where updates go. `ip_address` is only remembered."""

    url: str
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    ip_address: str = ""


@dataclass(frozen=True)
class _Failure:
    message: str
    at: int
    retry_after: float = 0.0


class Webhook:
    """Delivers what waits while a target is set. What isn't taken comes again at once, then after 2, 4, 8 … seconds, or
    as told by `Retry-After`; `pause` is how long each of these seconds lasts.
    """

    def __init__(self, updates: UpdateQueue, clock: Callable[[], float], *, pause: float) -> None:
        self.target: Target | None = None
        self._updates = updates
        self._clock = clock
        self._pause = pause
        self._lanes: dict[Queue, asyncio.Task[None]] = {}
        self._connections = asyncio.Semaphore(DEFAULT_CONNECTIONS)
        self._session: aiohttp.ClientSession | None = None
        self._failure: _Failure | None = None
        self._next_change = 0.0
        updates.listen(self._wake)

    def set(self, target: Target) -> None:
        """Delivers to this target from now on. Raises ApiError if it was set less than a second ago."""
        now = self._clock()
        if now < self._next_change:
            raise too_many_requests(1)
        self._next_change = now + _BETWEEN_CHANGES
        if target == self.target:
            return
        self._stop()
        self.target, self._failure = target, None
        self._connections = asyncio.Semaphore(target.max_connections)
        for queue in self._updates.queues():
            self._wake(queue)

    def remove(self) -> None:
        """Delivers nothing any more. What was under way counts as not delivered."""
        self._stop()
        self.target = self._failure = None

    def info(self) -> dict[str, Any]:
        """Telegram's WebhookInfo."""
        said: dict[str, Any] = {
            "url": self.target.url if self.target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.target is None:
            return said
        if self.target.ip_address:
            said["ip_address"] = self.target.ip_address
        if self._failure is not None:
            said |= {"last_error_date": self._failure.at, "last_error_message": self._failure.message}
        said["max_connections"] = self.target.max_connections
        if chosen := self._updates.chosen():
            said["allowed_updates"] = chosen
        return said

    async def close(self) -> None:
        """Ends every delivery and connection."""
        lanes = list(self._lanes.values())
        self.remove()
        await asyncio.gather(*lanes, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _stop(self) -> None:
        for lane in self._lanes.values():
            lane.cancel()
        self._lanes.clear()

    def _wake(self, queue: Queue) -> None:
        if self.target is not None and queue not in self._lanes:
            self._lanes[queue] = asyncio.create_task(self._deliver(queue, self.target))

    async def _deliver(self, queue: Queue, target: Target) -> None:
        wait = 0.0
        while (update := self._updates.next_of(queue)) is not None:
            async with self._connections:
                failure = await self._post(update, target)
            if failure is None:
                self._updates.delivered(update)
                wait = 0.0
                continue
            self._failure = failure
            await asyncio.sleep((failure.retry_after or wait) * self._pause)
            wait = min(2 * wait or 2.0, _LONGEST_PAUSE)
        del self._lanes[queue]

    async def _post(self, update: Update, target: Target) -> _Failure | None:
        """Why the update was not taken; None if it was."""
        headers = {"Content-Type": "application/json"}
        if target.secret_token:
            headers[_TOKEN_HEADER] = target.secret_token
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS))
        timeout = aiohttp.ClientTimeout(total=_ANSWER_TIME)
        try:
            async with self._session.post(
                target.url, data=json.dumps(update.json()), headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                if response.ok and response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return None
                told = response.headers.get("Retry-After", "")
                said = f"Wrong response from the webhook: {response.status} {response.reason}"
                return _Failure(said, int(self._clock()), float(told) if told.isdecimal() else 0.0)
        except aiohttp.ClientConnectorError:
            return _Failure("Connection refused", int(self._clock()))
        except TimeoutError:
            return _Failure("Read timeout expired", int(self._clock()))
        except (aiohttp.ClientError, OSError):
            return _Failure("Webhook connection closed", int(self._clock()))
