"""Every folder of tests is run by somebody."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2]

RUN_BY_THEIR_OWN_TARGETS = {"tests/page", "tests/benchmarks"}


def test_the_standard_run_leaves_out_only_what_has_a_target_of_its_own() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    tests = (path.relative_to(PROJECT) for path in PROJECT.glob("tests/**/test_*.py"))
    folders = {f"tests/{test.parts[1]}" for test in tests}
    assert folders == {*settings["testpaths"], *RUN_BY_THEIR_OWN_TARGETS}
