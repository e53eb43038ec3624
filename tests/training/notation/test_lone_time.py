"""A time and nothing else."""

import pytest

from training.notation import read_time


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        (" 90 ", 90),
        ("0", 0),
        ("90s", 90),
        ("90 sec", 90),
        ("2m", 120),
        ("2 min", 120),
        ("2½ min", 150),
        ("2,5 min", 150),
        ("1m30", 90),
        ("1 min 30 s", 90),
        ("1'30", 90),
        ("2:30", 150),
        ("1:05:00", 3900),
        ("1h", 3600),
        ("９０", 90),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, seconds: int) -> None:
    assert read_time(text) == seconds


NO_TIMES = [
    "",
    "abc",
    "-5",
    "- 5",
    "+5",
    "90 90",
    "90x5",
    "90!",
    "2:3",
    "2:75",
    "1:2:3:4",
    "0.5 s",
    "2.5",
    "😀",
    "9" * 99,
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_anything_else_is_no_time(text: str) -> None:
    assert read_time(text) is None
