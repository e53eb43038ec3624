"""The page about faults has no row without a test that exists."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (PROJECT / "docs/faults.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| what |", "| --- "))
]
HELD = [
    *("400", "401", "403", "404", "409", "413", "429", "5xx"),
    *("drops before", "drops after", "PostgreSQL is restarted", "disk is full", "clock jumps"),
]
"""What the page must not leave out."""


@pytest.mark.parametrize("fault", HELD)
def test_every_kind_of_fault_is_on_the_page(fault: str) -> None:
    assert any(fault in what for what, *_ in ROWS)


@pytest.mark.parametrize(("what", "sees", "holds", "test"), ROWS)
def test_every_row_says_all_and_names_a_test(what: str, sees: str, holds: str, test: str) -> None:
    assert all((what, sees, holds))
    named = re.fullmatch(r"`([\w/]+\.py)::(\w+)`", test)
    assert named is not None
    text = (PROJECT / "tests" / named[1]).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {named[2]}\(", text, re.MULTILINE)
