"""`./ketu check`: everything that can be said about the sources without running the product."""

import difflib
import subprocess
import sys
import traceback
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from api.command import Group
from api.failure import Failure
from api.progress import Step, step
from api.settings import ROOT, Settings

NAME = "check"
GROUP = Group.WORK
HELP = "Check format, lint, types, import contracts, exported schema and migrations."
EXAMPLE = "./ketu check --fix"

AT_ONCE = 2
# It has no `python -m`, and the script in .venv/bin stops working when the checkout is moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True)
class Check:
    """One check: `look` raises Failure; `--fix` runs `fix` first, where there is one."""

    name: str
    look: Callable[[Step], None]
    fix: Callable[[Step], None] | None = None


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help="mend format, lint and exported schema where a tool can")


def run(arguments: Namespace, settings: Settings) -> int:
    failed: list[str] = []
    checks = [*CHECKS, *checks_of_pages()]
    # What mends files goes one after the other; what only looks does not.
    with ThreadPoolExecutor(1 if arguments.fix else AT_ONCE) as looks:
        looking = [looks.submit(_looked, check, is_fixing=arguments.fix) for check in checks]
        for check, found in zip(checks, looking, strict=True):
            try:
                with step(check.name):
                    found.result()
            except Failure as failure:
                sys.stderr.write(f"{failure}\n")
                failed.append(check.name)
            except Exception:
                # A check that breaks must not hide what the next ones find.
                traceback.print_exc()
                failed.append(check.name)
    if failed:
        raise Failure(f"{len(failed)} of {len(checks)} checks failed: {', '.join(failed)}", mend="see each one above")
    return 0


class _Unseen(Step):
    """Of a check whose turn on the screen may not have come."""

    def update(self, so_far: str) -> None:
        pass


def _looked(check: Check, *, is_fixing: bool) -> None:
    unseen = _Unseen(check.name)
    if is_fixing and check.fix:
        check.fix(unseen)
    check.look(unseen)


def tool(*words: str, mend: str) -> Callable[[Step], None]:
    """A check by one of the installed tools: it passes when the tool ends with 0."""

    def look(_: Step) -> None:
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode != 0:
            raise Failure(done.stdout.strip(), mend=mend)

    return look


def exported_schema(_: Step) -> None:
    """schema/schema.graphql is what the types say."""
    from api.commands.schema import FILE, exported

    kept = FILE.read_text() if FILE.exists() else ""
    difference = difflib.unified_diff(kept.splitlines(), exported().splitlines(), "committed", "declared", lineterm="")
    if said := "\n".join(difference):
        raise Failure(said, mend="if the change is meant: ./ketu schema (or ./ketu check --fix), and commit the file")


def promises(_: Step) -> None:
    """What the released schema promised is kept, or was called deprecated in it."""
    from api.commands.schema import RELEASED, exported
    from api.released import broken_promises

    if said := "\n".join(broken_promises(RELEASED.read_text(), exported()) if RELEASED.exists() else ()):
        raise Failure(
            said,
            mend="keep what was there beside the new, deprecated, for a release: docs/guides/deprecate.md says how",
        )


def schema_pages(_: Step) -> None:
    """docs/schema says what the types and the glossary do."""
    from api.schema_pages import stale
    from schema.root import build_schema

    if files := stale(build_schema()):
        raise Failure(f"out of date: {', '.join(files)}", mend="./ketu schema (or ./ketu check --fix), and commit them")


def write_schema(_: Step) -> None:
    from api.commands import schema

    schema.write()


def migration_drift(_: Step) -> None:
    """A database with every migration run has the declared tables."""
    from api import migration, scratch

    with scratch.server() as server, scratch.database(server, template=scratch.migrated_template(server)) as url:
        if difference := migration.drift(Settings(database_url=url)):
            raise Failure(difference, mend="write the migration, or correct the table")


def schema_rules(looking: Step) -> None:
    """schema/schema.graphql keeps Relay's shapes, our names, and a description of everything."""
    from api import frontend

    frontend.check_sdl(looking)


def checks_of_pages() -> list[Check]:
    """The TypeScript of each page is sound; one that has rules of its own keeps them."""
    from api import frontend

    types = [Check(f"{page.title}: types", partial(frontend.check_types, page)) for page in frontend.PAGES]
    rules = [
        Check(f"{page.title}: lint", partial(frontend.check_lint, page)) for page in frontend.PAGES if page.has_lint
    ]
    return types + rules


def locks(_: Step) -> None:
    """The locked versions are ones that pyproject.toml allows."""
    from api.commands.lock import unmet

    if said := "\n".join(unmet()):
        raise Failure(said, mend="./ketu lock, and commit both locks")


CHECKS = (
    Check("Locks", locks),
    Check(
        "Format",
        tool("-m", "ruff", "format", "--check", ".", mend="./ketu check --fix"),
        fix=tool("-m", "ruff", "format", ".", mend="correct the syntax first"),
    ),
    Check(
        "Lint",
        tool("-m", "ruff", "check", ".", mend="./ketu check --fix mends some; the rest says what it wants"),
        fix=tool("-m", "ruff", "check", "--fix", "--exit-zero", ".", mend="correct the syntax first"),
    ),
    Check("Types", tool("-m", "basedpyright", mend="correct the types; cast or ignore only with the reason beside it")),
    Check("Import contracts", tool("-c", LINT_IMPORTS, mend="move the code to where the import is allowed")),
    Check("Exported schema", exported_schema, fix=write_schema),
    Check("Released schema", promises),
    Check("Schema pages", schema_pages, fix=write_schema),
    Check("Schema rules", schema_rules),
    Check("Migrations", migration_drift),
)
