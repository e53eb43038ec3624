"""Changing what was logged: one set by its buttons or typed anew, or all sets of an exercise as text."""

import pytest

from handlers.callback_data import unpack
from handlers.sets.buttons import (
    AskForAllSets,
    ChangeSetKind,
    ChooseAllReading,
    ChooseReading,
    DeleteSet,
    ListSets,
    OpenLastSet,
    OpenSet,
    TurnSet,
)
from handlers.workout.buttons import ShowCard
from storage.values.lifted import SetKind
from tests.support.phone import Phone, labels, only, shown
from training.detail import Execution
from training.dials import Dial
from training.gym import Gym


async def bench_of(phone: Phone, gym: Gym) -> Execution:
    execution = (await gym.retouching.look(phone.lifter_id)).current
    assert execution is not None
    return execution


async def reps(phone: Phone, gym: Gym) -> list[int | None]:
    return [done.entry.clean_reps for done in (await bench_of(phone, gym)).sets]


async def revision(phone: Phone, gym: Gym) -> int:
    return (await gym.workouts.card(phone.lifter_id)).revision


@pytest.fixture
async def benching(lifting: Phone) -> Phone:
    """Ann at the bench after two sets."""
    await lifting.sends("100x5,4")
    return lifting


async def test_the_last_set_is_put_right_by_two_taps(benching: Phone, gym: Gym) -> None:
    opened = shown(await benching.presses(OpenLastSet()))
    assert "Set 2 of 2" in opened.text
    assert labels(opened)[:4] == ["−2.5 kg", "+2.5 kg", "−1 rep", "+1 rep"]
    last = (await bench_of(benching, gym)).sets[-1].id
    assert "100 kg × 3" in shown(await benching.presses(TurnSet(last, -1, Dial.REPS))).text
    assert await reps(benching, gym) == [5, 3]


async def test_presses_in_a_row_all_count_and_a_step_too_far_is_no_error(benching: Phone, gym: Gym) -> None:
    last = (await bench_of(benching, gym)).sets[-1].id
    await benching.presses_at_once(*[TurnSet(last, 1, Dial.REPS)] * 5)
    await benching.takes_turns()
    assert await reps(benching, gym) == [5, 9]
    await benching.presses(TurnSet(last, -(2**40), Dial.REPS))
    assert await reps(benching, gym) == [5, 9]


async def test_the_last_set_is_put_right_by_one_tap_and_a_line(benching: Phone, gym: Gym) -> None:
    await benching.presses(OpenLastSet())
    assert await benching.step() == f"changing_set:{(await bench_of(benching, gym)).sets[-1].id}"
    card = shown(await benching.sends("102.5x3 @9"))
    assert "Changed to 102.5 kg × 3 @9" in card.text
    assert "Today: 100 kg × 5 · 102.5 kg × 3 @9" in card.text
    assert await benching.step() is None
    undone = shown(await benching.sends("/undo"))
    assert "the change of a set" in undone.text
    assert await reps(benching, gym) == [5, 4]


async def test_what_is_typed_after_a_set_was_turned_is_the_next_set(benching: Phone, gym: Gym) -> None:
    await benching.presses(OpenLastSet())
    await benching.presses(TurnSet((await bench_of(benching, gym)).sets[-1].id, 1, Dial.REPS))
    await benching.sends("6")
    assert await reps(benching, gym) == [5, 5, 6]


async def test_a_set_gets_another_kind(benching: Phone, gym: Gym) -> None:
    first = (await bench_of(benching, gym)).sets[0].id
    assert "Warm-up" in labels(shown(await benching.presses(ChangeSetKind(first))))
    assert (await bench_of(benching, gym)).sets[0].entry.kind is SetKind.WARM_UP


async def test_without_a_set_there_is_no_last_one(lifting: Phone) -> None:
    calls = await lifting.presses(OpenLastSet())
    assert "Nothing is logged here yet" in only(calls, "answerCallbackQuery").parameters["text"]


async def test_what_can_not_be_read_says_where_it_stopped_and_is_asked_for_again(benching: Phone, gym: Gym) -> None:
    await benching.presses(OpenLastSet())
    answer = shown(await benching.sends("100x5 @12"))
    assert "but not <b>12</b>" in answer.text
    assert "Try <code>100x4</code> or <code>100x4 @8</code>" in answer.text
    await benching.sends("100x6")
    assert await reps(benching, gym) == [5, 6]


async def test_several_sets_are_not_one(benching: Phone, gym: Gym) -> None:
    await benching.presses(OpenLastSet())
    assert "several sets" in shown(await benching.sends("100x5,6")).text
    assert await reps(benching, gym) == [5, 4]
    await benching.sends("100x6")
    assert await reps(benching, gym) == [5, 6]


async def test_a_doubtful_line_is_asked_about_by_buttons(benching: Phone, gym: Gym) -> None:
    await benching.presses(OpenLastSet())
    asked = shown(await benching.sends("4x100"))
    assert "Weight and reps look swapped" in asked.text
    assert len(asked.buttons) >= 3
    press = unpack(asked.buttons[0]["callback_data"])
    assert isinstance(press, ChooseReading)
    await benching.presses(press)
    changed = (await bench_of(benching, gym)).sets[-1].entry
    await benching.presses(press)  # a second tap
    assert (await bench_of(benching, gym)).sets[-1].entry == changed
    assert len(await reps(benching, gym)) == 2


async def test_sets_are_listed_with_the_latest_page_first(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5x20")
    bench = await bench_of(lifting, gym)
    listed = shown(await lifting.presses(ListSets(bench.id, -1)))
    assert labels(listed)[0] == "17. 100 kg × 5"
    assert "‹ Page 3 of 3" in labels(listed)
    assert "Set 2 of 20" in shown(await lifting.presses(OpenSet(bench.sets[1].id))).text
    assert labels(shown(await lifting.presses(ListSets(bench.id, 10**9))))[0] == "17. 100 kg × 5"


async def test_a_set_is_deleted_once_and_comes_back(benching: Phone, gym: Gym) -> None:
    bench = await bench_of(benching, gym)
    press = DeleteSet(bench.sets[0].id, await revision(benching, gym))
    assert "Deleted: 100 kg × 5" in shown(await benching.presses(press)).text
    calls = await benching.presses(press)
    assert only(calls, "answerCallbackQuery").parameters["text"]
    assert await reps(benching, gym) == [4]
    assert "the removal of a set" in shown(await benching.sends("/undo")).text
    assert (await bench_of(benching, gym)).sets == bench.sets


async def test_an_older_delete_button_deletes_nothing(benching: Phone, gym: Gym) -> None:
    stale = DeleteSet((await bench_of(benching, gym)).sets[0].id, await revision(benching, gym))
    await benching.sends("6")
    await benching.presses(stale)
    assert await reps(benching, gym) == [5, 4, 6]


async def test_all_sets_are_replaced_by_a_text_that_is_shown_to_be_copied(benching: Phone, gym: Gym) -> None:
    bench = await bench_of(benching, gym)
    prompt = shown(await benching.presses(AskForAllSets(bench.id)))
    assert "<pre>100x5,4</pre>" in prompt.text
    assert await benching.step() == f"replacing_sets:{bench.id}"
    card = shown(await benching.sends("w 60x8\n100x5,5,3"))
    assert "Today: w 60 kg × 8 · 100 kg × 5, 5, 3" in card.text
    assert "/undo brings the old ones back" in card.text
    assert "the replaced sets" in shown(await benching.sends("/undo")).text
    assert (await bench_of(benching, gym)).sets == bench.sets


async def test_a_text_that_can_not_be_read_replaces_nothing(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskForAllSets((await bench_of(benching, gym)).id))
    for text, where in (
        ("100x5\n100x5 @12", "Line 2: I understood <b>100x5 @</b>, but not <b>12</b>."),
        ("100x5\n100x\n90x5", "Line 2: something is missing behind <b>100x</b>."),
        ("100x5\n\nhello", "Line 3: I can't read <b>hello</b> as a set."),
        ("<b>", "Line 1: I can't read <b>&lt;b&gt;</b> as a set."),
    ):
        assert where in shown(await benching.sends(text)).text
    assert await reps(benching, gym) == [5, 4]
    await benching.sends("100x6")
    assert await reps(benching, gym) == [6]


async def test_more_sets_than_there_is_room_for_replace_nothing(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskForAllSets((await bench_of(benching, gym)).id))
    calls = await benching.sends("100x5x60!\n100x5x60!")
    assert [call for call in calls if call.method in {"sendMessage", "editMessageText"}]
    assert await reps(benching, gym) == [5, 4]


async def test_a_doubtful_text_is_asked_about_and_the_answer_replaces_the_sets(benching: Phone, gym: Gym) -> None:
    await benching.presses(AskForAllSets((await bench_of(benching, gym)).id))
    asked = shown(await benching.sends("1200x5"))
    assert "more than anybody I know" in asked.text
    press = unpack(asked.buttons[0]["callback_data"])
    assert isinstance(press, ChooseAllReading)
    await benching.presses(press)
    assert await reps(benching, gym) == [5]
    await benching.presses(AskForAllSets((await bench_of(benching, gym)).id))
    await benching.sends("100x5x25")
    assert await reps(benching, gym) == [5] * 25


async def test_an_exercise_without_sets_gets_them_as_text(lifting: Phone, gym: Gym) -> None:
    assert "Type them all" in shown(await lifting.presses(AskForAllSets((await bench_of(lifting, gym)).id))).text
    await lifting.sends("100x5x3")
    assert await reps(lifting, gym) == [5, 5, 5]


async def test_sets_that_are_too_long_to_be_shown_are_changed_one_by_one(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5 # " + "<" * 3500)
    bench = await bench_of(lifting, gym)
    assert "✎ One by one" in labels(shown(await lifting.presses(AskForAllSets(bench.id))))
    for press in (OpenLastSet(), ListSets(bench.id, 0), ShowCard()):
        assert len(shown(await lifting.presses(press)).text) < 4096


async def test_forged_ids_show_how_things_stand(benching: Phone, gym: Gym) -> None:
    before = await bench_of(benching, gym)
    for press in (
        *(ListSets(404, 0), OpenSet(404), TurnSet(404, 1, Dial.REPS), ChangeSetKind(404), DeleteSet(404, 1)),
        *(ChooseReading(404, 1, 0, "100x5"), AskForAllSets(404), ChooseAllReading(404, 1, 0, "100x5")),
    ):
        benching.meets_a_new_process()
        calls = await benching.presses(press)
        assert only(calls, "answerCallbackQuery").parameters.get("text"), press
        assert "Today: 100 kg × 5, 4" in shown(calls).text
    assert await bench_of(benching, gym) == before


async def test_sets_of_a_finished_workout_stay_as_they_are(benching: Phone, gym: Gym) -> None:
    bench, card = await bench_of(benching, gym), await gym.workouts.card(benching.lifter_id)
    await gym.workouts.finish(benching.lifter_id, card.workout_id, card.revision)
    for press in (OpenSet(bench.sets[0].id), TurnSet(bench.sets[0].id, 1, Dial.REPS), DeleteSet(bench.sets[0].id, 1)):
        calls = await benching.presses(press)
        assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    detail = await gym.history.detail(benching.lifter_id, card.workout_id)
    assert detail.executions[0].sets == bench.sets


@pytest.mark.parametrize("prompt", [OpenLastSet, AskForAllSets])
async def test_an_exercise_named_where_a_set_is_changed_is_picked(
    benching: Phone, gym: Gym, prompt: type[OpenLastSet | AskForAllSets]
) -> None:
    bench = await bench_of(benching, gym)
    await benching.presses(AskForAllSets(bench.id) if prompt is AskForAllSets else OpenLastSet())
    assert "Overhead Press" in shown(await benching.sends("ohp")).text
    await benching.sends("40x8")
    assert await reps(benching, gym) == [8]
    await benching.sends("bench")
    assert await reps(benching, gym) == [5, 4]


async def test_a_name_that_nothing_has_leaves_the_set_as_it_is(benching: Phone, gym: Gym) -> None:
    await benching.presses(OpenLastSet())
    await benching.sends("xyzzy")
    assert "changing_set" not in (await benching.step() or "")
    await benching.sends("40x8")
    assert await reps(benching, gym) == [5, 4, 8]


@pytest.mark.parametrize("text", ["squat 140x5", "Squat\n140x5\nBench press\n100x5"])
async def test_what_names_other_exercises_where_a_set_is_changed_is_shown_as_it_reads(
    benching: Phone, gym: Gym, text: str
) -> None:
    await benching.presses(OpenLastSet())
    assert "<b>Log this?</b>" in shown(await benching.sends(text)).text
    assert await reps(benching, gym) == [5, 4]
