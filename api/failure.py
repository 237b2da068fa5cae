"""What a person at the command line can mend."""


class Failure(Exception):
    """A command cannot go on: what happened and where, and how to mend it."""

    def __init__(self, what: str, *, mend: str) -> None:
        super().__init__(f"{what}\n  → {mend}")
