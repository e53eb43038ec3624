from datetime import timedelta

import pytest

from storage.catalogue import built_in
from storage.finding import Named, Use
from storage.values.name_key import name_key
from tests.support.clock import MONDAY_EVENING
from training.ranking import closeness, closest_first, guessed, related, usual_first

IN_ORDER = [
    ["bench press"],
    ["bench press machine"],
    ["close grip bench press"],
    ["paused bench long press"],
    ["workbench presses"],
]


def test_exact_names_come_first_then_beginnings_then_beginnings_of_words_then_whatever_contains_it() -> None:
    names = [["workbench"], ["bench press"], ["bench"], ["incline bench"]]
    in_order = [["bench"], ["bench press"], ["incline bench"], ["workbench"]]
    assert sorted(names, key=lambda keys: closeness("bench", keys)) == in_order


def test_words_may_stand_in_any_order() -> None:
    assert closeness("press bench", ["bench press"]) < closeness("press bench", ["workbench press"])


def test_among_equals_the_shorter_name_is_closer() -> None:
    assert closeness("bench", ["bench press"]) < closeness("bench", ["bench press machine"])


def test_the_best_of_all_names_counts() -> None:
    assert closeness("bp", ["barbell bench press", "bp"]) == closeness("bp", ["bp"])


@pytest.mark.parametrize("query", ["bench", "bench press", "press", "x"])
def test_an_exact_name_is_never_beaten(query: str) -> None:
    assert all(closeness(query, [query]) <= closeness(query, keys) for keys in IN_ORDER)


def named(number: int, name: str, *aliases: str) -> list[Named]:
    return [Named(number, name, name, key) for key in (name, *aliases)]


LIBRARY = [
    *named(1, "workbench"),
    *named(2, "incline bench"),
    *named(3, "bench press machine"),
    *named(4, "bench press", "bp"),
    *named(5, "bench dip", "dip"),
]
LAST_WEEK = MONDAY_EVENING - timedelta(days=7)


def ids(found: list[Named]) -> list[int]:
    return [name.id for name in found]


def test_use_decides_among_names_that_answer_equally_well() -> None:
    assert ids(closest_first("bench", LIBRARY, {})) == [5, 4, 3, 2, 1]
    used = {1: Use(9, MONDAY_EVENING), 3: Use(2, LAST_WEEK), 4: Use(1, MONDAY_EVENING)}
    assert ids(closest_first("bench", LIBRARY, used)) == [3, 4, 5, 2, 1]


def test_what_was_used_as_often_is_first_if_it_was_used_later() -> None:
    used = {2: Use(2, LAST_WEEK), 3: Use(2, MONDAY_EVENING), 4: Use(1, MONDAY_EVENING)}
    assert ids(closest_first("bench", LIBRARY[:3], used)) == [3, 2, 1]


def test_among_equals_the_name_decides_and_then_the_id() -> None:
    twins = [*named(8, "press"), *named(7, "press")]
    assert ids(closest_first("press", twins, {})) == [7, 8]


def test_what_is_used_often_gives_way_to_what_is_used_lately() -> None:
    def used(number: int, times: int, weeks_ago: int) -> tuple[Named, Use]:
        return Named(number, "-", "-", "-"), Use(times, MONDAY_EVENING - timedelta(weeks=weeks_ago))

    assert ids(usual_first([used(1, 30, 26), used(2, 3, 0), used(3, 8, 1), used(4, 3, 1)])) == [3, 2, 4, 1]
    assert usual_first([]) == []


def test_names_that_share_more_with_a_text_are_nearer() -> None:
    names = [*named(1, "zercher squat", "zs"), *named(2, "squat"), *named(3, "zercher squat to box")]
    assert ids(related({"zerc", "squa", "box"}, names, {})) == [3, 1, 2]
    assert ids(related({"squa"}, names, {3: Use(1, MONDAY_EVENING)})) == [3, 2, 1]


def test_every_exercise_is_listed_once_by_the_name_that_answers_best() -> None:
    found = closest_first("dip", named(5, "bench dip", "dip", "dips"), {})
    assert found == [Named(5, "bench dip", "bench dip", "dip")]


def test_guesses_are_ordered_by_slips_then_by_use() -> None:
    names = [*named(1, "benhc"), *named(2, "bench press", "benchpress"), *named(3, "bench"), *named(4, "squat")]
    assert ids(guessed("benhc", names, {})) == [1, 3, 2]
    assert ids(guessed("benhc", names, {2: Use(1, LAST_WEEK)})) == [1, 2, 3]
    assert guessed("xyzzy", names, {}) == []


BUILT_IN = [
    Named(number, entry.name, name_key(entry.name), name_key(name))
    for number, entry in enumerate(built_in())
    for name in (entry.name, *entry.aliases)
]


def test_every_built_in_exercise_is_guessed_with_neighbours_swapped_in_the_longest_word_of_its_name() -> None:
    for name in {name.id: name for name in BUILT_IN}.values():
        longest = max(name.name_key.split(), key=len)
        if len(longest) < 4:
            continue
        swapped = name.name_key.replace(longest, longest[0] + longest[2] + longest[1] + longest[3:], 1)
        assert name.id in ids(guessed(swapped, BUILT_IN, {})), swapped


@pytest.mark.parametrize(
    "text", ["hello", "thanks", "how are you", "good morning to you", "what now", "100x5", "xyzzy"]
)
def test_what_is_no_exercise_is_not_guessed_to_be_one(text: str) -> None:
    assert guessed(text, BUILT_IN, {}) == []
