"""Setting and removing the webhook (https://core.telegram.org/bots/api#setwebhook).

Refusals follow tdlib/telegram-bot-api, Client.cpp, `process_set_webhook_query`, and WebhookActor.cpp.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from simulator.arguments import Arguments
from simulator.described import Described
from simulator.errors import bad_request
from simulator.kinds import asked_for
from simulator.webhook import DEFAULT_CONNECTIONS, MOST_CONNECTIONS, Target
from simulator.world import World

_LONGEST_SECRET: Final = 256
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")
_PORTS: Final = (80, 88, 443, 8443)


def set_webhook(world: World, arguments: Arguments) -> Described:
    """Has updates posted to `url`; without one the webhook is removed.

    As this Telegram is a local stand-in, http and any port will do for an address of the machine itself.
    """
    if not arguments.text("url"):
        return delete_webhook(world, arguments)
    target = Target(
        _address(arguments.text("url")),
        _secret(arguments.text("secret_token")),
        min(max(arguments.whole("max_connections", DEFAULT_CONNECTIONS), 1), MOST_CONNECTIONS),
        arguments.text("ip_address"),
    )
    unchanged = target == world.webhook.target and not arguments.flag("drop_pending_updates")
    world.webhook.set(target)
    kinds = asked_for(arguments.text("allowed_updates"))
    if kinds is not None:
        world.updates.allow(kinds)
    if arguments.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.end_poll("terminated by setWebhook request")
    return Described(result=True, description="Webhook is already set" if unchanged else "Webhook was set")


def delete_webhook(world: World, arguments: Arguments) -> Described:
    """Has updates wait for getUpdates again; drops what waits if told to."""
    drops = arguments.flag("drop_pending_updates")
    if world.webhook.target is None and not drops:
        return Described(result=True, description="Webhook is already deleted")
    world.webhook.remove()
    if drops:
        world.updates.drop()
    return Described(result=True, description="Webhook was deleted")


def get_webhook_info(world: World, _arguments: Arguments) -> dict[str, Any]:
    """Where updates are posted, how many wait, and what went wrong last."""
    return world.webhook.info()


def _address(url: str) -> str:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not host:
        raise bad_request("invalid webhook URL specified")
    if _is_loopback(host):
        return url
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(given: str) -> str:
    if len(given) > _LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(given):
        raise bad_request("secret token contains unallowed characters")
    return given
