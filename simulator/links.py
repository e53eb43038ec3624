"""Addresses that Telegram makes links of (tdlib/td, LinkManager.cpp, `check_link`)."""

from __future__ import annotations

from urllib.parse import urlsplit


def checked_link(address: str) -> str | None:
    """A web or Telegram address, completed as Telegram does; None for anything else."""
    try:
        url = urlsplit(address if "://" in address else f"http://{address}")
    except ValueError:
        return None
    if url.scheme == "tg":
        return address
    if url.scheme not in ("http", "https") or "." not in (url.hostname or "") or " " in url.netloc:
        return None
    return url._replace(path=url.path or "/").geturl()


def invalid_link(address: str) -> str:
    """What Telegram says about an address that is none."""
    web = address.startswith(("http://", "https://")) or "://" not in address
    return f"URL '{address}' is invalid: {'Wrong HTTP URL' if web else 'Unsupported URL protocol'}"
