"""What timers say in the chat, and their buttons."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.more.buttons import AskExerciseNote
from handlers.timing.buttons import BeginTimer, CountDownSet, LogTimed, StopTimer, TimeAgain
from handlers.workout.buttons import LogSuggested
from storage.database import Database
from storage.models import Timer
from storage.values.exercise import BodyPart, Measure
from storage.values.timer import TimerKind
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, labels, only
from tests.support.recording_request import Call, RecordingRequest
from tests.support.rows import add_exercise
from training.gym import Gym


def plain(call: Call) -> str:
    return re.sub("<[^>]*>", "", call.text)


async def seconds_later(phone: Phone, gym: Gym, clock: FakeClock, seconds: float) -> list[Call]:
    clock.advance(timedelta(seconds=seconds))
    await gym.timers.ring(BOT_ID)
    return await phone.takes_turns()


async def no_timer(database: Database) -> bool:
    async with database.reading() as session:
        return await session.scalar(select(Timer.id)) is None


async def timer_id(gym: Gym, phone: Phone) -> int:
    timing = await gym.timers.current(phone.lifter_id)
    assert timing is not None
    return timing.timer_id


async def message_of(gym: Gym, phone: Phone) -> int:
    """The message that shows the timer."""
    timing = await gym.timers.current(phone.lifter_id)
    assert timing is not None
    assert timing.message_id is not None
    return timing.message_id


@pytest.fixture
async def planking(ready: Phone, gym: Gym) -> Phone:
    """Ann, who has logged a plank of a minute, and whose rest runs."""
    await ready.sends("/workout")
    await ready.sends("plank")
    await ready.sends("1:00")
    return ready


async def counts_down(phone: Phone, gym: Gym) -> list[Call]:
    card = await gym.workouts.card(phone.lifter_id)
    return await phone.presses(CountDownSet(card.workout_id, card.revision))


async def test_the_command_alone_shows_what_there_is_and_one_tap_starts_it(
    ready: Phone, gym: Gym, telegram: RecordingRequest
) -> None:
    shown = only(await ready.sends("/timer"), "sendMessage")
    assert "/timer 8x20/10" in shown.text
    assert labels(shown) == ["⏱ 1:00", "EMOM 10", "Tabata 8 × 0:20/0:10"]
    begun = only(
        await ready.presses_raw(shown.buttons[2]["callback_data"], telegram.next_message_id), "editMessageText"
    )
    assert plain(begun).startswith("⏱ Get ready: 8 × 0:20/0:10\nGo ")
    assert labels(begun) == ["⏹ Stop"]
    first = await message_of(gym, ready)
    shown = only(await ready.sends("/timer"), "sendMessage")
    assert "8 × 0:20/0:10 is running" in shown.text
    assert labels(shown)[0] == "⏹ Stop"
    calls = await ready.presses_raw(shown.buttons[2]["callback_data"], telegram.next_message_id)
    assert plain(only(calls, "editMessageText")).startswith("⏱ Get ready: EMOM 10")
    assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{first}]"  # one timer, one message


async def test_a_countdown_buzzes_at_go_and_at_the_end_and_leaves_one_message(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    begun = only(await ready.sends("/timer 1:00"), "sendMessage")
    assert plain(begun).startswith("⏱ Get ready: 1:00")
    first = await message_of(gym, ready)
    calls = await seconds_later(ready, gym, clock, 5)
    go = only(calls, "sendMessage")
    assert plain(go).startswith("▶️ Go! 1:00\nDone ")
    assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{first}]"
    second = await message_of(gym, ready)
    (half,) = await seconds_later(ready, gym, clock, 30)
    assert (half.method, half.parameters["message_id"]) == ("editMessageText", str(second))
    assert plain(half).startswith("⏳ Half done: 1:00\nDone ")
    calls = await seconds_later(ready, gym, clock, 30)
    done = only(calls, "sendMessage")
    assert plain(done) == "✅ Done: 1:00"
    assert labels(done) == ["↻ Again"]
    assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{second}]"
    again = only(
        await ready.presses(TimeAgain(await timer_id(gym, ready)), await message_of(gym, ready)), "editMessageText"
    )
    assert "Get ready: 1:00" in plain(again)


async def test_rounds_say_where_they_stand(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await ready.sends("/timer emom 2x90")
    said = [plain(only(await seconds_later(ready, gym, clock, s), "sendMessage")) for s in (5, 90, 90)]
    assert [text.partition(" in ")[0].rsplit(" ", 2)[0] for text in said[:2]] == [
        "🔔 Round 1 of 2\nNext round",
        "🔔 Round 2 of 2\nDone",
    ]
    assert said[2] == "✅ Done: 2 rounds, one every 1:30"
    await ready.sends("/timer 2x20/10")
    said = [plain(only(await seconds_later(ready, gym, clock, s), "sendMessage")) for s in (5, 20, 10, 20)]
    assert [text.partition("\n")[0] for text in said] == [
        "🔥 Work 0:20 · 1 of 2",
        "😮‍💨 Rest 0:10 · 1 of 2 done",
        "🔥 Work 0:20 · 2 of 2",
        "✅ Done: 2 × 0:20/0:10",
    ]


async def test_a_running_countdown_counts_by_itself(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await ready.sends("/timer 60")
    go = only(await seconds_later(ready, gym, clock, 5), "sendMessage")
    ends = int((clock() + timedelta(seconds=60)).timestamp())
    assert f'<tg-time unix="{ends}" format="r">' in go.text


@pytest.mark.parametrize("text", ["4", "61m", "61x5/5", "8x20/3", "emom 61", "emom 0"])
async def test_what_is_too_short_or_too_long_is_told_the_bounds(ready: Phone, gym: Gym, text: str) -> None:
    said = only(await ready.sends(f"/timer {text}"), "sendMessage")
    assert "5 seconds to 1:00:00 in all, in at most 60 rounds" in said.text
    assert await gym.timers.current(ready.lifter_id) is None


async def test_what_is_no_timer_is_told_with_examples_and_quoted_as_it_was_typed(ready: Phone, gym: Gym) -> None:
    said = only(await ready.sends("/timer <b>soon</b>"), "sendMessage")
    assert "“&lt;b&gt;soon&lt;/b&gt;”" in said.text
    assert "/timer emom 10" in said.text
    assert await gym.timers.current(ready.lifter_id) is None


async def test_a_timer_is_stopped_by_its_button_or_by_command(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await ready.sends("/timer emom 10")
    await seconds_later(ready, gym, clock, 5)
    clock.advance(timedelta(seconds=42))
    press = StopTimer(await timer_id(gym, ready))
    stopped = only(await ready.presses(press, await message_of(gym, ready)), "editMessageText")
    assert plain(stopped) == "⏹ Stopped after 0:42."
    assert labels(stopped) == ["↻ Again"]
    assert await seconds_later(ready, gym, clock, 60) == []
    await ready.sends("/timer 60")
    calls = await ready.sends("/timer off")
    assert plain(only(calls, "sendMessage")) == "⏹ Stopped."
    assert len(only(calls, "deleteMessages").parameters["message_ids"].split(",")) == 1
    assert "No timer is running" in only(await ready.sends("/timer off"), "sendMessage").text


async def test_a_plank_is_counted_down_from_the_card_and_logged_with_one_tap(
    planking: Phone, gym: Gym, clock: FakeClock, database: Database
) -> None:
    shown = [call for call in await planking.sends("/workout") if call.text][-1]
    assert labels(shown)[:2] == ["✓ Log 1:00", "▶ Start 1:00"]
    calls = await counts_down(planking, gym)
    assert plain(only(calls, "sendMessage")).startswith("⏱ Get ready: Plank 1:00")
    assert "Next set" not in only(calls, "editMessageText").text  # the rest is over
    await seconds_later(planking, gym, clock, 5)
    done = only(await seconds_later(planking, gym, clock, 60), "sendMessage")
    assert labels(done) == ["✓ Log 1:00", "↻ Again"]
    press, message_id = LogTimed(await timer_id(gym, planking)), await message_of(gym, planking)
    await planking.presses_at_once(press, press, message_id=message_id)
    calls = await planking.takes_turns()
    card = await gym.workouts.card(planking.lifter_id)
    assert card.sets == 2
    assert f"[{message_id}]" in [call.parameters.get("message_ids") for call in calls]
    assert [call.text for call in calls if "Today: 1:00 · 1:00" in call.text]
    assert (
        "changed meanwhile" in [call for call in calls if call.method == "answerCallbackQuery"][-1].parameters["text"]
    )
    assert await no_timer(database)


async def test_the_first_plank_ever_says_how_it_is_counted_down(ready: Phone) -> None:
    hint = "<code>/timer 60</code> counts it down."
    await ready.sends("/workout")
    first = [call for call in await ready.sends("plank") if call.text][-1]
    assert "Plank" in first.text
    assert hint in first.text
    done = [call for call in await ready.sends("1:00") if call.text][-1]
    assert "▶ Start 1:00" in labels(done)
    assert hint not in done.text


async def test_a_countdown_that_is_tapped_twice_is_sent_once(planking: Phone, gym: Gym) -> None:
    card = await gym.workouts.card(planking.lifter_id)
    press = CountDownSet(card.workout_id, card.revision)
    await planking.presses_at_once(press, press)
    calls = await planking.takes_turns()
    assert "Get ready" in only(calls, "sendMessage").text
    assert not [call for call in calls if call.method == "deleteMessages"]


async def test_the_next_plank_is_counted_down_from_the_message_that_the_rest_is_over(
    planking: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest
) -> None:
    clock.advance(timedelta(minutes=5))
    await gym.rests.ring(BOT_ID)
    over = only(await planking.takes_turns(), "sendMessage")
    assert labels(over)[:2] == ["✓ Log 1:00", "▶ Start 1:00"]
    message_id = telegram.next_message_id
    calls = await planking.presses_raw(over.buttons[1]["callback_data"], message_id)
    assert "Get ready: Plank 1:00" in plain(only(calls, "sendMessage"))
    assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{message_id}]"


async def test_a_question_that_is_open_stays_open_while_a_timer_is_started(planking: Phone, gym: Gym) -> None:
    current = (await gym.workouts.card(planking.lifter_id)).current
    assert current is not None
    await planking.presses(AskExerciseNote(current.execution_id))
    await planking.sends("/timer emom 10")
    await planking.sends("elbows under shoulders")
    noted = (await gym.workouts.card(planking.lifter_id)).current
    assert noted is not None
    assert noted.note == "elbows under shoulders"


async def test_a_question_stands_in_the_cards_place_though_a_sets_countdown_ends_the_rest(
    planking: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest
) -> None:
    current = (await gym.workouts.card(planking.lifter_id)).current
    assert current is not None
    await planking.presses(AskExerciseNote(current.execution_id))
    calls = await planking.sends("/timer 60")
    assert [plain(call)[:9] for call in calls if call.text] == ["⏱ Get rea"]
    await gym.resting.last(planking.lifter_id, timedelta(seconds=30))
    clock.advance(timedelta(seconds=30))
    await gym.rests.ring(BOT_ID)
    over, message_id = only(await planking.takes_turns(), "sendMessage"), telegram.next_message_id
    calls = await planking.presses_raw(over.buttons[1]["callback_data"], message_id)
    assert f"[{message_id}]" in [call.parameters.get("message_ids") for call in calls]
    assert not [call for call in calls if "Today" in call.text]
    assert await gym.rests.outdated(planking.lifter_id) == ()
    await planking.sends("elbows under shoulders")
    noted = (await gym.workouts.card(planking.lifter_id)).current
    assert noted is not None
    assert noted.note == "elbows under shoulders"


async def test_the_card_that_a_timed_set_brings_back_ends_the_question_in_its_place(
    planking: Phone, gym: Gym, clock: FakeClock
) -> None:
    current = (await gym.workouts.card(planking.lifter_id)).current
    assert current is not None
    await counts_down(planking, gym)
    await seconds_later(planking, gym, clock, 5)
    await seconds_later(planking, gym, clock, 60)
    await planking.presses(AskExerciseNote(current.execution_id))
    await planking.presses(LogTimed(await timer_id(gym, planking)), await message_of(gym, planking))
    await planking.sends("0:40")  # below a card it is a set
    card = await gym.workouts.card(planking.lifter_id)
    assert card.sets == 3


async def test_messages_of_a_timer_that_left_do_not_push_the_card_up(
    planking: Phone, gym: Gym, clock: FakeClock
) -> None:
    await planking.sends("/workout")
    await planking.sends("/timer 5x5/5")
    for _ in range(5):
        await seconds_later(planking, gym, clock, 5)
    card = await gym.workouts.card(planking.lifter_id)
    assert card.place.messages_below == 2  # the command, and one of the timer's
    calls = await planking.presses(LogSuggested(card.workout_id, card.revision), card.place.message_id or 0)
    assert [call.method for call in calls if call.text] == ["editMessageText"]


async def test_what_was_held_is_logged_where_it_was_let_go_early(planking: Phone, gym: Gym, clock: FakeClock) -> None:
    await counts_down(planking, gym)
    await seconds_later(planking, gym, clock, 5)
    clock.advance(timedelta(seconds=47))
    press = StopTimer(await timer_id(gym, planking))
    stopped = only(await planking.presses(press, await message_of(gym, planking)), "editMessageText")
    assert plain(stopped) == "⏹ Stopped after 0:47.\nPlank"
    assert labels(stopped) == ["✓ Log 0:47", "↻ Again"]


async def test_when_the_workout_is_finished_the_countdown_leaves_and_its_button_says_so(
    planking: Phone, gym: Gym, clock: FakeClock
) -> None:
    await counts_down(planking, gym)
    await seconds_later(planking, gym, clock, 5)
    number, message_id = await timer_id(gym, planking), await message_of(gym, planking)
    card = await gym.workouts.card(planking.lifter_id)
    await gym.workouts.finish(planking.lifter_id, card.workout_id, card.revision)
    calls = await planking.presses(LogTimed(number), message_id)
    assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    assert [call.method for call in calls if call.text] == ["answerCallbackQuery"]  # it leaves, so it says nothing new
    (left,) = await seconds_later(planking, gym, clock, 0)
    assert left.parameters["message_ids"] == f"[{message_id}]"
    assert await seconds_later(planking, gym, clock, 60) == []


async def test_a_done_that_comes_late_says_so(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await ready.sends("/timer 60")
    done = only(await seconds_later(ready, gym, clock, 65 + 120), "sendMessage")
    assert "It was over" in done.text
    await ready.sends("/timer 60")
    assert [call.method for call in await seconds_later(ready, gym, clock, 65 + 301)] == ["deleteMessages"]


async def test_old_and_forged_buttons_change_nothing(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    presses = (StopTimer(404), TimeAgain(404), LogTimed(404), CountDownSet(404, 1))
    nonsense = (
        BeginTimer(10**9, 60, 0, TimerKind.EMOM),
        BeginTimer(1, -5, 0, TimerKind.COUNTDOWN),
        BeginTimer(8, 2**62, 2**62, TimerKind.INTERVALS),
    )
    for press in (*presses, *nonsense):
        calls = await ready.presses(press)
        assert only(calls, "answerCallbackQuery").parameters["text"]
        assert await gym.timers.current(ready.lifter_id) is None
    await ready.presses_raw("1Tb:1:60:0:egg")
    assert await gym.timers.current(ready.lifter_id) is None


async def test_again_pressed_twice_starts_once_and_keeps_the_stop_button(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    await ready.sends("/timer 60")
    await seconds_later(ready, gym, clock, 5)
    await seconds_later(ready, gym, clock, 60)
    press = TimeAgain(await timer_id(gym, ready))
    await ready.presses_at_once(press, press, message_id=await message_of(gym, ready))
    calls = await ready.takes_turns()
    assert labels(only(calls, "editMessageText")) == ["⏹ Stop"]
    assert not [call for call in calls if call.method == "editMessageReplyMarkup"]


async def test_the_name_of_an_exercise_is_quoted_as_it_is(
    ready: Phone, gym: Gym, database: Database, clock: FakeClock
) -> None:
    await add_exercise(
        database, "<i>Hold</i> & on", owner=ready.lifter_id, part=BodyPart.CORE, measure=Measure.DURATION
    )
    await ready.sends("/workout")
    await ready.sends("<i>hold</i> & on")
    begun = only(await ready.sends("/timer 60"), "sendMessage")
    assert "&lt;i&gt;Hold&lt;/i&gt; &amp; on 1:00" in begun.text


async def test_who_blocks_the_bot_hears_no_further_beat(
    ready: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest, database: Database
) -> None:
    await ready.sends("/timer emom 10")
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await seconds_later(ready, gym, clock, 5)
    assert await seconds_later(ready, gym, clock, 60) == []
    assert await no_timer(database)
