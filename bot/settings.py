"""What a host can set, read from the environment and `.env`, and checked before anything starts."""

from __future__ import annotations

import re
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.budget import MESSAGES_PER_SECOND
from bot.host_port import HostPort
from storage.url import DatabaseUrlError, engine_url

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes for one (https://core.telegram.org/bots/api#setwebhook)."""

_PATH = re.compile(r"[A-Za-z0-9/_.~-]*")

OWN_PATHS = ("/healthz", "/readyz", "/metrics")
"""What the HTTP server answers besides the webhook."""


class SettingsError(Exception):
    """Some settings can't be used; one line for each names the variable and what to do, and never shows its value."""


class LogFormat(StrEnum):
    """How log lines look: for people at a console, or one JSON object per line for a collector."""

    TEXT = "text"
    JSON = "json"


def _host_port(given: object) -> object:
    return HostPort.parse(given) if isinstance(given, str) else given


def _ids(given: object) -> object:
    if not isinstance(given, str):
        return given
    written = [one.strip() for one in given.split(",") if one.strip()]
    if not all(one.isascii() and one.isdigit() for one in written):
        raise ValueError("must be numeric Telegram user ids separated by commas, for example 11111111,22222222")
    return frozenset(map(int, written))


def _in_capitals(given: object) -> object:
    return given.upper() if isinstance(given, str) else given


def _in_small_letters(given: object) -> object:
    return given.lower() if isinstance(given, str) else given


class Settings(BaseSettings):
    """The environment wins over `.env`; an empty value counts as unset; a variable nobody knows is ignored."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    bot_token: SecretStr | None = None
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    database_url: str = Field(default="sqlite:///data/spotter.db", repr=False)  # may carry a password
    bot_api_url: str = "https://api.telegram.org"
    messages_per_second: int = Field(default=MESSAGES_PER_SECOND, ge=1, le=1000)
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: Annotated[HostPort | None, NoDecode, BeforeValidator(_host_port)] = None
    demo_listen: Annotated[HostPort, NoDecode, BeforeValidator(_host_port)] = HostPort("127.0.0.1", 8088)
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_in_capitals)] = (
        "INFO"
    )
    log_format: Annotated[LogFormat, BeforeValidator(_in_small_letters)] = LogFormat.TEXT

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("does not look like 123456789:AAE…; copy the whole token that @BotFather gave you")
        return token

    @field_validator("database_url")
    @classmethod
    def _is_usable(cls, url: str) -> str:
        try:
            engine_url(url)
        except DatabaseUrlError as error:
            raise ValueError(str(error)) from None
        return url

    @field_validator("bot_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not _is_web_address(url):
            raise ValueError("must be an http or https address, for example https://api.telegram.org")
        return url.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _is_where_telegram_delivers(cls, url: str | None) -> str | None:
        if url is not None and not _is_webhook_address(url):
            raise ValueError("must be an https address with a plain path, for example https://spotter.example/telegram")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret_for_telegram(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("must have 1 to 256 characters out of A-Z, a-z, 0-9, _ and -")
        return secret

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        """A complaint about several fields has no place of its own, so it names the variable itself."""
        if self.webhook_url is None and self.webhook_secret is not None:
            raise ValueError("WEBHOOK_URL: is needed with WEBHOOK_SECRET; set both for a webhook, none for polling")
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError("WEBHOOK_SECRET: is needed with WEBHOOK_URL; set both for a webhook, none for polling")
        if self.webhook_url is not None and self.listen is None:
            raise ValueError("LISTEN: is needed with WEBHOOK_URL; say where to listen, for example 127.0.0.1:8080")
        return self


def read_settings() -> Settings:
    """The settings of this process, from the environment and `.env` in the current folder. Raises SettingsError."""
    try:
        _check_env_file()
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_complaint(wrong["loc"], wrong["msg"]) for wrong in error.errors())) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env: can't be read as UTF-8 text ({type(error).__name__})") from None


def _check_env_file() -> None:
    """Raises SettingsError for a line that would be passed over, and OSError."""
    path = Path(".env")
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            wrong = next((line.original.line for line in parse_stream(lines) if line.error), None)
        if wrong is not None:
            raise SettingsError(f".env: line {wrong} can't be read; write it as NAME=value")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and not parts.query
    except ValueError:  # brackets that don't close, a port that is no number
        return False


def _is_webhook_address(url: str) -> bool:
    if not _is_web_address(url):
        return False
    parts = urlsplit(url)
    plain = not parts.fragment and "@" not in parts.netloc and bool(_PATH.fullmatch(parts.path))
    return plain and parts.path not in OWN_PATHS and (parts.scheme == "https" or _is_loopback(parts.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _complaint(place: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"{str(place[0]).upper()}: {said}" if place else said
