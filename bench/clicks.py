"""How long a reader of the web application waits, from a click to what it shows, and where the time goes: measured by
`frontend/browser/click-to-content.js` in a Chromium.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass

import asyncpg

from api import frontend, node
from api.failure import Failure
from api.progress import step
from api.sample_password import give_sample_password, sample_password
from api.settings import Settings
from bench import servers

BROWSER = frontend.FRONTEND / "browser"
WARM_UP = 5
"""Clicks of each kind that are not counted."""
PAGE = 20
"""Customers on a page of the list; one has to follow."""

# The manager with the most customers has the longest list.
MANAGER = """
    SELECT account.username, count(*) AS customers FROM ketu.user_account AS account
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id AND held.role = 'relationship_manager'
    JOIN ketu.customer AS customer ON customer.manager_id = account.staff_id
    WHERE account.is_active GROUP BY account.id ORDER BY count(*) DESC, account.id LIMIT 1
"""


@dataclass(frozen=True)
class Waits:
    """Milliseconds from a click to its content, median and 95th percentile of each part."""

    kind: str
    clicks: int
    parts: Mapping[str, Mapping[str, float]]
    """`total`, `server`, `network`, `page`: each with `median` and `p95`."""


def measure(settings: Settings, clicks: int) -> list[Waits]:
    """As many clicks of each kind, by the manager with the most customers. Raises Failure."""
    with step("Web page") as building:
        frontend.build(frontend.WEB, building)
    with step("Browser") as installing:
        node.install(BROWSER, installing)
    give_sample_password(settings)
    password = sample_password(settings)
    if password is None:
        raise Failure("this bank has no sample password to sign in with", mend="measure on a generated bank")
    user = asyncio.run(_manager(settings, most=max(clicks + WARM_UP, PAGE)))
    with servers.api(settings) as server, step("Clicks") as clicking:
        done = node.run(
            BROWSER,
            "click-to-content.js",
            str(clicks),
            str(WARM_UP),
            KETU_URL=f"http://127.0.0.1:{server.port}",
            KETU_USER=user,
            KETU_PASSWORD=password,
        )
        if done.returncode != 0:
            raise Failure(f"the page could not be measured:\n{node.last_lines(done)}", mend="see what it says")
        clicking.note(f"as {user}")
    return [Waits(kind, told.pop("clicks"), told) for kind, told in json.loads(done.stdout).items()]


async def _manager(settings: Settings, *, most: int) -> str:
    """Who has the most customers, more than `most`: nobody is looked at twice. Raises Failure."""
    connection = await asyncpg.connect(str(settings.database_url))
    try:
        found = await connection.fetchrow(MANAGER)
    finally:
        await connection.close()
    if found is None or found["customers"] <= most:
        raise Failure(
            f"nobody here manages more than {most} customers: somebody would be clicked on twice",
            mend="measure on a larger generated bank, or with fewer --clicks",
        )
    return found["username"]
