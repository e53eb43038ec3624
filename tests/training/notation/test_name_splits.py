from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.notation import name_splits


@pytest.mark.parametrize(
    ("text", "splits"),
    [
        ("bench 100x5x3", [("bench 100x5x3", ""), ("bench", "100x5x3")]),
        ("bench: 100x5", [("bench: 100x5", ""), ("bench", "100x5")]),
        ("bench:100x5", [("bench:100x5", ""), ("bench", "100x5")]),
        ("bench - 100x5", [("bench - 100x5", ""), ("bench", "100x5")]),
        ("bench – 100x5", [("bench – 100x5", ""), ("bench", "100x5")]),
        ("dip -15x6", [("dip -15x6", ""), ("dip", "-15x6")]),
        ("sit-up 15", [("sit-up 15", ""), ("sit-up", "15")]),
        ("21s 20x8", [("21s 20x8", ""), ("21s", "20x8")]),
        ("5/3/1 100x5", [("5/3/1 100x5", ""), ("5/3/1", "100x5")]),
        (
            "45° back extension 12",
            [
                ("45° back extension 12", ""),
                ("45° back extension", "12"),
                ("45° back", "extension 12"),
                ("45°", "back extension 12"),
            ],
        ),
        ("bench", [("bench", "")]),
        ("bench:", [("bench", "")]),
        ("bench -", [("bench", "")]),
        ("bench\n100x5\n95x5", [("bench\n100x5\n95x5", ""), ("bench", "100x5\n95x5")]),
        ("  ", []),
        (":", []),
    ],
)
def test_a_text_is_split_behind_each_word_longest_name_first(text: str, splits: list[tuple[str, str]]) -> None:
    assert name_splits(text) == splits


@given(st.text("ab1x :-–\n", max_size=300))
def test_names_come_once_and_get_shorter(text: str) -> None:
    names = [name for name, _ in name_splits(text)]
    assert len(set(names)) == len(names)
    assert sorted(names, key=len, reverse=True) == names


@given(st.text(max_size=300))
def test_name_and_rest_are_the_ends_of_the_text(text: str) -> None:
    for name, rest in name_splits(text):
        assert text.strip().startswith(name)
        assert text.strip().endswith(rest)


def test_a_long_text_is_not_split_everywhere() -> None:
    splits = name_splits("a " * 2048)
    assert len(splits) < 60
    assert all(len(name) <= 100 for name, _ in splits[1:])


@pytest.mark.parametrize("space", [" ", "\n", ": "])
def test_a_name_has_at_most_a_hundred_characters(space: str) -> None:
    text, longer = f"{'a' * 100}{space}5", f"{'a' * 101}{space}5"
    assert name_splits(text) == [(text, ""), ("a" * 100, "5")]
    assert name_splits(longer) == [(longer, "")]
