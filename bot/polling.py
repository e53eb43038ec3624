"""Long polling: an update is acknowledged only when it is durably written down."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import NetworkError
from telegram.request import BaseRequest

from bot.asked_for import ASKED_FOR
from bot.intake import Take, is_id
from bot.repeating import retry_after

_log = structlog.stdlib.get_logger(__name__)

_TIMEOUT = 30
"""Seconds that Telegram holds a poll open while there is nothing to deliver."""

_ANSWER_TIME = 10.0
"""Seconds on top of these until the connection counts as dead."""

_LONGEST_PAUSE = 30.0

Sleep = Callable[[float], Awaitable[None]]


class _RefusedError(Exception):
    """Telegram answers, but doesn't deliver, for at least so many seconds."""

    def __init__(self, why: str, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.seconds = seconds


class Poller:
    """Fetches updates and hands them to `take`; what `take` raises leaves them unacknowledged."""

    def __init__(self, request: BaseRequest, address: str, take: Take, sleep: Sleep, heard: Callable[[], None]) -> None:
        """`address` is the bot's own, token included: https://api.telegram.org/bot<token>.

        `heard` is called whenever Telegram has answered and what it delivered is taken.
        """
        self._heard = heard
        self._request = request
        self._address = address
        self._take = take
        self._sleep = sleep

    async def run(self) -> None:
        """Polls until cancelled. Failures are waited out, each time longer."""
        offset, pause = 0, 1.0
        while True:
            try:
                updates = await self._poll(offset)
                await self._take(updates)
                if updates:
                    # Not the highest so far: after a week without updates Telegram may count on from a lower number.
                    offset = updates[-1]["update_id"] + 1
            except _RefusedError as error:
                _log.warning("no updates taken", why=str(error), seconds=max(pause, error.seconds))
                pause = await self._waited(pause, error.seconds)
            except (NetworkError, SQLAlchemyError, OSError) as error:
                _log.warning("no updates taken", why=_reason(error), seconds=pause)
                pause = await self._waited(pause)
            except Exception:  # noqa: BLE001 -- whatever it is, a poller that has ended would leave all in silence
                _log.exception("no updates taken", seconds=pause)
                pause = await self._waited(pause)
            else:
                pause = 1.0
                self._heard()

    async def _waited(self, pause: float, at_least: float = 0.0) -> float:
        await self._sleep(max(pause, at_least))
        return min(2 * pause, _LONGEST_PAUSE)

    async def _poll(self, offset: int) -> list[dict[str, Any]]:
        wanted = urlencode({"offset": offset, "timeout": _TIMEOUT, "allowed_updates": json.dumps(ASKED_FOR)})
        status, payload = await self._request.do_request(
            f"{self._address}/getUpdates?{wanted}", "POST", read_timeout=_TIMEOUT + _ANSWER_TIME
        )
        try:
            answer = json.loads(payload)
        except ValueError:
            raise _RefusedError(f"status {status} without an answer") from None
        if status != HTTPStatus.OK:
            raise _RefusedError(str(answer.get("description", status)), retry_after(payload))
        delivered: list[dict[str, Any]] = answer["result"]
        updates = [update for update in delivered if is_id(update.get("update_id"))]
        if len(updates) < len(delivered):
            _log.error("updates without an id can't be kept", number=len(delivered) - len(updates))
            if not updates:
                raise _RefusedError("nothing that could be acknowledged")
        return updates


def _reason(error: Exception) -> str:
    # What the database says may quote parameters, and so a lifter's words.
    return type(error).__name__ if isinstance(error, SQLAlchemyError) else str(error) or type(error).__name__
