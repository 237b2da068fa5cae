"""How much the built web application sends before it shows something."""

from api import frontend, node
from api.progress import Step


def test_the_scripts_of_the_first_page_stay_below_their_limit():
    frontend.build(frontend.WEB, Step("web page"))

    done = node.run(frontend.WEB.folder, "bundle.js")

    assert done.returncode == 0, done.stdout + done.stderr
