"""Time zones, chosen by the time that it is there or by a city."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.clock import FakeClock
from training.zones import MOST_FOUND, Zones, city_of, known_zones

SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def summer() -> FakeClock:
    clock = FakeClock()
    clock.advance(SUMMER - clock())
    return clock


def test_the_times_are_few_and_each_comes_once_from_west_to_east(summer: FakeClock) -> None:
    times = Zones(summer).times()
    offsets = [each.offset for each in times]
    assert offsets == sorted(set(offsets))
    assert 25 <= len(offsets) <= 48
    assert {each.offset: f"{each.now:%H:%M}" for each in times}[120] == "14:00"


def test_every_time_leads_to_zones_in_which_it_is_that_late(summer: FakeClock) -> None:
    zones = Zones(summer)
    for each in zones.times():
        found = zones.at(each.offset)
        assert found
        assert all(zones.local(zone) == each.now and zones.local(zone).hour == each.now.hour for zone in found)
    assert zones.at(17) == ()


def test_what_is_offered_can_be_chosen(summer: FakeClock) -> None:
    zones = Zones(summer)
    assert {zone for each in zones.times() for zone in zones.at(each.offset)} <= known_zones()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
        ("São Paulo", "America/Sao_Paulo"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
    ],
)
def test_a_city_is_found_whatever_its_case_and_accents(summer: FakeClock, text: str, zone: str) -> None:
    assert Zones(summer).find(text)[0] == zone


def test_the_beginning_of_a_city_will_do(summer: FakeClock) -> None:
    assert "Europe/Amsterdam" in Zones(summer).find("amst")


def test_a_time_finds_the_zones_where_it_is_that_late(summer: FakeClock) -> None:
    found = Zones(summer).find("14:03")
    assert "Europe/Berlin" in found
    assert len(found) <= MOST_FOUND


def test_time_goes_round_at_midnight() -> None:
    clock = FakeClock()
    clock.advance(datetime(2026, 1, 5, 23, 58, tzinfo=UTC) - clock())
    assert "Europe/London" in Zones(clock).find("0:02")


@pytest.mark.parametrize("text", ["", "x", "100x5", "Atlantis", "25:00", "💪", "<b>", "localtime", "../etc/passwd"])
def test_what_is_no_place_finds_nothing(summer: FakeClock, text: str) -> None:
    assert Zones(summer).find(text) == ()


def test_the_time_follows_the_season(summer: FakeClock) -> None:
    zones = Zones(summer)
    assert zones.local("Europe/Berlin").hour == 14
    summer.advance(timedelta(days=180))
    assert zones.local("Europe/Berlin").hour == 13


def test_a_city_is_shown_as_people_write_it() -> None:
    assert city_of("America/Argentina/Buenos_Aires") == "Buenos Aires"
