"""The integrator's guide: each of its examples is run, in order, and answers what it says."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from factories.installed_clients import Bench
from factories.served import Served

from api import node
from api.settings import ROOT

GUIDE = ROOT / "docs" / "guides" / "integrate.md"
BLOCK = re.compile(r"^```(\w+)( variables)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY = "…"
SECONDS = 120


@dataclass
class Block:
    """One example, or what it answers."""

    language: str
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """In their order; variables are a language of their own."""
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found[1] + (found[2] or ""), found[3], line)


def like(shown: Any, wanted: Any) -> bool:
    """Whether something is as it is said to be; "…" stands for any text."""
    match wanted:
        case dict():
            return (
                isinstance(shown, dict)
                and list(shown) == list(wanted)
                and all(like(shown[key], value) for key, value in wanted.items())
            )
        case list():
            return isinstance(shown, list) and len(shown) == len(wanted) and all(map(like, shown, wanted))
        case str() if ANY in wanted:
            pattern = ".+".join(map(re.escape, wanted.split(ANY)))
            return isinstance(shown, str) and re.fullmatch(pattern, shown, re.DOTALL) is not None
        case _:
            return shown == wanted


def without_cost(answer: Any) -> Any:
    """The guide says once that answers tell what they cost."""
    extensions = answer.get("extensions", {})
    extensions.pop("cost", None)
    return answer if extensions else {key: value for key, value in answer.items() if key != "extensions"}


@dataclass
class Reading:
    """Somebody who follows the guide."""

    serving: Served
    bench: Bench
    folder: Path
    variables: dict[str, str]
    document: str = ""
    answered: str = ""
    wrong: list[str] = field(default_factory=list)

    def follow(self, block: Block) -> None:
        """Do what it says, or compare."""
        match block.language:
            case "sh":
                self.answered = self._shell(block.text)
            case "python":
                self.answered = self._ran([self.bench.python, "-c", block.text])
            case "js":
                script = self.bench.npm / "example.js"
                script.write_text(block.text)
                self.answered = self._ran([node.NODE, script])
            case "graphql":
                self.document = block.text
                self.answered = self._asked({})
            case "json variables":
                self.answered = self._asked(json.loads(block.text))
            case "json":
                if not like(without_cost(json.loads(self.answered)), json.loads(block.text)):
                    self._is_wrong(block)
            case "text":
                # A stream says that it is alive as often as it took to end.
                if not like(re.sub(r"(\n+:)+$", "", self.answered.strip()), block.text.strip()):
                    self._is_wrong(block)
            case other:
                raise AssertionError(f"line {block.line}: nobody runs {other}")

    def _is_wrong(self, block: Block) -> None:
        self.wrong.append(f"line {block.line}:\n{self.answered}")

    def _shell(self, text: str) -> str:
        text = text.replace("http://localhost:8000", self.serving.address).replace(
            "./ketu", f"{sys.executable} {ROOT}/ketu"
        )
        text = text.replace("jq -r .access_token", """sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/'""")
        text = re.sub(r"20\d\d-\d\d-\d\d", str(date.today() + timedelta(days=200)), text)
        kept = self.folder / "variables"
        script = f"set -eu\n{text}\nexport -p > {kept}\n"
        said = self._ran(["bash", "-c", script])
        for name, value in re.findall(r'^declare -x (KETU|TOKEN)="(.*)"$', kept.read_text(), re.MULTILINE):
            self.variables[name] = value
        if secret := re.search(r"client_secret +(\S+)", said):
            self.variables["SECRET"] = secret[1]
        return said

    def _ran(self, command: list[Any]) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self.variables, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def _asked(self, variables: dict[str, Any]) -> str:
        headers = {"Authorization": f"Bearer {self.variables['TOKEN']}", "X-Purpose": "guide"}
        body = {"query": self.document, "variables": variables}
        return httpx.post(
            f"{self.serving.address}/graphql", json=body, headers=headers, trust_env=False, timeout=30
        ).text


def test_the_guide_says_what_is(serving: Served, bench: Bench, own_sample_url: str, tmp_path: Path):
    home = {"DATABASE_URL": own_sample_url, "KETU_DATA": str(tmp_path / "data")}
    reading = Reading(serving, bench, tmp_path, dict(os.environ) | home)
    for block in blocks(GUIDE.read_text()):
        try:
            reading.follow(block)
        except AssertionError as failed:
            reading.wrong.append(f"line {block.line}:\n{failed}")
    assert not reading.wrong, "\n\n".join(reading.wrong)
