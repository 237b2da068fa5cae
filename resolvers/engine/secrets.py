"""Secrets of an outcome are put into the answer after the database made it: no statement carries them."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from domain.command.model import Secret


def concealed(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values with a random word for each secret, and the secrets by their words."""
    words = {name: secrets.token_hex(16) for name, value in values.items() if isinstance(value, Secret)}
    return {**values, **words}, {word: values[name].text for name, word in words.items()}


def told(answer: bytes, by_word: Mapping[str, str]) -> bytes:
    """The answer with the secrets in the places of their words."""
    for word, text in by_word.items():
        answer = answer.replace(json.dumps(word).encode(), json.dumps(text, ensure_ascii=False).encode())
    return answer
