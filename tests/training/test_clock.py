from datetime import UTC, datetime

from training.clock import utc_now


def test_the_time_is_the_machines_and_says_that_it_is_utc() -> None:
    before = datetime.now(UTC)
    assert before <= utc_now() <= datetime.now(UTC)
    assert utc_now().tzinfo is UTC
