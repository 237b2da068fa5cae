"""The sample bank, and the door to it, for every test below."""

from factories.api import one_schema_per_process
from factories.bank import own_sample_url, sample_template, sample_url
from factories.door import door

__all__ = ["door", "one_schema_per_process", "own_sample_url", "sample_template", "sample_url"]
