"""Looking at progress, by mocked updates: what is drawn, what is said below it, and where the buttons lead."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar

import pytest

from handlers.charts.chart import Bars, Calendar, Scale, Trend
from handlers.charts.ticks import ticks
from handlers.progress import charts, views
from handlers.progress.buttons import (
    ChooseExercise,
    LeaveProgress,
    OfWeeks,
    OpenProgress,
    ShowFigure,
    ShowParts,
    ShowProgress,
    ShowYear,
)
from handlers.progress.figures import figure_name
from handlers.screen import LONGEST_CAPTION, length_of
from storage.database import Database
from storage.values.exercise import BodyPart, Measure
from storage.values.figure import Figure
from storage.values.quantity import WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.phone import Phone, labels, only
from tests.support.pictures import RecordingPictures
from tests.support.recording_request import Call, RecordingRequest
from tests.support.rows import STRANGER, add_exercise, add_lifter, add_workout, kg
from training.gym import Gym
from training.matches import Choice
from training.progress import Broken, ExerciseProgress, Overview, PartDone, Parts
from training.trends import Each, Mark, Span
from training.weeks import Usual, WeekDone

WEEK = timedelta(weeks=1)
MESSAGES = count(600)
SHOWING = {"sendPhoto", "editMessageMedia", "sendMessage", "editMessageText"}


def shown(calls: list[Call]) -> Call:
    return [call for call in calls if call.method in SHOWING][-1]


async def tap(phone: Phone, screen: Call, text: str) -> Call:
    """Each message is another one, so that nothing is left out for being shown already."""
    (data,) = [button["callback_data"] for button in screen.buttons if text == button["text"]]
    return shown(await phone.presses_raw(data, next(MESSAGES)))


Kind = TypeVar("Kind", Trend, Bars, Calendar)


def drawn(pictures: RecordingPictures, kind: type[Kind]) -> Kind:
    chart = pictures.charts[-1]
    assert isinstance(chart, kind)
    return chart


@pytest.fixture
async def bench(ready: Phone, gym: Gym) -> int:
    """The barbell bench press."""
    exact = (await gym.library.find(ready.lifter_id, "bench press barbell")).exact
    assert exact is not None
    return exact.id


async def test_before_anything_was_done_there_is_a_word_and_a_way_to_begin(ready: Phone) -> None:
    screen = only(await ready.sends("/progress"), "sendMessage")
    assert "nothing to show yet" in screen.text
    assert labels(screen) == ["💪 Start workout"]
    await ready.sends("/workout")
    assert labels(only(await ready.sends("/progress"), "sendMessage")) == ["‹ Back to the workout"]


async def test_the_weeks_are_drawn_and_other_figures_come_in_the_same_message(
    ready: Phone, database: Database, pictures: RecordingPictures, bench: int
) -> None:
    for ago, sets in ((WEEK * 2, 4), (WEEK, 2), (timedelta(0), 5)):
        await add_workout(
            database, started_at=MONDAY_EVENING - ago, finished=True, performed={bench: [kg(100, 5)] * sets}
        )
    screen = only(await ready.sends("/progress"), "sendPhoto")
    assert "This week: <b>1 workout · 5 sets · 2,500 kg</b>\nA usual week: 1 workout · 3 sets · 1,500 kg" in screen.text
    assert "3 weeks in a row" in screen.text
    assert "sets by week, last 4 weeks. Most: 5, this week." in screen.text
    chart = drawn(pictures, Bars)
    assert [(bar.name, bar.text, bar.usual) for bar in chart.bars] == [
        ("15 Dec", "0", None),
        ("22 Dec", "4", None),
        ("29 Dec", "2", None),
        ("this week", "5", 3.0),
    ]
    edited = only(await ready.presses(ShowProgress(OfWeeks.VOLUME), 502), "editMessageMedia")
    assert edited.parameters["message_id"] == "502"
    assert "✓ Volume" in labels(edited)
    assert drawn(pictures, Bars).title == "Volume by week"
    records = await tap(ready, edited, "🏆 Records")
    assert "Bench Press (Barbell)" in labels(records)
    assert "This week" in (await tap(ready, records, "📈 Progress")).text


async def test_after_a_pause_the_word_is_a_friendly_one(
    ready: Phone, database: Database, bench: int, clock: FakeClock
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    clock.advance(timedelta(days=200))
    screen = only(await ready.sends("/progress"), "sendMessage")  # nothing to draw in the last weeks
    assert "This week: <b>nothing yet</b>" in screen.text
    assert "Good to see you. Your last workout was on 5 Jan 2026; all that you did is still here." in screen.text
    assert "💪 Start workout" in labels(screen)


async def test_an_exercise_is_chosen_by_tapping_and_its_figures_and_times_by_one_tap_each(
    ready: Phone, database: Database, pictures: RecordingPictures, bench: int
) -> None:
    for ago, weight in ((80, 100), (20, 104), (1, 102)):
        began = MONDAY_EVENING - timedelta(days=ago)
        await add_workout(database, started_at=began, finished=True, performed={bench: [kg(weight, 1), kg(60, 8)]})
    exercises = await tap(ready, shown(await ready.sends("/progress")), "🏋 By exercise")
    screen = await tap(ready, exercises, "Bench Press (Barbell)")
    assert "Estimated 1RM, last 3 months\n<b>100 → 102 kg</b>, best 104 kg on 16 Dec 2025\n🏆 1 record" in screen.text
    chart = drawn(pictures, Trend)
    assert (chart.title, chart.unit, chart.since, chart.until) == (
        "Bench Press (Barbell)",
        "Estimated 1RM, kg",
        date(2025, 10, 5),
        date(2026, 1, 5),
    )
    assert [(point.value, point.label, point.is_record) for point in chart.points] == [
        (100.0, "100", False),
        (104.0, "104", True),
        (102.0, "102", False),
    ]
    rows = json.loads(screen.parameters["reply_markup"])["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows[:2]] == [["✓ 1RM", "Heaviest"], ["Volume", "Reps"]]
    screen = await tap(ready, screen, "Volume")
    assert "Volume, last 3 months\n<b>580 → 582 kg</b>, best 584 kg" in screen.text
    screen = await tap(ready, screen, "1 mo")
    assert "<b>584 → 582 kg</b>" in screen.text
    assert [name for name in labels(screen) if name.startswith("✓")] == ["✓ Volume", "✓ 1 mo"]
    assert "This week" in (await tap(ready, screen, "‹ Progress")).text
    assert "Which exercise?" in (await tap(ready, screen, "‹ Exercises")).text
    records = await tap(ready, screen, "🏆 Records")
    assert "🏆 <b>Bench Press (Barbell)</b>" in records.text
    assert "Estimated 1RM" in (await tap(ready, records, "📈 Progress")).text
    assert "You haven't done it yet" not in (about := await tap(ready, screen, "🏋 The exercise")).text
    assert "Estimated 1RM" in (await tap(ready, about, "📈 Progress")).text


@pytest.mark.parametrize("typed", ["bench", "Bench Press (Barbell)"])
async def test_an_exercise_is_typed_behind_the_command_or_where_one_is_chosen(
    ready: Phone, database: Database, bench: int, typed: str
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    assert "<b>Bench Press (Barbell)</b>" in only(await ready.sends(f"/progress {typed}"), "sendPhoto").text
    await ready.presses(ChooseExercise())
    assert "<b>Bench Press (Barbell)</b>" in only(await ready.sends(typed), "sendPhoto").text
    assert "see no" not in shown(await ready.sends("60x5")).text  # it is a set again


async def test_a_name_that_may_be_several_is_asked_about_and_one_that_is_none_said_so(ready: Phone) -> None:
    several = only(await ready.sends("/progress press"), "sendMessage")
    assert "Which one is “press”?" in several.text
    assert "📈 <b>" in (await tap(ready, several, labels(several)[0])).text
    none = only(await ready.sends("/progress <b>🏋️ zzzz"), "sendMessage")
    assert "No exercise is “&lt;b&gt;🏋️ zzzz”. Type another name" in none.text
    assert "‹ Progress" in labels(none)


async def test_one_point_alone_and_none_in_the_time_are_said_clearly(
    ready: Phone, database: Database, pictures: RecordingPictures, bench: int, clock: FakeClock
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    screen = only(await ready.sends("/progress bench"), "sendPhoto")
    assert "<b>112 kg</b> on 5 Jan 2026\nA line begins with your second day." in screen.text
    clock.advance(timedelta(days=50))
    before = len(pictures.charts)
    screen = only(await ready.presses(ShowFigure(bench, Figure.HEAVIEST, Span.MONTH)), "editMessageText")
    assert "Nothing in this time. The last was <b>100 kg</b> on 5 Jan 2026." in screen.text
    assert "✓ 1 mo" in labels(screen)
    assert len(pictures.charts) == before


async def test_what_has_not_changed_is_said_once(ready: Phone, database: Database, bench: int) -> None:
    for ago in (8, 1):
        began = MONDAY_EVENING - timedelta(days=ago)
        await add_workout(database, started_at=began, finished=True, performed={bench: [kg(100, 5)]})
    screen = only(await ready.presses(ShowFigure(bench, Figure.HEAVIEST, Span.MONTH)), "editMessageMedia")
    assert screen.text.endswith("last month\n<b>100 kg</b> every time")


async def test_an_exercise_that_was_never_done_says_what_it_takes(ready: Phone, bench: int) -> None:
    screen = only(await ready.presses(OpenProgress(bench)), "editMessageText")
    assert "It takes a set with a weight, of 12 reps at most" in screen.text
    assert "Bench Press (Barbell)" in (await tap(ready, screen, "💪 Do it now")).text


async def test_a_forged_exercise_is_answered_like_one_that_does_not_exist(
    ready: Phone, database: Database, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    theirs = await add_exercise(database, "Secret press", owner=STRANGER)
    said = []
    for message_id, exercise_id in enumerate((theirs, 10**9), 700):
        calls = await ready.presses(ShowFigure(exercise_id, Figure.HEAVIEST, Span.ALL), message_id)
        said.append((only(calls, "answerCallbackQuery").parameters["text"], shown(calls).text))
    assert said[0] == said[1]
    assert said[0][0] == "That isn't there any more."


@pytest.mark.parametrize("data", ["1vf:1:zz:a", "1vf:1:e:zz", "1vy:99999999999999999999", "1vl:x", "1vo:zz", "0vo:s"])
async def test_a_button_that_was_never_made_is_outdated(ready: Phone, data: str) -> None:
    assert "answerCallbackQuery" in [call.method for call in await ready.presses_raw(data)]


async def test_old_and_edited_buttons_of_lists_show_what_there_is(ready: Phone, database: Database, bench: int) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    assert "Last 12 months" in shown(await ready.presses(ShowYear(-5), 701)).text
    assert "no exercise here" in shown(await ready.presses(ChooseExercise(2**62), 702)).text
    assert "Bench" in str(labels(shown(await ready.presses(ChooseExercise(-3), 703))))


async def test_the_year_is_a_calendar_and_years_are_turned(
    ready: Phone, database: Database, pictures: RecordingPictures, bench: int
) -> None:
    for began in (MONDAY_EVENING, MONDAY_EVENING - timedelta(hours=9), datetime(2024, 3, 3, 12, tzinfo=UTC)):
        await add_workout(database, started_at=began, finished=True, performed={bench: [kg(100, 5)] * 2})
    screen = shown(await ready.presses(ShowYear()))
    assert "<b>Last 12 months</b>\n2 workouts on 1 day\nMost on one day: 4 sets, 5 Jan 2026" in screen.text
    chart = drawn(pictures, Calendar)
    assert chart.levels == ((date(2026, 1, 5), 2),)
    assert (chart.since, chart.until) == (date(2025, 1, 6), date(2026, 1, 5))
    assert chart.weekdays == ("Mon", "", "Wed", "", "Fri", "", "")
    screen = await tap(ready, await tap(ready, screen, "‹ 2026"), "‹ 2025")
    assert "<b>2025</b>\nNo workout in this time." in screen.text
    screen = await tap(ready, screen, "‹ 2024")
    assert "<b>2024</b>\n1 workout\nMost on one day: 2 sets" in screen.text
    assert labels(screen) == ["2025 ›", "‹ Progress"]
    assert drawn(pictures, Calendar).title == "Training days 2024"


async def test_the_parts_of_the_body_are_drawn_beside_what_is_usual(
    ready: Phone, database: Database, pictures: RecordingPictures, bench: int
) -> None:
    assert "No sets this week" in shown(await ready.presses(ShowParts(), 701)).text
    for ago, sets in ((WEEK, 4), (timedelta(0), 3)):
        await add_workout(
            database, started_at=MONDAY_EVENING - ago, finished=True, performed={bench: [kg(100, 5)] * sets}
        )
    screen = shown(await ready.presses(ShowParts(), 702))
    assert "Chest: <b>3</b>, usually 4\n" in screen.text
    assert "Triceps: <b>1.5</b>, usually 2\n" in screen.text
    chart = drawn(pictures, Bars)
    assert (chart.bars[0].name, chart.bars[0].value, chart.bars[0].usual) == ("Chest", 3.0, 4.0)


async def test_where_nothing_can_be_drawn_the_words_do(
    ready: Phone, database: Database, pictures: RecordingPictures, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    pictures.busy = True
    assert "This week: <b>1 workout" in only(await ready.sends("/progress"), "sendMessage").text


async def test_leaving_leads_back_to_the_card_or_to_what_can_be_started(
    ready: Phone, database: Database, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    home = shown(await ready.presses(LeaveProgress()))
    assert "Last workout" in home.text
    assert "This week" in (await tap(ready, home, "📈 Progress")).text


async def test_leaving_for_the_card_takes_the_picture_away_from_below_it(ready: Phone, bench: int) -> None:
    await ready.sends("/set bench 100x5")
    picture = only(await ready.sends("/progress"), "sendPhoto")
    calls = await ready.presses(LeaveProgress(), 777)
    assert "‹ Back to the workout" in labels(picture)
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[777]"


def trend_of(*marks: Mark, figure: Figure, measure: Measure = Measure.WEIGHT_REPS, **more: object) -> ExerciseProgress:
    values: dict[str, object] = {
        "exercise": Choice(1, "Lift <b>"),
        "measure": measure,
        "is_archived": False,
        "unit": WeightUnit.KG,
        "lifters_unit": WeightUnit.KG,
        "in_miles": False,
        "figure": figure,
        "span": Span.ALL,
        "today": date(2026, 1, 5),
        "since": date(2025, 12, 1),
        "marks": marks,
        "each": Each.DAY,
        "last": marks[-1] if marks else None,
    }
    return ExerciseProgress(**(values | more))  # type: ignore[arg-type] # as written above


@pytest.mark.parametrize(
    ("figure", "measure", "value", "more", "unit", "text"),
    [
        (Figure.HEAVIEST, Measure.WEIGHT_REPS, 102_058_283, {"unit": WeightUnit.LB}, "lb", "225 lb"),
        (Figure.HEAVIEST, Measure.WEIGHT_REPS, 101_250_000, {}, "kg", "101.25 kg"),
        (Figure.HEAVIEST, Measure.BODYWEIGHT_REPS, -20_000_000, {}, "kg", "−20 kg"),
        (Figure.HEAVIEST, Measure.BODYWEIGHT_REPS, 10_000_000, {}, "kg", "+10 kg"),
        (Figure.ESTIMATED_1RM, Measure.WEIGHT_REPS, 104_123_456, {}, "kg", "104 kg"),
        (Figure.VOLUME, Measure.WEIGHT_REPS, 12_345_678_900, {}, "kg", "12,346 kg"),
        (Figure.MOST_REPS, Measure.REPS, 30, {}, "reps", "30 reps"),
        (Figure.LONGEST, Measure.DURATION, 95, {}, "min:s", "1:35"),
        (Figure.TIME, Measure.DURATION, 3_605, {}, "h:min:s", "1:00:05"),
        (Figure.FARTHEST, Measure.WEIGHT_DISTANCE, 40_000, {}, "m", "40 m"),
        (Figure.FARTHEST, Measure.DISTANCE_DURATION, 5_250_000, {}, "km", "5.25 km"),
        (Figure.FARTHEST, Measure.DISTANCE_DURATION, 1_609_344, {"in_miles": True}, "mi", "1 mi"),
    ],
)  # fmt: skip
def test_every_figure_names_its_unit(
    figure: Figure, measure: Measure, value: int, more: dict[str, object], unit: str, text: str
) -> None:
    progress = trend_of(Mark(date(2026, 1, 5), value), figure=figure, measure=measure, **more)
    chart = charts.trend(progress)
    assert chart is not None
    named = figure_name(figure, measure)
    assert chart.unit == (named if unit == "reps" else f"{named}, {unit}")
    assert (chart.scale is Scale.DURATION) == (figure in {Figure.LONGEST, Figure.TIME})
    assert f"<b>{text}</b> on 5 Jan 2026" in views.exercise(progress).text


def test_what_never_changed_is_said_once_and_named_where_it_ends() -> None:
    marks = tuple(Mark(date(2025, 12, day), 8) for day in (1, 8, 15))
    progress = trend_of(*marks, figure=Figure.MOST_REPS, measure=Measure.REPS)
    assert "<b>8 reps</b> every time" in views.exercise(progress).text
    assert labels_of(progress) == ["", "", "8"]


@pytest.mark.parametrize(("days", "last"), [(5, "105"), (1, "")])
def test_the_best_and_both_ends_are_named_but_the_same_number_not_twice_side_by_side(days: int, last: str) -> None:
    amounts = (100, 105, 95, 105)
    marks = tuple(Mark(date(2025, 12, 1 + at * days), amount * 10**6) for at, amount in enumerate(amounts))
    assert labels_of(trend_of(*marks, figure=Figure.HEAVIEST)) == ["100", "105", "", last]


def test_help_at_a_pull_up_is_explained_where_it_is_seen() -> None:
    figure, measure = Figure.HEAVIEST, Measure.BODYWEIGHT_REPS
    begun, ended = Mark(date(2025, 12, 1), -20_000_000), Mark(date(2025, 12, 8), 5_000_000)
    helped = trend_of(begun, ended, figure=figure, measure=measure)
    assert "−20 → +5 kg</b>" in views.exercise(helped).text
    assert "Below zero is help" in views.exercise(helped).text
    alone = trend_of(Mark(date(2025, 12, 1), 0), ended, figure=figure, measure=measure)
    assert "Below zero" not in views.exercise(alone).text


def test_a_record_with_help_is_the_least_help_and_weeks_that_tie_are_not_singled_out() -> None:
    monday = date(2026, 1, 5)
    said = views.overview(
        Overview(
            unit=WeightUnit.KG,
            today=monday,
            weeks=tuple(WeekDone(monday - WEEK * ago, 2, 20, 0) for ago in reversed(range(12))),
            usual=None,
            in_a_row=12,
            last_on=monday,
            records=(
                Broken(Choice(1, "Pull-up"), Measure.BODYWEIGHT_REPS, WeightUnit.KG, {Figure.HEAVIEST: -6_000_000}),
            ),
            in_workout=False,
        ),
        OfWeeks.SETS,
    ).text
    assert "<b>Pull-up</b>: least help 6 kg\n" in said
    assert said.endswith("last 12 weeks. Most: 20.</i>")


def labels_of(progress: ExerciseProgress) -> list[str]:
    chart = charts.trend(progress)
    assert chart is not None
    return [point.label for point in chart.points]


def test_who_trains_in_pounds_reads_the_month_first() -> None:
    marks = (Mark(date(2025, 12, 24), 100_000_000), Mark(date(2026, 1, 2), 101_000_000))
    progress = trend_of(*marks, figure=Figure.HEAVIEST, lifters_unit=WeightUnit.LB)
    assert "on Jan 2, 2026" in views.exercise(progress).text
    assert [tick.text for tick in ticks(date(2025, 12, 6), date(2026, 1, 5), WeightUnit.LB)][-1] == "Jan 5"


@pytest.mark.parametrize("days", [1, 30, 31, 92, 130, 365, 366, 800, 3_650, 20_000])
@pytest.mark.parametrize("end", [date(2026, 1, 5), date(2024, 2, 29), date(2025, 12, 31)])
def test_the_axis_names_a_few_days_within_it(days: int, end: date) -> None:
    since = end - timedelta(days=days)
    found = list(ticks(since, end, WeightUnit.KG))
    assert 1 <= len(found) <= 6
    assert all(since <= tick.on <= end for tick in found)
    assert len({tick.text for tick in found}) == len(found)


def test_no_caption_is_longer_than_telegram_takes() -> None:
    huge = 10**15
    name = "<&>🏋" * 25
    values = {Figure.ESTIMATED_1RM: huge, Figure.HEAVIEST: huge}
    weeks = tuple(WeekDone(date(2026, 1, 5) - WEEK * ago, 999, 99_999, huge) for ago in range(12))
    full = Overview(
        unit=WeightUnit.LB,
        today=date(2026, 1, 5),
        weeks=weeks,
        usual=Usual(8, 99.7, 99_999.5, huge),
        in_a_row=999,
        last_on=date(2026, 1, 5),
        records=(Broken(Choice(1, name), Measure.WEIGHT_REPS, WeightUnit.LB, values),) * 30,
        in_workout=True,
    )
    assert length_of(views.overview(full, OfWeeks.VOLUME).text) <= LONGEST_CAPTION
    parts = Parts(tuple(PartDone(part, 9_999.5, 9_999.9) for part in BodyPart), 8, WeightUnit.KG)
    assert length_of(views.parts(parts).text) <= LONGEST_CAPTION
    long = trend_of(
        *(Mark(date(2025, 12, 1), huge), Mark(date(2026, 1, 5), 2 * huge, is_record=True)),
        figure=Figure.VOLUME,
        exercise=Choice(1, name * 4),
        each=Each.QUARTER,
        is_archived=True,
    )
    assert length_of(views.exercise(long).text) <= LONGEST_CAPTION


def test_markup_in_a_name_stays_text() -> None:
    text = views.exercise(trend_of(Mark(date(2026, 1, 5), 1), figure=Figure.REPS)).text
    assert "<b>Lift &lt;b&gt;</b>" in text


async def test_a_card_that_has_become_a_picture_is_sent_anew_without_asking(
    ready: Phone, bench: int, telegram: RecordingRequest
) -> None:
    only(await ready.sends("/set bench press barbell 100x5"), "sendMessage")
    await ready.presses(OpenProgress(bench), telegram.next_message_id)
    calls = await ready.sends("100x6")
    assert [call.method for call in calls if call.method.startswith("edit")] == []
    assert "100 kg × 5, 6" in only(calls, "sendMessage").text
