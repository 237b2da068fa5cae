"""The web application's addresses: its page under a policy of its own each time, its assets, and the API as it was."""

import re
from functools import partial
from pathlib import Path

import httpx
import pytest
from factories.api import OK, serving, settings, signed_in
from factories.page import OUTSIDE, assert_kept_for_ever, built_page, get

from api.app import create_app
from api.web import web_routes

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

OPENED = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
"""What browsers accept where an address is opened."""
INDEX = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__">p {}</style>'
TYPES = {
    "index-a1.js": "text/javascript; charset=utf-8",
    "index-b2.css": "text/css; charset=utf-8",
    "icon-c3.svg": "image/svg+xml",
    "latin-d4.woff2": "font/woff2",
    "china-e5.json": "application/json",
}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built page."""
    return built_page(tmp_path, index=INDEX, assets=TYPES)


async def opened(dist: Path, address: str) -> httpx.Response:
    """What a browser is answered when an address is opened."""
    return await get(web_routes(dist), address, accept=OPENED)


def policy(answer: httpx.Response) -> dict[str, str]:
    """What it allows, by directive."""
    return dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))


@pytest.mark.parametrize("address", ["/", "/customers", "/customers/cus_1", "/customers/", "/a/b.c?d=e", "/authors"])
async def test_the_page_is_at_each_of_its_addresses(dist: Path, address: str):
    answer = await opened(dist, address)

    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


async def test_each_answer_has_a_nonce_of_its_own_in_page_and_policy(dist: Path):
    answers = [await opened(dist, "/") for _ in range(3)]
    said = [set(re.findall(r'nonce="([^"]+)"', answer.text)) for answer in answers]

    assert [policy(answer)["style-src"] for answer in answers] == [f"'self' 'nonce-{nonce}'" for (nonce,) in said]
    assert len(set().union(*said)) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,}", nonce) for (nonce,) in said)
    assert not any("__CSP_NONCE__" in answer.text for answer in answers)


async def test_the_whole_policy(dist: Path):
    answer = await opened(dist, "/")

    assert policy(answer) | {"style-src": ""} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("address", ["/", "/assets/index-a1.js", "/assets/absent.js"])
async def test_every_answer_has_a_policy_and_keeps_to_itself(dist: Path, address: str):
    headers = (await opened(dist, address)).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(headers["permissions-policy"].split(", "))


@pytest.mark.parametrize("encoding", ["identity", "gzip, br"])
@pytest.mark.parametrize("name", TYPES)
async def test_an_asset_has_its_type_and_is_kept_for_ever(dist: Path, name: str, encoding: str):
    await assert_kept_for_ever(web_routes(dist), "/assets/", name, TYPES[name], encoding)


@pytest.mark.parametrize("name", [*OUTSIDE, "absent.js", "folder/absent.js", "index-a1.js.gz"])
async def test_what_is_no_asset_is_neither_the_page_nor_another_file(dist: Path, name: str):
    answer = await opened(dist, "/assets/" + name.format(root=dist.parent))

    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "<!doctype" not in answer.text
    assert "immutable" not in answer.headers.get("cache-control", "")


async def test_only_what_a_browser_opens_is_the_page(dist: Path):
    assert (await get(web_routes(dist), "/")).status_code == 200
    assert (await get(web_routes(dist), "/favicon.ico", accept="image/avif,image/webp,*/*;q=0.8")).status_code == 404
    assert (await get(web_routes(dist), "/grapqhl", accept="application/json, */*")).status_code == 404
    assert (await get(web_routes(dist), "/secret.json")).status_code == 404


@pytest.mark.parametrize("address", ["/", "/customers/cus_1"])
async def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path, address: str):
    answer = await opened(tmp_path / "dist", address)

    assert answer.status_code == 503
    assert "./ketu frontend" in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_api_answers_beside_it_as_it_does_without(sample_url: str, tmp_path: Path, dist: Path):
    asked = [
        ("POST", "/"),
        ("PUT", "/customers"),
        ("OPTIONS", "/"),
        ("GET", "/healthz"),
        ("GET", "/healthz/"),
        ("POST", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/graphql"),
        ("GET", "/graphql/"),
        ("GET", "/auth"),
        ("GET", "/auth/nothing"),
        ("GET", "/auth/sign-in"),
        ("GET", "/auth/jwks.json"),
        ("GET", "/explorer"),
        ("GET", "/explorer/assets/absent.js"),
        ("GET", "/explorer/nothing"),
    ]
    answers: dict[bool, list[tuple[int, str | None, str]]] = {}
    for is_on in (True, False):
        chosen = settings(sample_url, tmp_path, web=is_on, explorer=False)
        async with serving(chosen, make=partial(create_app, web_dist=dist)) as api:
            said = [await api.client.request(method, path, headers={"accept": OPENED}) for method, path in asked]
            answers[is_on] = [(each.status_code, each.headers.get("location"), each.text[:9]) for each in said]
            queried = await api.client.post("/graphql", json={"query": OK}, headers=signed_in("analyst"))
            assert queried.json()["data"] == {"viewer": {"username": "analyst"}}
            assert (await api.client.get("/metrics", headers={"accept": OPENED})).text.startswith("# HELP")
            page = await api.client.get("/customers/cus_1", headers={"accept": OPENED})
            assert page.status_code == (200 if is_on else 404)

    assert answers[True] == answers[False]
    assert answers[True][0][0] == 404
