"""How updates come in: posted to the webhook if the host has named one, else fetched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.http_server import Endpoint
from bot.intake import Take
from bot.metrics import Metrics
from bot.polling import Poller
from bot.settings import Settings
from bot.webhook import Webhook
from bot.webhook_setup import WantedWebhook, deliveries_asked_for, fetching_allowed

_LONGEST_SILENCE = 180.0
"""Seconds without a word from Telegram, which answers a poll twice a minute, after which nothing is taken any more."""


class Receiving:
    """Takes updates the way that the settings say."""

    def __init__(
        self,
        settings: Settings,
        engine: AsyncEngine,
        poll_request: BaseRequest,
        metrics: Metrics,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` gives seconds, for noticing silence."""
        posted = settings.webhook_url is not None
        self._way = _Posted(settings, engine, metrics) if posted else _Fetched(settings, poll_request, now)

    @property
    def endpoint(self) -> tuple[str, Endpoint] | None:
        """The path of the webhook and what answers there; None if updates are fetched."""
        return self._way.endpoint

    def takes_updates(self) -> bool:
        """Whether updates are taken just now."""
        return self._way.takes_updates()

    def posted(self, bot: ExtBot[Any], take: Take) -> AbstractAsyncContextManager[None]:
        """Within the block the bot works, and what is posted goes to `take`.

        Raises StartError if Telegram refuses the webhook.
        """
        return self._way.posted(bot, take)

    def polling(self, bot: ExtBot[Any], take: Take) -> Callable[[], Coroutine[Any, Any, None]] | None:
        """Fetches updates for `take` until cancelled, which only one process may do; None if they are posted."""
        return self._way.polling(bot, take)


class _Posted:
    def __init__(self, settings: Settings, engine: AsyncEngine, metrics: Metrics) -> None:
        assert settings.webhook_url is not None
        assert settings.webhook_secret is not None
        secret = settings.webhook_secret.get_secret_value()
        self._engine = engine
        self._wanted = WantedWebhook(settings.webhook_url, secret)
        self._webhook = Webhook(secret, metrics.refused)
        self.endpoint = (urlsplit(settings.webhook_url).path or "/", self._webhook.answer)

    def takes_updates(self) -> bool:
        return self._webhook.delivers

    @asynccontextmanager
    async def posted(self, bot: ExtBot[Any], take: Take) -> AsyncIterator[None]:
        """The webhook stays set at the end: whatever comes meanwhile waits at Telegram's for the next start."""
        with self._webhook.delivering_to(take):
            await deliveries_asked_for(bot, self._engine, self._wanted)
            yield

    def polling(self, _: ExtBot[Any], __: Take) -> None:
        return None


class _Fetched:
    endpoint = None

    def __init__(self, settings: Settings, request: BaseRequest, now: Callable[[], float]) -> None:
        self._api_url = settings.bot_api_url
        self._request = request
        self._now = now
        self._works = False
        self._is_allowed = asyncio.Event()
        self._heard_at: float | None = None

    def takes_updates(self) -> bool:
        """Whether Telegram has answered lately, or another process has the fetching to do."""
        return self._works and (self._heard_at is None or self._now() - self._heard_at < _LONGEST_SILENCE)

    @asynccontextmanager
    async def posted(self, bot: ExtBot[Any], _: Take) -> AsyncIterator[None]:
        """Only a start removes the webhook: who takes the polling over later might remove what a replica that is
        already told of a webhook has just set, and then nobody would be brought anything.
        """
        await fetching_allowed(bot)
        self._is_allowed.set()
        self._works = True
        try:
            yield
        finally:
            self._works = False

    def polling(self, bot: ExtBot[Any], take: Take) -> Callable[[], Coroutine[Any, Any, None]]:
        async def poll() -> None:
            await self._is_allowed.wait()
            self._hear()
            try:
                async with self._request:
                    await Poller(
                        self._request, f"{self._api_url}/bot{bot.token}", take, asyncio.sleep, self._hear
                    ).run()
            finally:
                self._heard_at = None

        return poll

    def _hear(self) -> None:
        self._heard_at = self._now()
