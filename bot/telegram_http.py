"""Calls to Telegram over aiohttp, many at a time, each made again where that can't do anything twice."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot import priority
from bot.budget import Budget
from bot.metrics import Metrics
from bot.outgoing import Outgoing
from bot.repeating import NeverSentError, Patience, may_be_repeated, method_name, retry_after, too_large, too_soon

_log = structlog.stdlib.get_logger(__name__)

_CONNECTIONS = 256
_IDLE = 200.0
"""Seconds that a connection is kept: a rest takes up to three minutes, and some routers on the way forget a silent
connection after four. Telegram may close it earlier: that is noticed before the next call takes it."""

_FORM = "application/x-www-form-urlencoded"

_EDITS = frozenset({"editMessageCaption", "editMessageMedia", "editMessageReplyMarkup", "editMessageText"})
_EDITED = b'{"ok":true,"result":true}'
"""What stands for the edited message, which nobody looks at: to parse it is a tenth of the work of a logged set.
Telegram itself answers so to edits of messages that were sent inline."""

_POOL_TIMEOUT = 5.0
_CONNECT_TIMEOUT = 5.0
_READ_TIMEOUT = 10.0
_WRITE_TIMEOUT = 5.0
_UPLOAD_TIMEOUT = 30.0


@dataclass(frozen=True)
class _Call:
    """One call, ready to be made as often as needed: files are read, time limits settled."""

    url: str
    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes, str]]
    timeout: aiohttp.ClientTimeout

    def outgoing(self) -> Outgoing:
        return Outgoing.of(method_name(self.url), self.fields)

    def body(self) -> aiohttp.FormData | aiohttp.BytesPayload | None:
        if not self.files:
            # As FormData would, in C and so in a sixth of the time.
            encoded = URL.build(query=self.fields).raw_query_string.encode()
            return aiohttp.BytesPayload(encoded, content_type=_FORM) if encoded else None
        # A quoted file name would reach the lifter as percent signs and digits.
        form = aiohttp.FormData(self.fields, quote_fields=False)
        for part, (name, content, kind) in self.files.items():
            form.add_field(part, io.BytesIO(content), filename=name, content_type=kind)
        return form


class AiohttpRequest(BaseRequest):
    """Carries python-telegram-bot's calls. Give each of the builder's two places an instance of its own.

    A new message leaves when the budget permits it, with the priority of the task that sends it. A call that was
    never sent, or that can be made twice without harm, is made up to four times. A call refused for coming too soon
    waits as told, at most a second; while Telegram wants nothing for a chat, others go on, and what concerns that chat
    is refused here as Telegram would. Otherwise a send whose outcome is unknown raises `TimedOut` or another
    `NetworkError` (`NeverSentError` if it did not leave). No error carries the token.

    `waiting` is entered while a call waits for the budget or for Telegram, so that who makes it can let others work.
    """

    def __init__(
        self,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        budget: Budget | None = None,
        waiting: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
        metrics: Metrics | None = None,
    ) -> None:
        self._sleep = sleep
        self._budget = budget or Budget()
        self._waiting = waiting
        self._metrics = metrics or Metrics()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that Telegram may stay silent, where a call sets no limit of its own."""
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        """Gets ready for calls."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Closes all connections; `initialize` opens anew."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 -- python-telegram-bot's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Makes the call. Raises NetworkError where no answer came."""
        files = _read(request_data)
        limits = _limits(
            pool=_seconds(pool_timeout, _POOL_TIMEOUT),
            connect=_seconds(connect_timeout, _CONNECT_TIMEOUT),
            write=_seconds(write_timeout, _UPLOAD_TIMEOUT if files else _WRITE_TIMEOUT),
            read=_seconds(read_timeout, _READ_TIMEOUT),
            downloads=method == "GET",
        )
        fields = request_data.json_parameters if request_data else {}
        call = _Call(url, method, fields, files, limits)
        async with self._waiting():
            return await self._metrics.calling(url, method, self._make(call))

    async def _make(self, call: _Call) -> tuple[int, bytes]:
        outgoing = call.outgoing()
        patience = Patience(repeatable=may_be_repeated(call.url, call.method))
        if (held := self._budget.held_for(outgoing)) > 0:
            if not patience.suffices(held):
                return too_soon(held)
            await self._sleep(held)
        while True:
            await self._budget.permission(outgoing, priority.current())
            try:
                status, payload = await self._attempt(call)
                if status == HTTPStatus.TOO_MANY_REQUESTS:
                    self._budget.told_to_wait(outgoing, retry_after(payload))
                pause, why = patience.after_answer(status, payload), str(status)
                if pause is None:
                    return too_large() if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else (status, payload)
            except NetworkError as failure:
                pause, why = patience.after_failure(failure), failure.message
                if pause is None:
                    raise
            _log.info("call to Telegram is made again", method=method_name(call.url), why=why, seconds=pause)
            await self._sleep(pause)

    async def _attempt(self, call: _Call) -> tuple[int, bytes]:
        """Raises outside the except clauses: aiohttp's errors quote the URL and must not stay attached to ours."""
        failure: NetworkError
        try:
            return await self._exchange(call)
        except aiohttp.ClientConnectorError as error:
            failure = NeverSentError(f"can't connect to Telegram: {error.strerror or type(error).__name__}")
        except aiohttp.ConnectionTimeoutError:
            failure = NeverSentError("can't connect to Telegram: timed out")
        except TimeoutError:
            failure = TimedOut("Telegram did not answer in time")
        except (aiohttp.ClientError, OSError) as error:
            failure = NetworkError(f"the connection to Telegram broke: {type(error).__name__}")
        raise failure

    async def _exchange(self, call: _Call) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("AiohttpRequest is not initialized")
        async with self._session.request(
            call.method,
            URL(call.url, encoded=True),
            data=call.body(),
            timeout=call.timeout,
            allow_redirects=False,  # the token in the URL goes to nobody else
        ) as response:
            payload = await response.read()
            unread = response.status == HTTPStatus.OK and method_name(call.url) in _EDITS
            return response.status, _EDITED if unread else payload


def _read(request_data: RequestData | None) -> dict[str, tuple[str, bytes, str]]:
    if request_data is None or not request_data.contains_files:
        return {}
    return {
        part: (name, content if isinstance(content, bytes) else content.read(), kind)
        for part, (name, content, kind) in request_data.multipart_data.items()
    }


def _seconds(given: Any, default: float) -> float | None:
    """None is no limit."""
    return default if given is BaseRequest.DEFAULT_NONE else given


def _limits(
    *, pool: float | None, connect: float | None, write: float | None, read: float | None, downloads: bool
) -> aiohttp.ClientTimeout:
    """Aiohttp has no limit for writing alone, so the whole call gets one, except a file that arrives bit by bit."""
    whole = None if downloads else _sum(pool, connect, write, read)
    return aiohttp.ClientTimeout(total=whole, connect=_sum(pool, connect), sock_connect=connect, sock_read=read)


def _sum(*limits: float | None) -> float | None:
    known = [limit for limit in limits if limit is not None]
    return sum(known) if len(known) == len(limits) else None
