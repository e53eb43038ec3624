from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.hosting.dockerfile import ROOT

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SETTINGS = {field.upper() for field in Settings.model_fields}


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)["services"]
    return found


def test_the_bot_is_built_from_this_checkout_and_waits_for_a_healthy_database(services: dict[str, Any]) -> None:
    bot, database = services["bot"], services["database"]
    assert bot["build"] == "."
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_the_bot_is_given_only_settings_it_knows(services: dict[str, Any]) -> None:
    assert services["bot"]["environment"].keys() <= SETTINGS


def test_only_settings_and_the_database_password_are_asked_for() -> None:
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", TEXT))
    assert asked_for <= SETTINGS | {"POSTGRES_PASSWORD"}


def test_no_secret_is_written_down_and_a_missing_one_is_named() -> None:
    for secret in ("BOT_TOKEN", "POSTGRES_PASSWORD"):
        values = re.findall(rf"^ +{secret}: (.*)$", TEXT, flags=re.MULTILINE)
        assert values
        assert all(value.startswith(f"${{{secret}:?") for value in values)


def test_the_bot_finds_the_database_it_is_started_with(services: dict[str, Any]) -> None:
    made = services["database"]["environment"]
    url = re.sub(r"\$\{POSTGRES_PASSWORD[^}]*\}", "secret", services["bot"]["environment"]["DATABASE_URL"])
    assert url == f"postgresql://{made['POSTGRES_USER']}:secret@database/{made['POSTGRES_DB']}?sslmode=disable"
    assert Settings(database_url=url).database_url == url


def test_the_database_is_kept_where_its_image_keeps_it(services: dict[str, Any]) -> None:
    (volume,) = services["database"]["volumes"]
    name, _, place = volume.partition(":")
    assert name in yaml.safe_load(TEXT)["volumes"]
    # From version 18 on, the image keeps each version in a folder of its own below this one.
    assert place == "/var/lib/postgresql"
    assert services["database"]["image"] == "postgres:18"
