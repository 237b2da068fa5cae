"""A page as its build leaves it, and what its routes answer."""

import gzip
from collections.abc import Iterable
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute


def built_page(folder: Path, *, index: str, assets: Iterable[str]) -> Path:
    """The `dist` in `folder`, beside files that are no part of the page and say `secret`; an asset says its name."""
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text(index)
    for place in (folder / "secret.js", dist / ".built-from", dist / "secret.json", dist / "assets" / ".hidden.js"):
        place.write_text("secret")
    for name in assets:
        (dist / "assets" / name).write_text(name)
        (dist / "assets" / f"{name}.gz").write_bytes(gzip.compress(name.encode()))
    return dist


OUTSIDE = (
    ".hidden.js",
    "..%2F..%2Fsecret.js",
    "%2e%2e%2f%2e%2e%2fsecret.js",
    "..%2Fsecret.json",
    "..%5C.built-from",
    "%2e%2e",
    "%00.js",
    "a%0A.js",
    "",
    "{root}/secret.js",
)
"""Names of assets that lead to one of those, or nowhere; `root` is the folder around the page."""


async def get(
    routes: list[BaseRoute], address: str, *, accept: str = "*/*", encoding: str = "identity"
) -> httpx.Response:
    """What an application of these routes alone answers."""
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://ketu") as client:
        return await client.get(address, headers={"Accept": accept, "Accept-Encoding": encoding})


async def assert_kept_for_ever(routes: list[BaseRoute], folder: str, name: str, content_type: str, encoding: str):
    """An asset of a built page is answered as what it is, and nobody has to ask for it again."""
    answer = await get(routes, folder + name, encoding=encoding)

    assert answer.text == name
    assert ("content-encoding" in answer.headers) == (encoding != "identity")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == content_type
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
