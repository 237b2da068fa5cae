"""The web application: one page at every address of its own, each time under a policy of its own."""

import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from api.pages import BuiltPage

DIST = Path(__file__).parent.parent / "frontend" / "web" / "dist"
DOCUMENTS = "documents.json"
"""In there: the manifest of what the page asks for."""
NONCE = "__CSP_NONCE__"
"""Stands in the built page where the nonce of an answer belongs."""

# Styles that components write as they appear bear the nonce; what they place, they place by the `style` of an element.
SOURCES = {
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "form-action": "'self'",
}

OTHERS = {"assets", "auth", "explorer", "graphql", "healthz", "metrics", "readyz"}
"""First words of paths that are no addresses of the page."""


def web_routes(dist: Path = DIST) -> list[BaseRoute]:
    """The page and its assets, read from the folder that the build fills."""
    built = BuiltPage("web application's page", dist, SOURCES)

    async def page(_: Request) -> Response:
        try:
            content = built.index.read_text(encoding="utf-8")
        except FileNotFoundError:
            return built.not_built()
        nonce = secrets.token_urlsafe(16)
        headers = {**built.headers(style_src=f"'nonce-{nonce}'"), "Cache-Control": "no-store"}
        return HTMLResponse(content.replace(NONCE, nonce), headers=headers)

    return [Route("/assets/{name}", built.asset), _Addresses("/{path:path}", page)]


class _Addresses(Route):
    """Whatever a browser opens that is not the API's. To anything else the page is not there: a mistyped address of the
    API is answered by no page, and neither is a picture that is missing.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        path: str = scope["path"]
        if path.removeprefix("/").partition("/")[0] in OTHERS or not (
            path == "/" or _is_shown(Request(scope).headers.get("accept", ""))
        ):
            return Match.NONE, {}
        return super().matches(scope)


def _is_shown(accept: str) -> bool:
    """Whether the answer is for somebody to look at: browsers name HTML where an address is opened, nowhere else."""
    return any(each.partition(";")[0].strip().lower() == "text/html" for each in accept.split(","))
