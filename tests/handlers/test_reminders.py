"""/reminders, by mocked updates: what is chosen, and what then comes."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.priority import Priority
from bot.sources import PRIORITIES
from handlers.callback_data import fits
from handlers.charts.chart import Bars
from handlers.reminders import views
from handlers.reminders.buttons import (
    FlipDay,
    NotToday,
    OpenDays,
    OpenNames,
    OpenQuiet,
    OpenReminders,
    OpenSummary,
    OpenTimes,
    StopAll,
    StopThese,
    TakeName,
    TakeQuiet,
    TakeSummary,
    TakeTime,
)
from handlers.settings.buttons import OpenZones, OpenZonesAt, TakeZone
from storage.database import Database
from storage.models import User
from storage.values.chat import Source
from storage.values.reminder import ReminderKind
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, labels, only, shown
from tests.support.pictures import RecordingPictures
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym
from training.occurrences import Quiet

TRAINING, SUMMARY = ReminderKind.TRAINING, ReminderKind.SUMMARY
TUE, SUN = 1, 6
TUESDAY = datetime(2026, 1, 6, 17, tzinfo=UTC)
"""18:00 in Berlin."""


async def presses(phone: Phone, press: object) -> Call:
    phone.meets_a_new_process()  # what the message has shown before is of no interest here
    return shown(await phone.presses(press))


async def told(phone: Phone, gym: Gym, clock: FakeClock, now: datetime) -> list[Call]:
    clock.now = now
    await gym.reminding.sweep(BOT_ID)
    return await phone.takes_turns()


@pytest.fixture
async def berliner(ready: Phone, gym: Gym) -> Phone:
    """Ann, in Berlin, on a Monday evening."""
    await gym.lifters.change_settings(ready.lifter_id, time_zone="Europe/Berlin")
    return ready


@pytest.fixture
async def trained(berliner: Phone, gym: Gym, clock: FakeClock) -> Phone:
    """She has done <Push> & <Pull> on a Monday, and is to do it on Tuesdays."""
    await berliner.sends("/set bench w 40x10, 82.5x5, 82.5x5, 82.5x5")
    card = await gym.workouts.card(berliner.lifter_id)
    await gym.history.describe(berliner.lifter_id, card.workout_id, title="<Push> & <Pull>")
    card = await gym.workouts.card(berliner.lifter_id)
    await gym.workouts.finish(berliner.lifter_id, card.workout_id, card.revision)
    await gym.reminders.set_day(berliner.lifter_id, TUE, on=True)
    await gym.reminders.name_day(berliner.lifter_id, TUE, card.workout_id)
    return berliner


async def test_before_anything_it_is_asked_where_the_lifter_is_and_then_comes_what_was_wanted(
    ready: Phone, gym: Gym
) -> None:
    assert "What time is it for you?" in only(await ready.sends("/reminders"), "sendMessage").text
    assert "Which is nearest" in (await presses(ready, OpenZonesAt(60))).text
    assert "What time is it" in (await presses(ready, OpenZones())).text
    await presses(ready, OpenZonesAt(60))
    there = await presses(ready, TakeZone("Europe/Berlin"))
    assert "<b>Reminders</b>" in there.text
    assert "Time zone: Europe/Berlin, 19:00 now" in there.text
    assert "<b>Reminders</b>" in shown(await ready.sends("/reminders")).text


async def test_the_city_may_be_typed_and_utc_is_an_answer_too(ready: Phone) -> None:
    await ready.sends("/reminders")
    assert "<b>Reminders</b>" in shown(await ready.sends("Berlin")).text
    await ready.sends("/settings")
    await ready.presses(OpenZones())
    assert "<b>Settings</b>" in (await presses(ready, TakeZone("UTC"))).text
    assert "<b>Reminders</b>" in shown(await ready.sends("/reminders")).text


async def test_before_the_unit_is_chosen_that_is_asked(ann: Phone) -> None:
    assert "kilograms or pounds" in shown(await ann.sends("/reminders")).text


async def test_days_and_the_time_are_chosen_in_one_message(berliner: Phone, gym: Gym) -> None:
    first = only(await berliner.sends("/reminders"), "sendMessage")
    assert labels(first)[:7] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert "🔕 Stop all" not in labels(first)
    calls = await berliner.presses(FlipDay(TUE, 1), 520)
    assert only(calls, "editMessageText").parameters["message_id"] == "520"
    assert "Training: Tuesday at 18:00" in shown(calls).text
    assert labels(shown(calls))[:3] == ["Mon", "✓ Tue", "Wed"]
    assert "Training: Tuesday, Friday at 18:00" in (await presses(berliner, FlipDay(4, 1))).text
    times = await presses(berliner, OpenTimes(TRAINING))
    assert "• 18:00 •" in labels(times)
    # In a row of four, the dots around it wrap on a phone.
    widest = 3
    assert max(len(row) for row in json.loads(times.parameters["reply_markup"])["inline_keyboard"]) == widest
    assert "Tuesday, Friday at 07:00" in (await presses(berliner, TakeTime(TRAINING, 420))).text
    await presses(berliner, OpenTimes(TRAINING))
    assert "I can't read “&lt;noon&gt;” as a time." in shown(await berliner.sends("<noon>")).text
    assert "Tuesday, Friday at 18:45" in shown(await berliner.sends("6:45 pm")).text
    await presses(berliner, OpenTimes(TRAINING))
    assert "Tuesday, Friday at 06:00" in shown(await berliner.sends("6")).text
    stopped = await presses(berliner, StopAll())
    assert "tap the days" in stopped.text
    assert (await gym.reminders.plan(berliner.lifter_id)).is_empty


async def test_sets_that_are_typed_while_a_time_is_asked_for_are_logged(lifting: Phone, gym: Gym) -> None:
    for press in (OpenTimes(SUMMARY), OpenQuiet()):
        await lifting.presses(press)
        assert "100 kg × 5" in shown(await lifting.sends("100x5")).text
    await lifting.presses(OpenTimes(SUMMARY))
    assert "100 kg × 5, 5, 6" in shown(await lifting.sends("6")).text
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 3


async def test_the_summary_has_a_day_and_a_time_and_can_be_turned_off(berliner: Phone) -> None:
    assert "Weekly summary</b>: off" in (await presses(berliner, OpenSummary())).text
    on = await presses(berliner, TakeSummary(SUN))
    assert "Sunday at 19:00" in on.text
    assert "✓ Sun" in labels(on)
    await presses(berliner, OpenTimes(SUMMARY))
    assert "Sunday at 20:15" in shown(await berliner.sends("20:15")).text
    assert "Sunday at 21:00" in (await presses(berliner, TakeTime(SUMMARY, 21 * 60))).text
    assert "Weekly summary</b>: off" in (await presses(berliner, TakeSummary(-1))).text


async def test_quiet_hours_are_tapped_or_typed_and_what_they_mean_is_said(berliner: Phone, gym: Gym) -> None:
    await presses(berliner, FlipDay(TUE, 1))
    await presses(berliner, TakeSummary(SUN))
    assert "• No quiet hours •" in labels(await presses(berliner, OpenQuiet()))
    assert "Quiet hours: 22:00–07:00" in (await presses(berliner, TakeQuiet(22 * 60, 7 * 60))).text
    assert "sent at 07:00" in (await presses(berliner, TakeTime(TRAINING, 6 * 60))).text
    assert "Not sent: the day is over" in (await presses(berliner, TakeTime(TRAINING, 23 * 60))).text
    await presses(berliner, OpenQuiet())
    assert "I can't read “now” as hours." in shown(await berliner.sends("now")).text
    assert "Quiet hours: 18:30–20:00" in shown(await berliner.sends("18:30-20:00")).text
    assert "sent at 20:00" in (await presses(berliner, OpenSummary())).text
    assert "Quiet hours: none" in (await presses(berliner, TakeQuiet(-1, -1))).text
    assert (await gym.reminders.plan(berliner.lifter_id)).quiet is None


async def test_a_day_takes_a_workouts_name(trained: Phone, gym: Gym) -> None:
    assert "Tuesday: <Push> & <Pull>" in labels(await presses(trained, OpenDays()))
    names = await presses(trained, OpenNames(TUE))
    assert labels(names)[:2] == ["• <Push> & <Pull> •", "What it was last time"]
    (named,) = await gym.reminders.names(trained.lifter_id)
    assert "Training: Tuesday at" in (await presses(trained, TakeName(TUE, 0))).text
    there = await presses(trained, TakeName(TUE, named.workout_id))
    assert "Tuesday (&lt;Push&gt; &amp; &lt;Pull&gt;) at 18:00" in there.text


async def test_without_named_workouts_it_is_said_how_to_name_one(berliner: Phone) -> None:
    await presses(berliner, FlipDay(TUE, 1))
    assert "None of your latest workouts has a name" in (await presses(berliner, OpenNames(TUE))).text


async def test_a_reminder_says_what_was_done_last_time_and_starts_it_with_one_tap(
    trained: Phone, gym: Gym, clock: FakeClock
) -> None:
    reminder = only(await told(trained, gym, clock, TUESDAY), "sendMessage")
    assert reminder.text == (
        "🔔 <b>Tuesday, &lt;Push&gt; &amp; &lt;Pull&gt;</b>\n"
        "Last time, yesterday:\n"
        "Bench Press (Barbell): 82.5 kg × 5, 5, 5"
    )
    assert labels(reminder) == ["💪 Start <Push> & <Pull>", "Not today", "🔕 Stop these"]
    calls = await trained.presses_raw(reminder.buttons[0]["callback_data"], 777)
    assert "Bench Press (Barbell)" in only(calls, "sendMessage").text
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[777]"
    assert (await gym.workouts.card(trained.lifter_id)).title == "<Push> & <Pull>"


async def test_without_anything_to_repeat_it_starts_an_empty_workout(
    berliner: Phone, gym: Gym, clock: FakeClock
) -> None:
    await gym.reminders.set_day(berliner.lifter_id, TUE, on=True)
    reminder = only(await told(berliner, gym, clock, TUESDAY), "sendMessage")
    assert reminder.text == "🔔 <b>Tuesday</b>: a day to train."
    calls = await berliner.presses_raw(reminder.buttons[0]["callback_data"])
    assert "Which exercise?" in shown(calls).text


async def test_not_today_takes_the_message_away_or_at_least_its_buttons(
    trained: Phone, telegram: RecordingRequest
) -> None:
    calls = await trained.presses(NotToday(), 777)
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[777]"
    assert [call for call in calls if call.method == "editMessageReplyMarkup"] == []
    telegram.refuse("deleteMessages", 400, "Bad Request: message can't be deleted")
    calls = await trained.presses(NotToday(), 778)
    assert only(calls, "editMessageReplyMarkup").parameters["message_id"] == "778"


async def test_stop_these_ends_one_kind_and_offers_the_way_back(trained: Phone, gym: Gym, clock: FakeClock) -> None:
    await gym.reminders.set_summary(trained.lifter_id, SUN)
    stopped = await presses(trained, StopThese(TRAINING))
    assert "No more reminders to train" in stopped.text
    assert labels(stopped) == ["⏰ Reminders"]
    assert await told(trained, gym, clock, TUESDAY) == []
    assert "Sunday at 19:00" in (await presses(trained, OpenReminders())).text
    assert "No more weekly summaries" in (await presses(trained, StopThese(SUMMARY))).text
    assert (await gym.reminders.plan(trained.lifter_id)).is_empty


async def test_a_summary_says_how_the_week_was_beside_those_before(trained: Phone, gym: Gym, clock: FakeClock) -> None:
    await gym.reminders.set_summary(trained.lifter_id, SUN)
    clock.now = datetime(2026, 1, 20, 12, tzinfo=UTC)
    await told(trained, gym, clock, clock.now)  # what was due meanwhile is too late
    await trained.sends("/set bench 85x5")
    await trained.sends("90x5")
    card = await gym.workouts.card(trained.lifter_id)
    await gym.workouts.finish(trained.lifter_id, card.workout_id, card.revision)
    await gym.reminders.stop(trained.lifter_id, TRAINING)
    week = only(await told(trained, gym, clock, datetime(2026, 1, 25, 18, tzinfo=UTC)), "sendMessage")
    assert "1 workout · 2 sets · 875 kg" in week.text
    assert "Each of the 2 weeks before, on average: 0.5 workouts · 2 sets · 619 kg" in week.text
    assert "🏆 <b>Bench Press (Barbell)</b>: heaviest, 90 kg" in week.text
    assert labels(week) == ["💪 Start workout", "↻ Repeat a workout", "🔕 Stop these"]
    empty = only(await told(trained, gym, clock, datetime(2026, 2, 1, 18, tzinfo=UTC)), "sendMessage")
    assert "A week of rest" in empty.text


async def test_with_three_weeks_of_workouts_the_summary_comes_below_a_picture_of_their_sets(
    trained: Phone, gym: Gym, clock: FakeClock, pictures: RecordingPictures
) -> None:
    await gym.reminders.stop(trained.lifter_id, TRAINING)
    sunday = datetime(2026, 1, 25, 18, tzinfo=UTC)
    for weeks in (2, 1, 0):
        clock.now = sunday - timedelta(days=2, weeks=weeks)
        await trained.sends("/set squat 85x5")
        card = await gym.workouts.card(trained.lifter_id)
        await gym.workouts.finish(trained.lifter_id, card.workout_id, card.revision)
    await gym.reminders.set_summary(trained.lifter_id, SUN)
    week = only(await told(trained, gym, clock, sunday), "sendPhoto")
    assert "🔥 <b>3 weeks</b> in a row with a workout." in week.text
    assert labels(week) == ["💪 Start workout", "↻ Repeat a workout", "🔕 Stop these"]
    (chart,) = pictures.charts
    assert isinstance(chart, Bars)
    assert [(bar.name, bar.text) for bar in chart.bars] == [("5 Jan", "5"), ("12 Jan", "1"), ("this week", "1")]


async def test_who_has_blocked_the_bot_is_left_alone_until_they_write_again(
    trained: Phone, telegram: RecordingRequest, gym: Gym, clock: FakeClock, database: Database
) -> None:
    week = timedelta(days=7)
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert len(await told(trained, gym, clock, TUESDAY)) == 1
    for weeks in (1, 2):
        assert await told(trained, gym, clock, TUESDAY + weeks * week) == []
    async with database.reading() as session:
        assert (await session.get_one(User, trained.lifter_id)).unreachable_since is not None
    clock.advance(timedelta(days=1))
    await trained.sends("/start")
    assert await told(trained, gym, clock, TUESDAY + 2 * week + timedelta(days=2)) == []
    assert len(await told(trained, gym, clock, TUESDAY + 3 * week)) == 1


@pytest.mark.parametrize(("away", "sent"), [(timedelta(hours=2), 1), (timedelta(hours=2, seconds=1), 0)])
async def test_while_telegram_is_away_it_is_tried_again_and_dropped_once_it_is_of_no_use(
    trained: Phone, telegram: RecordingRequest, gym: Gym, clock: FakeClock, away: timedelta, sent: int
) -> None:
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    assert len(await told(trained, gym, clock, TUESDAY)) == 1
    clock.advance(away)
    assert len(await trained.takes_turns()) == sent
    assert await trained.takes_turns() == []


@pytest.mark.parametrize(
    "press",
    [
        FlipDay(7, 1),
        FlipDay(-1, 1),
        TakeTime(TRAINING, 1440),
        TakeTime(SUMMARY, -1),
        TakeSummary(7),
        TakeQuiet(-1, 5),
        TakeQuiet(60, 60),
        OpenNames(3),
        TakeName(3, 0),
        TakeName(TUE, 404),
    ],
)
async def test_a_forged_or_stale_button_changes_nothing(trained: Phone, gym: Gym, press: object) -> None:
    before = await gym.reminders.plan(trained.lifter_id)
    calls = await trained.presses(press)
    assert only(calls, "answerCallbackQuery").parameters["text"]
    assert "Ready when you are" in shown(calls).text
    assert await gym.reminders.plan(trained.lifter_id) == before


async def test_what_a_strangers_workout_is_called_names_no_day(trained: Phone, admin: Phone, gym: Gym) -> None:
    await admin.sends("/start")
    (named,) = await gym.reminders.names(trained.lifter_id)
    await gym.reminders.set_day(admin.lifter_id, TUE, on=True)
    await admin.presses(TakeName(TUE, named.workout_id))
    assert [day.title for day in (await gym.reminders.plan(admin.lifter_id)).days] == [""]


def test_whatever_is_longest_fits_on_its_button() -> None:
    for press in (TakeName(6, 2**62), TakeTime(TRAINING, 1439), TakeQuiet(1439, 1438)):
        assert fits(press)
    for begins, ends in views.QUIET:
        assert Quiet(60 * begins, 60 * ends).holds_at(60 * begins)


def test_reminders_go_behind_the_ends_of_rests() -> None:
    assert PRIORITIES[Source.REMINDER] > PRIORITIES[Source.REST] > Priority.ANSWER
