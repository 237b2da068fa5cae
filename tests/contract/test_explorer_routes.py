"""What the explorer's addresses answer: types, caching, policy, and nothing from outside its folder."""

from pathlib import Path

import pytest
from factories.page import OUTSIDE, assert_kept_for_ever, built_page, get

from api.explorer import explorer_routes

pytestmark = pytest.mark.anyio

TYPES = {
    "index-a1.js": "text/javascript; charset=utf-8",
    "index-b2.css": "text/css; charset=utf-8",
    "icon-c3.svg": "image/svg+xml",
}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built page."""
    return built_page(tmp_path, index="<!doctype html>", assets=TYPES)


@pytest.mark.parametrize("address", ["/explorer", "/explorer/"])
async def test_the_page_is_asked_for_again_each_time(dist: Path, address: str):
    answer = await get(explorer_routes(dist), address)

    assert answer.status_code == 200
    assert answer.text == "<!doctype html>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["identity", "gzip, br"])
@pytest.mark.parametrize("name", TYPES)
async def test_an_asset_has_its_type_and_is_kept_for_ever(dist: Path, name: str, encoding: str):
    await assert_kept_for_ever(explorer_routes(dist), "/explorer/assets/", name, TYPES[name], encoding)


@pytest.mark.parametrize("address", ["/explorer", "/explorer/assets/index-a1.js", "/explorer/assets/absent.js"])
async def test_every_answer_forbids_other_origins_and_inline_scripts(dist: Path, address: str):
    headers = (await get(explorer_routes(dist), address)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("name", OUTSIDE)
async def test_no_spelling_leads_out_of_the_folder(dist: Path, name: str):
    address = "/explorer/assets/" + name.format(root=dist.parent)
    answer = await get(explorer_routes(dist), address)

    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path):
    answer = await get(explorer_routes(tmp_path / "dist"), "/explorer")

    assert answer.status_code == 503
    assert "./ketu frontend" in answer.text
