"""Sets that are typed while a name or a note is asked for are not lost: it is asked which is meant."""

from collections.abc import Callable

import pytest

from handlers.history.buttons import AskName, AskNote, AskRewrite
from handlers.more.buttons import AskExerciseNote, AskSetNote, AskTitle
from handlers.notebook.buttons import TakeAsText
from handlers.owning.buttons import AskNewName
from handlers.workout.buttons import Finish
from tests.support.phone import Phone, data_of, only, shown
from tests.support.recording_request import Call
from training.detail import Execution
from training.gym import Gym


async def tap(phone: Phone, call: Call, label: str) -> Call:
    data = data_of(call, label)
    phone.meets_a_new_process()
    return shown(await phone.presses_raw(data, message_id=777))


async def current(phone: Phone, gym: Gym) -> Execution:
    found = (await gym.retouching.look(phone.lifter_id)).current
    assert found is not None
    return found


async def finished(phone: Phone, gym: Gym) -> int:
    card = await gym.workouts.card(phone.lifter_id)
    await phone.presses(Finish(card.workout_id, card.revision))
    return card.workout_id


PROMPTS: dict[str, Callable[[Execution], object]] = {
    "note of the exercise": lambda execution: AskExerciseNote(execution.id),
    "note of the set": lambda execution: AskSetNote(execution.sets[-1].id),
    "name of the workout": lambda _: AskTitle(),
}


@pytest.mark.parametrize("prompt", PROMPTS)
async def test_a_set_typed_at_a_prompt_is_logged_by_a_tap_once(lifting: Phone, gym: Gym, prompt: str) -> None:
    await lifting.sends("100x5")
    await lifting.presses(PROMPTS[prompt](await current(lifting, gym)))
    asked = shown(await lifting.sends("102.5x5"))
    assert "Is that a set, or the text you were asked for?" in asked.text
    assert "Today: 100 kg × 5 · 102.5 kg × 5" in (await tap(lifting, asked, "✓ Log 102.5x5")).text
    await tap(lifting, asked, "✓ Log 102.5x5")
    look = await gym.retouching.look(lifting.lifter_id)
    assert look.card.sets == 2
    assert (look.card.title, (await current(lifting, gym)).note) == ("", "")


@pytest.mark.parametrize("prompt", PROMPTS)
async def test_it_is_the_text_if_the_lifter_says_so_or_types_another(lifting: Phone, gym: Gym, prompt: str) -> None:
    await lifting.sends("100x5")
    for words in ("5x5", "Push day"):
        await lifting.presses(PROMPTS[prompt](await current(lifting, gym)))
        asked = shown(await lifting.sends("5x5"))
        kept = await tap(lifting, asked, "It's the text") if words == "5x5" else shown(await lifting.sends(words))
        assert words in kept.text
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


@pytest.mark.parametrize(
    "note",
    [
        "next time 105x5",
        "aim for 8",
        "felt good\nlonger rest",
        "2 min rest",
        "8 reps left",
        "belt",
        "@8 was hard",
        "21s next time",
    ],
)
async def test_a_note_that_has_words_of_its_own_is_taken_at_once(lifting: Phone, gym: Gym, note: str) -> None:
    await lifting.presses(AskExerciseNote((await current(lifting, gym)).id))
    await lifting.sends(note)
    assert (await current(lifting, gym)).note == note


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("line", ["102.5x5 belt", "bench 102.5x5"])
async def test_a_set_with_words_to_it_may_be_the_text_or_be_logged(
    lifting: Phone, gym: Gym, prompt: str, line: str
) -> None:
    await lifting.sends("100x5")
    await lifting.presses(PROMPTS[prompt](await current(lifting, gym)))
    asked = shown(await lifting.sends(line))
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1
    if line == "bench 102.5x5":
        asked_to_log = await tap(lifting, asked, "✓ Log")
        assert "<b>Log this?</b>" in asked_to_log.text
        await tap(lifting, asked_to_log, "✓ Log")
    else:
        await tap(lifting, asked, "✓ Log")
    look = await gym.retouching.look(lifting.lifter_id)
    assert (look.card.sets, look.card.title, (await current(lifting, gym)).note) == (2, "", "")
    await lifting.presses(PROMPTS[prompt](await current(lifting, gym)))
    assert line in (await tap(lifting, shown(await lifting.sends(line)), "It's the text")).text


@pytest.mark.parametrize("prompt", PROMPTS)
async def test_a_whole_workout_is_no_name_and_no_note(lifting: Phone, gym: Gym, prompt: str) -> None:
    await lifting.sends("100x5")
    await lifting.presses(PROMPTS[prompt](await current(lifting, gym)))
    workout = "Squat\n140x5\n145x5\nBench press\n80x8,8,7\nOverhead press\n50x5,5,5"
    assert "<b>Log this?</b> 3 exercises, 8 sets" in shown(await lifting.sends(workout)).text
    await lifting.sends("102.5x5")
    look = await gym.retouching.look(lifting.lifter_id)
    assert (look.card.sets, look.card.title, (await current(lifting, gym)).note) == (2, "", "")


async def test_so_many_sets_that_no_button_takes_them_are_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(AskTitle())
    await lifting.sends("100x5, 95x6, 90x8, 85x10, 80x12, 75x15, 70x18, 65x20, 60x22")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 9


@pytest.mark.parametrize("ask", [AskName, AskNote])
async def test_with_nothing_open_a_set_typed_at_a_prompt_of_the_history_is_led_to_its_exercise(
    lifting: Phone, gym: Gym, ask: type[AskName | AskNote]
) -> None:
    await lifting.sends("100x5")
    workout_id = await finished(lifting, gym)
    await lifting.presses(ask(workout_id))
    asked = shown(await lifting.sends("102.5x5"))
    assert "Which exercise is <b>102.5x5</b> for?" in (await tap(lifting, asked, "✓ Log")).text
    assert "Today: 102.5 kg × 5" in shown(await lifting.sends("bench")).text
    workout = (await gym.history.entry(lifting.lifter_id, workout_id)).workout
    assert (workout.title, workout.note) == ("", "")


async def test_sets_alone_are_no_workout_of_the_past(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await lifting.presses(AskRewrite(await finished(lifting, gym)))
    assert "I keep <b>102.5x5</b>" in shown(await lifting.sends("102.5x5")).text


async def test_sets_are_no_name_of_a_new_exercise(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(AskNewName())
    await lifting.sends("100x5")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_the_button_means_nothing_once_nothing_is_asked_for(lifting: Phone, gym: Gym) -> None:
    toast = only(await lifting.presses(TakeAsText("5x5")), "answerCallbackQuery").parameters["text"]
    assert "changed meanwhile" in toast
    assert (await gym.workouts.card(lifting.lifter_id)).title == ""
