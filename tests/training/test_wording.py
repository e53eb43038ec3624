from collections import defaultdict

import pytest

from storage.catalogue import built_in
from storage.values.name_key import name_key
from training.wording import folded, without_details, written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("db bench", "dumbbell bench"),
        ("dumbell bench", "dumbbell bench"),
        ("DBs", "dumbbells"),
        ("bb rows", "barbell row"),
        ("flyes", "fly"),
        ("flies", "fly"),
        ("farmer carries", "farmer's carry"),
        ("presses", "press"),
        ("crunches", "crunch"),
        ("calves", "calf"),
        ("squatting", "squat"),
        ("pressing", "press"),
        ("pull-ups", "pullup"),
        ("lat pull down", "lat pulldown"),
        ("dead lifts", "deadlift"),
        ("single-arm row", "one arm row"),
        ("1-arm row", "one arm row"),
        ("smith machine squat", "smith squat"),
        ("EZ-bar curl", "ez curl"),
        ("hex bar deadlift", "trap bar deadlift"),
        ("safety squat bar squat", "ssb squat"),
        ("TRX row", "suspension row"),
        ("banded squat", "band squat"),
        ("RDL", "Romanian deadlift"),
        ("alt curl", "alternating curl"),
        ("stiff-legged deadlift", "SLDL"),
        ("clean and jerk", "clean & jerk"),
        ("rows with a band", "row band"),
    ],
)
def test_these_are_the_same_words(one: str, other: str) -> None:
    assert folded(name_key(one)) == folded(name_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kbs", "kb"),  # swings
        ("boxing", "box"),
        ("swing", "sw"),
        ("press", "pres"),
        ("21s", "21"),
        ("incline press", "decline press"),
        ("lateral raise", "front raise"),
        ("low to high fly", "high to low fly"),
        ("leg press", "leg pressdown"),
        ("жимы", "жим"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert folded(name_key(one)) != folded(name_key(other))


@pytest.mark.parametrize("text", ["the", "and to", "💪", "a"])
def test_a_name_always_has_words(text: str) -> None:
    assert folded(name_key(text)) == tuple(name_key(text).split())


KEYS = [name_key(name) for entry in built_in() for name in (entry.name, *entry.aliases)]


def test_folded_words_are_folded() -> None:
    for key in KEYS:
        words = folded(key)
        assert folded(" ".join(words)) == words


def test_each_folded_word_is_in_the_key_in_a_way_it_is_written() -> None:
    for key in KEYS:
        for word in folded(key):
            assert any(part in f" {key} " for part in written(word)), (key, word)


def test_no_two_built_in_exercises_have_names_that_mean_the_same() -> None:
    bearers = defaultdict(set)
    for entry in built_in():
        for name in (entry.name, *entry.aliases):
            bearers[tuple(sorted(folded(name_key(name))))].add(entry.name)
    assert {words: names for words, names in bearers.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("text", "essence"),
    [
        ("flat bench press", "bench press"),
        ("standing cable flyes", "cable fly"),
        ("seated machine row", "row"),
        ("single arm db press", "dumbbell press"),
        ("bench press", None),
        ("machine", None),
        ("seated", None),
    ],
)
def test_details_may_go_without_saying(text: str, essence: str | None) -> None:
    assert without_details(name_key(text)) == essence
