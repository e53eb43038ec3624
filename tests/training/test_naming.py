import pytest

from training.errors import InvalidValueError
from training.naming import LONGEST_NAME, MOST_ALIASES, tidy_aliases, tidy_name


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("Bench", "Bench"),
        ("  Bench \n\t press ", "Bench press"),
        ("b" * LONGEST_NAME, "b" * LONGEST_NAME),
        (f" {'b' * LONGEST_NAME} ", "b" * LONGEST_NAME),
        ("💪", "💪"),
        ("Развод рук", "Развод рук"),
        ("👨‍👩‍👧 press", "👨‍👩‍👧 press"),
    ],
)
def test_a_name_is_kept_as_written_with_single_spaces(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("", None),
        (" \n", None),
        ("\u200b", None),
        ("Bench\0", None),
        ("Bench \ud800", None),
        ("b" * (LONGEST_NAME + 1), LONGEST_NAME),
    ],
)
def test_what_is_blank_too_long_or_unreadable_is_no_name(name: str, limit: int | None) -> None:
    with pytest.raises(InvalidValueError) as refused:
        tidy_name(name)
    assert (refused.value.field, refused.value.limit) == ("name", limit)


def test_aliases_are_other_names_each_once() -> None:
    assert tidy_aliases(["Flat  bench", "FLAT BÉNCH", "bench", "bp"], "Bench") == {
        "flat bench": "FLAT BÉNCH",
        "bp": "bp",
    }
    assert len(tidy_aliases([f"b{number}" for number in range(MOST_ALIASES)], "Bench")) == MOST_ALIASES
    with pytest.raises(InvalidValueError) as refused:
        tidy_aliases([f"b{number}" for number in range(MOST_ALIASES + 1)], "Bench")
    assert (refused.value.field, refused.value.limit) == ("aliases", MOST_ALIASES)
