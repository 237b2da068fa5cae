"""Databases with a real delivery in them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from api import scratch
from api.postgres import Server
from domain.pipelines.ingestion.berka.run import Report, load_berka
from domain.shared.cipher import KeyRing
from tests.pipelines.berka_oracle import FOLDER, Oracle


@pytest.fixture(scope="session")
def key_ring() -> KeyRing:
    """A ring of this run's own."""
    return KeyRing.fresh()


@pytest.fixture(scope="session")
def berka_folder() -> Path:
    """The real delivery; what needs it is skipped where it is absent."""
    if not FOLDER.is_dir():
        pytest.skip("the Berka data set (../shared/data/berka) is not on this machine")
    return FOLDER


@pytest.fixture(scope="session")
def oracle(berka_folder: Path) -> Oracle:
    """The real delivery's figures."""
    return Oracle(berka_folder)


@pytest.fixture(scope="session")
def berka(
    postgres_server: Server, migrated_template: str, berka_folder: Path, key_ring: KeyRing
) -> Iterator[tuple[str, Report]]:
    """The address of a database with the real delivery in it, and what its load reported. Only for reading."""

    async def load(url: str) -> Report:
        connection = await asyncpg.connect(url)
        try:
            return await load_berka(connection, berka_folder, key_ring=key_ring)
        finally:
            await connection.close()

    with scratch.database(postgres_server, template=migrated_template) as url:
        yield url, asyncio.run(load(url))
