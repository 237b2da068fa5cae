"""The explorer page: the built files of frontend/explorer, served as they are."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

DIST = Path(__file__).parent.parent / "frontend" / "explorer" / "dist"

NOT_BUILT = "The explorer page is not built yet.\nBuild it with `./ketu frontend`, then reload this page.\n"

CONTENT_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

# Nothing leaves the page's own origin. The hash is the one style that GraphiQL's dialogs write into the page (they stop
# it from scrolling); the hint markers in its style sheet are `data:` images.
DIALOG_STYLE = "'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {DIALOG_STYLE}",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def explorer_routes(dist: Path = DIST) -> list[BaseRoute]:
    """`/explorer` and its assets, read from the folder that the build fills."""

    async def page(_: Request) -> Response:
        index = dist / "index.html"
        if not index.is_file():
            return PlainTextResponse(NOT_BUILT, status_code=503, headers=HEADERS)
        return _file(index, {"Cache-Control": "no-cache"})

    async def asset(request: Request) -> Response:
        # The name is looked up among the files that exist, so no spelling of it leads out of the folder.
        files = {path.name: path for path in (dist / "assets").glob("*") if path.is_file()}
        name = request.path_params["name"]
        path = files.get(name)
        if path is None or path.suffix not in CONTENT_TYPES:
            return PlainTextResponse("No such file.\n", status_code=404, headers=HEADERS)
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        compressed = files.get(f"{name}.gz")
        if compressed and "gzip" in request.headers.get("accept-encoding", ""):
            return _file(compressed, {**headers, "Content-Encoding": "gzip"}, suffix=path.suffix)
        return _file(path, headers)

    return [Route("/explorer", page), Route("/explorer/", page), Route("/explorer/assets/{name}", asset)]


def _file(path: Path, headers: dict[str, str], *, suffix: str | None = None) -> FileResponse:
    media_type = CONTENT_TYPES[suffix or path.suffix]
    return FileResponse(path, media_type=media_type, headers={**HEADERS, **headers})
