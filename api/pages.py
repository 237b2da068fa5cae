"""A page that `./ketu frontend` has built: its files as they are served, and what every answer of it tells browsers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

CONTENT_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
# Such a name leads out of no folder, and to none of the files that keep themselves out of sight.
FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")

# Nothing leaves the page's own origin, and nothing comes to it from another one.
SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
DEVICES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{device}=()" for device in DEVICES),
}


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """The files of one page, in the folder that its build fills.

    name     as in "the explorer page"
    sources  what its policy allows beyond SOURCES, by directive
    """

    name: str
    dist: Path
    sources: Mapping[str, str]

    @property
    def index(self) -> Path:
        return self.dist / "index.html"

    def headers(self, **more: str) -> dict[str, str]:
        """Of every answer; `more` is what the policy of this one allows further, by directive with `_`."""
        sources = {**SOURCES, **self.sources}
        for directive, allowed in more.items():
            sources[directive.replace("_", "-")] += f" {allowed}"
        return {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in sources.items()), **HEADERS}

    def file(self, path: Path, headers: Mapping[str, str], *, suffix: str | None = None) -> Response:
        """The content of `path`, as the type that `suffix`, or its own, stands for."""
        media_type = CONTENT_TYPES[suffix or path.suffix]
        return FileResponse(path, media_type=media_type, headers={**self.headers(), **headers})

    def not_built(self) -> Response:
        said = f"The {self.name} is not built yet.\nBuild it with `./ketu frontend`, then reload this page.\n"
        return PlainTextResponse(said, status_code=503, headers={**self.headers(), "Cache-Control": "no-store"})

    async def asset(self, request: Request) -> Response:
        """One of the files whose names change with their content: they are kept for ever."""
        name = request.path_params["name"]
        path = self.dist / "assets" / name
        if not FILE_NAME.fullmatch(name) or path.suffix not in CONTENT_TYPES or not path.is_file():
            headers = {**self.headers(), "Cache-Control": "no-store"}
            return PlainTextResponse("No such file.\n", status_code=404, headers=headers)
        kept = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        compressed = path.with_name(f"{name}.gz")
        if "gzip" in request.headers.get("accept-encoding", "") and compressed.is_file():
            return self.file(compressed, {**kept, "Content-Encoding": "gzip"}, suffix=path.suffix)
        return self.file(path, kept)
