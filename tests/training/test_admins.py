"""Who is an admin, and that whatever admins do to what everybody sees goes on record."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from storage import audit
from storage.audit import AuditEntry
from storage.database import Database
from storage.models import Exercise, User
from storage.values.audit import AdminAction
from storage.values.chat import NOBODY
from storage.values.exercise import BodyPart, Measure, Modality
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.rows import BOT, LIFTER, STRANGER, add_exercise, add_workout, kg
from tests.support.training import leave
from training.admins import PAGE_SIZE, Admin, Granted, Person
from training.errors import HostsAdminError, NameTakenError, NotAllowedError, NotFoundError, NothingToUndoError
from training.exercise_detail import NewExercise
from training.gym import Gym, open_gym


async def refused(call: Awaitable[object]) -> type[BaseException]:
    with pytest.raises(Exception) as error:  # noqa: PT011 -- which one is compared by the caller
        await call
    return error.type


async def on_record(database: Database) -> Sequence[AuditEntry]:
    """Oldest first."""
    async with database.reading() as session:
        return list(reversed(await audit.latest(session, limit=1000)))


async def test_admins_make_admins_and_nobody_else_does(database: Database, gym: Gym, everybody: None) -> None:
    for call in (gym.admins.grant, gym.admins.revoke):
        assert await refused(call(LIFTER, LIFTER)) is NotAllowedError
        assert await refused(call(LIFTER, 404)) is NotAllowedError
        assert await refused(call(404, LIFTER)) is NotAllowedError
        assert await refused(call(ADMIN, 404)) is NotFoundError
    lifter = Person(LIFTER, f"Lifter {LIFTER}")
    assert await gym.admins.grant(ADMIN, LIFTER) == Granted(lifter, is_news=True)
    assert await gym.admins.grant(ADMIN, LIFTER) == Granted(lifter, is_news=False)
    assert (await gym.lifters.get(LIFTER)).is_admin
    assert (await gym.lifters.home(LIFTER)).is_admin
    assert not (await gym.lifters.get(STRANGER)).is_admin
    assert (await gym.admins.grant(LIFTER, STRANGER)).is_news
    assert await gym.admins.revoke(STRANGER, LIFTER) == Granted(lifter, is_news=True)
    assert not (await gym.lifters.get(LIFTER)).is_admin
    assert await refused(gym.admins.revoke(LIFTER, STRANGER)) is NotAllowedError
    assert [(entry.admin_id, entry.action, entry.about) for entry in await on_record(database)] == [
        (ADMIN, "admin_grant", {"lifter": LIFTER}),
        (LIFTER, "admin_grant", {"lifter": STRANGER}),
        (STRANGER, "admin_revoke", {"lifter": LIFTER}),
    ]


async def test_the_hosts_admins_stay_admins(database: Database, gym: Gym, everybody: None) -> None:
    await gym.admins.grant(ADMIN, LIFTER)
    for by in (ADMIN, LIFTER):
        assert await refused(gym.admins.revoke(by, ADMIN)) is HostsAdminError
    assert (await gym.lifters.get(ADMIN)).is_admin
    async with database.reading() as session:
        assert not (await session.get_one(User, ADMIN)).is_admin
    assert await gym.admins.all(LIFTER) == (
        Admin(Person(ADMIN, f"Lifter {ADMIN}"), is_hosts=True),
        Admin(Person(LIFTER, f"Lifter {LIFTER}"), is_hosts=False),
    )


async def test_who_is_an_admin_no_more_is_known_by_the_record(
    database: Database, gym: Gym, everybody: None, clock: FakeClock, alarm: ManualAlarm
) -> None:
    assert await gym.admins.former() == set()
    await gym.admins.grant(ADMIN, LIFTER)
    await gym.admins.all(LIFTER)
    async with database.writing() as session:
        await audit.note(session, None, AdminAction.SEEDED, clock())
    assert await gym.admins.former() == set()
    await gym.admins.revoke(ADMIN, LIFTER)
    assert await gym.admins.former() == {LIFTER}
    assert await open_gym(database, clock, alarm, []).admins.former() == {ADMIN, LIFTER}


async def test_an_admin_who_never_wrote_is_listed_without_a_name(database: Database, gym: Gym, lifter: int) -> None:
    async with database.writing() as session:
        (await session.get_one(User, lifter)).is_admin = True
    assert (await gym.admins.all(lifter))[0] == Admin(Person(ADMIN, ""), is_hosts=True)


NEW = NewExercise("Zottman walk", BodyPart.LEGS, Modality.BARBELL, Measure.WEIGHT_REPS)

Act = Callable[[Gym, int], Awaitable[object]]
ACTS: list[tuple[Act, str, dict[str, Any]]] = [
    (lambda gym, one: gym.exercises.rename(ADMIN, one, "Chest press"), "exercise_edit", {"fields": ["name"]}),
    (
        lambda gym, one: gym.exercises.change(ADMIN, one, name="Press", default_rest=60, how="Push."),
        "exercise_edit",
        {"fields": ["name", "default_rest", "how"]},
    ),
    (lambda gym, one: gym.exercises.add_alias(ADMIN, one, "cp"), "alias_add", {"added": 1}),
    (lambda gym, one: gym.exercises.remove_alias(ADMIN, one, "flat"), "alias_remove", {"removed": 1}),
    (
        lambda gym, one: gym.exercises.change_aliases(ADMIN, one, add=["x", "y", "bp"], remove=["flat"]),
        "alias_add",
        {"added": 2, "removed": 1},
    ),
    (
        lambda gym, one: gym.exercises.change_aliases(ADMIN, one, add=["bp"], remove=["flat"]),
        "alias_remove",
        {"removed": 1},
    ),
    (
        lambda gym, one: gym.exercises.change(ADMIN, one, how="Push.", add=["x"], remove=["bp", "flat"]),
        "exercise_edit",
        {"fields": ["how", "aliases"], "added": 1, "removed": 2},
    ),
    (lambda gym, one: gym.exercises.archive(ADMIN, one), "exercise_archive", {}),
    (lambda gym, one: gym.exercises.delete(ADMIN, one), "exercise_delete", {}),
]


@pytest.mark.parametrize(("act", "action", "more"), ACTS, ids=[action for _, action, _ in ACTS])
async def test_what_is_done_to_what_everybody_sees_is_on_record_and_so_is_taking_it_back(
    database: Database, gym: Gym, everybody: None, act: Act, action: str, more: dict[str, Any]
) -> None:
    one = await add_exercise(database, "Bench", aliases=["bp", "flat"])
    await act(gym, one)
    (entry,) = await on_record(database)
    assert entry == AuditEntry(entry.id, ADMIN, MONDAY_EVENING, action, {"exercise": one, **more})
    await gym.undo.undo(ADMIN)
    undone = (await on_record(database))[-1]
    assert (undone.action, undone.about) == ("undo", {"exercises": [one]})


async def test_making_merging_seeding_and_bringing_back_are_on_record(
    database: Database, gym: Gym, everybody: None
) -> None:
    seeded = await gym.library.seed(ADMIN)
    made = (await gym.exercises.create(ADMIN, NEW, system=True)).id
    bench = await add_exercise(database, "Bench", archived=True)
    await gym.exercises.unarchive(ADMIN, bench)
    await gym.exercises.merge(ADMIN, made, bench)
    assert [(entry.action, entry.about) for entry in await on_record(database)] == [
        ("seed", {"new": seeded.new, "changed": 0}),
        ("exercise_add", {"exercise": made}),
        ("exercise_unarchive", {"exercise": bench}),
        ("exercise_merge", {"exercise": made, "into": bench}),
    ]


async def test_nothing_is_on_record_that_was_refused_or_is_a_lifters_own(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = await add_exercise(database, "Bench")
    assert await refused(gym.exercises.create(ADMIN, NewExercise(*_as_bench()), system=True)) is NameTakenError
    for refusing in (
        gym.exercises.create(LIFTER, NEW, system=True),
        gym.exercises.rename(LIFTER, bench, "Mine"),
        gym.exercises.archive(LIFTER, bench),
        gym.library.seed(LIFTER),
        gym.admins.all(LIFTER),
        gym.admins.record(LIFTER),
        gym.stats.figures(LIFTER, BOT),
    ):
        assert await refused(refusing) is NotAllowedError
    own = (await gym.exercises.create(ADMIN, NEW)).id
    await gym.exercises.rename(ADMIN, own, "Mine")
    await gym.exercises.archive(ADMIN, own)
    await gym.undo.undo(ADMIN)
    await gym.exercises.merge(ADMIN, own, bench)
    assert await on_record(database) == []


def _as_bench() -> tuple[str, BodyPart, Modality, Measure]:
    return "bench", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS


async def test_what_is_so_already_is_no_edit(database: Database, gym: Gym, everybody: None) -> None:
    one = await add_exercise(database, "One", aliases=["uno"])
    about = await gym.exercises.get(ADMIN, one)
    await gym.exercises.change(
        ADMIN, one, name="One", modality=about.modality, primary=about.primary, how=about.how, add=["uno"]
    )
    await gym.exercises.change_aliases(ADMIN, one, add=["UNO", "one"])
    assert await on_record(database) == []
    assert await refused(gym.undo.undo(ADMIN)) is NothingToUndoError
    async with database.reading() as session:
        assert not (await session.get_one(Exercise, one)).is_edited, "seeding would leave it alone from now on"


async def test_an_edit_is_made_whole_or_not_at_all(database: Database, gym: Gym, everybody: None) -> None:
    one, two = [await add_exercise(database, name, aliases=[f"{name} a"]) for name in ("One", "Two")]
    before = await gym.exercises.get(ADMIN, one)
    for refusing in (
        gym.exercises.change(ADMIN, one, name="two", how="Push."),
        gym.exercises.change_aliases(ADMIN, one, add=["fine", "Two a"], remove=["One a"]),
    ):
        assert await refused(refusing) is NameTakenError
    assert await refused(gym.exercises.change_aliases(ADMIN, one, add=["fine"], remove=["404"])) is NotFoundError
    assert await gym.exercises.get(ADMIN, one) == before
    assert await refused(gym.exercises.change(ADMIN, one, how="Push.", add=["fine"], remove=["404"])) is NotFoundError
    assert await gym.exercises.get(ADMIN, one) == before
    renamed = await gym.exercises.change(ADMIN, one, name="First", add=["One", "first"], remove=["One a"])
    assert (renamed.name, renamed.aliases) == ("First", ("One",))
    changed = await gym.exercises.change_aliases(ADMIN, two, add=["x", "y", "two"], remove=["two A"])
    assert changed.aliases == ("x", "y")


async def test_the_record_is_read_page_by_page_with_the_names_of_today(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = await add_exercise(database, "Bench")
    await gym.admins.grant(ADMIN, STRANGER)
    for number in range(PAGE_SIZE):
        await gym.exercises.rename(STRANGER, bench, f"Bench {number}")
    await gym.admins.all(STRANGER)
    async with database.writing() as session:
        await audit.note(session, None, AdminAction.IMPORTED, MONDAY_EVENING, new=3, changed=1)
    first = await gym.admins.record(ADMIN)
    rest = await gym.admins.record(ADMIN, first.acts[-1].id)
    assert (first.more, rest.more) == (True, False)
    by_the_host, renamed, *_ = first.acts
    assert (by_the_host.by, by_the_host.action, by_the_host.about) == (None, "import", {"new": 3, "changed": 1})
    assert (renamed.by, renamed.exercises) == (Person(STRANGER, f"Lifter {STRANGER}"), {bench: "Bench 9"})
    assert [act.action for act in rest.acts] == ["exercise_edit", "admin_grant"]
    assert rest.acts[-1].whom == Person(STRANGER, f"Lifter {STRANGER}")
    await leave(gym, STRANGER)
    left = await gym.admins.record(ADMIN)
    assert left.acts[1].by == Person(NOBODY, "")
    assert left.acts[1].about == {"exercise": bench, "fields": ["name"]}
    (granted,) = (await gym.admins.record(ADMIN, left.acts[-1].id)).acts[-1:]
    assert (granted.action, granted.whom) == ("admin_grant", Person(NOBODY, ""))
    assert STRANGER not in await gym.admins.former()


async def test_the_figures_count_what_there_is(database: Database, gym: Gym, everybody: None) -> None:
    bench = await add_exercise(database, "Bench")
    await add_exercise(database, "Old", archived=True)
    await add_exercise(database, "Mine", owner=LIFTER)
    await add_workout(database, performed={bench: [kg(100, 5), kg(100, 4)]})
    figures = await gym.stats.figures(ADMIN, BOT)
    assert (figures.lifters, figures.active_week, figures.active_month) == (3, 1, 1)
    assert (figures.workouts, figures.sets, figures.exercises, figures.own_exercises) == (1, 2, 1, 1)
    assert (figures.set_aside, figures.replicas) == (0, 0)
    assert [entry.action for entry in await on_record(database)] == ["stats"]
