"""The sample bank, and the API on it, for every test below."""

from factories.api import api, one_schema_per_process
from factories.bank import bank, own_bank, own_sample_url, sample_template, sample_url
from factories.replica import replicated

__all__ = [
    "api", "bank", "one_schema_per_process", "own_bank", "own_sample_url", "replicated", "sample_template",
    "sample_url",
]  # fmt: skip
