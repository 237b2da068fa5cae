"""What every command asks of its input in the same words."""

from collections.abc import Mapping
from typing import Any

from domain.command.model import conflict, invalid_input


def must_be_current(row: Mapping[str, Any], expected_version: int) -> None:
    """Whether nobody has changed a row since who asks has read it.

    raises  Refusal  Conflict
    """
    if row["version"] != expected_version:
        raise conflict(row["version"], "input", "expectedVersion")


def written(text: str, longest: int, *path: str) -> str:
    """A text that may not be empty, without the blanks around it.

    raises  Refusal  InvalidInput
    """
    text = text.strip()
    if not 0 < len(text) <= longest:
        raise invalid_input(f"Write 1 to {longest} characters.", *path)
    return text


def written_if_given(text: str | None, longest: int, *path: str) -> str | None:
    """The same where there is one. Raises as `written` does."""
    return None if text is None else written(text, longest, *path)
