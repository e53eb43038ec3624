"""The picture that follows a summary, and that of the weekly one, by mocked updates."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.turns import Turns
from handlers.charts.chart import Bars, Chart, Trend
from handlers.reminders import views
from handlers.workout.buttons import Finish
from storage.values.quantity import WeightUnit
from tests.support.clock import FakeClock
from tests.support.phone import Phone, only
from tests.support.pictures import RecordingPictures
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym
from training.week import Amount, SetsInWeek, Week


async def finishes(phone: Phone, gym: Gym) -> list[Call]:
    card = await gym.workouts.card(phone.lifter_id)
    return await phone.presses(Finish(card.workout_id, card.revision))


async def trains(phone: Phone, gym: Gym, clock: FakeClock, line: str) -> list[Call]:
    await phone.sends(f"/set bench {line}")
    clock.advance(timedelta(minutes=30))
    calls = await finishes(phone, gym)
    phone.meets_a_new_process()
    clock.advance(timedelta(days=3))
    return calls


def methods(calls: list[Call]) -> list[str]:
    return [call.method for call in calls if call.method in {"editMessageText", "sendMessage", "sendPhoto"}]


async def test_with_the_third_workout_a_record_is_seen_as_it_has_grown(
    ready: Phone, gym: Gym, clock: FakeClock, pictures: RecordingPictures
) -> None:
    assert methods(await trains(ready, gym, clock, "100x5")) == ["editMessageText"]
    assert methods(await trains(ready, gym, clock, "102.5x5")) == ["editMessageText"]
    began = clock()
    calls = await trains(ready, gym, clock, "105x5")
    assert methods(calls) == ["editMessageText", "sendPhoto"]  # the summary first
    caption = only(calls, "sendPhoto").text
    assert caption.startswith("📈 <b>Bench Press (Barbell)</b>\nEstimated 1RM: from 112 kg on ")
    assert "to <b>118 kg</b>, over 3 workouts." in caption
    (chart,) = pictures.charts
    assert pictures.unhurried == [chart]
    assert isinstance(chart, Trend)
    assert chart.title == "Bench Press (Barbell)"
    assert [(point.value, point.label, point.is_record) for point in chart.points] == [
        (112.5, "112", False),
        (115.31, "", False),
        (118.12, "118", True),
    ]
    assert (chart.until, chart.unit) == (began.date(), "Estimated 1RM, kg")
    assert chart.ticks[-1].on == chart.until


async def test_without_a_record_there_is_no_picture(
    ready: Phone, gym: Gym, clock: FakeClock, pictures: RecordingPictures
) -> None:
    for line in ("100x5", "102.5x5", "102.5x5", "60x5"):
        await trains(ready, gym, clock, line)
    assert pictures.charts == []


@pytest.mark.parametrize("refusal", [400, 403, 429, 502, None])
async def test_where_the_picture_can_not_come_the_summary_is_all_and_nobody_is_told(
    ready: Phone,
    gym: Gym,
    clock: FakeClock,
    pictures: RecordingPictures,
    telegram: RecordingRequest,
    refusal: int | None,
) -> None:
    for line in ("100x5", "102.5x5"):
        await trains(ready, gym, clock, line)
    if refusal is None:
        pictures.busy = True
    else:
        telegram.refuse("sendPhoto", refusal, "No")
    calls = await trains(ready, gym, clock, "105x5")
    assert methods(calls) == ["editMessageText", *(["sendPhoto"] if refusal else [])]
    assert len(pictures.charts) == 1
    assert await ready.takes_turns() == []


async def test_a_summary_that_was_lost_comes_again_and_its_picture_once(
    ready: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest
) -> None:
    for line in ("100x5", "102.5x5"):
        await trains(ready, gym, clock, line)
    telegram.refuse("editMessageText", 502, "Bad Gateway")
    assert methods(await trains(ready, gym, clock, "105x5")) == ["editMessageText"]
    again = await ready.takes_turns()
    assert methods(again) == ["editMessageText", "sendPhoto"]
    assert "Workout done" in again[0].text
    assert await ready.takes_turns() == []


@dataclass
class SlowPictures(RecordingPictures):
    """Draws when it is let."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    may_draw: asyncio.Event = field(default_factory=asyncio.Event)

    async def drawn(self, chart: Chart, *, somebody_waits: bool = True) -> bytes | None:
        self.asked.set()
        await self.may_draw.wait()
        return await super().drawn(chart, somebody_waits=somebody_waits)


async def test_while_it_is_drawn_the_lifter_goes_on(
    ready: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest, turns: Turns
) -> None:
    for line in ("100x5", "102.5x5"):
        await trains(ready, gym, clock, line)
    slow = turns.application.bot_data["pictures"] = SlowPictures()
    await ready.sends("/set bench 105x5")
    finishing = asyncio.create_task(finishes(ready, gym))
    await slow.asked.wait()
    so_far = len(telegram.calls)
    await ready.has_sent("hello")
    await turns.take(ready.lifter_id)
    assert "No workout is open" in telegram.calls[so_far].text
    slow.may_draw.set()
    assert methods(await finishing)[-1] == "sendPhoto"


def week(*sets: int) -> Week:
    monday = FakeClock()().date()
    seen = tuple(SetsInWeek(monday + timedelta(weeks=place), number) for place, number in enumerate(sets))
    return Week(WeightUnit.KG, Amount(1, sets[-1], 0), Amount(0, 0, 0), 0, (), len(sets), seen)


def test_three_weeks_with_workouts_make_a_picture_and_fewer_do_not() -> None:
    assert views.weeks_chart(week(5, 0, 7)) is None
    chart = views.weeks_chart(week(5, 0, 7, 12))
    assert isinstance(chart, Bars)
    assert [(bar.value, bar.text) for bar in chart.bars] == [(5, "5"), (0, "0"), (7, "7"), (12, "12")]
    assert chart.bars[-1].name == "this week"
