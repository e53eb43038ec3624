from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.callback_data import LONGEST, VERSION, fits, pack, press, unpack
from handlers.home.buttons import ChooseUnit
from handlers.notebook.buttons import AnswerLine
from handlers.picking.buttons import BrowsePart, PickExercise
from handlers.workout.buttons import LogSuggested, ShowCard
from storage.values.exercise import BodyPart
from storage.values.quantity import WeightUnit

IDS = st.integers(min_value=0, max_value=2**40)


@pytest.mark.parametrize("part", BodyPart)
def test_every_button_survives_the_way_to_telegram_and_back(part: BodyPart) -> None:
    for made in (
        BrowsePart(part, 3, 2**40, 2**20),
        ChooseUnit(WeightUnit.KG),
        PickExercise(2**62),
        ShowCard(),
        LogSuggested(7, 2),
    ):
        assert unpack(pack(made)) == made


@given(IDS, IDS, st.text(max_size=20))
def test_a_text_at_the_end_may_hold_anything(workout_id: int, revision: int, text: str) -> None:
    made = AnswerLine(workout_id, revision, 0, text)
    if fits(made):
        assert unpack(pack(made)) == made


@given(st.text())
def test_whatever_is_forged_is_read_or_refused_without_an_error(text: str) -> None:
    unpack(text)
    unpack(VERSION + text)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "1",
        "1:",
        "9c",
        "1zz:1",
        "1e:",
        "1e:x",
        "1e:1:2",
        f"1e:{2**63}",
        f"1e:{'9' * 40}",
        "1u:stone",
        "1b:chest:x",
        "0c",
    ],
)
def test_what_no_button_says_is_none(forged: str) -> None:
    assert unpack(forged) is None


def test_what_is_too_long_for_telegram_is_refused() -> None:
    made = AnswerLine(1, 1, 1, "ж" * LONGEST)
    assert not fits(made)
    with pytest.raises(ValueError, match="64 bytes"):
        pack(made)


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match="is taken by LogSuggested"):

        @press("l")
        @dataclass(frozen=True)
        class _Other:
            pass
