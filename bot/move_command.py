"""`python -m bot move`: from a SQLite file to the PostgreSQL that DATABASE_URL names."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.schema import cant_open
from bot.settings import Settings
from bot.start_error import StartError
from storage import moving
from storage.migrate import SchemaError
from storage.models import Set, User, Workout
from storage.moving import NotEmptyError, RowError
from storage.single_process import InUseError, only_process_on
from storage.sqlite_copy import CopyError
from storage.url import engine_url

_log = structlog.stdlib.get_logger(__name__)


async def move(settings: Settings, file: Path) -> Sequence[str]:
    """Puts all that the file holds, on which no bot may work, into an empty database; what to say. Raises StartError,
    and then nothing is changed.
    """
    parsed, _ = engine_url(settings.database_url)
    if parsed.get_backend_name() != "postgresql":
        raise StartError(
            f"DATABASE_URL: names a SQLite file; set it to where {file} is to go, postgresql://user:password@host/database"
        )
    with ExitStack() as stack:
        _claim(stack, file)
        try:
            moved = await moving.move(file, settings.database_url, _tell)
        except CopyError as error:
            raise StartError(f"{file}: can't be moved: {error}") from None
        except RowError as error:
            raise StartError(f"{file}: {error}; put that right in the file, and try again") from None
        except NotEmptyError as error:
            raise StartError(f"DATABASE_URL: this database is not empty ({error}); name a new one") from None
        except SchemaError as error:
            raise StartError(f"DATABASE_URL: {error}") from None
        except (SQLAlchemyError, OSError) as error:
            raise cant_open(error) from None
    kinds = {"lifters": User, "workouts": Workout, "sets": Set}
    counts = [f"{name} {moved.rows[model.__tablename__]:,}" for name, model in kinds.items()]
    return [
        f"{file} is moved, and counted on both sides: {', '.join(counts)}, rows in all {sum(moved.rows.values()):,}.",
        f"What waits for the bot's next start: updates {moved.waiting:,}. Start none on {file} again; it is as it was.",
    ]


def _claim(stack: ExitStack, file: Path) -> None:
    if not file.is_file():
        raise StartError(f"{file}: there is no such file")
    try:
        stack.enter_context(only_process_on(file))
    except InUseError:
        raise StartError(f"{file}: a Spotter works on this file; stop it first") from None
    except OSError as error:
        raise StartError(f"{file}: can't write beside it ({error})") from None


def _tell(table: str, rows: int) -> None:
    if rows:
        _log.info("moved", table=table, rows=rows)
