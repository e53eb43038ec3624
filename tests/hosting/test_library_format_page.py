"""The page about the library as a file says what the code takes."""

import re
from pathlib import Path

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from training.importing.comparing import Verdict, compared
from training.importing.own_format import FIELDS
from training.importing.reading import LARGEST, MOST_EXERCISES, read_document
from training.importing.ticking import Ticker

PAGE = (Path(__file__).parents[2] / "docs/library-format.md").read_text(encoding="utf-8")
LINES = [line.split("|")[1:3] for line in PAGE.splitlines() if line.startswith("| `")]
ROWS = {field: says for fields, says in LINES for field in re.findall(r"`(\w+)`", fields)}


def test_every_field_is_there_with_all_that_it_can_say() -> None:
    assert list(ROWS) == list(FIELDS)
    for field, choices in (("body_part", BodyPart), ("modality", Modality), ("measure", Measure), ("primary", Muscle)):
        assert re.findall(r"`(\w+)`", ROWS[field]) == [str(choice) for choice in choices]


def test_the_limits_are_those_that_hold() -> None:
    assert f"At most {LARGEST >> 20} MB and {MOST_EXERCISES:,} exercises" in PAGE


def test_the_examples_can_be_loaded() -> None:
    examples = re.findall(r"```(?:json|csv)\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        entries = read_document(example.encode(), Ticker()).entries
        assert [it.verdict for it in compared(entries, [], frozenset(), Ticker()).findings] == [Verdict.NEW]
