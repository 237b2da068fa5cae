"""What is made from `frontend/`: the pages, and the checks of their sources and of the SDL."""

import gzip
import shutil
from dataclasses import dataclass
from pathlib import Path

from api import node
from api.failure import Failure
from api.progress import Step
from api.settings import ROOT

FRONTEND = ROOT / "frontend"
SDL_LINT = FRONTEND / "sdl-lint"
SDL = ROOT / "schema" / "schema.graphql"

BUILT_FROM = ".built-from"
"""In the folder of a built page: what it was built from."""


@dataclass(frozen=True, slots=True)
class Page:
    """The package of a page.

    generated  a folder of sources that are written from the others and from the SDL; with it comes the manifest of the
               documents that the page asks for
    """

    name: str
    folder: Path
    generated: Path | None = None

    @property
    def title(self) -> str:
        return self.name.capitalize()

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    @property
    def has_lint(self) -> bool:
        return (self.folder / ".oxlintrc.json").is_file()

    def sources(self) -> list[Path]:
        """Everything that it is made from."""
        top = [file for file in self.folder.iterdir() if file.is_file()]
        below = [file for file in (self.folder / "src").rglob("*") if file.is_file()]
        if self.generated is None:
            return top + below
        return [SDL, *top, *(file for file in below if not file.is_relative_to(self.generated))]


EXPLORER = Page("explorer page", FRONTEND / "explorer")
WEB = Page("web page", FRONTEND / "web", FRONTEND / "web" / "src" / "graph" / "generated")
PAGES = (WEB, EXPLORER)


def build(page: Page, step: Step) -> None:
    """Make the `dist` of a page, which the API serves, unless its sources are as they were. Raises Failure."""
    wanted = node.fingerprint(page.sources())
    if _is_built(page, wanted):
        step.note("as built before")
        return
    prepare(page, step)
    step.update("bundle")
    with node.exclusive(page.folder):
        # Another process may have been first, and serve what a second build would take away.
        if _is_built(page, wanted):
            return
        built = node.run(page.folder, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
        if built.returncode != 0:
            raise Failure(f"the {page.name} does not build:\n{node.last_lines(built)}", mend=f"mend {page.folder}")
        sent = sum(_compress(file) for file in list((page.dist / "assets").iterdir()))
        if page.generated:
            shutil.copyfile(page.generated / "persisted-documents.json", page.dist / "documents.json")
        (page.dist / BUILT_FROM).write_text(wanted)
    step.note(f"{sent / 1000:.0f} KB to send")


def prepare(page: Page, step: Step) -> None:
    """Install the packages of a page, and write its generated sources unless they are as they were. Raises Failure."""
    node.install(page.folder, step)
    if page.generated is None:
        return
    with node.exclusive(page.folder):
        # In another folder than what it tells of, so that it tells of changes by other hands as well.
        generated_from = page.folder / "node_modules" / ".generated-from"
        if generated_from.is_file() and generated_from.read_text() == _with_generated(page, page.generated):
            return
        step.update("types of documents")
        done = node.run(page.folder, "node_modules/@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.ts")
        if done.returncode != 0:
            raise Failure(
                f"the documents of the {page.name} do not fit {SDL}:\n{node.last_lines(done, 60)}",
                mend="correct the documents, or write the SDL anew by ./ketu schema",
            )
        generated_from.write_text(_with_generated(page, page.generated))


def check_types(page: Page, step: Step) -> None:
    """TypeScript's verdict on a page. Raises Failure with its lines."""
    prepare(page, step)
    done = node.run(page.folder, "node_modules/typescript/bin/tsc", "--noEmit")
    if done.returncode != 0:
        raise Failure(
            f"the {page.name}'s types are wrong:\n{done.stdout}{done.stderr}", mend="mend the lines named above"
        )


def check_lint(page: Page, step: Step) -> None:
    """oxlint's verdict on a page. Raises Failure with its lines."""
    prepare(page, step)
    step.update("rules")
    done = node.run(page.folder, "node_modules/oxlint/bin/oxlint", "--deny-warnings")
    if done.returncode != 0:
        raise Failure(f"the {page.name} breaks rules:\n{done.stdout}{done.stderr}", mend="mend the lines named above")


def check_sdl(step: Step, sdl: Path = SDL) -> None:
    """The verdict of @graphql-eslint on an exported schema. Raises Failure, one line per broken rule."""
    if not sdl.is_file():
        raise Failure(f"{sdl} is missing", mend="write it by ./ketu schema")
    node.install(SDL_LINT, step)
    step.update("rules")
    done = node.run(SDL_LINT, "lint.js", str(sdl))
    if done.returncode != 0:
        raise Failure(f"{sdl} breaks rules:\n{done.stdout}{done.stderr}", mend="mend the declarations named above")


def _is_built(page: Page, wanted: str) -> bool:
    built_from = page.dist / BUILT_FROM
    return built_from.is_file() and built_from.read_text() == wanted


def _with_generated(page: Page, generated: Path) -> str:
    return node.fingerprint([*page.sources(), *(file for file in generated.rglob("*") if file.is_file())])


def _compress(file: Path) -> int:
    """Put a gzipped copy beside `file`, so that serving it costs no work; its size in bytes."""
    compressed = gzip.compress(file.read_bytes(), mtime=0)
    file.with_name(f"{file.name}.gz").write_bytes(compressed)
    return len(compressed)
