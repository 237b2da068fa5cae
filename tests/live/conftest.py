"""A real server on a sample bank of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from factories.api import Api, listening, one_schema_per_process, settings
from factories.bank import own_bank, own_sample_url, sample_template, sample_url

__all__ = ["own_bank", "own_sample_url", "sample_template", "sample_url"]


@pytest.fixture
async def live(
    anyio_backend: str, own_sample_url: str, tmp_path: Path, one_schema_per_process: None
) -> AsyncIterator[Api]:
    """The API behind a socket."""
    async with listening(settings(own_sample_url, tmp_path)) as running:
        yield running


__all__ += ["one_schema_per_process"]
