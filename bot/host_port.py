"""Where a server listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class HostPort:
    """An address to listen at. Port 0 lets the system choose."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `127.0.0.1:8080`, `localhost:8080` or `[::1]:8080`. Raises ValueError saying what to write."""
        host, colon, port = text.strip().rpartition(":")
        bracketed = host.startswith("[") and host.endswith("]")
        if not colon or not host or (":" in host and not bracketed):
            raise ValueError("write it as host:port, for example 127.0.0.1:8080")
        if not (port.isascii() and port.isdigit() and int(port) <= _HIGHEST_PORT):
            raise ValueError(f"the port must be a number up to {_HIGHEST_PORT}, for example 127.0.0.1:8080")
        return cls(host[1:-1] if bracketed else host, int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
