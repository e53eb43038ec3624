"""The notation: what a lifter types as sets, read and printed. Pure rules, without storage or Telegram.

A line is a list of items: weight × reps × sets (`100x5x3`, `100kg 5`, `3x5@60`), reps at the weight before
(`100x5,5,4`, `8`), or whatever else the exercise is logged by (`1:30`, `5km 25:00`, `40kg 30m`), each with a kind
(`w`, `d`, `a`), forced reps (`+2`), an RPE (`@8.5`) and, at the end of the line, a note (`# paused`).

Beyond what is usual in a notebook:

- `!` behind the sets means "just as it says": doubts about slips and implausible values are then not raised.
- A kind before a list of reps is all theirs (`w 60x8,6`); a set with a weight of its own has its own kind.
- A unit holds for the rest of its line; a number alone on a carry is metres.
- `5x100kg` and `3x5x100kg` are read by the unit, `3 sets of 8` and `8 reps` by the word.
- `8 at 70`, `3x8 at 70kg` and `12 reps of 60` are read as with an @; where the words may as well be a note, as in
  `8 with 70` or `8 at 70 slow`, they are asked about.
- A first number far below the last weight is asked about: `3x8 70` may be three sets, `8 8 8` three times 8 reps; and
  so is one before a weight that an effort follows: `2x40kg 30m`, `3x100x5`.
- What may be the weight of a further set is asked about: `100x5, 90`, `100x5 90`, `100x5,60kg`.
- So is a weight behind the last of several reps, which may be that of all: `10, 10, 8 at 60kg`.
- After a comma, words make a note, unless they follow a whole set; numbers and symbols alone must be readable.
- Zero reps are a failed attempt. More than 100 sets at once, 100,000 kg, 9,999 reps or 1,000 hours are refused.
"""

from training.notation.canonical import print_set, print_sets
from training.notation.examples import examples_for
from training.notation.likely import are_sets_alone, is_sets_alone, may_be_sets
from training.notation.lone_time import read_time
from training.notation.reader import read_lines
from training.notation.reading import (
    LineContext,
    Option,
    Question,
    QuestionReason,
    Reading,
    Sets,
    Unreadable,
    UnreadableReason,
)
from training.notation.splits import name_splits

__all__ = [
    "LineContext",
    "Option",
    "Question",
    "QuestionReason",
    "Reading",
    "Sets",
    "Unreadable",
    "UnreadableReason",
    "are_sets_alone",
    "examples_for",
    "is_sets_alone",
    "may_be_sets",
    "name_splits",
    "print_set",
    "print_sets",
    "read_lines",
    "read_time",
]
