"""A document is shown as what it would do, waits for an admin's yes, and is loaded as a whole or not at all."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from storage import audit, exercises, shelf
from storage.database import Database
from storage.models import Exercise, ExerciseAlias, LibraryDocument
from storage.shelf import Shelved
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.foreign_library import foreign_library
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, how_many, kg
from training.errors import NotAllowedError, StaleButtonError
from training.exercise_detail import NewExercise
from training.gym import Gym, open_gym
from training.importing import documents
from training.importing.comparing import Verdict
from training.importing.documents import Loaded, Preview, Stage
from training.importing.entries import Why
from training.importing.faults import Fault, UnreadableDocumentError
from training.importing.reading import Format

YOKE = {"name": "Yoke carry", "aliases": ["yoke"], "body_part": "full_body", "modality": "other", "rest": 180}
PRESS = {"name": "Floor press", "body_part": "chest", "modality": "barbell", "how": "=1+1 <b>lies</b>"}


@pytest.fixture(autouse=True)
async def _admin(database: Database) -> None:
    await add_lifter(database, ADMIN)


def document(*said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()


async def offered(gym: Gym, *said: dict[str, Any]) -> tuple[int, int]:
    """The id and the revision of a document that waits."""
    preview = await gym.documents.offer(ADMIN, "library.json", document(*said))
    assert preview.document_id is not None
    return preview.document_id, preview.revision


async def library(database: Database) -> dict[str, Shelved]:
    async with database.reading() as session:
        return {exercise.name: exercise for exercise in await shelf.system_exercises(session)}


async def named(database: Database, name: str) -> list[str]:
    async with database.reading() as session:
        found = await exercises.by_exact_keys(session, LIFTER, [name_key(name)])
    return [exercise.name for exercise in found.get(name_key(name), [])]


async def on_record(database: Database) -> list[tuple[int | None, str, Mapping[str, Any]]]:
    """Who did what, the latest first."""
    async with database.reading() as session:
        return [(act.admin_id, act.action, act.about) for act in await audit.latest(session, limit=99)]


def figures(**counts: int) -> dict[Verdict, int]:
    return {verdict: counts.get(verdict.value, 0) for verdict in Verdict}


@pytest.mark.stocked
async def test_a_foreign_library_is_loaded_once_and_doubles_nothing(database: Database, gym: Gym) -> None:
    before, foreign = await library(database), foreign_library()
    preview = await gym.documents.offer(ADMIN, "exercises.json", foreign.content)
    assert Counter({it.value: count for it, count in preview.plan.figures().items()}) == foreign.expected
    assert await library(database) == before
    assert preview.document_id is not None
    loaded = await gym.documents.load(ADMIN, preview.document_id, preview.revision)
    assert loaded == Loaded("exercises.json", preview.plan.figures())
    after = await library(database)
    assert len(after) == len(before) + foreign.expected["new"]
    assert {name: after[name].how for name in before} == {name: it.how for name, it in before.items()}
    for name, known_as in foreign.meaning.items():
        assert name not in after.keys() - before.keys()
        assert set(await named(database, name)) <= {known_as, "Bench Press (Barbell)"}
    again = await gym.documents.offer(ADMIN, "exercises.json", foreign.content)
    assert (again.document_id, again.plan.does_something) == (None, False)
    assert (await gym.library.seed_built_in()).changed == 0
    assert await library(database) == after


async def test_what_is_loaded_is_there_as_it_was_said(database: Database, gym: Gym) -> None:
    waiting = await offered(gym, YOKE, PRESS | {"archived": True})
    assert await gym.documents.load(ADMIN, *waiting) == Loaded("library.json", figures(new=2))
    there = await library(database)
    assert (there["Yoke carry"].default_rest, there["Yoke carry"].aliases) == (180, ("yoke",))
    assert (there["Floor press"].how, there["Floor press"].is_archived) == ("=1+1 <b>lies</b>", True)
    assert there["Floor press"].measure is Measure.WEIGHT_REPS


async def test_a_document_waits_over_a_restart(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm
) -> None:
    waiting = await offered(gym, YOKE)
    restarted = open_gym(database, clock, alarm, admin_ids=[ADMIN])
    shown = await restarted.documents.latest(ADMIN)
    assert isinstance(shown, Preview)
    assert (shown.document_id, shown.revision, shown.plan.figures()) == (*waiting, figures(new=1))
    assert isinstance(await restarted.documents.load(ADMIN, *waiting), Loaded)
    assert await gym.documents.latest(ADMIN) == Loaded("library.json", figures(new=1))


async def test_of_two_presses_one_loads_and_the_other_tells_the_same(database: Database, gym: Gym) -> None:
    waiting = await offered(gym, YOKE)
    results = await asyncio.gather(*(gym.documents.load(ADMIN, *waiting) for _ in range(2)), return_exceptions=True)
    assert Loaded("library.json", figures(new=1)) in results
    assert all(isinstance(result, Loaded | StaleButtonError) for result in results)
    assert await gym.documents.load(ADMIN, *waiting) == Loaded("library.json", figures(new=1))
    assert len(await library(database)) == 1


async def test_two_admins_who_load_the_same_double_nothing(database: Database, gym: Gym) -> None:
    await add_lifter(database, LIFTER)
    await gym.admins.grant(ADMIN, LIFTER)
    mine = await offered(gym, YOKE)
    theirs = await gym.documents.offer(LIFTER, "mine.json", document(YOKE))
    assert theirs.document_id is not None
    results = await asyncio.gather(
        gym.documents.load(ADMIN, *mine), gym.documents.load(LIFTER, theirs.document_id, theirs.revision)
    )
    assert Counter(type(result) for result in results) == {Loaded: 1, Preview: 1}
    assert len(await library(database)) == 1


async def test_where_the_library_has_changed_it_is_shown_anew_and_nothing_is_loaded(
    database: Database, gym: Gym
) -> None:
    floor = await add_exercise(database, "Floor press")
    document_id, revision = await offered(gym, YOKE, {"name": "Floor press", "rest": 60})
    await gym.exercises.change(ADMIN, floor, default_rest=90)
    anew = await gym.documents.load(ADMIN, document_id, revision)
    assert isinstance(anew, Preview)
    assert (anew.document_id, anew.revision, anew.plan.figures()) == (
        *(document_id, revision + 1, figures(new=1, conflict=1)),
    )
    assert "Yoke carry" not in await library(database)
    with pytest.raises(StaleButtonError):
        await gym.documents.load(ADMIN, document_id, revision)
    assert isinstance(await gym.documents.load(ADMIN, document_id, revision + 1), Loaded)
    assert (await library(database))["Floor press"].default_rest == 90


async def test_a_change_that_does_not_touch_it_does_not_stand_in_its_way(database: Database, gym: Gym) -> None:
    floor = await add_exercise(database, "Floor press")
    waiting = await offered(gym, YOKE)
    await gym.exercises.change(ADMIN, floor, how="Lie down.")
    assert isinstance(await gym.documents.load(ADMIN, *waiting), Loaded)


async def test_what_has_become_needless_is_forgotten(database: Database, gym: Gym) -> None:
    waiting = await offered(gym, {"name": "Yoke", "body_part": "legs", "modality": "other"})
    await gym.exercises.create(
        ADMIN, NewExercise("Yoke", BodyPart.LEGS, Modality.OTHER, Measure.WEIGHT_REPS), system=True
    )
    shown = await gym.documents.load(ADMIN, *waiting)
    assert isinstance(shown, Preview)
    assert shown.document_id is None
    assert await how_many(database, LibraryDocument) == 0


async def test_a_measure_that_sets_were_logged_in_stays(database: Database, gym: Gym) -> None:
    yoke = await add_exercise(database, "Yoke carry")
    waiting = await offered(gym, {"name": "Yoke carry", "measure": "weight_distance"})
    await add_workout(database, ADMIN, started_at=MONDAY_EVENING, finished=True, performed={yoke: [kg(100, 1)]})
    shown = await gym.documents.load(ADMIN, *waiting)
    assert isinstance(shown, Preview)
    assert [finding.reason and finding.reason.why for finding in shown.plan.findings] == [Why.PERFORMED]
    assert (await library(database))["Yoke carry"].measure is Measure.WEIGHT_REPS


async def test_if_anything_fails_nothing_is_loaded(
    database: Database, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_exercise(database, "Floor press")
    waiting = await offered(gym, YOKE, {"name": "Floor press", "rest": 60})
    before = await library(database)

    async def fail(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr("storage.shelf.change", fail)
        with pytest.raises(ConnectionError):
            await gym.documents.load(ADMIN, *waiting)
    assert await library(database) == before
    assert isinstance(await gym.documents.load(ADMIN, *waiting), Loaded)


async def test_what_is_told_meanwhile_is_told_outside_of_any_transaction(
    database: Database, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.importing.ticking.TOLD_EVERY", 0)
    told: list[tuple[Stage, int, int]] = []

    async def tell(stage: Stage, done: int, total: int) -> None:
        async with asyncio.timeout(20), database.writing() as session:
            await exercises.hold_catalogue(session)  # which waits for whoever holds anything of it
        told.append((stage, done, total))

    preview = await gym.documents.offer(ADMIN, "exercises.json", foreign_library(300).content, tell)
    assert preview.document_id is not None
    await gym.documents.load(ADMIN, preview.document_id, preview.revision, tell)
    assert {stage for stage, _, _ in told} == set(Stage)
    assert told[-1] == (Stage.LOADING, 0, len(preview.plan.made))


async def test_reading_and_comparing_and_writing_a_file_leave_the_event_loop_alone(
    gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: dict[str, int] = {}

    def noting(work: str, done: Callable[..., Any]) -> Callable[..., Any]:
        def elsewhere(*given: Any) -> Any:
            threads[work] = threading.get_ident()
            return done(*given)

        return elsewhere

    for work in ("read_document", "compared", "written"):
        monkeypatch.setattr(documents, work, noting(work, getattr(documents, work)))
    await gym.documents.load(ADMIN, *await offered(gym, YOKE))
    await gym.documents.export(ADMIN, Format.CSV)
    assert threads.keys() == {"read_document", "compared", "written"}
    assert threading.get_ident() not in threads.values()


async def test_only_admins_import_and_export(database: Database, gym: Gym) -> None:
    await add_lifter(database, LIFTER)
    waiting = await offered(gym, YOKE)
    with pytest.raises(NotAllowedError):
        await gym.documents.offer(LIFTER, "library.json", document(YOKE))
    with pytest.raises(NotAllowedError):
        await gym.documents.export(LIFTER, Format.CSV)
    for refused in (gym.documents.load, gym.documents.drop):
        with pytest.raises(NotAllowedError):
            await refused(LIFTER, *waiting)
    with pytest.raises(NotAllowedError):
        await gym.documents.latest(LIFTER)
    with pytest.raises(NotAllowedError):
        await gym.documents.exported(LIFTER, Format.CSV)
    assert await library(database) == {}
    assert await on_record(database) == []


async def test_what_is_loaded_and_given_out_is_on_record_once(database: Database, gym: Gym) -> None:
    await add_exercise(database, "Floor press")
    waiting = await offered(gym, YOKE, {"name": "Floor press", "rest": 60})
    assert await on_record(database) == []  # a dry run is no act
    for _ in range(2):
        await gym.documents.load(ADMIN, *waiting)
    await gym.documents.export(ADMIN, Format.CSV)
    await gym.documents.exported(ADMIN, Format.CSV)
    await gym.documents.load_for_host(await gym.documents.dry_run(document(PRESS | {"name": "Floor press 2"})))
    assert await on_record(database) == [
        (None, "import", {"new": 1, "changed": 0}),
        (ADMIN, "export", {"exercises": 2}),
        (ADMIN, "import", {"new": 1, "changed": 1}),
    ]


async def test_who_is_no_admin_any_more_loads_nothing(database: Database, gym: Gym) -> None:
    await add_lifter(database, LIFTER)
    await gym.admins.grant(ADMIN, LIFTER)
    preview = await gym.documents.offer(LIFTER, "library.json", document(YOKE))
    assert preview.document_id is not None
    await gym.admins.revoke(ADMIN, LIFTER)
    with pytest.raises(NotAllowedError):
        await gym.documents.load(LIFTER, preview.document_id, preview.revision)
    assert await library(database) == {}


async def test_a_document_that_is_dropped_or_replaced_is_gone(database: Database, gym: Gym) -> None:
    first = await offered(gym, YOKE)
    second = await offered(gym, PRESS)
    with pytest.raises(StaleButtonError):
        await gym.documents.load(ADMIN, *first)
    await gym.documents.drop(ADMIN, *second)
    for refused in (gym.documents.load, gym.documents.drop):
        with pytest.raises(StaleButtonError):
            await refused(ADMIN, *second)
    assert await gym.documents.latest(ADMIN) is None
    assert await library(database) == {}


async def test_what_can_not_be_read_is_not_kept(database: Database, gym: Gym) -> None:
    with pytest.raises(UnreadableDocumentError) as refused:
        await gym.documents.offer(ADMIN, "library.json", b"[{]")
    assert refused.value.fault is Fault.BROKEN_JSON
    assert await how_many(database, LibraryDocument) == 0


@pytest.mark.stocked
@pytest.mark.parametrize("kind", Format)
async def test_an_export_of_what_admins_have_made_of_it_changes_nothing(
    database: Database, gym: Gym, kind: Format
) -> None:
    await gym.documents.load(ADMIN, *await offered(gym, YOKE, PRESS | {"name": "Zorbler press"}))
    ids = {name: exercise.id for name, exercise in (await library(database)).items()}
    await gym.exercises.rename(ADMIN, ids["Zorbler press"], "=Zorbler | press")
    await gym.exercises.archive(ADMIN, ids["Plank"])
    await gym.exercises.merge(ADMIN, ids["Wall Sit"], ids["Dead Hang"])
    before = await library(database)
    preview = await gym.documents.offer(ADMIN, "library", await gym.documents.export(ADMIN, kind))
    assert preview.plan.figures() == figures(same=len(before))
    assert await library(database) == before


async def test_many_exercises_with_many_names_are_written_a_portion_at_a_time(database: Database, gym: Gym) -> None:
    many = [YOKE | {"name": f"Yoke {number}", "aliases": [f"y{number}", f"x{number}"]} for number in range(1_100)]
    assert await gym.documents.load(ADMIN, *await offered(gym, *many)) == Loaded("library.json", figures(new=1_100))
    changed = [{"name": f"Yoke {number}", "rest": number, "aliases": [f"z{number}"]} for number in range(1_100)]
    await gym.documents.load(ADMIN, *await offered(gym, *changed))
    there = await library(database)
    assert [there[f"Yoke {number}"].default_rest for number in range(1_100)] == list(range(1_100))
    assert {it.aliases for it in there.values()} == {(f"y{n}", f"x{n}", f"z{n}") for n in range(1_100)}
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(ExerciseAlias)) == 3_300
        assert await session.scalar(select(func.count()).where(Exercise.is_edited)) == 0


async def test_the_host_loads_what_the_dry_run_has_shown_and_nothing_else(database: Database, gym: Gym) -> None:
    run = await gym.documents.dry_run(document(YOKE))
    assert run.plan.figures() == figures(new=1)
    assert await gym.documents.load_for_host(run)
    assert not await gym.documents.load_for_host(run)  # the library is another one by now
    assert list(await library(database)) == ["Yoke carry"]
