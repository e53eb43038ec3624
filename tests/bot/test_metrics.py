"""What is counted, under which labels, and that nothing personal is among them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from bot.telegram_http import AiohttpRequest
from storage.database import Database
from storage.values.chat import JournalStatus, Source
from tests.bot.scripted_telegram import TOKEN, Pauses, Telegram, answers, hangs_up
from tests.support.rows import LIFTER, add_lifter


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def read(metrics: Metrics) -> dict[str, float]:
    """Each sample by its name and label values."""
    found = {}
    for family in text_string_to_metric_families(metrics.page().decode()):
        for sample in family.samples:
            found[" ".join([sample.name, *sample.labels.values()])] = sample.value
    return found


@pytest.mark.parametrize(
    ("source", "payload", "kind"),
    [
        (Source.TELEGRAM, {"update_id": 1, "message": {"text": "100x5"}}, "message"),
        (Source.TELEGRAM, {"update_id": 1, "callback_query": {}}, "callback_query"),
        (Source.TELEGRAM, {"update_id": 1, "somebody's words": {}}, "other"),
        (Source.REST, {}, "rest"),
        (Source.ANNOUNCEMENT, {}, "announcement"),
    ],
)
def test_updates_are_counted_by_kind_and_outcome(
    metrics: Metrics, source: Source, payload: dict[str, Any], kind: str
) -> None:
    metrics.ended(source, payload, JournalStatus.DONE)
    metrics.ended(source, payload, JournalStatus.SET_ASIDE)
    metrics.ended(source, payload, JournalStatus.DONE)
    assert read(metrics)[f"spotter_updates_total {kind} done"] == 2
    assert read(metrics)[f"spotter_updates_total {kind} set_aside"] == 1
    assert "words" not in metrics.page().decode()


def test_what_waits_and_how_late_reminders_are_is_told(metrics: Metrics) -> None:
    metrics.waits(5, 2)
    metrics.reminded(timedelta(seconds=3))
    metrics.refused("wrong_secret")
    with metrics.handling():
        pass
    told = read(metrics)
    assert (told["spotter_waiting_updates"], told["spotter_waiting_lanes"]) == (5, 2)
    assert told["spotter_reminder_lateness_seconds_sum"] == 3
    assert told["spotter_webhook_refusals_total wrong_secret"] == 1
    assert told["spotter_handling_seconds_count"] == 1


async def test_calls_are_counted_by_method_and_outcome_and_show_no_token(telegram: Telegram, metrics: Metrics) -> None:
    telegram.script = [answers(), answers(status=403), hangs_up, answers()]
    async with AiohttpRequest(sleep=Pauses(), metrics=metrics) as request:
        for _ in range(2):
            await request.do_request(telegram.url("sendMessage"), "POST")
        with pytest.raises(Exception, match="broke"):
            await request.do_request(telegram.url("sendMessage"), "POST")
        await request.do_request(telegram.url("documents/mine.txt"), "GET")
    told = read(metrics)
    assert told["spotter_bot_api_calls_total sendMessage 200"] == 1
    assert told["spotter_bot_api_calls_total sendMessage 403"] == 1
    assert told["spotter_bot_api_calls_total sendMessage unanswered"] == 1
    assert told["spotter_bot_api_calls_total file 200"] == 1
    page = metrics.page().decode()
    assert "mine.txt" not in page
    assert TOKEN.partition(":")[2] not in page


async def test_every_statement_is_timed(database: Database, metrics: Metrics) -> None:
    metrics.time_database(database.engine)
    await add_lifter(database, LIFTER)
    assert read(metrics)["spotter_database_seconds_count insert"] >= 1


def test_two_bots_in_one_process_count_for_themselves(metrics: Metrics) -> None:
    other = Metrics()
    metrics.refused("no_secret")
    assert "no_secret" not in other.page().decode()
