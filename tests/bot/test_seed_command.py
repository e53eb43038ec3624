"""`python -m bot seed` loads the built-in exercises, or a file after showing what that would do."""

import sys
from io import StringIO
from pathlib import Path

import pytest

from bot.seed_command import seed
from bot.settings import Settings
from bot.start_error import StartError
from storage.catalogue import built_in
from storage.database import Database
from storage.models import Exercise
from tests.support.forked_bot import run_forked
from tests.support.rows import how_many

YOKE = "name,body_part,modality,rest\nYoke carry,legs,other,180\n\x1b[2JOdd,tail,other,\n"


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "library.csv"
    path.write_text(YOKE, encoding="utf-8")
    return path


class Console(StringIO):
    """Somebody sits there."""

    def isatty(self) -> bool:
        return True


async def said(settings: Settings, file: Path | None, *, yes: bool = False) -> list[str]:
    return [line async for line in seed(settings, file, yes=yes)]


async def test_the_built_in_exercises_are_loaded_once(settings: Settings) -> None:
    whole = len(built_in())
    assert await said(settings, None) == [f"Built-in exercises: {whole} new, 0 changed, 0 as they were."]
    assert await said(settings, None) == [f"Built-in exercises: 0 new, 0 changed, {whole} as they were."]


async def test_a_file_is_shown_line_by_line_and_left_alone_if_nobody_agrees(
    settings: Settings, database: Database, file: Path
) -> None:
    report, last = await said(settings, file)
    assert report.splitlines() == [
        "library.csv: 1 new, 0 changed, 0 the same, 0 in conflict, 1 refused.",
        "",
        "Line 2 “Yoke carry”: new",
        "Line 3 “[2JOdd”: refused. name can't be so.",
    ]
    assert last == "Nothing is changed. With --yes it is loaded without asking."
    assert await how_many(database, Exercise) == 0


async def test_a_file_is_loaded_if_that_is_wanted_and_then_there_is_nothing_to_load(
    settings: Settings, database: Database, file: Path
) -> None:
    assert (await said(settings, file, yes=True))[-1] == f"{file} is loaded."
    assert await how_many(database, Exercise) == 1
    assert (await said(settings, file, yes=True))[-1] == "There is nothing to load."


@pytest.mark.parametrize(("answer", "number"), [("y\n", 1), ("Yes\n", 1), ("n\n", 0), ("\n", 0), ("", 0)])
async def test_whoever_sits_at_the_console_is_asked(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch, answer: str, number: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Console(answer))
    await said(Settings(database_url=sqlite_url), file)
    database = Database(sqlite_url)
    assert await how_many(database, Exercise) == number
    await database.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "can't be read"), (b"[{]", "line 1, column 3"), (b"x" * ((16 << 20) + 1), "larger than 16 MB")],
)
async def test_a_file_that_can_not_be_read_is_named_with_what_is_wrong(
    sqlite_url: str, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "broken.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StartError, match=words) as refused:
        await said(Settings(database_url=sqlite_url), path)
    assert str(refused.value).startswith(f"{path}: ")


async def test_the_command_line_takes_a_path(tmp_path: Path, file: Path) -> None:
    ended = await run_forked(tmp_path, "seed", "library.csv", "--yes")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "library.csv is loaded."), ended
    missing = await run_forked(tmp_path, "seed", "nowhere.csv")
    assert (missing.code, missing.err.strip().splitlines()[-1]) == (
        *(2, "nowhere.csv: can't be read (No such file or directory)"),
    )
