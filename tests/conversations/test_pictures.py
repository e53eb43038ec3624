"""Charts on their way: drawn by a process, uploaded over HTTP, and changed in the message that shows them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Update
from telegram.ext import Application

from bot.drawing import Drawing
from bot.metrics import Metrics
from bot.telegram_http import AiohttpRequest
from handlers.charts.chart import Bar, Bars
from handlers.charts.drawing import drawn
from handlers.charts.showing import send_chart, show_chart
from handlers.context import CONTEXT_TYPES, SpotterContext
from handlers.home.buttons import StartWorkout
from handlers.last_shown import LastShown
from handlers.screen import Screen, button
from handlers.showing import send, show
from handlers.words import say
from simulator.driver import Lifter
from simulator.seen import SeenMessage
from simulator.server import Simulator
from storage import at_hand
from storage.at_hand import UpdateAtHand

SETS = Bars("Sets this week", (Bar("Chest", 12.0, "12"),))
VOLUME = Bars("Volume this week", (Bar("Chest", 4000.0, "4,000 kg"),))


def screen(words: str) -> Screen:
    return Screen(say("<b>{words}</b>", words=words), [[button("Start", StartWorkout())]])


@pytest.fixture
async def context(telegram: Simulator) -> AsyncIterator[SpotterContext]:
    pictures = Drawing(Metrics(), patience=60)
    builder = Application.builder().token(telegram.token).base_url(f"{telegram.url}/bot").updater(None)
    requests = AiohttpRequest(), AiohttpRequest()
    application = builder.request(requests[0]).get_updates_request(requests[1]).context_types(CONTEXT_TYPES).build()
    application.bot_data.update(pictures=pictures, last_shown=LastShown())
    async with application:
        yield SpotterContext(application)
    await pictures.stop()


async def pressed(context: SpotterContext, lifter: Lifter) -> Update:
    """The press of the newest button, as the bot hears of it."""
    await lifter.taps("Start", answered=False)
    (newest,) = await context.bot.get_updates(offset=-1)
    return newest


def shown(lifter: Lifter) -> SeenMessage:
    (message,) = [one for one in lifter.chat if one.from_bot]
    return message


async def test_a_text_becomes_a_chart_another_one_and_a_text_again(
    telegram: Simulator, context: SpotterContext
) -> None:
    ann = telegram.lifter("Ann")
    await ann.sends("/progress")
    with at_hand.holding(UpdateAtHand(1, ann.id, None, None, alone_since=1)):
        first = (await send(context, screen("Words"))).message_id

        await show_chart(await pressed(context, ann), context, SETS, screen("12 sets"))
        assert (shown(ann).id, shown(ann).text, ann.file(shown(ann))) == (first, "12 sets", drawn(SETS))

        await show_chart(await pressed(context, ann), context, VOLUME, screen("4,000 kg"))
        assert (shown(ann).id, shown(ann).text, ann.file(shown(ann))) == (first, "4,000 kg", drawn(VOLUME))

        await show(await pressed(context, ann), context, screen("Home"))
        assert (shown(ann).text, shown(ann).photo) == ("Home", None)

        assert await send_chart(context, SETS, screen("x" * 2000)) == ann.last.id
        assert ann.last.photo is not None
        assert len(ann.last.text) == 1024
    assert telegram.refusals == []
