"""The pages that are compared: each as our API is asked for it, as SQL by hand, and as PostGraphile is asked for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Page:
    """One of them; its documents lie in `pages/`, named after it.

    asks_by       what its variable is: a customer, one in a household, a branch, a text; None where it has none
    is_a_list     by hand, each execution is planned for its own reader: a plan for all is much worse for some
    """

    name: str
    asks_by: str | None
    is_a_list: bool = False

    @property
    def query(self) -> str:
        """As our API is asked."""
        return self._text("graphql")

    @property
    def by_hand(self) -> str:
        """One statement that makes the answer's data."""
        return self._text("sql")

    @property
    def peer_query(self) -> str | None:
        """As PostGraphile is asked; None where it has no such thing."""
        return self._text("peer.graphql") if (FOLDER / f"{self.name}.peer.graphql").is_file() else None

    def _text(self, suffix: str) -> str:
        return (FOLDER / f"{self.name}.{suffix}").read_text(encoding="utf-8")

    def ours(self, asked: Sequence[Any]) -> list[str]:
        """Bodies of requests to our API, by what is asked for."""
        prefix = {"customer": "cus_", "household": "cus_", "branch": "bra_"}.get(self.asks_by or "", "")
        return self._bodies(self.query, [f"{prefix}{one}" for one in asked])

    def peers(self, asked: Sequence[Any]) -> list[str]:
        """The same to PostGraphile."""
        return self._bodies(self.peer_query or "", [str(one) for one in asked])

    def by_hands(self, asked: Sequence[Any]) -> list[str]:
        """The same to the page by hand."""
        return [json.dumps({"asked": one}) for one in asked] if self.asks_by else ["{}"]

    def _bodies(self, query: str, values: Sequence[str]) -> list[str]:
        if self.asks_by is None:
            return [json.dumps({"query": query})]
        variable = "text" if self.asks_by == "text" else "id"
        return [json.dumps({"query": query, "variables": {variable: one}}) for one in values]


PAGES: Mapping[str, Page] = {
    page.name: page
    for page in (
        Page("customer_360", "customer"),
        Page("customer_list", None, is_a_list=True),
        Page("household", "household"),
        Page("dashboard", "branch", is_a_list=True),
        Page("search", "text", is_a_list=True),
    )
}
