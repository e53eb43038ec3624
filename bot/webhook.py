"""The webhook: Telegram posts an update here, and hears 200 only when it is durably written down.

Whatever is answered otherwise Telegram delivers again, later and later, and none of that chat's updates meanwhile. So
what can never be read is answered with 200 as well, counted and logged.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.holding_back import HoldingBack
from bot.intake import Take

_log = structlog.stdlib.get_logger(__name__)

LARGEST_BODY: Final = 1 << 20
"""Bytes; a message of 4096 characters with all that Telegram says about it takes a small part of them."""

_BODY_TIME: Final = 10.0
"""Seconds until a body has to be there."""

_LARGEST_NUMBER: Final = (1 << 63) - 1

_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class Refusal(StrEnum):
    """Why a call was not taken."""

    NO_SECRET = "no_secret"  # noqa: S105 -- a reason
    WRONG_SECRET = "wrong_secret"  # noqa: S105 -- a reason
    TOO_LARGE = "too_large"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"
    NOT_YET = "not_yet"
    DATABASE = "database"
    FAILED = "failed"


_UNAVAILABLE: Final = 503
_COME_AGAIN: Final = "2"
"""Seconds. Without being told Telegram waits twice as long each time, up to two minutes, and forgets a pressed button
after 150 seconds (tdlib/telegram-bot-api, WebhookActor.cpp, `on_update_error`).
"""

_STATUSES: Final = {
    Refusal.NO_SECRET: 401,
    Refusal.WRONG_SECRET: 403,
    Refusal.TOO_LARGE: 413,
    Refusal.INCOMPLETE: 408,
    Refusal.UNREADABLE: 200,
    Refusal.NOT_YET: _UNAVAILABLE,
    Refusal.DATABASE: _UNAVAILABLE,
    Refusal.FAILED: _UNAVAILABLE,
}

_FROM_STRANGERS: Final = (Refusal.NO_SECRET, Refusal.WRONG_SECRET)
"""Anybody can cause these, so only the first of each is logged."""


class _RefusedError(Exception):
    def __init__(self, reason: Refusal, why: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.why = why


class Webhook:
    """Takes updates from Telegram, which proves itself with the secret."""

    def __init__(self, secret: str, count: Callable[[str], None], *, body_time: float = _BODY_TIME) -> None:
        """`count` is called with the reason of each refusal."""
        self._secret = secret.encode()
        self._count = count
        self._body_time = body_time
        self._holding_back = HoldingBack()
        self._take: Take | None = None
        self._told: set[Refusal] = set()

    @property
    def delivers(self) -> bool:
        """Whether updates are taken just now."""
        return self._take is not None

    @contextmanager
    def delivering_to(self, take: Take) -> Iterator[None]:
        """Within the block updates go to `take`; outside of it Telegram is asked to come again."""
        self._take = take
        try:
            yield
        finally:
            self._take = None

    async def answer(self, request: Request) -> Response:
        """The answer to one call."""
        try:
            self._check_secret(request)
            update = _read(await self._body(request))
            await self._write_down(update)
        except _RefusedError as refused:
            self._count(refused.reason.value)
            self._tell(refused)
            return _refusal(refused.reason)
        return PlainTextResponse("ok")

    def _check_secret(self, request: Request) -> None:
        given = request.headers.get(_HEADER)
        if given is None:
            raise _RefusedError(Refusal.NO_SECRET)
        if not hmac.compare_digest(given.encode(), self._secret):
            raise _RefusedError(Refusal.WRONG_SECRET)

    async def _body(self, request: Request) -> bytes:
        announced = request.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > LARGEST_BODY:
            raise _RefusedError(Refusal.TOO_LARGE)
        body = bytearray()
        try:
            async with asyncio.timeout(self._body_time):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST_BODY:
                        raise _RefusedError(Refusal.TOO_LARGE)
        except TimeoutError:
            raise _RefusedError(Refusal.INCOMPLETE, "it took too long") from None
        except ClientDisconnect:
            raise _RefusedError(Refusal.INCOMPLETE, "the connection was closed") from None
        return bytes(body)

    async def _write_down(self, update: dict[str, Any]) -> None:
        if self._take is None:
            raise _RefusedError(Refusal.NOT_YET)
        try:
            crowded = await self._take([update])
        except (SQLAlchemyError, OSError) as error:
            # What the database says may quote a lifter's words.
            raise _RefusedError(Refusal.DATABASE, type(error).__name__) from None
        except Exception:  # noqa: BLE001 -- whatever it is, Telegram brings the update again
            _log.exception("an update could not be taken", update_id=update["update_id"])
            raise _RefusedError(Refusal.FAILED) from None
        await self._holding_back.hold(crowded)

    def _tell(self, refused: _RefusedError) -> None:
        if refused.reason in _FROM_STRANGERS and refused.reason in self._told:
            return
        self._told.add(refused.reason)
        _log.warning("a call of the webhook was not taken", reason=refused.reason.value, why=refused.why)


def _refusal(reason: Refusal) -> Response:
    status = _STATUSES[reason]
    headers = {"Retry-After": _COME_AGAIN} if status == _UNAVAILABLE else None
    return PlainTextResponse(reason.value, status, headers)


def _read(body: bytes) -> dict[str, Any]:
    """The update, with nothing in it that no database keeps. What it means is of no interest here."""
    try:
        update = json.loads(body, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise _RefusedError(Refusal.UNREADABLE, type(error).__name__) from None
    if not isinstance(update, dict):
        raise _RefusedError(Refusal.UNREADABLE, "it is no object")
    if type(update.get("update_id")) is not int:
        raise _RefusedError(Refusal.UNREADABLE, "it has no update_id")
    return update


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > _LARGEST_NUMBER:
        raise ValueError("a number is too large")
    return number


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError("a number is infinite")
    return number
