"""The menu behind the card: notes, RPE, order, supersets, removing, naming, discarding."""

from decimal import Decimal

import pytest

from handlers.more.buttons import (
    AskExerciseNote,
    AskRpe,
    AskSetNote,
    AskTitle,
    AskToDiscard,
    AskToRemove,
    ClearExerciseNote,
    ClearSetNote,
    ClearTitle,
    Discard,
    GiveRpe,
    JoinSuperset,
    LeaveSuperset,
    OpenMore,
    OpenOrder,
    OpenSuperset,
    RemoveExercise,
    ShiftExercise,
)
from handlers.workout.buttons import ShowCard
from tests.support.phone import Phone, labels, only, shown
from training.detail import Execution
from training.gym import Gym
from training.retouching import AtHand


async def look(phone: Phone, gym: Gym) -> AtHand:
    return await gym.retouching.look(phone.lifter_id)


async def current(phone: Phone, gym: Gym) -> Execution:
    execution = (await look(phone, gym)).current
    assert execution is not None
    return execution


async def names(phone: Phone, gym: Gym) -> list[str]:
    return [done.name for done in (await look(phone, gym)).workout.executions]


@pytest.fixture
async def benching(lifting: Phone) -> Phone:
    """Ann at the bench after two sets."""
    await lifting.sends("100x5,4")
    return lifting


@pytest.fixture
async def with_squats(benching: Phone, gym: Gym) -> Phone:
    """Ann, back at the bench, with the squats still to come."""
    await benching.sends("squat")
    await gym.next_set.go_to(benching.lifter_id, (await look(benching, gym)).workout.executions[0].id)
    return benching


async def test_the_menu_stands_in_the_place_of_the_card_and_leads_back(with_squats: Phone) -> None:
    menu = shown(await with_squats.presses(OpenMore()))
    assert "Last set: 100 kg × 4" in menu.text
    assert labels(menu) == [
        *("📝 Note", "💪 RPE of the last set"),
        *("✎ Edit sets", "⌨ Sets as text"),
        *("↕ Reorder", "⛓ Superset"),
        "⇄ Swap exercise",
        "🗑 Remove exercise",
        *("🏷 Rename workout", "⚙ Settings"),
        *("🏁 Finish", "🗑 Discard workout"),
        "‹ Back to the workout",
    ]
    assert "Today: 100 kg × 5, 4" in shown(await with_squats.presses(ShowCard())).text


async def test_the_menu_offers_only_what_is_possible(ready: Phone, lifting: Phone) -> None:
    assert labels(shown(await lifting.presses(OpenMore())))[:4] == [
        *("📝 Note", "⌨ Sets as text", "⇄ Swap exercise", "🗑 Remove exercise")
    ]


async def test_the_menu_of_a_workout_without_exercises_is_about_the_workout(ready: Phone) -> None:
    await ready.sends("/workout")
    menu = shown(await ready.presses(OpenMore()))
    assert labels(menu) == [
        *("🏷 Rename workout", "⚙ Settings"),
        *("🏁 Finish", "🗑 Discard workout"),
        "‹ Back to the workout",
    ]


async def test_a_typed_note_is_kept_with_the_exercise_and_shown_on_the_card(benching: Phone, gym: Gym) -> None:
    bench = await current(benching, gym)
    assert "Type the note" in shown(await benching.presses(AskExerciseNote(bench.id))).text
    assert await benching.step() == f"noting_exercise:{bench.id}"
    card = shown(await benching.sends("3x5 <b>narrow</b>"))
    assert "Noted" in card.text
    assert "📝 3x5 &lt;b&gt;narrow&lt;/b&gt;" in card.text
    assert (await current(benching, gym)).note == "3x5 <b>narrow</b>"
    assert await benching.step() is None
    assert "Today: 100 kg × 5, 4, 6" in shown(await benching.sends("6")).text


async def test_a_note_that_is_too_long_is_cut_and_that_is_said(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskExerciseNote((await current(benching, gym)).id))
    assert "first 1000 characters" in shown(await benching.sends("<" * 4096)).text
    assert (await current(benching, gym)).note == "<" * 1000


async def test_a_note_that_no_database_takes_is_asked_for_again(benching: Phone, gym: Gym) -> None:
    bench = await current(benching, gym)
    await benching.presses(AskExerciseNote(bench.id))
    asked = shown(await benching.sends("x\x1by"))
    assert "keep that text as it is" in asked.text
    assert labels(asked) == ["‹ Back to the workout"]
    assert await benching.step() == f"noting_exercise:{bench.id}"


async def test_a_note_is_removed_by_its_button_once(benching: Phone, gym: Gym) -> None:
    bench = await current(benching, gym)
    await benching.presses(AskExerciseNote(bench.id))
    await benching.sends("narrow")
    assert "Now: narrow" in shown(await benching.presses(AskExerciseNote(bench.id))).text
    clear = ClearExerciseNote(bench.id, (await look(benching, gym)).card.revision)
    assert "Note removed" in shown(await benching.presses(clear)).text
    await gym.editing.note_exercise(benching.lifter_id, bench.id, "wide")
    assert "changed meanwhile" in only(await benching.presses(clear), "answerCallbackQuery").parameters["text"]
    assert (await current(benching, gym)).note == "wide"


async def test_the_last_sets_note_is_typed_and_removed(benching: Phone, gym: Gym) -> None:
    bench = await current(benching, gym)
    prompt = shown(await benching.presses(AskExerciseNote(bench.id)))
    assert "Note for the last set: 100 kg × 4" in labels(prompt)
    await benching.presses(AskSetNote(bench.sets[-1].id))
    assert "100 kg × 4 (right\nknee)".replace("\n", " ") in shown(await benching.sends("right\nknee")).text
    await benching.presses(AskSetNote(bench.sets[-1].id))
    await benching.presses(ClearSetNote(bench.sets[-1].id, (await look(benching, gym)).card.revision))
    assert (await current(benching, gym)).sets == bench.sets


@pytest.mark.parametrize("leave", ["/cancel", "/workout"])
async def test_a_prompt_is_left_by_a_command(benching: Phone, gym: Gym, leave: str) -> None:
    await benching.presses(AskExerciseNote((await current(benching, gym)).id))
    await benching.sends(leave)
    assert await benching.step() is None
    await benching.sends("6")
    bench = await current(benching, gym)
    assert (len(bench.sets), bench.note) == (3, "")


async def test_rpe_is_given_by_two_taps_from_the_menu_and_taken_back_by_its_button(benching: Phone, gym: Gym) -> None:
    last = (await current(benching, gym)).sets[-1].id
    asked = shown(await benching.presses(AskRpe(last)))
    assert labels(asked)[:9] == ["6", "6.5", "7", "7.5", "8", "8.5", "9", "9.5", "10"]
    press = GiveRpe(last, (await look(benching, gym)).card.revision, 17)
    assert "100 kg × 4 @8.5" in shown(await benching.presses(press)).text
    assert "No RPE" in labels(shown(await benching.presses(AskRpe(last))))
    await benching.presses(GiveRpe(last, (await look(benching, gym)).card.revision, 0))
    assert (await current(benching, gym)).sets[-1].entry.rpe is None


async def test_numbers_typed_while_the_rpe_is_asked_for_are_a_set(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskRpe((await current(benching, gym)).sets[-1].id))
    await benching.sends("8")
    bench = await current(benching, gym)
    assert [done.entry.clean_reps for done in bench.sets] == [5, 4, 8]


@pytest.mark.parametrize("halves", [1, 21, -4, 2**62])
async def test_a_forged_rpe_changes_nothing(benching: Phone, gym: Gym, halves: int) -> None:
    before = await look(benching, gym)
    calls = await benching.presses(GiveRpe((await current(benching, gym)).sets[0].id, before.card.revision, halves))
    assert "can't be kept" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await look(benching, gym) == before


async def test_a_stale_rpe_changes_nothing(benching: Phone, gym: Gym) -> None:
    before = await look(benching, gym)
    await benching.presses(GiveRpe((await current(benching, gym)).sets[0].id, before.card.revision - 1, 16))
    assert (await look(benching, gym)).workout == before.workout
    assert Decimal(8) not in {done.entry.rpe for done in (await current(benching, gym)).sets}


async def test_exercises_are_moved_and_each_press_counts(with_squats: Phone, gym: Gym) -> None:
    await with_squats.sends("deadlift (barbell)")
    bench = (await look(with_squats, gym)).workout.executions[0]
    before = await names(with_squats, gym)
    listed = shown(await with_squats.presses(OpenOrder(bench.id, -1)))
    assert f"▸ 1. {bench.name}" in labels(listed)
    await with_squats.presses_at_once(ShiftExercise(bench.id, 1), ShiftExercise(bench.id, 1))
    await with_squats.takes_turns()
    assert await names(with_squats, gym) == [*before[1:], before[0]]
    await with_squats.presses(ShiftExercise(bench.id, -50))
    assert await names(with_squats, gym) == before
    assert "order of the exercises" in shown(await with_squats.sends("/undo")).text


@pytest.mark.parametrize("page", [-7, 10**6])
async def test_long_lists_page_and_any_page_is_answered(lifting: Phone, gym: Gym, page: int) -> None:
    lifter_id = lifting.lifter_id
    for choice in (await gym.library.search(lifter_id, "press")).choices[:8]:
        await gym.workouts.add_exercise(lifter_id, choice.id)
    for choice in (await gym.library.search(lifter_id, "curl")).choices[:8]:
        await gym.workouts.add_exercise(lifter_id, choice.id)
    first = (await look(lifting, gym)).workout.executions[0]
    listed = shown(await lifting.presses(OpenOrder(first.id, 1)))
    assert any(label.startswith("‹ Page 2 of") for label in labels(listed))
    assert any("9. " in label for label in labels(listed))
    assert "Superset" in shown(await lifting.presses(OpenSuperset(first.id, page))).text
    assert "Order of the exercises" in shown(await lifting.presses(OpenOrder(first.id, page))).text


async def test_two_exercises_become_a_superset_and_part_again(with_squats: Phone, gym: Gym) -> None:
    bench, squat = (await look(with_squats, gym)).workout.executions
    offered = shown(await with_squats.presses(OpenSuperset(bench.id, 0)))
    assert labels(offered)[0] == squat.name
    join = JoinSuperset(bench.id, squat.id, (await look(with_squats, gym)).card.revision)
    assert f"In turn with {squat.name}" in shown(await with_squats.presses(join)).text
    assert "Leave the superset" in labels(shown(await with_squats.presses(OpenSuperset(bench.id, 0))))
    leave = LeaveSuperset(bench.id, (await look(with_squats, gym)).card.revision)
    assert "left the superset" in shown(await with_squats.presses(leave)).text
    assert [done.superset for done in (await look(with_squats, gym)).workout.executions] == [None, None]


async def test_a_third_exercise_joins_the_superset_that_is_there(with_squats: Phone, gym: Gym) -> None:
    await with_squats.sends("deadlift (barbell)")
    bench, squat, deadlift = (await look(with_squats, gym)).workout.executions
    await gym.editing.group(with_squats.lifter_id, [bench.id, squat.id])
    await with_squats.presses(JoinSuperset(deadlift.id, bench.id, (await look(with_squats, gym)).card.revision))
    assert len({done.superset for done in (await look(with_squats, gym)).workout.executions}) == 1


async def test_removing_an_exercise_asks_if_sets_go_with_it(with_squats: Phone, gym: Gym) -> None:
    found = await look(with_squats, gym)
    bench, squat = found.workout.executions
    asked = shown(await with_squats.presses(AskToRemove(bench.id, found.card.revision)))
    assert "its 2 sets go with it" in asked.text
    assert len((await look(with_squats, gym)).workout.executions) == 2
    gone = shown(await with_squats.presses(RemoveExercise(bench.id, found.card.revision)))
    assert "/undo brings it back" in gone.text
    assert await names(with_squats, gym) == [squat.name]
    await with_squats.sends("/undo")
    assert await names(with_squats, gym) == [bench.name, squat.name]
    assert len((await look(with_squats, gym)).workout.executions[0].sets) == 2


async def test_removing_an_exercise_without_sets_does_not_ask(with_squats: Phone, gym: Gym) -> None:
    found = await look(with_squats, gym)
    bench, squat = found.workout.executions
    await with_squats.presses(AskToRemove(squat.id, found.card.revision))
    assert await names(with_squats, gym) == [bench.name]


async def test_a_set_logged_after_the_question_is_not_removed_with_the_exercise(benching: Phone, gym: Gym) -> None:
    found = await look(benching, gym)
    await benching.sends("6")
    calls = await benching.presses(RemoveExercise((await current(benching, gym)).id, found.card.revision))
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert len((await current(benching, gym)).sets) == 3


async def test_the_workout_is_named_and_unnamed(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskTitle())
    assert "<b>Push &amp; pull</b> · started" in shown(await benching.sends("Push &  pull")).text
    assert "Now: Push &amp; pull" in shown(await benching.presses(AskTitle())).text
    found = await look(benching, gym)
    await benching.presses(ClearTitle(found.card.workout_id, found.card.revision))
    assert (await look(benching, gym)).card.title == ""


async def test_a_name_that_is_too_long_is_cut(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskTitle())
    await benching.sends("x" * 4096)
    assert (await look(benching, gym)).card.title == "x" * 100


async def test_discarding_asks_says_what_goes_and_can_be_taken_back(benching: Phone, gym: Gym) -> None:
    asked = shown(await benching.presses(AskToDiscard()))
    assert "1 exercise with 2 sets · 900 kg" in asked.text
    card = (await look(benching, gym)).card
    gone = shown(await benching.presses(Discard(card.workout_id, card.revision)))
    assert "/undo brings it back" in gone.text
    assert labels(gone) == ["↶ Undo", "💪 Start workout"]
    assert (await gym.lifters.home(benching.lifter_id)).card is None
    assert "Today: 100 kg × 5, 4" in shown(await benching.sends("/undo")).text


async def test_a_set_logged_after_the_question_is_not_discarded(benching: Phone, gym: Gym) -> None:
    card = (await look(benching, gym)).card
    await benching.sends("6")
    await benching.presses(Discard(card.workout_id, card.revision))
    assert (await look(benching, gym)).card.sets == 3


async def test_forged_ids_show_how_things_stand(benching: Phone, gym: Gym) -> None:
    before = await look(benching, gym)
    for press in (
        *(AskExerciseNote(404), ClearExerciseNote(404, 1), AskSetNote(404), ClearSetNote(404, 1)),
        *(AskRpe(404), GiveRpe(404, 1, 16), OpenOrder(404, 0), ShiftExercise(404, 1), OpenSuperset(404, 0)),
        *(JoinSuperset(404, 405, 1), LeaveSuperset(404, 1), AskToRemove(404, 1), RemoveExercise(404, 1)),
        *(ClearTitle(404, 1), Discard(404, 1)),
    ):
        benching.meets_a_new_process()
        calls = await benching.presses(press)
        assert only(calls, "answerCallbackQuery").parameters.get("text"), press
        assert "Today: 100 kg × 5, 4" in shown(calls).text
    assert await look(benching, gym) == before


async def test_the_menu_of_a_finished_workout_says_that_none_is_open(benching: Phone, gym: Gym) -> None:
    found = await look(benching, gym)
    bench = await current(benching, gym)
    await gym.workouts.finish(benching.lifter_id, found.card.workout_id, found.card.revision)
    for press in (OpenMore(), AskTitle(), AskExerciseNote(bench.id), ShiftExercise(bench.id, 1), AskToDiscard()):
        calls = await benching.presses(press)
        assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
