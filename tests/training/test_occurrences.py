"""When a weekly time comes, where clocks are put forward and back, and what is quiet."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.occurrences import Quiet, minute_of, next_time, quiet_until, read_hour, read_span, read_time, weeks_before

MONDAY, TUESDAY, SUNDAY = 0, 1, 6


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.parametrize(
    ("zone", "weekday", "time", "after", "expected"),
    [
        # An evening stays an evening: over the change the same time by the clock is another one in UTC.
        ("Europe/Berlin", SUNDAY, "18:00", "2026-03-23 00:00", "2026-03-29 16:00"),
        ("Europe/Berlin", SUNDAY, "18:00", "2026-03-22 17:00", "2026-03-29 16:00"),
        ("Europe/Berlin", SUNDAY, "18:00", "2026-10-18 16:00", "2026-10-25 17:00"),
        ("America/New_York", SUNDAY, "18:00", "2026-03-01 23:00", "2026-03-08 22:00"),
        ("America/New_York", SUNDAY, "18:00", "2026-10-25 22:00", "2026-11-01 23:00"),
        ("Australia/Lord_Howe", SUNDAY, "18:00", "2026-03-29 07:00", "2026-04-05 07:30"),
        ("Australia/Lord_Howe", SUNDAY, "18:00", "2026-09-27 07:30", "2026-10-04 07:00"),
        # What the clock skips comes as much later as it is put forward: 03:30, 03:30 and 02:45.
        ("Europe/Berlin", SUNDAY, "02:30", "2026-03-28 12:00", "2026-03-29 01:30"),
        ("America/New_York", SUNDAY, "02:30", "2026-03-07 12:00", "2026-03-08 07:30"),
        ("Australia/Lord_Howe", SUNDAY, "02:15", "2026-10-03 00:00", "2026-10-03 15:45"),
        # What it shows twice comes once, the first time.
        ("Europe/Berlin", SUNDAY, "02:30", "2026-10-24 12:00", "2026-10-25 00:30"),
        ("Europe/Berlin", SUNDAY, "02:30", "2026-10-25 00:30", "2026-11-01 01:30"),
        ("Europe/Berlin", SUNDAY, "02:45", "2026-10-25 01:15", "2026-11-01 01:45"),
        ("America/New_York", SUNDAY, "01:30", "2026-10-31 12:00", "2026-11-01 05:30"),
        ("America/New_York", SUNDAY, "01:30", "2026-11-01 05:30", "2026-11-08 06:30"),
        ("Australia/Lord_Howe", SUNDAY, "01:45", "2026-04-04 00:00", "2026-04-04 14:45"),
        ("Australia/Lord_Howe", SUNDAY, "01:45", "2026-04-04 14:45", "2026-04-11 15:15"),
        # The day is the zone's, not that of UTC.
        ("Pacific/Auckland", TUESDAY, "06:00", "2026-01-05 10:00", "2026-01-05 17:00"),
        ("UTC", MONDAY, "18:00", "2026-01-05 17:59", "2026-01-05 18:00"),
        ("UTC", MONDAY, "18:00", "2026-01-05 18:00", "2026-01-12 18:00"),
    ],
)
def test_a_time_of_the_week_comes_by_the_clock_of_the_zone(
    zone: str, weekday: int, time: str, after: str, expected: str
) -> None:
    assert next_time(ZoneInfo(zone), weekday, minute(time), at(after)) == at(expected)


@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "UTC"]),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 -- made aware below
)
def test_it_comes_once_a_week_on_its_day_and_shows_its_time_unless_that_is_skipped(
    name: str, weekday: int, time: int, naive: datetime
) -> None:
    zone, after = ZoneInfo(name), naive.replace(tzinfo=UTC)
    first = next_time(zone, weekday, time, after)
    second = next_time(zone, weekday, time, first)
    assert timedelta(0) < first - after <= timedelta(days=7, hours=1)
    assert abs(second - first - timedelta(days=7)) <= timedelta(hours=1)
    for moment in (first, second):
        local = moment.astimezone(zone)
        assert local.weekday() == weekday
        assert minute_of(local) in {time, time + 30, time + 60}


@pytest.mark.parametrize(
    ("quiet", "time", "holds"),
    [
        (Quiet(minute("22:00"), minute("07:00")), "21:59", False),
        (Quiet(minute("22:00"), minute("07:00")), "22:00", True),
        (Quiet(minute("22:00"), minute("07:00")), "06:59", True),
        (Quiet(minute("22:00"), minute("07:00")), "07:00", False),
        (Quiet(minute("12:00"), minute("13:00")), "11:59", False),
        (Quiet(minute("12:00"), minute("13:00")), "12:00", True),
        (Quiet(minute("12:00"), minute("13:00")), "13:00", False),
    ],
)
def test_quiet_hours_begin_at_their_beginning_and_are_over_at_their_end(quiet: Quiet, time: str, holds: bool) -> None:
    assert quiet.holds_at(minute(time)) is holds


@pytest.mark.parametrize(
    ("zone", "quiet", "moment", "until"),
    [
        ("Europe/Berlin", ("22:00", "07:00"), "2026-01-05 22:30", "2026-01-06 06:00"),
        ("Europe/Berlin", ("22:00", "07:00"), "2026-03-28 23:30", "2026-03-29 05:00"),
        ("Europe/Berlin", ("22:00", "07:00"), "2026-10-25 05:30", "2026-10-25 06:00"),
        ("Europe/Berlin", ("22:00", "07:00"), "2026-01-05 06:00", None),
        # Half past two comes twice that night: seen from between them the second ends it.
        ("Europe/Berlin", ("22:00", "02:30"), "2026-10-25 01:15", "2026-10-25 01:30"),
        ("UTC", ("12:00", "13:00"), "2026-01-05 12:10", "2026-01-05 13:00"),
    ],
)
def test_when_quiet_hours_end(zone: str, quiet: tuple[str, str], moment: str, until: str | None) -> None:
    hours = Quiet(*map(minute, quiet))
    assert quiet_until(ZoneInfo(zone), hours, at(moment)) == (None if until is None else at(until))
    assert quiet_until(ZoneInfo(zone), None, at(moment)) is None


def test_a_week_ago_is_the_same_time_by_the_clock() -> None:
    assert weeks_before(ZoneInfo("Europe/Berlin"), at("2026-03-29 17:00"), 1) == at("2026-03-22 18:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:30", "18:30"),
        (" 6:05 ", "06:05"),
        ("6pm", "18:00"),
        ("6.30 p.m.", "18:30"),
        ("12 am", "00:00"),
        ("12:15PM", "12:15"),
        ("18", None),
        ("18.30", None),
        ("24:00", None),
        ("12:60", None),
        ("13pm", None),
        ("0am", None),
        ("100x5", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it_and_a_number_alone_is_none(text: str, expected: str | None) -> None:
    assert read_time(text) == (None if expected is None else minute(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("6", "06:00"), (" 06 ", "06:00"), ("0", "00:00"), ("23", "23:00"), ("24", None), ("²", None)],
)
def test_a_number_alone_may_be_an_hour(text: str, expected: str | None) -> None:
    assert read_hour(text) == (None if expected is None else minute(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-7:00", ("22:00", "07:00")),
        ("10pm – 6:30am", ("22:00", "06:30")),
        ("22:00 to 06:00", ("22:00", "06:00")),
        ("22:00", None),
        ("7:00-7:00", None),
        ("25:00-7:00", None),
        ("12-8", None),
    ],
)
def test_a_span_is_two_such_times(text: str, expected: tuple[str, str] | None) -> None:
    assert read_span(text) == (None if expected is None else Quiet(*map(minute, expected)))
