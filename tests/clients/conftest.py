"""A process of the API on a sample bank, and the clients as integrators install them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories.bank import own_sample_url, sample_template
from factories.installed_clients import bench
from factories.served import Served, served

__all__ = ["bench", "own_sample_url", "sample_template"]


@pytest.fixture
def serving(own_sample_url: str, tmp_path: Path) -> Iterator[Served]:
    """The API."""
    with served(own_sample_url, tmp_path / "data") as process:
        yield process
