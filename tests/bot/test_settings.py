from __future__ import annotations

from pathlib import Path

import pytest

from bot.host_port import HostPort
from bot.settings import LogFormat, Settings, SettingsError, read_settings

TOKEN = "123456789:AAE-secret_secret_secret_secret_secr"


@pytest.fixture(autouse=True)
def empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint() -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings()
    return str(refused.value)


def test_with_nothing_set_the_bot_keeps_its_data_in_a_file_and_opens_no_port() -> None:
    settings = read_settings()
    assert settings.bot_token is None
    assert settings.admin_ids == frozenset()
    assert settings.database_url == "sqlite:///data/spotter.db"
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.messages_per_second == 30
    assert (settings.webhook_url, settings.webhook_secret) == (None, None)
    assert settings.listen is None
    assert settings.demo_listen == HostPort("127.0.0.1", 8088)
    assert (settings.log_level, settings.log_format) == ("INFO", LogFormat.TEXT)


def test_every_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "BOT_TOKEN": TOKEN,
        "ADMIN_IDS": " 11, 22,",
        "DATABASE_URL": "postgresql://spotter:pw@db/spotter?sslmode=disable",
        "BOT_API_URL": "http://127.0.0.1:8081/",
        "MESSAGES_PER_SECOND": "1000",
        "WEBHOOK_URL": "https://spotter.example/telegram/hook",
        "WEBHOOK_SECRET": "a-Z_9",
        "LISTEN": "[::1]:8080",
        "DEMO_LISTEN": "localhost:0",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "JSON",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.admin_ids == {11, 22}
    assert settings.database_url == given["DATABASE_URL"]
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.messages_per_second == 1000
    assert settings.webhook_url == given["WEBHOOK_URL"]
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "a-Z_9"
    assert settings.listen == HostPort("::1", 8080)
    assert settings.demo_listen == HostPort("localhost", 0)
    assert (settings.log_level, settings.log_format) == ("DEBUG", LogFormat.JSON)


def test_the_environment_wins_over_the_file(empty_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_environment / ".env").write_text("ADMIN_IDS=1\nLOG_LEVEL=ERROR\nSOMETHING_ELSE=3\n", encoding="utf-8")
    monkeypatch.setenv("ADMIN_IDS", "2")
    settings = read_settings()
    assert settings.admin_ids == {2}
    assert settings.log_level == "ERROR"


def test_an_empty_value_counts_as_unset(empty_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_environment / ".env").write_text(f"BOT_TOKEN={TOKEN}\nLISTEN=\n", encoding="utf-8")
    for field in Settings.model_fields:
        monkeypatch.setenv(field.upper(), "")
    settings = read_settings()
    assert settings.bot_token is not None
    assert settings == Settings(bot_token=settings.bot_token)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("BOT_TOKEN", "hunter2", "@BotFather"),
        ("BOT_TOKEN", "123456789:short-secret", "@BotFather"),
        ("ADMIN_IDS", "11,@ana", "numeric Telegram user ids"),
        ("ADMIN_IDS", "-11", "numeric Telegram user ids"),
        ("DATABASE_URL", "mysql://db", "sqlite:///"),
        ("BOT_API_URL", "api.telegram.org", "https://"),
        ("BOT_API_URL", "https://api.telegram.org:https", "https://"),
        ("BOT_API_URL", "https://[api.telegram.org", "https://"),
        ("MESSAGES_PER_SECOND", "0", "greater than or equal to 1"),
        ("MESSAGES_PER_SECOND", "1001", "less than or equal to 1000"),
        ("MESSAGES_PER_SECOND", "2.5", "valid integer"),
        ("WEBHOOK_URL", "http://spotter.example/hook", "https"),
        ("WEBHOOK_URL", "spotter.example/hook", "https"),
        ("WEBHOOK_URL", "https://spotter.example/hook#here", "https"),
        ("WEBHOOK_URL", "https://spotter.example/{hook}", "plain path"),
        ("WEBHOOK_URL", "https://user:pass@spotter.example/", "https"),
        ("WEBHOOK_URL", "https://spotter.example/metrics", "plain path"),
        ("WEBHOOK_SECRET", "with space", "1 to 256"),
        ("WEBHOOK_SECRET", "s" * 257, "1 to 256"),
        ("LISTEN", "8080", "host:port"),
        ("LISTEN", ":8080", "host:port"),
        ("LISTEN", "::1:8080", "host:port"),
        ("LISTEN", "localhost:eighty", "number"),
        ("DEMO_LISTEN", "localhost:70000", "65535"),
        ("LOG_LEVEL", "loud", "'DEBUG'"),
        ("LOG_FORMAT", "xml", "'json'"),
    ],
)
def test_a_wrong_value_gets_one_line_that_names_the_variable_and_says_what_to_do(
    name: str, value: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    line = complaint()
    assert line.startswith(f"{name}: ")
    assert advice in line
    assert "\n" not in line


WEBHOOK = {"WEBHOOK_URL": "https://spotter.example/hook", "WEBHOOK_SECRET": "secret", "LISTEN": "127.0.0.1:8080"}


@pytest.mark.parametrize("missing", WEBHOOK)
def test_what_a_webhook_lacks_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WEBHOOK.items():
        if name != missing:
            monkeypatch.setenv(name, value)
    line = complaint()
    assert line.startswith(f"{missing}: is needed with WEBHOOK_")
    assert "\n" not in line


@pytest.mark.parametrize("url", ["http://127.0.0.1:8443/hook", "http://localhost/", "http://[::1]:1234"])
def test_a_webhook_on_the_machine_itself_may_do_without_https(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**WEBHOOK, "WEBHOOK_URL": url}.items():
        monkeypatch.setenv(name, value)
    assert read_settings().webhook_url == url


def test_the_webhooks_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**WEBHOOK, "WEBHOOK_SECRET": "hush-hush"}.items():
        monkeypatch.setenv(name, value)
    assert "hush-hush" not in repr(read_settings())
    monkeypatch.setenv("WEBHOOK_SECRET", "hush-hush!")
    assert "hush-hush" not in complaint()


def test_several_wrong_values_get_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("ADMIN_IDS", "ana")
    assert [line.partition(":")[0] for line in complaint().splitlines()] == ["ADMIN_IDS", "LOG_LEVEL"]


def test_a_refused_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f"{TOKEN}!")
    assert TOKEN.partition(":")[2] not in complaint()


def test_settings_show_neither_token_nor_database_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", "postgresql://spotter:hush@db/spotter")
    shown = repr(read_settings())
    assert TOKEN not in shown
    assert "hush" not in shown


def test_a_file_that_is_no_text_is_named(empty_environment: Path) -> None:
    (empty_environment / ".env").write_bytes(b"ADMIN_IDS=\xff")
    assert complaint().startswith(".env: ")


@pytest.mark.parametrize("written", ["127.0.0.1:8080", "localhost:0", "[::1]:65535"])
def test_an_address_prints_as_it_is_written(written: str) -> None:
    assert str(HostPort.parse(written)) == written
