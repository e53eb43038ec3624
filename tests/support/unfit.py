"""Files that may not be taken for a SQLite database of this release."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

KINDS = ("missing", "a folder", "no database", "cut off", "another program's", "newer", "torn")

NO_DATABASE = "not a database, but long enough to be taken for one" * 100
_CHANGED = {
    "another program's": "CREATE TABLE notes (note TEXT)",
    "newer": "UPDATE alembic_version SET version_num = '9999'",
    "torn": "INSERT INTO exercise_aliases (id, exercise_id, alias, alias_key) VALUES (404, 404404, 'x', 'x')",
}


def make_unfit(path: Path, kind: str, sound: Path) -> None:
    """Puts a file of this kind there, unless that is to be missing; `sound` is what it would be like otherwise."""
    match kind:
        case "a folder":
            path.mkdir()
        case "no database":
            path.write_text(NO_DATABASE)
        case "cut off":
            path.write_bytes(sound.read_bytes()[:-8192])
        case "newer" | "torn":
            path.write_bytes(sound.read_bytes())
    if kind in _CHANGED:
        with closing(sqlite3.connect(path)) as file, file:
            file.execute(_CHANGED[kind])
