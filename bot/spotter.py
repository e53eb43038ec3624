"""The whole bot, put together: the one place that knows every concrete part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application

from bot import ending
from bot.alarm import JobQueueAlarm
from bot.budget import Budget
from bot.drawing import Drawing
from bot.exporting import Exporting
from bot.http_server import http_app, serving
from bot.idling import look_now_and_then
from bot.inline import InlineQueries
from bot.intake import Intake
from bot.lanes import Lanes, worker_free
from bot.metrics import Metrics
from bot.one_moment import OneMoment
from bot.pruning import prune_now_and_then
from bot.readiness import what_is_missing
from bot.receiving import Receiving
from bot.replica import Calls, Replica
from bot.schema import cant_open, database_awaited
from bot.settings import Settings
from bot.start_error import StartError
from bot.telegram_http import AiohttpRequest
from bot.turns import Turns
from handlers.apology import ask_for_patience
from handlers.commands import set_menu
from handlers.context import CONTEXT_TYPES, SpotterApplication
from handlers.inline.flow import answer_inline
from handlers.registration import register
from storage.database import Database
from storage.depth import depth
from storage.single_process import InUseError, only_process
from training.clock import Alarm, Clock, utc_now
from training.gym import open_gym
from training.rests import Rung

_log = structlog.stdlib.get_logger(__name__)

_UNTIL_THERE_IS_ROOM = timedelta(seconds=0.1)
"""How soon what is due and could not leave yet is looked at again."""

_UNTIL_SOME_HAVE_LEFT = 1.0
"""Seconds between handing out some reminders and the next."""

_LONGEST_PAUSE = 30.0
"""Seconds between attempts to reach Telegram at the start."""

_BEATS_AND_LISTENS = 2
"""Connections that a replica needs for itself."""

MakeAlarm = Callable[["Spotter"], Alarm]


class Spotter:
    """The bot. `running` starts it and stops it; everything it knows is in the database."""

    def __init__(
        self,
        settings: Settings,
        token: str,
        *,
        clock: Clock = utc_now,
        make_alarm: MakeAlarm | None = None,
        budget: Budget | None = None,
    ) -> None:
        """Opens nothing yet. `make_alarm` replaces the alarm clock, as `clock` does the time, and `budget` how fast
        messages leave.
        """
        self._settings = settings
        self._bot_id = int(token.partition(":")[0])  # as Telegram says too, once it has been met
        self.metrics = Metrics()
        self.database = Database(settings.database_url)
        self.metrics.time_database(self.database.engine)
        self._receiving = Receiving(settings, self.database.engine, AiohttpRequest(metrics=self.metrics), self.metrics)
        self._budget = budget or Budget(settings.messages_per_second)
        request = AiohttpRequest(budget=self._budget, waiting=worker_free, metrics=self.metrics)
        self._application = _application(settings.bot_api_url, token, request)
        self._clock = clock
        self._alarm = make_alarm(self) if make_alarm is not None else self._job_queue_alarm()
        gym = open_gym(self.database, clock, self._alarm, settings.admin_ids)
        self._gym = replace(gym, exports=Exporting(settings.database_url))
        self.pictures = Drawing(self.metrics)
        register(self._application, self._gym, self.pictures)
        # Signs of life must not queue up with the updates of a busy moment: the others would think this one dead.
        self._signs_of_life = Database(settings.database_url, connections=_BEATS_AND_LISTENS)
        self._replica = Replica(self._signs_of_life, asyncio.sleep)
        self._turns = Turns(self._application, self.database, clock, settings.admin_ids, self._replica.id, self.metrics)
        self._one_moment = OneMoment(partial(ask_for_patience, self._application.bot))
        self._inline = InlineQueries(partial(answer_inline, self._application.bot, self._gym), self.metrics)
        self.lanes = Lanes(self._one_moment.turning(self._turns.take), asyncio.sleep)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The bot runs within the block. Raises StartError if the host has to mend something first."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self._signs_of_life.close)
            self._claim_database(stack)
            if self._settings.listen is not None:
                app = http_app(self._what_is_missing, self._measured, self._receiving.endpoint)
                await stack.enter_async_context(serving(app, self._settings.listen, "LISTEN"))
            await database_awaited(self._settings.database_url, asyncio.sleep)
            try:
                await self._gym.library.seed_built_in()
                await self._gym.leaving.resume()
            except (SQLAlchemyError, OSError) as error:
                raise cant_open(error) from None
            await self._sweep_at_start()
            await self._meet_telegram(stack)
            await stack.enter_async_context(self._working())
            yield

    async def ring(self) -> None:
        """Hands out the rests that are over, what timers have to say and the next of what is announced, and sets the
        alarm for what follows.
        """
        # What Telegram wouldn't take yet other replicas may send, or this one a little later, oldest first.
        bot_id, room = self._application.bot.id, self._budget.room
        self._heed(await self._gym.rests.ring(bot_id, room))
        self._heed(await self._gym.timers.ring(bot_id, room))
        await self._hand_out_announcements()

    def _heed(self, rung: Rung) -> None:
        for late in rung.late:
            self.metrics.reminded(late)
        self._wake(rung.lifter_ids)
        if rung.next_due is not None:
            now = self._clock()
            self._alarm.set(rung.next_due if rung.next_due > now else now + _UNTIL_THERE_IS_ROOM)

    async def _hand_out_announcements(self) -> None:
        swept = await self._gym.announcements.sweep(self._application.bot.id)
        self._wake(swept.lifter_ids)
        if swept.next_due is not None:
            self._alarm.set(swept.next_due)

    async def look_after_idle(self) -> None:
        """Hands out what is to be done about workouts that were left idle."""
        self._wake(await self._gym.idle.sweep(self._application.bot.id))

    async def sweep_after_leaving(self) -> None:
        """Takes what lifters who have left had written out of the database's file."""
        await self._gym.leaving.sweep()

    async def _sweep_at_start(self) -> None:
        """As `sweep_after_leaving`, while nobody waits, however large the file. It needs up to twice the room again."""
        try:
            await self._gym.leaving.sweep(at_once=None)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("what was deleted may still be in the database's file", why=type(error).__name__)

    async def remind(self) -> None:
        """Hands out the reminders and weekly summaries that are due, a few at a time: many are at a full hour."""
        while True:
            swept = await self._gym.reminding.sweep(self._application.bot.id)
            self._wake(swept.lifter_ids)
            if not swept.more:
                return
            await asyncio.sleep(_UNTIL_SOME_HAVE_LEFT)

    def _wake(self, lifter_ids: Iterable[int]) -> None:
        for lifter_id in lifter_ids:
            self.lanes.wake(lifter_id)

    def _job_queue_alarm(self) -> Alarm:
        queue = self._application.job_queue
        assert queue is not None
        return JobQueueAlarm(queue, self.ring)

    def _claim_database(self, stack: AsyncExitStack) -> None:
        try:
            stack.enter_context(only_process(self._settings.database_url))
        except InUseError:
            message = "DATABASE_URL: another Spotter works on this file; stop it, or give this one a file of its own"
            raise StartError(message) from None
        except OSError as error:
            message = f"DATABASE_URL: can't write there ({error}); choose a folder that this user may write to"
            raise StartError(message) from None

    async def _meet_telegram(self, stack: AsyncExitStack) -> None:
        # An application that never met Telegram leaves it open.
        stack.push_async_callback(self._application.bot.shutdown)
        pause = 1.0
        while True:
            try:
                await self._application.initialize()
                break
            except InvalidToken:
                message = "BOT_TOKEN: Telegram does not know this token; copy it again from @BotFather"
                raise StartError(message) from None
            except (NetworkError, RetryAfter) as error:
                if isinstance(error, BadRequest):
                    raise self._no_bot_api(error) from None
                _log.warning(
                    "Telegram can't be reached", at=self._settings.bot_api_url, why=error.message, seconds=pause
                )
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            except TelegramError as error:
                raise self._no_bot_api(error) from None
        stack.push_async_callback(self._application.shutdown)
        try:
            await set_menu(self._application.bot, await self._gym.admins.former())
        except TelegramError as error:
            _log.warning("the command menu is not set", why=error.message)

    def _no_bot_api(self, error: TelegramError) -> StartError:
        return StartError(
            f"BOT_API_URL: {self._settings.bot_api_url} doesn't answer as Telegram does ({error.message}); "
            "check the address and BOT_TOKEN"
        )

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await self._application.start()
            stack.push_async_callback(self._application.stop)
            bot, bot_id = self._application.bot, self._application.bot.id
            intake = Intake(self.database, bot_id, self._clock, self._hear_from, self.metrics)
            take = self._inline.parting_from(self._one_moment.taking(intake.take))
            polling = self._receiving.polling(bot, take)
            calls = Calls(
                self.lanes.wake,
                self._hear_from,
                shared_by=self._budget.share,
                speaks=self._one_moment.speaks,
                poll=polling,
            )
            await stack.enter_async_context(self._replica.living(bot_id, calls))
            stack.push_async_callback(self._shown)
            stack.push_async_callback(self.lanes.stop, ending.TO_HANDLE)
            stack.push_async_callback(self.pictures.stop)  # from now on words have to do
            stack.push_async_callback(intake.stop)
            stack.push_async_callback(self._inline.stop)
            stack.push_async_callback(self._replica.stop_polling)
            pruning = asyncio.create_task(prune_now_and_then(self.database, self._clock), name="pruning")
            stack.callback(pruning.cancel)
            for what, look in (
                ("idle workouts", self.look_after_idle),
                ("reminders", self.remind),
                ("what was deleted", self.sweep_after_leaving),
            ):
                looking = asyncio.create_task(look_now_and_then(what, look), name=f"looking after {what}")
                stack.callback(looking.cancel)
            await self.ring()
            await stack.enter_async_context(self._receiving.posted(bot, take))
            _log.info("spotter runs", bot=bot.username)
            yield
        _log.info("spotter has stopped")

    async def _shown(self) -> None:
        beside = (self._turns.painter, self._turns.reports, self._turns.afterwards)
        await asyncio.gather(*(what.stop(ending.TO_SHOW) for what in beside))
        await self._turns.stop()

    def _hear_from(self, lifter_id: int) -> None:
        # A reminder that still waits to be sent keeps what the lifter does now waiting behind it.
        self._budget.hurry(lifter_id)
        self.lanes.wake(lifter_id)

    async def _what_is_missing(self) -> Sequence[str]:
        return await what_is_missing(self.database, self._receiving.takes_updates)

    async def _measured(self) -> bytes:
        """The metrics. How much waits is asked of the database; while that is gone the last answer stands."""
        with suppress(SQLAlchemyError, OSError):
            async with self.database.reading() as session:
                waiting = await depth(session, self._bot_id)
            self.metrics.waits(waiting.updates, waiting.lanes)
        self.metrics.runs(len(asyncio.all_tasks()))
        return self.metrics.page()


def _application(api_url: str, token: str, request: AiohttpRequest) -> SpotterApplication:
    builder = Application.builder().token(token).base_url(f"{api_url}/bot").base_file_url(f"{api_url}/file/bot")
    # The intake is our own, so PTB's updater is left out; the second request is only asked for by name.
    return (
        builder.updater(None)
        .request(request)
        .get_updates_request(AiohttpRequest())
        .context_types(CONTEXT_TYPES)
        .build()
    )
