"""The explorer in a real Chromium, on the product as `./ketu up --sample` starts it."""

from pathlib import Path

import pytest

from api import node
from tests.browser.conftest import BROWSER, House


@pytest.mark.usefixtures("chromium")
def test_every_journey_through_the_explorer(house: House, screenshots: Path):
    tokens = {"KETU_TOKEN": house.token_of("regional_manager"), "ADMINISTRATOR_TOKEN": house.token_of("administrator")}
    told = {"KETU_URL": house.address, "SCREENSHOTS": str(screenshots), **tokens}

    journeys = node.run(BROWSER, "--test", "explorer.test.js", **told)

    assert journeys.returncode == 0, journeys.stdout + journeys.stderr
    assert len(list(screenshots.glob("*.png"))) >= 10
