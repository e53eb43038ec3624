import pytest

from training.typos import distance, may_be_misspelt


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
    ("text", "expected"),
    [("abc", False), ("abcd", True), ("a bcde", True), ("abc1", False), ("100x5", False), ("", False), ("жимы", True)],
)
def test_only_texts_with_a_word_of_four_letters_are_taken_for_another(text: str, *, expected: bool) -> None:
    assert may_be_misspelt(text) is expected
