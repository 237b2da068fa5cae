"""Clients for integrators, built from `frontend/clients/` and the schema: a Python wheel and an npm package."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from api import node
from api.failure import Failure
from api.progress import Step
from api.settings import ROOT

CLIENTS = ROOT / "frontend" / "clients"
OPERATIONS = CLIENTS / "operations"
PYTHON = CLIENTS / "python"
TYPESCRIPT = CLIENTS / "typescript"
SDL = ROOT / "schema" / "schema.graphql"
TOOLS = ROOT / ".ketu" / "tools" / "clients"
"""The generator of the Python client in an environment of its own: it wants another graphql-core than we do."""


def build_python(out: Path, step: Step) -> list[Path]:
    """A wheel and a source distribution in `out`. Raises Failure."""
    python = _tools(step)
    step.update("generate")
    folder = _fresh(ROOT / ".ketu" / "clients" / "python")
    for name in ("session.py", "README.md"):
        shutil.copy(PYTHON / name, folder)
    project = (PYTHON / "pyproject.toml").read_text()
    (folder / "pyproject.toml").write_text(project.replace('version = "0"', f'version = "{version()}"'))
    shutil.copy(SDL, folder / "schema.graphql")
    shutil.copytree(OPERATIONS, folder / "operations")
    _run(
        [python, "-c", "from ariadne_codegen.main import main; main()"], folder, "the Python client cannot be generated"
    )
    # What says that the package is typed, to type checkers.
    (folder / "ketu_client" / "py.typed").touch()
    step.update("build")
    _run([python, "-m", "hatchling", "build", "--directory", "dist"], folder, "the Python client cannot be built")
    return _moved(sorted((folder / "dist").iterdir()), out)


def build_typescript(out: Path, step: Step) -> list[Path]:
    """An npm package in `out`. Raises Failure."""
    node.install(TYPESCRIPT, step)
    with node.exclusive(TYPESCRIPT):
        step.update("generate")
        _node("@graphql-codegen/cli/esm/bin.js", "--config", "codegen.config.js")
        shutil.rmtree(TYPESCRIPT / "dist", ignore_errors=True)
        _node("typescript/bin/tsc", "--project", ".")
        step.update("pack")
        folder = _fresh(ROOT / ".ketu" / "clients" / "typescript")
        package = json.loads((TYPESCRIPT / "package.json").read_text()) | {"version": version()}
        for name in ("devDependencies", "private"):
            package.pop(name, None)
        (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n")
        for name in ("README.md", "dist"):
            copy = shutil.copytree if (TYPESCRIPT / name).is_dir() else shutil.copy
            copy(TYPESCRIPT / name, folder / name)
    shutil.copy(SDL, folder / "schema.graphql")
    shutil.copytree(OPERATIONS, folder / "operations")
    packed = node.run(folder, node.NPM, "pack", *node.NPM_OPTIONS)
    if packed.returncode != 0:
        raise Failure(f"the TypeScript client cannot be packed:\n{node.last_lines(packed)}", mend=f"mend {TYPESCRIPT}")
    return _moved(sorted(folder.glob("*.tgz")), out)


def version() -> str:
    """Ours: a client is of the version whose schema it was made from."""
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


def _tools(step: Step) -> str:
    """The interpreter of the environment in which the Python client is made."""
    lock = PYTHON / "requirements.lock"
    marker, python = TOOLS / ".installed-from", TOOLS / "bin" / "python"
    wanted = node.fingerprint([lock])
    TOOLS.mkdir(parents=True, exist_ok=True)
    with node.exclusive(TOOLS.parent):
        if not marker.is_file() or marker.read_text() != wanted:
            step.update("packages")
            uv = [sys.executable, "-m", "uv"]
            _run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(TOOLS)], ROOT, "no environment")
            install = [*uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(python), "-r", str(lock)]
            _run(install, ROOT, "the generator of the Python client cannot be installed")
            marker.write_text(wanted)
    return str(python)


def _node(script: str, *arguments: str) -> None:
    done = node.run(TYPESCRIPT, f"node_modules/{script}", *arguments)
    if done.returncode != 0:
        raise Failure(f"the TypeScript client cannot be made:\n{node.last_lines(done)}", mend=f"mend {TYPESCRIPT}")


def _run(command: list[str], folder: Path, failed: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{failed}:\n{node.last_lines(done)}", mend="see that operations fit the schema: ./ketu schema")


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _moved(files: list[Path], out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.move(file, out / file.name)) for file in files]
