"""What is found for words typed behind the bot's name in any chat."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handlers.context import SpotterApplication
from handlers.inline.flow import answer_inline
from handlers.picking.names import muscle_name
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from tests.support.phone import Phone
from tests.support.recording_request import RecordingRequest
from training.exercise_detail import NewExercise
from training.gym import Gym


class Chat:
    """Some chat, in which the bot's name is typed."""

    def __init__(self, application: SpotterApplication, telegram: RecordingRequest, gym: Gym) -> None:
        self._bot, self._telegram, self._gym = application.bot, telegram, gym

    async def asks(self, text: str, offset: str = "", user_id: int = 7) -> dict[str, Any]:
        person = {"id": user_id, "is_bot": False, "first_name": "Ann"}
        await answer_inline(self._bot, self._gym, {"id": "1", "from": person, "query": text, "offset": offset})
        assert self._telegram.calls[-1].method == "answerInlineQuery"
        answer = dict(self._telegram.calls[-1].parameters)
        return answer | {"results": json.loads(answer.get("results", "[]"))}


@pytest.fixture
def chat(application: SpotterApplication, telegram: RecordingRequest, gym: Gym) -> Chat:
    return Chat(application, telegram, gym)


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


async def test_name_muscles_and_how_it_is_done_are_shown_and_sent(ready: Phone, chat: Chat) -> None:
    (first, *_) = (await chat.asks("pendlay row"))["results"]
    assert first["title"] == "Pendlay Row (Barbell)"
    assert first["description"].startswith("Upper back, lats; also ")
    content = first["input_message_content"]
    assert content["parse_mode"] == "HTML"
    lines = content["message_text"].splitlines()
    assert lines[:2] == ["<b>Pendlay Row (Barbell)</b>", "Back · Barbell · logged by weight and reps"]
    assert lines[2].startswith("Muscles: Upper back, lats; also ")
    assert lines[4].endswith(".")


async def test_nothing_typed_lists_what_most_people_do_a_page_at_a_time(ready: Phone, chat: Chat) -> None:
    first = await chat.asks("")
    assert titles(first)[:2] == ["Squat (Barbell)", "Bench Press (Barbell)"]
    assert (len(first["results"]), first["next_offset"]) == (20, "20")
    second = await chat.asks("", offset="20")
    assert len({*titles(first), *titles(second)}) == 40
    assert len({result["id"] for result in first["results"]}) == 20


async def test_the_last_page_says_that_it_is_the_last(ready: Phone, chat: Chat) -> None:
    assert (await chat.asks("pendlay"))["next_offset"] == ""
    beyond = await chat.asks("", offset="4000")
    assert (beyond["results"], beyond["next_offset"]) == ([], "")
    assert "button" not in beyond


async def test_a_lifters_own_is_found_by_them_alone_and_kept_for_them_alone(ready: Phone, chat: Chat, gym: Gym) -> None:
    own = NewExercise("<Larsen> & Zercher", BodyPart.LEGS, Modality.OTHER, Measure.DURATION)
    await gym.exercises.create(ready.lifter_id, own)
    hers = await chat.asks("larsen zercher")
    assert titles(hers) == ["<Larsen> & Zercher"]
    text = hers["results"][0]["input_message_content"]["message_text"]
    assert text == "<b>&lt;Larsen&gt; &amp; Zercher</b>\nLegs · Other · logged by time"
    assert (hers["is_personal"], hers["cache_time"]) == ("true", "60")
    assert "<Larsen> & Zercher" not in titles(await chat.asks("larsen zercher", user_id=8))


async def test_what_names_nothing_leads_to_the_bot(ready: Phone, chat: Chat) -> None:
    answer = await chat.asks("qqqq")
    assert answer["results"] == []
    assert json.loads(answer["button"])["start_parameter"] == "inline"


@pytest.mark.parametrize("offset", ["-1", "x", "²", "9" * 64, "1e3"])
async def test_a_made_up_offset_does_no_harm(ready: Phone, chat: Chat, offset: str) -> None:
    assert len((await chat.asks("", offset=offset))["results"]) == 20


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 256, "%", "' OR 1=1 --"])
async def test_whatever_is_typed_is_answered(ready: Phone, chat: Chat, text: str) -> None:
    assert isinstance((await chat.asks(text))["results"], list)


async def test_a_query_that_is_too_old_is_let_go(ready: Phone, chat: Chat, telegram: RecordingRequest) -> None:
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    telegram.refuse("answerInlineQuery", 400, old)
    await chat.asks("row")


def test_every_muscle_has_a_name() -> None:
    assert len({muscle_name(muscle) for muscle in Muscle}) == len(Muscle)
