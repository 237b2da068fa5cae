"""The secret of sign-in tokens: given, or made once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.failure import Failure
from api.settings import Settings
from api.token_secret import token_secret


def test_a_given_secret_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    assert token_secret(Settings(data=tmp_path, token_secret="s" * 32)) == "s" * 32
    assert [*tmp_path.iterdir()] == []


def test_a_short_secret_is_refused_without_being_shown(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="32 characters or more") as refused:
        token_secret(Settings(data=tmp_path, token_secret="hunter2"))

    assert "hunter2" not in str(refused.value)


def test_a_made_secret_stays_the_same_and_is_its_owners_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")

    first = token_secret(settings)

    assert len(first) >= 32
    assert token_secret(settings) == first
    assert (tmp_path / "data" / "token.secret").stat().st_mode & 0o077 == 0


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)

    with ThreadPoolExecutor(8) as starting:
        secrets = set(starting.map(lambda _: token_secret(settings), range(8)))

    assert len(secrets) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["token.secret"]
