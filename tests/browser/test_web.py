"""The web application in a real Chromium, as its readers meet it. The journeys: frontend/browser/web."""

import json
import os

import pytest

from api import node
from tests.browser.conftest import BROWSER, House

READERS = ("relationship_manager", "regional_manager", "auditor", "administrator", "head_office_analyst")
OTHER_CLIENTS = ("relationship_manager", "branch_manager", "service_agent")


@pytest.mark.usefixtures("chromium")
def test_every_journey_through_the_web_application(house: House):
    variables = {
        "KETU_URL": house.address,
        "KETU_PASSWORD": house.password,
        "KETU_READERS": json.dumps({role: house.holder_of(role) for role in READERS}),
        "KETU_TOKENS": json.dumps({role: house.token_of(role) for role in OTHER_CLIENTS}),
    }
    # Pictures for people to look at are taken where they are asked for.
    if folder := os.environ.get("SCREENSHOTS"):
        variables["SCREENSHOTS"] = folder

    journeys = node.run(BROWSER, "--test", "web.test.js", **variables)

    assert journeys.returncode == 0, journeys.stdout + journeys.stderr
