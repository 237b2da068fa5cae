"""What the explorer's addresses answer: types, caching, policy, and nothing from outside its folder."""

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from api.explorer import explorer_routes

pytestmark = pytest.mark.anyio


async def get(dist: Path, address: str, *, encoding: str = "identity") -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=explorer_routes(dist)))
    async with httpx.AsyncClient(transport=transport, base_url="http://ketu") as client:
        return await client.get(address, headers={"Accept-Encoding": encoding})


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built page, beside a file that is not part of it."""
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "dist" / ".built-from").write_text("secret")
    (tmp_path / "dist" / "index.html").write_text("<!doctype html>")
    for name in ("index-a1.js", "index-b2.css", "icon-c3.svg"):
        (assets / name).write_text(name)
        (assets / f"{name}.gz").write_bytes(gzip.compress(name.encode()))
    return tmp_path / "dist"


@pytest.mark.parametrize("address", ["/explorer", "/explorer/"])
async def test_the_page_is_asked_for_again_each_time(dist: Path, address: str):
    answer = await get(dist, address)

    assert answer.status_code == 200
    assert answer.text == "<!doctype html>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["identity", "gzip, br"])
@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("index-a1.js", "text/javascript; charset=utf-8"),
        ("index-b2.css", "text/css; charset=utf-8"),
        ("icon-c3.svg", "image/svg+xml"),
    ],
)
async def test_an_asset_has_its_type_and_is_kept_for_ever(dist: Path, name: str, content_type: str, encoding: str):
    answer = await get(dist, f"/explorer/assets/{name}", encoding=encoding)

    assert answer.text == name
    assert ("content-encoding" in answer.headers) == (encoding != "identity")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == content_type
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("address", ["/explorer", "/explorer/assets/index-a1.js", "/explorer/assets/absent.js"])
async def test_every_answer_forbids_other_origins_and_inline_scripts(dist: Path, address: str):
    headers = (await get(dist, address)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "name",
    [
        "..%2F..%2Fsecret.txt",
        "%2e%2e%2f%2e%2e%2fsecret.txt",
        "..%5C.built-from",
        "%2e%2e",
        "%00",
        "",
        "{root}/secret.txt",
    ],
)
async def test_no_spelling_leads_out_of_the_folder(dist: Path, name: str):
    address = "/explorer/assets/" + name.format(root=dist.parent)
    answer = await get(dist, address)

    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path):
    answer = await get(tmp_path / "dist", "/explorer")

    assert answer.status_code == 503
    assert "./ketu frontend" in answer.text
