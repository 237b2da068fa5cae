"""A load that cannot begin or go on; nothing of it is stored."""


class LoadRefused(Exception):
    """What was found and where; `mend` says what to do about it."""

    def __init__(self, what: str, *, mend: str) -> None:
        super().__init__(what)
        self.mend = mend
