"""Looking back, putting right and entering what is past, by mocked updates."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import escape, unescape
from zoneinfo import ZoneInfo

import pytest

from handlers.callback_data import unpack
from handlers.history import views
from handlers.history.buttons import ChooseDay, DeleteEntry, ListHistory, OpenEntry
from handlers.history.views import changed, entry
from handlers.screen import LONGEST_TEXT, length_of
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.phone import Phone, data_of, labels, only, shown, tap
from tests.support.recording_request import Call
from training.detail import DoneSet, Execution, WorkoutDetail
from training.errors import NoOpenWorkoutError, NotFoundError
from training.gym import Gym
from training.history import Entry, Month
from training.records import Record, RecordKind
from training.summary import Before, BrokenRecord, Performed, Summary


async def trained(phone: Phone, gym: Gym, clock: FakeClock, *lines: str) -> int:
    """A workout of these lines, finished after half an hour; a week passes."""
    await phone.sends("/workout")
    await gym.workouts.start(phone.lifter_id)
    for line in lines:
        await phone.sends(line)
    card = await gym.workouts.card(phone.lifter_id)
    clock.advance(timedelta(minutes=30))
    await gym.workouts.finish(phone.lifter_id, card.workout_id, card.revision)
    clock.advance(timedelta(days=7))
    return card.workout_id


async def opened(phone: Phone, workout_id: int) -> Call:
    return shown(await phone.presses(OpenEntry(workout_id)))


async def test_a_history_without_workouts_says_so_and_offers_to_begin(ready: Phone) -> None:
    screen = shown(await ready.sends("/history"))
    assert "No finished workout yet" in screen.text
    assert labels(screen) == ["💪 Start workout", "➕ Enter a past workout"]


async def test_a_history_that_is_looked_at_in_a_workout_leads_back_to_it(lifting: Phone) -> None:
    screen = shown(await lifting.sends("/history"))
    assert labels(screen) == ["➕ Enter a past workout", "‹ Back to the workout"]
    assert "Bench Press (Barbell)" in (await tap(lifting, screen, "Back to the workout")).text


async def test_a_workout_is_opened_from_the_list_and_seen_whole(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock, "bench", "100x5 @8 # paused", "squat", "140x5")
    screen = await tap(ready, shown(await ready.sends("/history")), "Bench Press (Barbell), Squat")
    assert "30 min · 2 sets · 1,200 kg" in screen.text
    assert "<b>Bench Press (Barbell)</b>\n100 kg × 5 @8 (paused)" in screen.text
    assert "<b>Squat (Barbell)</b>\n140 kg × 5" in screen.text
    assert "1 workout" in (await tap(ready, screen, "‹ History")).text


async def test_it_is_narrowed_by_exercise_and_month_and_widened_again(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock, "bench", "100x5")
    await trained(ready, gym, clock, "squat", "140x5")
    clock.advance(timedelta(days=60))
    await trained(ready, gym, clock, "bench", "102.5x5")
    everything = shown(await ready.sends("/history"))
    assert "3 workouts" in everything.text
    narrowed = await tap(ready, await tap(ready, everything, "By exercise"), "Bench Press (Barbell)")
    assert "2 workouts" in narrowed.text
    months = await tap(ready, narrowed, "By month")
    one = shown(await ready.presses_raw(months.buttons[0]["callback_data"]))
    assert "1 workout" in one.text
    assert "2 workouts" in (await tap(ready, one, "✗ " + months.buttons[0]["text"].removesuffix(" (1)"))).text
    assert "1 workout" in (await tap(ready, one, "✗ Bench Press")).text


async def test_the_way_back_leads_to_the_list_as_it_was(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    for _ in range(10):
        await trained(ready, gym, clock, "bench", "100x5")
    second = await tap(ready, shown(await ready.sends("/history bench")), "›")
    screen = shown(await ready.presses_raw(second.buttons[0]["callback_data"]))
    assert (await tap(ready, screen, "‹ History")).text == second.text


@pytest.mark.parametrize(
    ("typed", "says"), [("squat", "1 workout"), ("zzzz", "No exercise is"), ("press", "Which one")]
)
async def test_an_exercise_to_narrow_it_to_is_typed(
    ready: Phone, gym: Gym, clock: FakeClock, typed: str, says: str
) -> None:
    await trained(ready, gym, clock, "squat", "140x5")
    await tap(ready, shown(await ready.sends("/history")), "By exercise")
    assert says in shown(await ready.sends(typed)).text


async def test_it_is_named_and_noted_and_that_goes_again(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await tap(ready, await opened(ready, workout_id), "Name")
    assert "<b>Push &lt;b&gt;</b>" in shown(await ready.sends("Push <b>")).text
    await tap(ready, await opened(ready, workout_id), "Note")
    screen = shown(await ready.sends("slept badly\nbut still"))
    assert "📝 slept badly\nbut still" in screen.text
    assert "slept" not in (await tap(ready, await tap(ready, screen, "Note"), "No note")).text
    assert "<b>Workout</b>" in (await tap(ready, await tap(ready, screen, "Name"), "No name")).text


async def test_a_name_that_is_too_long_is_asked_for_again(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await tap(ready, await opened(ready, workout_id), "Name")
    assert "100 characters at most" in shown(await ready.sends("x" * 101)).text
    assert "Push" in shown(await ready.sends("Push")).text


async def test_it_is_written_anew_once_it_was_seen(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5x3", "squat", "140x5")
    prompt = await tap(ready, await opened(ready, workout_id), "As text")
    assert "<pre>Bench Press (Barbell)\n100x5x3\n\nSquat (Barbell)\n140x5</pre>" in prompt.text
    preview = shown(await ready.sends("Bench Press (Barbell)\n100x5x2\nDeadlift\n180x3"))
    assert "It had 2 exercises, 4 sets, and would have 2 exercises, 3 sets" in preview.text
    assert (await gym.history.entry(ready.lifter_id, workout_id)).summary.sets == 4
    screen = await tap(ready, preview, "✓ Write it anew")
    assert "✓ Written anew: 2 exercises, 3 sets." in screen.text
    assert "<b>Deadlift (Barbell)</b>\n180 kg × 3" in screen.text
    await ready.sends("/undo")
    assert (await gym.history.entry(ready.lifter_id, workout_id)).summary.sets == 4


async def test_a_text_without_exercises_is_asked_for_again(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await tap(ready, await opened(ready, workout_id), "As text")
    assert "no exercise with sets" in shown(await ready.sends("as it was")).text
    assert "would have" in shown(await ready.sends("squat\n100x5")).text


async def test_reopening_asks_and_makes_it_the_open_one(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    question = await tap(ready, await opened(ready, workout_id), "Reopen")
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(ready.lifter_id)
    await tap(ready, question, "↶ Reopen it")
    assert (await gym.workouts.card(ready.lifter_id)).workout_id == workout_id


async def test_reopening_offers_to_finish_the_open_one_first(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    earlier = await trained(ready, gym, clock, "bench", "100x5")
    await ready.sends("/set squat 140x5")
    now_open = (await gym.workouts.card(ready.lifter_id)).workout_id
    question = await tap(ready, await opened(ready, earlier), "Reopen")
    assert "Only one can be open" in question.text
    await ready.presses_raw(data_of(question, "Finish that, then reopen this"))
    assert (await gym.workouts.card(ready.lifter_id)).workout_id == earlier
    assert (await gym.history.entry(ready.lifter_id, now_open)).summary.sets == 1


async def test_an_old_button_neither_finishes_nor_reopens(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    earlier = await trained(ready, gym, clock, "bench", "100x5")
    await ready.sends("/set squat 140x5")
    question = await tap(ready, await opened(ready, earlier), "Reopen")
    await gym.history.describe(ready.lifter_id, earlier, title="Push")
    screen = await tap(ready, question, "Finish that, then reopen this")
    assert "<b>Push</b>" in screen.text
    assert (await gym.workouts.card(ready.lifter_id)).sets == 1


async def test_deleting_twice_says_that_it_is_gone(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    press = DeleteEntry(workout_id, (await gym.history.entry(ready.lifter_id, workout_id)).workout.revision)
    await ready.presses(press)
    ready.meets_a_new_process()
    calls = await ready.presses(press)
    assert only(calls, "answerCallbackQuery").parameters["text"] == "That isn't there any more."
    assert "No finished workout" in shown(calls).text


@pytest.mark.parametrize("times", [1, 2])
async def test_a_deleted_workout_comes_back_by_the_button_under_its_deletion(
    ready: Phone, gym: Gym, clock: FakeClock, times: int
) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    press = DeleteEntry(workout_id, (await gym.history.entry(ready.lifter_id, workout_id)).workout.revision)
    for _ in range(times):
        ready.meets_a_new_process()
        deleted = shown(await ready.presses(press))
    assert labels(deleted)[0] == "↶ Undo"
    back = await tap(ready, deleted, "Undo")
    assert back.text.startswith("↶ Taken back: the deletion of a workout.")
    assert "100 kg × 5" in back.text
    assert (await gym.history.entry(ready.lifter_id, workout_id)).summary.sets == 1


async def test_whatever_is_changed_in_the_history_is_taken_back_by_a_button_once(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await tap(ready, await opened(ready, workout_id), "Name")
    named = shown(await ready.sends("Push day"))
    assert "Taken back: the new name" in (await tap(ready, named, "Undo")).text
    assert (await gym.history.entry(ready.lifter_id, workout_id)).workout.title == ""
    (data,) = [button["callback_data"] for button in named.buttons if "Undo" in button["text"]]
    calls = await ready.presses_raw(data)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert "100 kg × 5" in shown(calls).text
    preview = shown(await ready.sends("/past 2025-12-24\nsquat\n140x5"))
    entered = await tap(ready, preview, "Enter")
    assert "Taken back: the past workout" in (await tap(ready, entered, "Undo")).text
    assert "1 workout" in shown(await ready.sends("/history")).text


async def test_doing_it_again_while_another_is_open_says_so(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await ready.sends("/set squat 140x5")
    screen = await opened(ready, workout_id)
    again = next(b["callback_data"] for b in screen.buttons if "Do it again" in b["text"])
    calls = await ready.presses_raw(again)
    assert "open already" in only(calls, "answerCallbackQuery").parameters["text"]


async def test_a_set_typed_where_an_exercise_is_asked_for_is_logged(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock, "bench", "100x5")
    await ready.sends("/set squat 140x5")
    await tap(ready, shown(await ready.sends("/history")), "By exercise")
    await ready.sends("140x5")
    await ready.sends("/history zzzz")
    await ready.sends("140x5")
    assert (await gym.workouts.card(ready.lifter_id)).sets == 3


async def test_a_question_ends_what_was_asked_for_before(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await ready.sends("/set squat 140x5")
    screen = await opened(ready, workout_id)
    await tap(ready, screen, "Name")
    await tap(ready, screen, "Delete")
    await ready.sends("140x5")
    assert (await gym.history.entry(ready.lifter_id, workout_id)).workout.title == ""
    assert (await gym.workouts.card(ready.lifter_id)).sets == 2


async def test_the_time_of_a_past_workout_is_kept(ready: Phone, gym: Gym) -> None:
    await ready.sends("/past")
    await ready.sends("1 March 2024 18:30-19:45")
    preview = shown(await ready.sends("Squat\n140x5"))
    assert "Enter this for 1 Mar 2024, 18:30-19:45?" in preview.text
    assert "1 h 15 min" in (await tap(ready, preview, "✓ Enter")).text


@pytest.mark.parametrize(
    ("day", "meant"),
    [("2 weeks ago", "22 Dec 2025"), ("last saturday", "3 Jan 2026"), ("wednesday", "31 Dec 2025")],
)
async def test_a_past_workouts_day_may_be_told_from_today_on(ready: Phone, day: str, meant: str) -> None:
    await ready.sends("/past")
    assert "send what you did" in shown(await ready.sends(day)).text
    await ready.sends("/past")
    preview = shown(await ready.sends(f"{day}\nSquat\n140x5"))
    assert f"Enter this for {meant}?" in preview.text
    edited = shown(await ready.edits(ready.last_sent, f"{day}\nSquat\n145x5"))
    assert edited.text == preview.text.replace("140", "145")


async def test_a_day_alone_that_may_be_two_is_chosen(ready: Phone) -> None:
    await ready.sends("/past")
    asked = shown(await ready.sends("3/4/2024"))
    assert "send what you did" in (await tap(ready, asked, "4 Mar 2024")).text


async def test_a_day_is_named_in_a_message_that_is_edited(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    preview = shown(await lifting.sends(f"{clock().date()}\nBench\n100x5"))
    message_id = lifting.last_sent
    await tap(lifting, preview, "✓ Log 1 exercise, 1 set")
    await lifting.edits(message_id, f"{clock().date()}\nBench\n100x6")
    current = (await gym.workouts.card(lifting.lifter_id)).current
    assert current is not None
    assert [entry.clean_reps for entry in current.today] == [6]


async def test_a_better_text_takes_the_place_of_one_that_is_not_settled(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    await tap(ready, shown(await ready.sends("/past")), "Yesterday")
    await ready.sends("Benchh\n60x8")
    preview = shown(await ready.sends("Bench\n60x8"))
    assert "Enter this for" in preview.text
    await tap(ready, preview, "✓ Enter")
    await tap(ready, await opened(ready, workout_id), "As text")
    asked = shown(await ready.sends("Benchh\n60x8"))
    await ready.presses_raw(asked.buttons[0]["callback_data"])  # settled in part, it can still be sent anew
    assert "would have 1 exercise, 2 sets" in shown(await ready.sends("Squat\n60x8x2")).text


async def test_a_text_that_waits_is_corrected_by_editing_its_message(ready: Phone, gym: Gym) -> None:
    await tap(ready, shown(await ready.sends("/past")), "Yesterday")
    await ready.sends("Benchh\n60x8")
    preview = shown(await ready.edits(ready.last_sent, "Bench\n60x8"))
    assert "Enter this for" in preview.text
    await tap(ready, preview, "✓ Enter")
    await ready.sends("Benchh\n60x8")
    assert "Log this?" in shown(await ready.edits(ready.last_sent, "Bench\n60x8")).text


async def test_deleting_asks_says_what_goes_and_is_taken_back(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5", "squat", "140x5")
    question = await tap(ready, await opened(ready, workout_id), "Delete")
    assert "2 exercises, 2 sets · 1,200 kg go with it" in question.text
    screen = await tap(ready, question, "Delete it")
    assert "🗑 Deleted" in screen.text
    with pytest.raises(NotFoundError):
        await gym.history.entry(ready.lifter_id, workout_id)
    await ready.sends("/undo")
    assert (await gym.history.entry(ready.lifter_id, workout_id)).summary.sets == 2


async def test_a_workout_that_has_changed_is_not_deleted_by_an_old_button(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    revision = (await gym.history.entry(ready.lifter_id, workout_id)).workout.revision
    await gym.history.describe(ready.lifter_id, workout_id, note="keep this")
    await ready.presses(DeleteEntry(workout_id, revision))
    assert (await gym.history.entry(ready.lifter_id, workout_id)).summary.sets == 1


async def test_nothing_of_somebody_elses_is_shown(ready: Phone, gym: Gym, clock: FakeClock, admin: Phone) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    revision = (await gym.history.entry(ready.lifter_id, workout_id)).workout.revision
    await admin.sends("/start")
    for press in (OpenEntry(workout_id), DeleteEntry(workout_id, revision), OpenEntry(workout_id + 1)):
        calls = await admin.presses(press)
        assert only(calls, "answerCallbackQuery").text == "That isn't there any more."
        assert all("Bench" not in call.text for call in calls)
    assert (await gym.history.entry(ready.lifter_id, workout_id)).summary.sets == 1


async def test_a_past_workout_is_entered_by_its_day_and_text(ready: Phone, gym: Gym) -> None:
    days = shown(await ready.sends("/past"))
    prompt = await tap(ready, days, "Yesterday")
    assert "send what you did" in prompt.text
    preview = shown(await ready.sends("Bench\n100x5x3\nSquat\n140x5"))
    assert "Enter this for" in preview.text
    screen = await tap(ready, preview, "✓ Enter 2 exercises, 4 sets")
    assert "✓ Entered for" in screen.text
    assert "4 sets" in screen.text
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(ready.lifter_id)


async def test_a_dated_text_is_enough(lifting: Phone, gym: Gym) -> None:
    preview = shown(await lifting.sends("1 March 2024\nSquat\n140x5"))
    card = await tap(lifting, preview, "✓ Enter 1 exercise, 1 set")
    assert "✓ Entered for 1 Mar 2024: 1 exercise, 1 set." in card.text
    assert "Bench Press (Barbell)" in card.text  # the open workout goes on
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 0
    assert "1 workout" in shown(await lifting.sends("/history squat")).text


async def test_a_date_that_may_be_two_is_asked_about(ready: Phone) -> None:
    asked = shown(await ready.sends("3/4/2024\nSquat\n140x5"))
    assert "Which day is <b>3/4/2024</b>?" in asked.text
    assert "Enter this for 4 Mar 2024?" in (await tap(ready, asked, "4 Mar 2024")).text


async def test_a_day_that_has_not_been_or_a_second_one_is_left_out(ready: Phone) -> None:
    asked = shown(await ready.sends("2124-01-01\nSquat\n140x5"))
    assert "is no day that has been" in asked.text
    assert "today" in (await tap(ready, asked, "Leave it out")).text
    asked = shown(await ready.sends("2024-01-01\nSquat\n140x5\n2024-01-03\nSquat\n150x5"))
    assert "One workout at a time" in asked.text


@pytest.mark.parametrize("day", ["2025-11-03", "3 Nov 2025", "3.11.2025"])
@pytest.mark.parametrize("text", ["bench 100x5", "bench 100x5\nsquat 140x5"])
async def test_a_past_workout_may_begin_with_its_day_in_one_line(ready: Phone, day: str, text: str) -> None:
    said = shown(await ready.sends(f"/past {day} {text}")).text
    assert ("Which day is <b>3.11.2025</b>?" if day == "3.11.2025" else "Enter this for 3 Nov 2025?") in said
    assert "100 kg × 5" in said


async def test_sets_without_a_name_are_no_workout_of_the_day_that_is_asked_about(lifting: Phone, gym: Gym) -> None:
    await tap(lifting, shown(await lifting.sends("/past")), "Yesterday")
    assert "no exercise with sets" in shown(await lifting.sends("100x4")).text
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 0
    assert "Enter this for" in shown(await lifting.sends("bench\n100x4")).text


async def test_the_day_of_a_past_workout_may_be_typed_alone(ready: Phone) -> None:
    await ready.sends("/past")
    assert "<b>1 Mar 2024</b>" in shown(await ready.sends("1 March 2024")).text
    assert "Enter this for 1 Mar 2024?" in shown(await ready.sends("Squat\n140x5")).text


async def test_a_past_workout_without_a_day_or_exercises_is_asked_for_again(ready: Phone) -> None:
    await ready.sends("/past")
    assert "which day" in shown(await ready.sends("squat\n140x5")).text
    await ready.presses(ChooseDay(738_000))
    assert "no exercise with sets" in shown(await ready.sends("hello there")).text


async def test_a_set_typed_where_a_past_workout_is_asked_for_is_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("/past")
    await lifting.sends("60x7")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


@pytest.mark.parametrize(
    "press",
    [ChooseDay(0), ChooseDay(10**9), ListHistory(10**6, 0, 10**9), ListHistory(-5, 0, 11)],
)
async def test_buttons_that_nobody_made_are_answered(ready: Phone, press: object) -> None:
    assert only(await ready.presses(press), "answerCallbackQuery").parameters["callback_query_id"]


async def test_a_way_back_that_nobody_made_leads_to_the_list(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    screen = shown(await ready.presses(OpenEntry(workout_id, 0, 2**62, 2**62, 10**15)))
    assert "1 workout" in (await tap(ready, screen, "‹ History")).text


async def test_as_much_as_a_workout_holds_is_shown_in_parts(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    names = ("bench", "squat", "deadlift", "barbell row", "overhead press")
    long = [f"{100 + n}x5 @8 # {'<&' * 120}" for n in range(5)]
    workout_id = await trained(ready, gym, clock, *(line for name in names for line in (name, *long)))
    screen = await opened(ready, workout_id)
    parts = [screen.text]
    while "›" in labels(screen):
        screen = shown(await ready.presses_raw({b["text"]: b["callback_data"] for b in screen.buttons}["›"]))
        parts.append(screen.text)
    assert len(parts) > 1
    assert all(len(unescape(part)) <= LONGEST_TEXT for part in parts)
    assert "".join(parts).count("@8") == len(names) * len(long)


def test_a_workout_with_all_the_records_and_notes_there_can_be_is_shown_whole() -> None:
    sets = tuple(SetEntry(Weight.of(Decimal(f"10{n % 10}.125"), WeightUnit.KG), 10 + n) for n in range(14))
    record = BrokenRecord(sets[-1], Record(RecordKind.HEAVIEST, 102_125_000, 100_000_000))
    names = [f"{place:&>100}" for place in range(13)]
    performed = tuple(Performed(name, Measure.WEIGHT_REPS, sets, sets[0], (record,) * 4) for name in names)
    began, ended = MONDAY_EVENING, MONDAY_EVENING + timedelta(hours=2)
    before = Before(began, timedelta(hours=1), 3, 1)
    done = Summary(1, 1, "<" * 100, began, ended, WeightUnit.KG, 182, 10**15, performed, before)
    rows = tuple(DoneSet(place, entry) for place, entry in enumerate(sets))
    executions = tuple(Execution(1, 1, name, Measure.WEIGHT_REPS, "&" * 1000, None, rows, ()) for name in names)
    workout = WorkoutDetail(1, 1, "<" * 100, "&" * 1000, began, ended, executions)
    whole = Entry(workout, done, ZoneInfo("UTC"), "")
    parts = list(dict.fromkeys(entry(whole, OpenEntry(1, part), changed()).text for part in range(30)))
    assert all(length_of(part) <= LONGEST_TEXT for part in parts)
    assert "🏆" in parts[0]
    assert "&amp;" * 1000 in parts[0]
    together = "\n".join(parts)
    assert [together.count(f"\n<b>{escape(name)}</b>\n") for name in names] == [1] * len(names)


def leads_back(call: Call, text: str = "‹ History") -> ListHistory:
    (data,) = [button["callback_data"] for button in call.buttons if button["text"] == text]
    back = unpack(data)
    assert isinstance(back, ListHistory)
    return back


@pytest.mark.parametrize(
    "ways",
    [
        ("Name", "‹ Back"),
        ("Note", "‹ Back"),
        ("As text", "‹ Back"),
        ("Reopen", "‹ Back"),
        ("Delete", "‹ Back"),
        ("Name", "=Push", "↶ Undo"),
        ("Note", "=felt good", "Note", "🗑 No note"),
        ("Name", "=" + "x" * 101, "=Push", "Name", "🗑 No name"),
        ("Delete", "🗑 Delete it", "↶ Undo"),
    ],
)
async def test_whatever_is_done_to_a_workout_the_way_back_leads_to_the_list_that_it_was_opened_from(
    ready: Phone, gym: Gym, clock: FakeClock, ways: tuple[str, ...]
) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    bench = (await gym.history.performed(ready.lifter_id, 0)).choices[0].id
    january = views.month_code(Month(2026, 1))
    screen = shown(await ready.presses(OpenEntry(workout_id, 0, 0, bench, january)))
    for way in ways:
        screen = shown(await ready.sends(way[1:])) if way[0] == "=" else await tap(ready, screen, way)
    assert leads_back(screen) == ListHistory(0, bench, january)


async def test_after_deleting_the_list_is_narrowed_as_it_was(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock, "squat", "140x5")
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    bench = (await gym.history.entry(ready.lifter_id, workout_id)).workout.executions[0].exercise_id
    screen = shown(await ready.presses(OpenEntry(workout_id, 0, 0, bench, 0)))
    screen = await tap(ready, await tap(ready, screen, "Delete"), "🗑 Delete it")
    assert "🗑 Deleted" in screen.text
    assert "✗ Bench Press (Barbell)"[:20] in "".join(labels(screen))


async def test_a_forged_way_back_leads_to_the_whole_list(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    workout_id = await trained(ready, gym, clock, "bench", "100x5")
    revision = (await gym.history.entry(ready.lifter_id, workout_id)).workout.revision
    for back in ((-1, 0, 0), (0, 2**62, 0), (0, 0, 10**10)):
        ready.meets_a_new_process()
        screen = shown(await ready.presses(OpenEntry(workout_id, 0, *back)))
        assert leads_back(screen) == ListHistory()
    nowhere = shown(await ready.presses(DeleteEntry(workout_id, revision, 0, 10**8, 0)))
    assert "No finished workout" in nowhere.text
