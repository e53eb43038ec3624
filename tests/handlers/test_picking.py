import pytest

from handlers.callback_data import unpack
from handlers.conversation import Step
from handlers.creating.buttons import StartCreating
from handlers.picking.buttons import (
    BrowseFound,
    BrowseModality,
    BrowsePart,
    BrowseUsual,
    ClosePicker,
    ListModalities,
    OpenPicker,
    OpenSwapPicker,
    PickExercise,
    SwapFor,
)
from handlers.workout.buttons import LogSuggested, ShowCard
from storage.values.exercise import BodyPart, Measure, Modality
from tests.support.phone import Phone, labels, only
from tests.support.recording_request import Call, RecordingRequest
from training.card import CurrentExercise
from training.exercise_detail import NewExercise
from training.gym import Gym


async def current(phone: Phone, gym: Gym) -> CurrentExercise:
    found = (await gym.workouts.card(phone.lifter_id)).current
    assert found is not None
    return found


async def id_of(phone: Phone, gym: Gym, name: str) -> int:
    return (await gym.library.search(phone.lifter_id, name)).choices[0].id


def presses_of(call: Call) -> list[object]:
    return [unpack(button["callback_data"]) for button in call.buttons]


async def make_own(gym: Gym, phone: Phone, name: str, part: BodyPart = BodyPart.CHEST) -> int:
    new = NewExercise(name, part, Modality.CABLE, Measure.WEIGHT_REPS)
    return (await gym.exercises.create(phone.lifter_id, new)).id


async def test_the_picker_offers_body_parts_and_equipment_and_asks_for_a_name(ready: Phone) -> None:
    sent = only(await ready.sends("/workout"), "sendMessage")
    assert "Which exercise?" in sent.text
    assert "Type part of its name" in sent.text
    assert {"Chest", "Back", "Legs", "By equipment ›"} <= set(labels(sent))


async def test_a_beginner_sees_basic_lifts_first(ready: Phone) -> None:
    sent = only(await ready.sends("/workout"), "sendMessage")
    assert labels(sent)[:2] == ["Squat (Barbell)", "Bench Press (Barbell)"]


async def test_what_the_lifter_uses_is_picked_by_one_tap_in_the_picker(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    await gym.workouts.finish(lifting.lifter_id, card.workout_id, card.revision)
    sent = only(await lifting.presses(OpenPicker()), "editMessageText")
    assert labels(sent)[0] == "Bench Press (Barbell)"
    await lifting.presses(presses_of(sent)[0])
    assert (await current(lifting, gym)).name == "Bench Press (Barbell)"


async def test_the_picker_opens_at_the_card(lifting: Phone, gym: Gym) -> None:
    shown = only(await lifting.presses(OpenPicker()), "editMessageText")
    assert "Which exercise?" in shown.text
    assert "Bench Press (Barbell)" not in labels(shown)  # it is in the workout
    assert labels(shown)[-1] == "‹ Back to the workout"


async def test_before_the_unit_is_chosen_it_is_asked_for(ann: Phone) -> None:
    await ann.sends("/start")
    assert "kilograms or pounds" in only(await ann.presses(OpenPicker(), 600), "editMessageText").text


async def test_without_a_workout_the_picker_can_be_closed(ready: Phone) -> None:
    sent = only(await ready.presses(OpenPicker()), "editMessageText")
    assert labels(sent)[-1] == "✕ Close"
    closed = only(await ready.presses(ClosePicker(), message_id=502), "editMessageText")
    assert "Ready when you are" in closed.text
    assert await ready.step() is None


async def test_cancel_leaves_the_picker(lifting: Phone) -> None:
    await lifting.presses(OpenPicker())
    assert await lifting.step() == Step.PICKING_EXERCISE
    await lifting.sends("/cancel")
    assert await lifting.step() is None


async def test_a_body_part_lists_its_exercises_page_by_page(ready: Phone) -> None:
    await ready.sends("/workout")
    first = only(await ready.presses(BrowsePart(BodyPart.CHEST, 0, 0, 0)), "editMessageText")
    second = only(await ready.presses(BrowsePart(BodyPart.CHEST, 1, 0, 0)), "editMessageText")
    assert "Page 1 of " in first.text
    assert "Page 2 of " in second.text
    assert not set(labels(first)[:8]) & set(labels(second)[:7])
    assert labels(second)[-1] == "‹ All lists"


async def test_equipment_lists_its_exercises_page_by_page(ready: Phone) -> None:
    await ready.sends("/workout")
    chosen = only(await ready.presses(ListModalities(0, 0)), "editMessageText")
    assert {"Barbell", "Dumbbell", "Machine", "‹ All lists"} <= set(labels(chosen))
    first = only(await ready.presses(BrowseModality(Modality.CABLE, 0, 0, 0)), "editMessageText")
    second = only(await ready.presses(BrowseModality(Modality.CABLE, 1, 0, 0)), "editMessageText")
    assert "Page 1 of " in first.text
    assert "Page 2 of " in second.text
    assert not set(labels(first)[:8]) & set(labels(second)[:8])
    assert labels(first)[-1] == "‹ Equipment"


async def test_what_the_lifter_uses_is_listed_page_by_page(ready: Phone, gym: Gym) -> None:
    nothing = only(await ready.presses(BrowseUsual(0, 0, 0)), "editMessageText")
    assert "haven't done any exercise yet" in nothing.text
    for name in ("bench", "squat", "deadlift", "ohp", "dip", "plank", "rdl", "pull-up", "chin-up"):
        await ready.sends(f"/set {name}")
    opened = only(await ready.presses(OpenPicker()), "editMessageText")
    assert "Your exercises ›" in labels(opened)
    pages = [only(await ready.presses(BrowseUsual(page, 0, 0)), "editMessageText") for page in (0, 1)]
    assert "Page 2 of 2" in pages[1].text
    assert len(presses_of(pages[0])) == 8 + 2 + 1


@pytest.mark.parametrize("page", [-5, 10**6, 2**63 - 1])
async def test_a_page_that_is_not_there_shows_the_nearest(ready: Phone, page: int) -> None:
    await ready.sends("/workout")
    for press in (BrowsePart(BodyPart.CHEST, page, 0, 0), BrowseModality(Modality.CABLE, page, 0, 0)):
        assert "Page" in only(await ready.presses(press), "editMessageText").text
    found = only(await ready.presses(BrowseFound(page, 0, 0, "press")), "editMessageText")
    assert "Page" in found.text
    only(await ready.presses(BrowseUsual(page, 0, 0)), "editMessageText")


async def test_a_pressed_exercise_becomes_the_current_one(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    choice = (await gym.library.browse(ready.lifter_id, BodyPart.CHEST, 0)).choices[0]
    assert choice.name in only(await ready.presses(PickExercise(choice.id)), "editMessageText").text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("OHP", "Overhead Press (Barbell)"),
        ("rdl", "Romanian Deadlift (Barbell)"),
        ("bss", "Bulgarian Split Squat (Dumbbell)"),
        ("steinborn", None),
    ],
)
async def test_a_typed_name_becomes_the_current_one(ready: Phone, gym: Gym, typed: str, name: str | None) -> None:
    await ready.sends("/workout")
    await ready.sends(typed)
    card = await gym.workouts.card(ready.lifter_id)
    assert (card.current and card.current.name) == name


async def test_a_misspelt_name_is_guessed_and_can_be_created_as_it_is(ready: Phone) -> None:
    await ready.sends("/workout")
    asked = only(await ready.sends("dealdift"), "editMessageText")
    assert "Nothing is called “dealdift”. Did you mean one of these?" in asked.text
    assert "Deadlift (Barbell)" in labels(asked)
    assert labels(asked)[-2:] == ["➕ Create “dealdift”", "‹ All lists"]


async def test_a_near_miss_is_met_alike_with_no_picker_open(lifting: Phone) -> None:
    asked = only(await lifting.sends("dealdift"), "editMessageText")
    assert "Deadlift (Barbell)" in labels(asked)
    assert "➕ Create “dealdift”" in labels(asked)
    assert await lifting.step() == "picking_exercise:0-0:dealdift"


async def test_an_unknown_name_offers_what_shares_a_word_with_it(lifting: Phone) -> None:
    asked = only(await lifting.sends("steinborn squat"), "editMessageText")
    assert "no exercise with “steinborn squat”" in asked.text
    assert "Squat (Barbell)" in labels(asked)
    assert "➕ Create “steinborn squat”" in labels(asked)


async def test_a_name_that_many_have_offers_them_at_the_card_page_by_page(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    asked = only(await ready.sends("curl"), "editMessageText")
    assert "Which one for “curl”? Page 1 of " in asked.text
    assert "➕ Create “curl”" in labels(asked)
    following = presses_of(asked)[labels(asked).index("›")]
    assert following == BrowseFound(1, 0, 0, "curl")
    turned = only(await ready.presses(following), "editMessageText")
    assert "Page 2 of " in turned.text
    assert "➕ Create “curl”" in labels(turned)
    assert not set(labels(asked)[:8]) & set(labels(turned)[:8])
    assert (await gym.workouts.card(ready.lifter_id)).current is None


async def test_a_long_text_that_much_has_is_not_paged_but_says_so(ready: Phone, gym: Gym) -> None:
    name = "Press " + "y" * 50
    for number in range(10):
        await make_own(gym, ready, f"{name} {number}")
    await ready.sends("/workout")
    asked = only(await ready.sends(name), "editMessageText")
    assert "2 more have it too; type a little more" in asked.text
    assert "›" not in labels(asked)


async def test_a_name_that_nothing_has_says_so_and_the_picker_stays_open(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    assert "no exercise with “quidditch”" in only(await ready.sends("quidditch"), "editMessageText").text
    await ready.sends("bench")
    assert (await current(ready, gym)).name == "Bench Press (Barbell)"


async def test_a_text_found_no_more_is_said_to_be_unknown(ready: Phone) -> None:
    shown = only(await ready.presses(BrowseFound(1, 0, 0, "quidditch")), "editMessageText")
    assert "no exercise with “quidditch”" in shown.text
    assert labels(shown) == ["➕ Create “quidditch”", "‹ All lists"]


async def test_a_long_name_with_tags_is_shown_as_text_and_can_not_be_created(ready: Phone) -> None:
    await ready.sends("/workout")
    answer = only(await ready.sends("<b>" + "x" * 197), "editMessageText")
    assert "&lt;b&gt;xxx" in answer.text
    assert "…" in answer.text
    assert not any("Create" in text for text in labels(answer))


@pytest.mark.parametrize("text", ["%", "🔥", "z9", "\u202e\u200f"])
async def test_what_has_no_word_in_it_can_not_be_created(ready: Phone, text: str) -> None:
    await ready.sends("/workout")
    shown = only(await ready.sends(text), "editMessageText")
    assert not any("Create" in words for words in labels(shown))
    assert labels(shown)[-1] == "‹ All lists"


async def test_several_lines_are_no_name_though_the_picker_is_open(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenPicker())
    await lifting.sends("100x5\n95x6")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 2


async def test_a_set_typed_while_the_picker_is_open_is_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenPicker())
    await lifting.sends("100x5")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_a_number_typed_while_the_picker_is_open_is_reps_and_no_part_of_a_name(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await lifting.presses(OpenPicker())
    await lifting.sends("12")
    card = await gym.workouts.card(lifting.lifter_id)
    assert (card.sets, card.exercises) == (2, 1)


async def test_a_stale_button_pressed_while_the_picker_is_open_leaves_it(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenPicker())
    card = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses(LogSuggested(card.workout_id, card.revision - 1))
    assert await lifting.step() is None


async def test_without_a_workout_a_picker_left_over_still_works(ready: Phone, gym: Gym) -> None:
    await ready.presses(BrowsePart(BodyPart.CHEST, 0, 0, 0))
    assert "Which exercise is <b>100x5</b> for?" in only(await ready.sends("100x5"), "sendMessage").text
    assert "Which exercise is" in only(await ready.presses(OpenPicker()), "editMessageText").text
    await ready.sends("bench")
    assert (await gym.workouts.card(ready.lifter_id)).exercises == 1


async def test_an_exercise_that_does_not_exist_is_gone(lifting: Phone, gym: Gym) -> None:
    calls = await lifting.presses(PickExercise(10**9))
    assert "isn't there" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(lifting.lifter_id)).exercises == 1


@pytest.mark.parametrize("data", ["1b:chest:0", "1pb:wings:0:0:0", "1pb:chest:0", "1pm:chest:0:0:0", "1px:1:1"])
async def test_a_button_of_another_release_shows_where_the_lifter_stands(lifting: Phone, data: str) -> None:
    lifting.meets_a_new_process()
    calls = await lifting.presses_raw(data)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert "Bench Press (Barbell)" in only(calls, "editMessageText").text


async def test_a_swap_offers_the_same_body_part_and_leads_back(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    shown = only(await lifting.presses(OpenSwapPicker((await current(lifting, gym)).execution_id)), "editMessageText")
    assert "<b>Swap Bench Press (Barbell) for which exercise?</b>" in shown.text
    assert "Its set stays" in shown.text
    assert labels(shown)[0] == "Bench Press (Dumbbell)"
    assert labels(shown)[-1] == "‹ Back to the workout"
    assert "Today: 100 kg × 5" in only(await lifting.presses(ShowCard()), "editMessageText").text


async def test_every_way_through_the_swap_picker_ends_in_a_swap(lifting: Phone, gym: Gym) -> None:
    execution_id = (await current(lifting, gym)).execution_id
    revision = (await gym.workouts.card(lifting.lifter_id)).revision
    shown = only(await lifting.presses(OpenSwapPicker(execution_id)), "editMessageText")
    lists = [press for press in presses_of(shown) if not isinstance(press, SwapFor | ShowCard)]
    assert len(lists) == len(BodyPart) + 2
    found = BrowseFound(0, execution_id, revision, "row")
    for way in (*lists, BrowseModality(Modality.CABLE, 0, execution_id, revision), found):
        page = only(await lifting.presses(way), "editMessageText")
        assert not any(isinstance(press, PickExercise | OpenPicker) for press in presses_of(page))
        others = [press for press in presses_of(page) if not isinstance(press, OpenSwapPicker | StartCreating)]
        purposes = [(p.execution_id, p.revision) for p in others]  # type: ignore[attr-defined] # they carry both
        assert set(purposes) <= {(execution_id, revision)}
    asked = only(await lifting.sends("row"), "editMessageText")
    (press, *_) = presses_of(asked)
    assert isinstance(press, SwapFor)
    await lifting.presses(press)
    assert "Row" in (await current(lifting, gym)).name
    assert (await gym.workouts.card(lifting.lifter_id)).exercises == 1


async def test_a_name_typed_in_the_swap_picker_is_swapped_for(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenSwapPicker((await current(lifting, gym)).execution_id))
    await lifting.sends("ohp")
    assert (await current(lifting, gym)).name == "Overhead Press (Barbell)"
    assert (await gym.workouts.card(lifting.lifter_id)).exercises == 1
    assert await lifting.step() is None


async def test_a_second_tap_on_a_swap_changes_nothing(lifting: Phone, gym: Gym) -> None:
    revision = (await gym.workouts.card(lifting.lifter_id)).revision
    press = SwapFor(await id_of(lifting, gym, "ohp"), (await current(lifting, gym)).execution_id, revision)
    await lifting.presses(press)
    once = await gym.workouts.card(lifting.lifter_id)
    calls = await lifting.presses(press)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await gym.workouts.card(lifting.lifter_id) == once


async def test_a_swap_that_the_sets_do_not_fit_says_why(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    execution_id = (await current(lifting, gym)).execution_id
    revision = (await gym.workouts.card(lifting.lifter_id)).revision
    calls = await lifting.presses(SwapFor(await id_of(lifting, gym, "plank"), execution_id, revision))
    toast = only(calls, "answerCallbackQuery").parameters["text"]
    assert toast == "The sets that are there are logged by weight and reps: time doesn't fit them."
    await lifting.presses(OpenSwapPicker(execution_id))
    said = only(await lifting.sends("plank"), "sendMessage")
    assert "weight and reps" in said.text
    assert (await current(lifting, gym)).name == "Bench Press (Barbell)"


async def test_forged_swaps_find_nothing(lifting: Phone, admin: Phone, gym: Gym) -> None:
    await admin.sends("/start")
    execution_id = (await current(lifting, gym)).execution_id
    for press in (OpenSwapPicker(execution_id), OpenSwapPicker(404), SwapFor(1, execution_id, 2)):
        await admin.presses(press)
    calls = await lifting.presses(OpenSwapPicker(404))
    assert "isn't there" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await current(lifting, gym)).name == "Bench Press (Barbell)"


async def test_labels_are_cut_and_callback_data_fits_however_large_the_ids(
    lifting: Phone, gym: Gym, telegram: RecordingRequest
) -> None:
    await make_own(gym, lifting, "A" + "b" * 99)
    shown = only(await lifting.presses(BrowsePart(BodyPart.FULL_BODY, 10**9, 2**62, 2**31)), "editMessageText")
    chest = only(await lifting.presses(BrowsePart(BodyPart.CHEST, 1, 2**62, 2**31)), "editMessageText")
    for button in (*shown.buttons, *chest.buttons):
        assert len(button["callback_data"].encode()) <= 64
        assert len(button["text"]) <= 48


@pytest.mark.parametrize("word", ["help", "Hello!", "how do I log a set?"])
async def test_who_asks_how_it_goes_is_led_to_the_help(lifting: Phone, word: str) -> None:
    asked = next(call for call in await lifting.sends(word) if call.buttons)
    assert "/help says" in asked.text
    asked = next(call for call in await lifting.sends("what now") if call.buttons)
    assert "/help" not in asked.text


@pytest.mark.parametrize(("word", "first"), [("done", "🏁 Finish"), ("Finish!", "🏁 Finish"), ("ok", None)])
async def test_a_word_that_names_no_exercise_leaves_a_way_back_to_the_workout(
    lifting: Phone, word: str, first: str | None
) -> None:
    await lifting.sends("100x5")
    asked = next(call for call in await lifting.sends(word) if call.buttons)
    assert "‹ Back to the workout" in labels(asked)
    assert ("🏁 Finish" in labels(asked)) == (first is not None)
    lifting.meets_a_new_process()
    back = next(button["callback_data"] for button in asked.buttons if "Back to the workout" in button["text"])
    assert "Today: 100 kg × 5" in only(await lifting.presses_raw(back), "editMessageText").text
