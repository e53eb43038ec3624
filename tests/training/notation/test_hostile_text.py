"""Whatever is typed, reading it ends, and never in an exception."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.values.exercise import Measure
from storage.values.quantity import Weight, WeightUnit
from tests.training.notation.lifts import BENCH
from training.notation import LineContext, Question, Sets, Unreadable, UnreadableReason, folding, read_lines
from training.notation.tokens import Cursor, Token

CONTEXTS = st.builds(
    LineContext,
    st.sampled_from(Measure),
    st.sampled_from(WeightUnit),
    st.none() | st.builds(Weight, st.integers(0, 300_000), st.sampled_from(WeightUnit)),
    st.none() | st.integers(0, 50),
)
ASSISTED = LineContext(Measure.BODYWEIGHT_REPS, WeightUnit.KG, Weight.of(-15, WeightUnit.KG), 8)

AMOUNTS = "0 1 2 3 4 5 6 7 8 9 10 100 1000 2024 ½ kg lb km m s min h ' \" bw"
MARKS = "x × , . + - @ # : ! w d a rpe reps sets of note and then ( ) 👍 ; · 1x1"
PIECES = st.sampled_from([*AMOUNTS.split(), *MARKS.split(), " ", "\n", ", ", " # "])
NOTATION_LIKE = st.lists(PIECES, max_size=25).map("".join)

LENGTH = 4096
TIGHT_JUNK = "1 1, 100x5, x 1x , - 1. 1: 1h @ @8 + 5+ a ½ 1½ ﷺ # ! bw bw+1 1,1x 1,000x ٣ é 💪"
SPACED_JUNK = (
    " ",
    "\t",
    "\n",
    "1 ",
    "1, ",
    "- ",
    "w ",
    " ½",
    " #",
    "1 min ",
    "100x5 a\n",
    "100x5, a ",
    "100x5, 1 ",
    "a 1x1 ",
    "(a) , ",
    "then ",
    "a, 1 ",
)


@given(st.text(), CONTEXTS)
@example("9" * 5000, BENCH)
@example("1:" + "9" * 5000, BENCH)
@example("1," + "9" * 5000, BENCH)
@example("1.000," + "9" * 5000, BENCH)
@example("100x5, 1.5.5x3", BENCH)
@example("½+", BENCH)
def test_reading_never_raises(text: str, context: LineContext) -> None:
    assert isinstance(read_lines(text, context), Sets | Question | Unreadable)


@given(NOTATION_LIKE, CONTEXTS | st.just(ASSISTED))
def test_every_offered_option_reads_back_as_its_sets_without_a_question(text: str, context: LineContext) -> None:
    reading = read_lines(text, context)
    if isinstance(reading, Question):
        assert reading.options
        assert len({option.entries for option in reading.options}) == len(reading.options)
        for option in reading.options:
            assert read_lines(option.text, context) == Sets(option.entries)


@given(NOTATION_LIKE, CONTEXTS)
def test_sets_are_whole_and_fit_the_exercise(text: str, context: LineContext) -> None:
    reading = read_lines(text, context)
    if isinstance(reading, Sets):
        assert 1 <= len(reading.entries) <= 100
        for entry in reading.entries:
            assert any(amount is not None for amount in (entry.clean_reps, entry.duration, entry.distance))
            assert (entry.clean_reps is not None) == (context.measure.endswith("reps"))


@given(NOTATION_LIKE, CONTEXTS)
def test_a_refusal_has_all_the_words_of_the_text_in_order(text: str, context: LineContext) -> None:
    reading = read_lines(text, context)
    if isinstance(reading, Unreadable):
        shown = reading.understood + reading.stopped_at + reading.rest
        assert "".join(shown.split()) == "".join(text.split())


def _steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many characters are folded and tokens looked at."""
    steps = 0
    look, fold_one = Cursor.ahead, folding._folded  # noqa: SLF001 -- where the work is counted

    def counted_look(cursor: Cursor, distance: int) -> Token:
        nonlocal steps
        steps += 1
        return look(cursor, distance)

    def counted_fold(character: str) -> str:
        nonlocal steps
        steps += 1
        return fold_one(character)

    with monkeypatch.context() as patched:
        patched.setattr(Cursor, "ahead", counted_look)
        patched.setattr(folding, "_folded", counted_fold)
        folding.fold.cache_clear()
        read_lines(text, BENCH)
    return steps


@pytest.mark.parametrize("junk", [*TIGHT_JUNK.split(), *SPACED_JUNK])
def test_work_grows_with_the_length_of_the_text(junk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (_steps((junk * length)[:length], monkeypatch) for length in (LENGTH // 4, LENGTH))
    assert long <= 5 * short + 1000


def test_what_can_be_no_line_of_sets_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (_steps("5 " * amounts, monkeypatch) - 2 * amounts for amounts in (300, 2000))
    assert long == short
    reading = read_lines("5 " * 2000, BENCH)
    assert isinstance(reading, Unreadable)
    assert reading.reason is UnreadableReason.TOO_MANY_SETS
