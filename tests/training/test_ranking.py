import pytest

from training.ranking import closeness

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
