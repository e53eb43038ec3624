from collections.abc import Iterator

import pytest
from rapidfuzz.distance import OSA

from training.typos import distance, distance_of, left_right, may_be_misspelt


@pytest.mark.parametrize(
    ("text", "name", "slips"),
    [
        ("sqaut", "back squat", 1),  # neighbours swapped
        ("squatt", "back squat", 1),
        ("squt", "back squat", 1),
        ("squst", "back squat", 1),
        ("squat", "back squat", 0),
        ("squ", "back squat", 0),  # a beginning
        ("back sqaut", "back squat", 1),
        ("sqaut bakc", "back squat", 2),
        ("ba sqaut", "back squat", 1),
        ("qua sqaut", "back squat", None),  # no beginning
        ("sqaut press", "back squat", None),
        ("suqta", "back squat", None),  # two slips in five letters
        ("deadlfit", "deadlift", 1),
        ("daedlfit", "deadlift", 2),
        ("daedlft", "deadlift", None),  # two slips, but in seven letters
        ("daedlfti", "deadlift", None),  # three
        ("dip", "dips", 0),
        ("dps", "dips", None),  # too short to be misspelt
        ("rows", "row", 1),
        ("rack", "hack", None),  # of four letters the first is right
        ("rwack", "rack", 1),
        ("ahck", "hack", 1),  # or swapped
        ("hacl", "hack", 1),
        ("nench", "bench", 1),
        ("rpws", "rows", 1),
        ("21st", "21s", None),  # digits are meant
        ("100x5", "1000x5", None),
        ("", "", 0),
    ],
)
def test_a_slip_is_forgiven_in_words_of_four_letters_and_two_in_words_of_eight(
    text: str, name: str, slips: int | None
) -> None:
    assert distance(text.split(), name.split()) == slips


def test_the_nearest_word_of_the_name_counts() -> None:
    assert distance(["bench"], ["benc", "bench"]) == 0
    assert distance(["bench"], []) is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [("abc", False), ("abcd", True), ("abc1", False), ("100x5", False), ("", False), ("жимы", True), ("a bcde", False)],
)
def test_only_words_of_four_letters_are_taken_for_another(word: str, *, expected: bool) -> None:
    assert may_be_misspelt(word) is expected
    assert bool(left_right(word)) is expected


def with_a_slip(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, here, behind = word[:place], word[place : place + 1], word[place + 1 :]
        yield f"{before}x{here}{behind}"
        yield f"{before}x{behind}"
        yield before + behind
        yield before + behind[:1] + here + behind[1:]


@pytest.mark.parametrize("word", ["abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "abcdefghijk", "abacabad"])
def test_slips_leave_a_part_of_the_word_as_it_is(word: str) -> None:
    once = {word, *with_a_slip(word)}
    twice = once.union(*map(with_a_slip, once))
    forgiven = [other for other in twice if distance_of(word, other) is not None]
    assert len(forgiven) > len(once) // 2
    for other in forgiven:
        assert distance_of(word, other) == OSA.distance(word, other) <= (1 if len(word) < 8 else 2)
        assert distance([word], [other, "xyz"]) == (0 if other.startswith(word) else distance_of(word, other))
        assert any(part in f" {other} " for part in left_right(word)), other
