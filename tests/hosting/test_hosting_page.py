"""The page for hosts names commands, settings and files that exist."""

from __future__ import annotations

import re

import pytest

from bot import ending, http_server, webhook
from bot.command_line import main
from bot.settings import Settings
from tests.hosting.dockerfile import ROOT

PAGE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"python -m bot (\w+(?: retry)?)", PAGE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_on_the_page_is_one(command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0


def test_backup_and_the_journal_are_on_the_page() -> None:
    assert {"backup", "restore", "move", "journal", "journal retry"} <= set(COMMANDS)


def test_every_setting_on_the_page_is_one() -> None:
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)(?:=[^`]*)?`", PAGE))
    others = {"REPLICAS", "WEBHOOK_HOST", "POSTGRES_PASSWORD", "POST", "SIGTERM", "LISTEN", "HTTP_PROXY"}
    assert named <= {field.upper() for field in Settings.model_fields} | others


def test_every_file_and_section_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^):]+)\)", PAGE)
    sections = {"#" + heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.*)$", PAGE, re.MULTILINE)}
    assert [link for link in links if link not in sections and not (ROOT / "docs" / link).is_file()] == []


def test_what_a_proxy_is_told_is_what_the_bot_does() -> None:
    assert f"less than {http_server.KEPT_OPEN} seconds" in PAGE
    assert f"a body of {webhook.LARGEST_BODY >> 20} MiB" in PAGE
    assert ending.IN_ALL < 10
    assert "after ten at the latest" in " ".join(PAGE.split())
