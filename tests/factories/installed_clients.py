"""The clients, built and installed as integrators do it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from api import clients, node
from api.progress import Step


class Quiet(Step):
    """Says nothing."""

    def update(self, so_far: str) -> None:
        pass


@dataclass
class Bench:
    """What an integrator has on their machine."""

    python: Path
    """With the wheel installed."""
    npm: Path
    """A folder with the package, urql and a WebSocket for Node."""


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Both clients, built and installed."""
    out = tmp_path_factory.mktemp("clients")
    wheel = next(file for file in clients.build_python(out / "python", Quiet("")) if file.suffix == ".whl")
    (package,) = clients.build_typescript(out / "typescript", Quiet(""))
    environment = out / "environment"
    uv = [sys.executable, "-m", "uv"]
    python = environment / "bin" / "python"
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(environment)], check=True)
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(python), str(wheel)], check=True)
    npm = out / "npm"
    npm.mkdir()
    (npm / "package.json").write_text('{"private": true, "type": "module"}')
    wanted = ["@urql/core@^6", "graphql@^16", "graphql-ws@^6", "ws@^8", str(package)]
    installed = node.run(npm, node.NPM, "install", *node.NPM_OPTIONS, *wanted)
    assert installed.returncode == 0, installed.stderr
    return Bench(python, npm)
