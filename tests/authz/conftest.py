"""The sample bank for every test below."""

from factories.bank import bank, own_bank, own_sample_url, sample_url

__all__ = ["bank", "own_bank", "own_sample_url", "sample_url"]
