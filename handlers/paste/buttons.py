"""The buttons under the preview of a pasted text. All carry the revision of the text that they were shown with."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.exercise import BodyPart, Modality


@press("yl")
@dataclass(frozen=True, slots=True)
class LogPaste:
    """Logs everything."""

    paste_id: int
    revision: int


@press("yd")
@dataclass(frozen=True, slots=True)
class DropPaste:
    """Logs nothing."""

    paste_id: int
    revision: int


@press("yn")
@dataclass(frozen=True, slots=True)
class NameMeans:
    """The name that is asked about means this exercise; 0: it is left out."""

    paste_id: int
    revision: int
    exercise_id: int


@press("yr")
@dataclass(frozen=True, slots=True)
class LineReads:
    """The line that is asked about reads as this option; -1: it is left out."""

    paste_id: int
    revision: int
    option: int


@press("yc")
@dataclass(frozen=True, slots=True)
class CreateName:
    """An exercise is to be made of the name that is asked about."""

    paste_id: int
    revision: int


@press("yb")
@dataclass(frozen=True, slots=True)
class CreateFor:
    """The new exercise is for this body part."""

    paste_id: int
    revision: int
    part: BodyPart


@press("ym")
@dataclass(frozen=True, slots=True)
class CreateWith:
    """The new exercise is done with this, which is the last that has to be known."""

    paste_id: int
    revision: int
    part: BodyPart
    modality: Modality


@press("yp")
@dataclass(frozen=True, slots=True)
class ShowPaste:
    """Back to the preview."""

    paste_id: int
    revision: int
