"""The buttons that ask for an export, and those under what importing one would do."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from training.accounts.format import ExportKind


@press("Xo")
@dataclass(frozen=True, slots=True)
class OpenExport:
    """Shows in which formats there is everything that is the lifter's."""


@press("Xs")
@dataclass(frozen=True, slots=True)
class SendExport:
    """Sends everything that is the lifter's in this format."""

    kind: ExportKind


@press("Xi")
@dataclass(frozen=True, slots=True)
class LoadImport:
    """Imports the file, as it was shown at this revision."""

    import_id: int
    revision: int


@press("Xd")
@dataclass(frozen=True, slots=True)
class DropImport:
    """Imports nothing."""

    import_id: int
    revision: int
