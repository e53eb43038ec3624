"""Sets as hypothesis draws them: of every measure, near one another so that they meet and beat each other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit

_WEIGHTS = st.builds(
    Weight, st.sampled_from([500, 20_000, 45_000, 60_000, 100_000, 102_500, 225_000]), st.sampled_from(WeightUnit)
)
_ASSISTED = st.builds(lambda weight: Weight(-weight.thousandths, weight.unit), _WEIGHTS)
_REPS = st.integers(0, 15)
_SECONDS = st.integers(0, 120)
_DISTANCES = st.builds(Distance, st.integers(0, 5_000), st.sampled_from(DistanceUnit))
_NOTHING = st.none()

_PARTS: dict[Measure, tuple[st.SearchStrategy[Weight | None], ...]] = {
    Measure.WEIGHT_REPS: (_WEIGHTS,),
    Measure.BODYWEIGHT_REPS: (_NOTHING, _WEIGHTS, _ASSISTED),
    Measure.REPS: (_NOTHING,),
    Measure.DURATION: (_NOTHING,),
    Measure.WEIGHT_DURATION: (_WEIGHTS,),
    Measure.DISTANCE_DURATION: (_NOTHING,),
    Measure.WEIGHT_DISTANCE: (_WEIGHTS,),
}
_WITH_REPS = {Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.REPS}
_WITH_DURATION = {Measure.DURATION, Measure.WEIGHT_DURATION, Measure.DISTANCE_DURATION}
_WITH_DISTANCE = {Measure.DISTANCE_DURATION, Measure.WEIGHT_DISTANCE}


def entries_of(measure: Measure) -> st.SearchStrategy[SetEntry]:
    """Sets that fit the measure."""
    return st.builds(
        SetEntry,
        weight=st.one_of(*_PARTS[measure]),
        clean_reps=_REPS if measure in _WITH_REPS else _NOTHING,
        forced_reps=st.sampled_from([0, 0, 2]) if measure in _WITH_REPS else st.just(0),
        kind=st.sampled_from(SetKind),
        rpe=st.none() | st.integers(2, 20).map(lambda halves: Decimal(halves) / 2),
        duration=_SECONDS if measure in _WITH_DURATION else _NOTHING,
        distance=_DISTANCES if measure in _WITH_DISTANCE else _NOTHING,
        note=st.sampled_from(["", "belt"]),
    )
