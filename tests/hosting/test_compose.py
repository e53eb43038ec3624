from __future__ import annotations

import asyncio
import re
import sys
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.http_server import KEPT_OPEN
from bot.settings import Settings
from bot.webhook import LARGEST_BODY
from tests.hosting.caddyfile import Directive, parsed
from tests.hosting.dockerfile import ROOT, all_of, environment, stages

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
_, IMAGE = stages()
SETTINGS = {field.upper() for field in Settings.model_fields}
BOTS = ["simple", "bot"]
OURS = [*BOTS, "balancer"]


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)["services"]
    return found


@pytest.fixture
def site() -> Directive:
    """What the balancer does for the host that Telegram delivers to."""
    return parsed((ROOT / "Caddyfile").read_text(encoding="utf-8")).one("{$WEBHOOK_HOST}")


def seconds(written: str) -> float:
    """A duration as compose and Caddy write it."""
    number, unit = re.fullmatch(r"(\d+)(m?s|m)", written).groups()  # type: ignore[union-attr] # what doesn't fit fails
    return float(number) * {"ms": 0.001, "s": 1, "m": 60}[unit]


@pytest.mark.parametrize("bot", BOTS)
def test_each_bot_is_built_from_this_checkout_and_given_only_settings_it_knows(
    services: dict[str, Any], bot: str
) -> None:
    assert services[bot]["build"] == "."
    assert services[bot]["environment"].keys() <= SETTINGS


@pytest.mark.parametrize(
    ("bot", "of_no_use"), [("simple", {"DATABASE_URL", "WEBHOOK_URL", "WEBHOOK_SECRET"}), ("bot", set())]
)
def test_whatever_a_host_may_set_reaches_a_bot_that_can_use_it(
    services: dict[str, Any], bot: str, of_no_use: set[str]
) -> None:
    assert services[bot]["environment"].keys() == SETTINGS - of_no_use - {"DEMO_LISTEN"}


def test_replicas_share_a_healthy_postgresql(services: dict[str, Any]) -> None:
    bot, database = services["bot"], services["database"]
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert "@database/spotter" in bot["environment"]["DATABASE_URL"]
    assert bot["deploy"] == {"replicas": "${REPLICAS:-1}"}
    assert "container_name" not in bot
    assert "ports" not in bot, "of several replicas only one could have it"


def test_the_simple_bot_keeps_its_file_on_a_volume_and_starts_only_when_asked_for(services: dict[str, Any]) -> None:
    simple = services["simple"]
    assert simple["profiles"] == ["simple"]
    assert "DATABASE_URL" not in simple["environment"]
    assert environment(IMAGE)["DATABASE_URL"] == "sqlite:////data/spotter.db"
    assert simple["volumes"] == ["data:/data"]
    assert "WEBHOOK_URL" not in simple["environment"]


def test_the_page_moves_the_volume_of_one_bot_to_the_database_of_the_other(services: dict[str, Any]) -> None:
    page = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    (moving,) = re.findall(r'--env DATABASE_URL="([^"]+)" \\\n    simple python -m bot move /data/spotter.db\n', page)
    password = "$(docker compose exec -T database printenv POSTGRES_PASSWORD)"
    assert moving.replace(password, "${POSTGRES_PASSWORD:-}") == services["bot"]["environment"]["DATABASE_URL"]
    assert "POSTGRES_PASSWORD" in services["database"]["environment"]


def test_nothing_is_asked_for_that_is_not_explained() -> None:
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", TEXT))
    explained = {"POSTGRES_PASSWORD", "REPLICAS", "WEBHOOK_HOST"}
    assert asked_for <= SETTINGS | explained
    introduction = TEXT.partition("x-bot:")[0]
    assert all(name in introduction for name in explained)


@pytest.mark.parametrize("service", OURS)
def test_nobody_may_more_than_needed(services: dict[str, Any], service: str) -> None:
    granted = services[service]
    assert granted["read_only"] is True
    assert granted["cap_drop"] == ["ALL"]
    assert granted.get("cap_add", []) == (["NET_BIND_SERVICE"] if service == "balancer" else [])
    assert granted["security_opt"] == ["no-new-privileges:true"]
    assert not granted.get("privileged", False)


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_is_the_user_that_the_image_made_and_never_root(services: dict[str, Any], bot: str) -> None:
    uid = services[bot]["user"].partition(":")[0]
    assert f"useradd --uid {uid} " in " ".join(one.value for one in all_of(IMAGE, "RUN"))


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_has_time_to_stop_and_no_shell_is_needed(services: dict[str, Any], bot: str) -> None:
    assert seconds(services[bot]["stop_grace_period"]) > 10
    assert services[bot]["healthcheck"]["test"][0] == "CMD"
    assert not {"command", "entrypoint"} & services[bot].keys()


@pytest.mark.parametrize("service", ["balancer", "database"])
def test_images_of_others_are_pinned_by_tag(services: dict[str, Any], service: str) -> None:
    assert re.fullmatch(r"[a-z]+:\d[\d.]*", services[service]["image"])


def test_every_volume_is_declared(services: dict[str, Any]) -> None:
    mounted = {mount.partition(":")[0] for service in services.values() for mount in service.get("volumes", [])}
    named = {name for name in mounted if not name.startswith(".")}
    assert named == set(yaml.safe_load(TEXT)["volumes"])
    assert all((ROOT / name).exists() for name in mounted - named)


@pytest.mark.parametrize(("status", "exit_code"), [(200, 0), (503, 1)])
async def test_the_health_check_says_what_readyz_says(services: dict[str, Any], status: int, exit_code: int) -> None:
    async def readyz(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/readyz", readyz)
    _, program, *arguments = services["bot"]["healthcheck"]["test"]
    assert program == "python"
    async with TestServer(app, skip_url_asserts=True) as server, asyncio.timeout(60):
        env = {"LISTEN": f"0.0.0.0:{server.port}"}
        process = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=env)
        assert await process.wait() == exit_code


def test_the_balancer_passes_on_what_telegram_posts_and_nothing_else(services: dict[str, Any], site: Directive) -> None:
    matcher = site.one("@delivery")
    assert matcher.one("method").arguments == ["POST"]
    (path,) = matcher.one("path").arguments
    assert services["bot"]["environment"]["WEBHOOK_URL"] == f"${{WEBHOOK_HOST:+https://${{WEBHOOK_HOST}}{path}}}"
    handles = [one for one in site.block if one.name == "handle"]
    assert [one.arguments for one in handles] == [["@delivery"], []]
    assert handles[1].one("respond").arguments == ["404"]


@pytest.fixture
def delivery(site: Directive) -> Directive:
    return next(one for one in site.block if one.arguments == ["@delivery"] and one.name == "handle")


def test_the_balancer_finds_every_replica(services: dict[str, Any], delivery: Directive) -> None:
    found = delivery.one("reverse_proxy", "dynamic")
    assert found.arguments == ["a"]
    assert found.one("name").arguments == ["bot"]
    assert services["bot"]["environment"]["LISTEN"].endswith(f":{found.one('port').arguments[0]}")
    assert services["balancer"]["depends_on"] == {"bot": {"condition": "service_healthy"}}


def test_the_balancer_closes_no_connection_in_use_and_waits_for_the_journal(delivery: Directive) -> None:
    transport = delivery.one("reverse_proxy", "transport")
    assert seconds(transport.one("keepalive").arguments[0]) < KEPT_OPEN
    # A bot may wait as long as this for a file that another program holds.
    assert seconds(transport.one("response_header_timeout").arguments[0]) > 10
    tries = seconds(delivery.one("reverse_proxy", "lb_try_duration").arguments[0])
    assert tries > seconds(transport.one("dial_timeout").arguments[0])


def test_the_balancer_takes_the_largest_body_that_a_bot_takes(delivery: Directive) -> None:
    (largest,) = delivery.one("request_body", "max_size").arguments
    assert int(largest.removesuffix("MB")) * 1_000_000 > LARGEST_BODY


@pytest.mark.parametrize("text", ["a {", "a {\n}\n}"])
def test_braces_that_do_not_match_are_noticed(text: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        parsed(text)
