"""What is made from `frontend/`: the explorer page, and the checks of its types and of the SDL."""

import gzip
from pathlib import Path

from api import node
from api.failure import Failure
from api.progress import Step
from api.settings import ROOT

FRONTEND = ROOT / "frontend"
EXPLORER = FRONTEND / "explorer"
SDL_LINT = FRONTEND / "sdl-lint"
SDL = ROOT / "schema" / "schema.graphql"

BUILT_FROM = EXPLORER / "dist" / ".built-from"


def build(step: Step) -> None:
    """Make `frontend/explorer/dist`, which `/explorer` serves, unless its sources are as they were. Raises Failure."""
    sources = _sources(EXPLORER)
    wanted = node.fingerprint(sources)
    if BUILT_FROM.is_file() and BUILT_FROM.read_text() == wanted:
        step.note("as built before")
        return
    node.install(EXPLORER, step)
    step.update("bundle")
    with node.exclusive(EXPLORER):
        built = node.run(EXPLORER, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
        if built.returncode != 0:
            raise Failure(f"the explorer page does not build:\n{node.last_lines(built)}", mend=f"mend {EXPLORER}")
        sent = sum(_compress(file) for file in (BUILT_FROM.parent / "assets").iterdir())
        BUILT_FROM.write_text(wanted)
    step.note(f"{sent / 1000:.0f} KB to send")


def check_types(step: Step) -> None:
    """TypeScript's verdict on the explorer. Raises Failure with its lines."""
    node.install(EXPLORER, step)
    done = node.run(EXPLORER, "node_modules/typescript/bin/tsc", "--noEmit")
    if done.returncode != 0:
        raise Failure(f"the explorer's types are wrong:\n{done.stdout}{done.stderr}", mend="mend the lines named above")


def check_sdl(step: Step, sdl: Path = SDL) -> None:
    """The verdict of @graphql-eslint on an exported schema. Raises Failure, one line per broken rule."""
    if not sdl.is_file():
        raise Failure(f"{sdl} is missing", mend="write it by ./ketu schema")
    node.install(SDL_LINT, step)
    step.update("rules")
    done = node.run(SDL_LINT, "lint.js", str(sdl))
    if done.returncode != 0:
        raise Failure(f"{sdl} breaks rules:\n{done.stdout}{done.stderr}", mend="mend the declarations named above")


def _compress(file: Path) -> int:
    """Put a gzipped copy beside `file`, so that serving it costs no work; its size in bytes."""
    compressed = gzip.compress(file.read_bytes(), mtime=0)
    file.with_name(f"{file.name}.gz").write_bytes(compressed)
    return len(compressed)


def _sources(package: Path) -> list[Path]:
    top = [file for file in package.iterdir() if file.is_file()]
    return top + [file for file in (package / "src").rglob("*") if file.is_file()]
