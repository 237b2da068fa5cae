"""The explorer page: the built files of frontend/explorer, served as they are."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.pages import BuiltPage

DIST = Path(__file__).parent.parent / "frontend" / "explorer" / "dist"

# The one style that GraphiQL's dialogs write into the page (they stop it from scrolling). The hint markers in its style
# sheet are `data:` images.
DIALOG_STYLE = "'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='"
SOURCES = {"style-src": f"'self' {DIALOG_STYLE}", "img-src": "'self' data:", "form-action": "'none'"}


def explorer_routes(dist: Path = DIST) -> list[BaseRoute]:
    """`/explorer` and its assets, read from the folder that the build fills."""
    built = BuiltPage("explorer page", dist, SOURCES)

    async def page(_: Request) -> Response:
        if not built.index.is_file():
            return built.not_built()
        return built.file(built.index, {"Cache-Control": "no-cache"})

    return [
        Route("/explorer", page),
        Route("/explorer/", page),
        Route("/explorer/assets/{name}", built.asset),
    ]
