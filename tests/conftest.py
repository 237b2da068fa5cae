"""What every test may ask for: a database of its own, made by the migrations on a real PostgreSQL."""

from collections.abc import Iterator

import pytest

from api import scratch
from api.postgres import Server


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One PostgreSQL for all test processes."""
    with scratch.server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres_server: Server) -> str:
    """The name of a database with every migration run, to copy from."""
    return scratch.migrated_template(postgres_server)


@pytest.fixture(scope="session")
def database_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A migrated database of this test process. What a test writes there, it rolls back."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        yield url


@pytest.fixture
def fresh_database_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A migrated database of this test alone, for what a rolled-back transaction cannot show."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        yield url
