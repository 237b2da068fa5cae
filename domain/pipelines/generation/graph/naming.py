"""Sort keys and initials, found out once for each name."""

from collections.abc import Sequence

import pyarrow as pa

from domain.shared.sort_key import initials, sort_key

MOST_KEPT = 400_000


class Naming:
    """Keeps what names are read as; it forgets all of it when it has grown large."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], tuple[str, str]] = {}

    def columns(self, names: Sequence[str | None], *, is_person: bool) -> dict[str, pa.Array]:
        """`name`, `name_sort_key` and `name_initials`; all null for the nameless."""
        read = [None if name is None else self._read(name, is_person) for name in names]
        return {
            "name": pa.array(names, type=pa.string()),
            "name_sort_key": pa.array([one and one[0] for one in read], type=pa.string()),
            "name_initials": pa.array([one and one[1] for one in read], type=pa.string()),
        }

    def _read(self, name: str, is_person: bool) -> tuple[str, str]:
        if (known := self._known.get((name, is_person))) is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            known = self._known[name, is_person] = (
                sort_key(name, is_person=is_person),
                initials(name, is_person=is_person),
            )
        return known
