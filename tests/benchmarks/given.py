"""Figures that `make` passes on: `make kills KILLS=10`."""

from __future__ import annotations

import os


def given(name: str, default: float) -> float:
    """The figure in the environment."""
    return float(os.environ.get(name) or default)
