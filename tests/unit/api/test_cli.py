"""The command line answers before anything is installed."""

import os
import subprocess
import sys

import pytest

from api.cli import COMMANDS, overview, parse
from api.command import Command
from api.settings import ROOT, table


def ketu(*words: str) -> subprocess.CompletedProcess[str]:
    """`./ketu words` on an interpreter that sees no installed package."""
    environment = {"PATH": os.defpath, "HOME": "/nonexistent"}
    return subprocess.run(
        [sys.executable, "-S", str(ROOT / "ketu"), *words], env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("words", [(), ("help",), ("--help",), ("-h",)])
def test_the_commands_are_listed_on_a_bare_python(words: tuple[str, ...]) -> None:
    answer = ketu(*words)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == overview()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.NAME)
def test_each_command_explains_itself_with_an_example_on_a_bare_python(command: Command) -> None:
    answer = ketu(command.NAME, "--help")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert f"Example:\n  {command.EXAMPLE}" in answer.stdout
    assert ketu("help", command.NAME).stdout == answer.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.NAME)
def test_each_example_is_words_the_command_takes(command: Command) -> None:
    words = command.EXAMPLE.partition("./ketu ")[2].partition(" && ")[0].split()

    assert parse(words)[0] is command


def test_words_that_make_no_command_are_refused_before_anything_is_installed() -> None:
    answer = ketu("fly")

    assert answer.returncode == 2
    assert "invalid choice: 'fly'" in answer.stderr


def test_a_setting_that_cannot_be_used_is_refused_as_a_flag_too() -> None:
    answer = ketu("up", "--port", "http")

    assert answer.returncode == 2
    assert "--port" in answer.stderr


def test_the_guide_lists_every_setting_as_help_does() -> None:
    assert ketu("help", "settings").stdout == table() + "\n"
    assert table() in (ROOT / "docs" / "guides" / "operate.md").read_text()
