"""The buttons under what loading a document would do, and those that ask for an export."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from training.importing.reading import Format


@press("zl")
@dataclass(frozen=True, slots=True)
class LoadDocument:
    """Loads the document, as it was shown at this revision."""

    document_id: int
    revision: int


@press("zd")
@dataclass(frozen=True, slots=True)
class DropDocument:
    """Loads nothing."""

    document_id: int
    revision: int


@press("zx")
@dataclass(frozen=True, slots=True)
class ExportAs:
    """Sends the library as a file of this format."""

    kind: Format
