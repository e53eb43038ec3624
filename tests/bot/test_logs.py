from __future__ import annotations

import json
import logging
import sys
import warnings
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog
from pydantic import SecretStr

from bot.logs import set_up_logs
from bot.settings import LogFormat

SECRET = "AAE-secret_secret_secret_secret_secr"
TOKEN = SecretStr(f"123456789:{SECRET}")


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    root.handlers = []  # or setting up would close pytest's own
    configuration = structlog.get_config()
    yield
    logging.captureWarnings(capture=False)
    sys.excepthook = hook
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**configuration)


def fail(message: str) -> None:
    raise LookupError(message)


def fail_while_lifting(weight_in_words: str) -> None:
    words = weight_in_words.upper()
    raise LookupError(str(len(words)))


def test_text_is_one_readable_line_with_level_words_and_values(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", LogFormat.TEXT, TOKEN)
    structlog.stdlib.get_logger("bot.main").info("polling began", offset=7)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "info" in line
    assert "polling began" in line
    assert "offset=7" in line


def test_json_is_one_object_per_line_even_with_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", LogFormat.JSON, TOKEN)
    try:
        fail("gone")
    except LookupError:
        structlog.stdlib.get_logger("bot.main").exception("it broke", update_id=7)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["logger"], line["update_id"]) == ("it broke", "error", "bot.main", 7)
    assert "LookupError: gone" in line["exception"]
    assert line["timestamp"].endswith("Z")


def test_what_is_bound_to_the_task_stands_in_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", LogFormat.JSON, TOKEN)
    with structlog.contextvars.bound_contextvars(update_id=7):
        logging.getLogger("somebody.else").warning("%s of %s", 1, 2)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["update_id"]) == ("1 of 2", 7)


@pytest.mark.parametrize("log_format", LogFormat)
@pytest.mark.parametrize("quoted", [TOKEN.get_secret_value(), quote(TOKEN.get_secret_value(), safe="")])
def test_the_token_stands_in_no_line_however_it_got_there(
    log_format: LogFormat, quoted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("DEBUG", log_format, TOKEN)
    url = f"https://api.telegram.org/bot{quoted}/getMe"
    log = structlog.stdlib.get_logger("bot.main")
    log.info(url, url=url, nested={"urls": [url]})
    logging.getLogger("somebody.else").error("POST %s", url, stack_info=True)
    try:
        try:
            fail(url)
        except LookupError as cause:
            raise RuntimeError(f"calling {url}") from cause
    except RuntimeError:
        log.exception("it broke")
        logging.getLogger("somebody.else").exception("it broke")
        kind, error, where = sys.exc_info()
        assert kind
        assert error
        sys.excepthook(kind, error, where)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(url, stacklevel=1)
    written = capsys.readouterr().err
    assert SECRET not in written
    assert written.count("***") >= 10
    assert "RuntimeError: calling" in written


@pytest.mark.parametrize("log_format", LogFormat)
def test_a_traceback_shows_no_values_of_local_variables(
    log_format: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("INFO", log_format, None)
    try:
        fail_while_lifting("a hundred")
    except LookupError:
        structlog.stdlib.get_logger("bot.main").exception("it broke")
    assert "A HUNDRED" not in capsys.readouterr().err


@pytest.mark.parametrize("library", ["aiohttp.access", "httpx", "telegram.ext.Application", "apscheduler.scheduler"])
def test_libraries_are_quiet_until_something_is_wrong(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG", LogFormat.TEXT, None)
    logging.getLogger(library).info("every call")
    logging.getLogger(library).warning("something is wrong")
    written = capsys.readouterr().err
    assert "every call" not in written
    assert "something is wrong" in written


@pytest.mark.parametrize("name", ["bot.main", "telegram.ext.Application"])
def test_nothing_below_the_level_is_written(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("ERROR", LogFormat.TEXT, None)
    structlog.stdlib.get_logger(name).warning("not so bad")
    structlog.stdlib.get_logger(name).error("bad")
    written = capsys.readouterr().err
    assert "not so bad" not in written
    assert "bad" in written


def test_an_interrupt_from_the_keyboard_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", LogFormat.JSON, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "uncaught" not in capsys.readouterr().err
