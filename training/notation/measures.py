"""Groups of measures that are written alike."""

from __future__ import annotations

from storage.values.exercise import Measure

LOADED_REPS = frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS})
"""Load × reps."""

LOADED = LOADED_REPS | {Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE}
"""Sets of two amounts, the first of which is a load."""

ON_DISTANCE = frozenset({Measure.DISTANCE_DURATION, Measure.WEIGHT_DISTANCE})
"""Where `m` is metres."""
