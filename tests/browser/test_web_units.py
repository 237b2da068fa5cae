"""The tests that stand beside the web application's sources."""

from api import frontend, node
from api.progress import Step


def test_the_units_of_the_web_application():
    frontend.prepare(frontend.WEB, Step("web page"))

    done = node.run(frontend.WEB.folder, "node_modules/vitest/vitest.mjs", "run", CI="true", NO_COLOR="1")

    assert done.returncode == 0, done.stdout + done.stderr
