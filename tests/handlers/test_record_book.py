"""Looking up records, by mocked updates."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.record_book import views
from handlers.record_book.buttons import ListRecords, OpenRecords
from handlers.screen import LONGEST_TEXT, length_of
from storage.database import Database
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.phone import Phone, labels, shown, tap
from tests.support.recording_request import Call
from tests.support.rows import add_lifter
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.matches import Choice
from training.record_book import Held, RecordsOfExercise, RepRecord, WorkoutVolume
from training.records import RecordKind


def without_times(call: Call) -> list[str]:
    """The lines, the days left out."""
    return [line.split(" · <tg-time")[0] for line in call.text.splitlines()]


async def test_who_has_lifted_nothing_is_told_so_and_can_begin(ready: Phone) -> None:
    screen = shown(await ready.sends("/records"))
    assert "No records yet" in screen.text
    assert labels(screen) == ["💪 Start workout"]
    screen = shown(await ready.sends("/records bench"))
    assert "You haven't done it yet" in screen.text
    assert labels(screen) == ["💪 Do it now", "‹ All records"]
    assert "Type what you did" in (await tap(ready, screen, "Do it now")).text


async def test_the_records_say_which_set_holds_them_and_when_it_was(lifting: Phone, clock: FakeClock) -> None:
    for line in ("w 200x5", "100x5 @8 # belt", "225lb x 3", "60x15"):
        await lifting.sends(line)
    screen = shown(await lifting.sends("/records bench"))
    assert without_times(screen) == [
        "🏆 <b>Bench Press (Barbell)</b>",
        "Heaviest: <b>225 lb × 3</b>",
        "Most reps: <b>60 kg × 15</b>",
        "Estimated 1RM: <b>120 kg</b>, 100 kg × 5 @8",
        "Most volume in a set: <b>900 kg</b>, 60 kg × 15",
        "Most volume in a workout: <b>1,706 kg</b>",
        "",
        "<b>Most weight by reps</b>",
        "1-3: <b>225 lb × 3</b>",
        "4-5: <b>100 kg × 5 @8</b>",
        "6-12: <b>60 kg × 15</b>",
    ]
    day = f'<tg-time unix="{int(clock().timestamp())}" format="d">{clock():%Y-%m-%d}</tg-time>'
    assert all(line.endswith(f" · {day}") for line in screen.text.splitlines() if ": <b>" in line)
    assert "In which exercise" in (await tap(lifting, screen, "All records")).text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("squat", "You haven't done it yet"),
        ("zzzz", "No exercise is “zzzz”"),
        ("benhc", "Which one"),
        ("<b> zzz", "&lt;b&gt; zzz"),
    ],
)
async def test_while_the_list_is_open_an_exercise_is_typed(lifting: Phone, typed: str, says: str) -> None:
    await lifting.sends("100x5")
    await lifting.sends("/records")
    assert says in shown(await lifting.sends(typed)).text


async def test_sets_typed_while_the_list_is_open_are_logged_and_names_afterwards_are_picked(lifting: Phone) -> None:
    await lifting.sends("100x5")
    listed = shown(await lifting.sends("/records"))
    assert labels(listed) == ["Bench Press (Barbell)", "📈 Progress"]
    assert "100 kg × 5, 6" in shown(await lifting.sends("100x6")).text
    await tap(lifting, shown(await lifting.sends("/records")), "Bench Press")
    assert "Squat (Barbell)" in shown(await lifting.sends("squat")).text
    assert "🏆" not in shown(await lifting.sends("/workout")).text.splitlines()[0]


async def test_it_leads_to_its_workouts_and_back_from_the_library(lifting: Phone) -> None:
    await lifting.sends("100x5")
    screen = shown(await lifting.sends("/records bench"))
    page = await tap(lifting, screen, "The exercise")
    lifting.meets_a_new_process()
    assert (await tap(lifting, page, "🏆 Records")).text == screen.text
    assert "Nothing there" in (await tap(lifting, screen, "Its workouts")).text  # it is open


async def test_a_forged_or_strangers_exercise_is_gone_and_the_list_comes_instead(
    lifting: Phone, gym: Gym, database: Database
) -> None:
    await lifting.sends("100x5")
    await add_lifter(database, 8)
    new = NewExercise("Bens press", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS)
    theirs = await gym.exercises.create(8, new)
    for exercise_id in (theirs.id, 10**9, 10**18, -1):
        calls = await lifting.presses(OpenRecords(exercise_id))
        assert "In which exercise" in shown(calls).text
        assert [call.parameters.get("text") for call in calls if call.method == "answerCallbackQuery"] == [
            "That isn't there any more."
        ]
        lifting.meets_a_new_process()
    for page in (7, -3, 10**12):
        assert shown(await lifting.presses(ListRecords(page))).text.startswith("🏆 <b>Records</b>")
        lifting.meets_a_new_process()


async def test_a_bodyweight_exercise_without_load_has_most_reps_only(lifting: Phone) -> None:
    await lifting.sends("pull up")
    await lifting.sends("bw 12")
    lines = without_times(shown(await lifting.sends("/records pull up")))
    assert lines[1:] == ["Most reps: <b>BW × 12</b>", "", "<b>Most weight by reps</b>", "1-12: <b>BW × 12</b>"]


def test_the_longest_records_fit_in_a_message_and_names_are_no_markup() -> None:
    entry = SetEntry(weight=Weight(99_999_999, WeightUnit.LB), clean_reps=9_999, forced_reps=9_999, note="<b>" * 1000)
    held = Held(entry, MONDAY_EVENING)
    book = RecordsOfExercise(
        exercise=Choice(10**9, "<b>💪" * 30),
        measure=Measure.WEIGHT_REPS,
        is_archived=False,
        is_done=True,
        unit=WeightUnit.LB,
        zone=ZoneInfo("Asia/Tokyo"),
        held=dict.fromkeys(RecordKind, held),
        by_reps=tuple(RepRecord(reps, reps, Held(entry, MONDAY_EVENING + timedelta(reps))) for reps in range(1, 13)),
        in_a_workout=WorkoutVolume(10**15, MONDAY_EVENING),
    )
    text = views.records(book).text
    assert length_of(text) <= LONGEST_TEXT
    assert "&lt;b&gt;💪" in text
    assert "<b>💪" not in text
