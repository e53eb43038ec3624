"""The day of a past workout, as lifters write it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.days import Day, read_day, read_day_asked_for

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2026-11-20", [date(2026, 11, 20)]),
        ("2026/11/20:", [date(2026, 11, 20)]),
        ("20.11.2026", [date(2026, 11, 20)]),
        ("11/20/2026", [date(2026, 11, 20)]),
        ("Fri 20 Nov 2026", [date(2026, 11, 20)]),
        ("Friday, November 20th, 2026", [date(2026, 11, 20)]),
        ("20. November 2026", [date(2026, 11, 20)]),
        ("2 Jan 26", [date(2026, 1, 2)]),
        ("Jan 2, '26", [date(2026, 1, 2)]),
        ("20–11–2026", [date(2026, 11, 20)]),
        ("today", [TODAY]),
        ("Yesterday:", [date(2026, 11, 28)]),
        ("3/4/2026", [date(2026, 4, 3), date(2026, 3, 4)]),
        ("4.4.2026", [date(2026, 4, 4)]),
        ("12/11/2026", [date(2026, 11, 12)]),  # the other way round it is still to come
        ("2026-11-30", []),
        ("2026-02-30", []),
        ("1066-10-14", []),
        ("31 Apr 2026", []),
    ],
)
def test_a_full_date_is_read_however_it_is_written(line: str, days: list[date]) -> None:
    said = read_day(line, TODAY)
    assert said is not None
    assert [day.date for day in said] == days


@pytest.mark.parametrize(
    "line",
    [
        "12.03",
        "12/3",
        "2024",
        "5/3/1",
        "100x5",
        "march",
        "Monday",
        "may 100x5",
        "21s",
        "",
        "2026-11",
        "100 5",
        "\u0663",
    ],
)
def test_what_is_no_full_date_is_none(line: str) -> None:
    assert read_day(line, TODAY) is None


def test_short_numbers_are_a_day_where_one_is_looked_for_and_may_be_meant_either_way() -> None:
    assert read_day("20.11.26", TODAY, short=True) == (Day(date(2026, 11, 20)),)
    assert read_day("29 feb", TODAY, short=True) == (Day(date(2024, 2, 29)),)
    assert read_day("1st of Dec", TODAY, short=True) == (Day(date(2025, 12, 1)),)
    assert read_day("Nov 20", TODAY, short=True) == (Day(date(2026, 11, 20)),)
    assert read_day("12.03", TODAY, short=True) == (Day(date(2026, 3, 12)), Day(date(2025, 12, 3)))
    assert read_day("31.12.", TODAY, short=True) == (Day(date(2025, 12, 31)),)
    assert read_day("5/3/1", TODAY, short=True) is None


@pytest.mark.parametrize(
    ("line", "began", "ended"),
    [
        ("2026-11-20 18:30", time(18, 30), None),
        ("20 Nov 2026, 18:30 - 19:45", time(18, 30), time(19, 45)),
        ("Nov 20, 2026 at 6:30 PM", time(18, 30), None),
        ("2026-11-20 11am-12:15 p.m.", time(11), time(12, 15)),
        ("yesterday at 7.05", time(7, 5), None),
    ],
)
def test_it_may_say_when_the_workout_began_and_ended(line: str, began: time, ended: time | None) -> None:
    assert [(day.began, day.ended) for day in read_day(line, TODAY) or ()] == [(began, ended)]


def test_a_time_that_no_clock_shows_makes_it_no_day_that_can_be() -> None:
    assert read_day("2026-11-20 25:00", TODAY) == ()
    assert read_day("2026-11-20 13:00 pm", TODAY) == ()


def test_it_lasts_from_its_times_by_the_lifters_clock_and_past_midnight() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert Day(date(2026, 11, 20), time(23, 30), time(0, 15)).span(berlin) == (
        datetime(2026, 11, 20, 22, 30, tzinfo=UTC),
        datetime(2026, 11, 20, 23, 15, tzinfo=UTC),
    )
    skipped = Day(date(2024, 3, 31), time(2, 30), time(3, 15)).span(berlin)
    assert skipped[0] <= skipped[1]
    noon = datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert Day(date(2026, 7, 1)).span(berlin) == (noon, noon)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Friday", [date(2026, 11, 27)]),
        ("on thurs, at 18:30", [date(2026, 11, 26)]),
        ("last mon.", [date(2026, 11, 23)]),
        ("Sunday", [date(2026, 11, 29), date(2026, 11, 22)]),
        ("last Sunday", [date(2026, 11, 22)]),
        ("2 days ago", [date(2026, 11, 27)]),
        ("a week ago", [date(2026, 11, 22)]),
        ("three weeks ago", [date(2026, 11, 8)]),
        ("the day before yesterday", [date(2026, 11, 27)]),
        ("yesterday", [date(2026, 11, 28)]),
        ("20 Nov", [date(2026, 11, 20)]),
    ],
)
def test_who_is_asked_for_a_day_may_tell_it_from_today_on(line: str, days: list[date]) -> None:
    assert [day.date for day in read_day_asked_for(line, TODAY) or ()] == days


def test_when_it_was_may_stand_behind_such_a_day() -> None:
    said = Day(date(2026, 11, 27), time(18, 30), time(19, 45))
    assert read_day_asked_for("last friday 18:30-19:45", TODAY) == (said,)


@pytest.mark.parametrize("line", ["friday bench", "3 weeks", "8 days 100x5", "100x5", "sunny", "ago", "0x5"])
def test_what_tells_no_day_is_none_where_one_is_asked_for(line: str) -> None:
    assert read_day_asked_for(line, TODAY) is None


@given(
    st.dates(date(1970, 1, 1), TODAY),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    st.data(),
)
def test_what_is_printed_reads_back_as_that_day(day: date, began: time | None, data: st.DataObject) -> None:
    ended = data.draw(st.sampled_from([None, began]))
    said = Day(day, began, ended)
    assert read_day(str(said), TODAY) == (said,)


@given(st.text(max_size=40))
def test_no_text_breaks_it(line: str) -> None:
    for day in read_day_asked_for(line, TODAY) or ():
        assert day.date <= TODAY
