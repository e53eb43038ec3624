"""The page's own files, read once from the package, wherever it is installed."""

from __future__ import annotations

from importlib import resources
from mimetypes import guess_type
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
"""Nothing from elsewhere is loaded, and the browser itself refuses to turn text into HTML or script."""


class PageFiles:
    """HTML, styles, scripts and pictures. All are held in memory: the page is small and read on every visit."""

    def __init__(self) -> None:
        folder = resources.files("simulator.page") / "static"
        self._contents = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}

    async def index(self, _request: Request) -> Response:
        """The page itself."""
        return self._respond("index.html")

    async def asset(self, request: Request) -> Response:
        """A file of the page; 404 for any other name."""
        return self._respond(request.path_params["name"])

    def _respond(self, name: str) -> Response:
        content = self._contents.get(name)
        if content is None:
            return Response(status_code=404)
        return Response(content, media_type=_media_type(name), headers=_HEADERS)


def _media_type(name: str) -> str | None:
    # Some systems map .js to a type that a browser refuses to run as a module.
    return "text/javascript" if name.endswith(".js") else guess_type(name)[0]
