"""The words that mean something in a set."""

from __future__ import annotations

from storage.values.lifted import SetKind
from storage.values.quantity import DistanceUnit, WeightUnit

WEIGHT_UNITS = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), WeightUnit.KG),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), WeightUnit.LB),
}

METRES_OR_MINUTES = "m"
"""Metres on distance exercises, minutes on timed ones."""

DISTANCE_UNITS = {
    **dict.fromkeys(("metre", "metres", "meter", "meters"), DistanceUnit.METRE),
    **dict.fromkeys(("k", "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), DistanceUnit.KILOMETRE),
    **dict.fromkeys(("mi", "mile", "miles"), DistanceUnit.MILE),
}

SECOND, MINUTE, HOUR = 1, 60, 3600

TIME_UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", '"'), SECOND),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "'"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
}
"""In seconds."""

UNITS = {*WEIGHT_UNITS, *DISTANCE_UNITS, *TIME_UNITS, METRES_OR_MINUTES}

REPS = {"rep", "reps"}
SETS = {"set", "sets"}
BODYWEIGHT = {"bw", "bodyweight"}
RPE = "rpe"
SIGNS = {"+", "-"}

JOINS = {"and", "then"}
"""As in 100x5 and 95x6, or 100x5, then 95x6; else they begin a note."""

AT, OF, WITH = "at", "of", "with"
"""As in 8 at 70, 12 reps of 60, 8 with 20kg: a weight, or a note."""

BETWEEN = {"for", "in", OF}
"""As in 100kg for 5, 5km in 25:00, 3 sets of 8."""

KINDS: dict[tuple[str, ...], SetKind] = {
    ("w",): SetKind.WARM_UP,
    ("wu",): SetKind.WARM_UP,
    ("warmup",): SetKind.WARM_UP,
    ("warm", "up"): SetKind.WARM_UP,
    ("warm", "-", "up"): SetKind.WARM_UP,
    ("d",): SetKind.DROP,
    ("drop",): SetKind.DROP,
    ("dropset",): SetKind.DROP,
    ("drop", "set"): SetKind.DROP,
    ("drop", "-", "set"): SetKind.DROP,
    ("a",): SetKind.AMRAP,
    ("amrap",): SetKind.AMRAP,
}

LONGEST_KIND = max(map(len, KINDS))

_KIND_WORDS = {word for words in KINDS for word in words}

KNOWN = {*UNITS, *REPS, *SETS, *BODYWEIGHT, RPE, AT, WITH, *BETWEEN, *JOINS, *_KIND_WORDS}
