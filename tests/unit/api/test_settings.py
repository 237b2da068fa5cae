"""Settings from flags and environment."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from api.failure import Failure
from api.settings import Settings, add_flags


def test_nothing_given_means_the_defaults() -> None:
    assert Settings.read({}) == Settings()


def test_a_flag_goes_before_the_environment() -> None:
    settings = Settings.read({"KETU_PORT": "9000", "KETU_HOST": "::1"}, {"port": 9001, "host": None, "command": "up"})

    assert (settings.port, settings.host) == (9001, "::1")


def test_an_empty_variable_is_not_given() -> None:
    assert Settings.read({"DATABASE_URL": "", "KETU_PORT": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("KETU_PORT", "70000", "a port from 0 to 65535"),
        ("KETU_PORT", "http", "a port from 0 to 65535"),
        ("KETU_WORKERS", "0", "a whole number above zero"),
        ("KETU_WORKERS", "²", "a whole number above zero"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "expected http://host:port"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://me:hunter2@collector", "expected no password"),
        ("DATABASE_URL", "mysql://me:hunter2@db/bank", "expected postgresql://"),
        ("DATABASE_URL", "postgresql://me:hunter2@db", "expected postgresql://"),
        ("DATABASE_URL", "postgresql://me:hunter2@[db/bank", "Invalid IPv6"),
        ("KETU_REPLICA_URLS", "postgresql://me@db/bank mysql://me:hunter2@db/bank", "expected postgresql://"),
    ],
)
def test_what_cannot_be_used_is_named_without_its_value(variable: str, text: str, expected: str) -> None:
    with pytest.raises(Failure, match=expected) as refused:
        Settings.read({variable: text})

    assert variable in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_several_are_given_by_spaces_or_by_as_many_flags() -> None:
    one, other = "postgresql://me@one/bank", "postgresql://me:a,b@other/bank"
    parser = ArgumentParser()
    add_flags(parser, "replica_urls")

    by_flags = vars(parser.parse_args(["--replica-url", one, "--replica-url", other, "--replica-url", one]))

    assert Settings.read({"KETU_REPLICA_URLS": "postgresql://it@goes/before"}, by_flags).replica_urls == (one, other)
    assert Settings.read({"KETU_REPLICA_URLS": f" {one}  {other} "}, vars(parser.parse_args([]))).replica_urls == (
        one,
        other,
    )


def test_settings_survive_being_handed_to_another_process(tmp_path: Path) -> None:
    settings = Settings(
        database_url="postgresql://me:p%40ss@db/bank",
        replica_urls=("postgresql://me@one/bank", "postgresql://me@other/bank"),
        data=tmp_path,
        port=0,
        workers=3,
    )

    assert Settings.read(settings.variables()) == settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://me@db/bank", "postgresql+asyncpg://me@db/bank"),
        ("postgresql://me@db/bank?sslmode=require", "postgresql+asyncpg://me@db/bank?ssl=require"),
        ("postgresql://ketu@/ketu?host=/run/pg&port=5432", "postgresql+asyncpg://ketu@/ketu?host=/run/pg&port=5432"),
    ],
)
def test_sqlalchemy_gets_the_address_in_its_own_words(url: str, expected: str) -> None:
    assert Settings.read({"DATABASE_URL": url}).sqlalchemy_url == expected
