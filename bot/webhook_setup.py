"""Telling Telegram which way updates shall come: posted to the webhook, or fetched."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import WebhookInfo
from telegram.error import BadRequest, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.asked_for import ASKED_FOR
from bot.start_error import StartError
from storage.locking import Lock, alone

_log = structlog.stdlib.get_logger(__name__)

_CONNECTIONS: Final = 40
"""At once. Telegram posts one chat's next update only when the one before is taken, so more would seldom be used."""

_LONGEST_PAUSE: Final = 30.0

Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class WantedWebhook:
    """The webhook as it shall be. `secret` is not shown."""

    url: str
    secret: str = field(repr=False)

    def marked_url(self, token: str) -> str:
        """The address as Telegram is told it. A digest shows it when the secret is a new one, since Telegram never
        tells the secret; the token goes into it, so that nobody who sees it can try guesses.
        """
        digest = hmac.digest(token.encode(), self.secret.encode(), "sha256").hex()
        return f"{self.url}?version={digest[:16]}"

    def is_set(self, info: WebhookInfo, token: str) -> bool:
        """Whether this is the webhook that Telegram has."""
        return (info.url, info.max_connections, set(info.allowed_updates)) == (
            self.marked_url(token),
            _CONNECTIONS,
            set(ASKED_FOR),
        )


async def deliveries_asked_for(
    bot: ExtBot[Any], engine: AsyncEngine, wanted: WantedWebhook, sleep: Sleep = asyncio.sleep
) -> None:
    """Sets the webhook if Telegram has another one or none. Of several replicas one does.

    A Telegram or a database in trouble is waited for. Raises StartError if Telegram refuses the address.
    """

    async def ask() -> None:
        async with alone(engine, Lock.WEBHOOK):
            if wanted.is_set(await bot.get_webhook_info(), bot.token):
                return
            await _set(bot, wanted)

    await _until_done(ask, sleep)


async def fetching_allowed(bot: ExtBot[Any], sleep: Sleep = asyncio.sleep) -> None:
    """Removes the webhook, if there is one. What Telegram has not delivered yet waits for being fetched."""

    async def ask() -> None:
        await bot.delete_webhook()

    await _until_done(ask, sleep)


async def _set(bot: ExtBot[Any], wanted: WantedWebhook) -> None:
    try:
        await bot.set_webhook(
            wanted.marked_url(bot.token),
            secret_token=wanted.secret,
            allowed_updates=ASKED_FOR,
            max_connections=_CONNECTIONS,
        )
    except BadRequest as error:
        raise StartError(f"WEBHOOK_URL: Telegram refuses it ({error.message}); choose another address") from None
    _log.info("the webhook is set", url=wanted.url)


async def _until_done(ask: Callable[[], Awaitable[None]], sleep: Sleep) -> None:
    pause = 1.0
    while True:
        try:
            return await ask()
        except (TelegramError, SQLAlchemyError, OSError) as error:
            wait = max(pause, _told(error))
            _log.warning("Telegram can't be told how updates shall come", why=type(error).__name__, seconds=wait)
        await sleep(wait)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _told(error: Exception) -> float:
    if not isinstance(error, RetryAfter):
        return 0.0
    told = error.retry_after
    return float(told) if isinstance(told, int | float) else told.total_seconds()
