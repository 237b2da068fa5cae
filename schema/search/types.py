"""What a search answers, as clients see it."""

import strawberry

from domain.search.model import SearchKind, SearchMatch
from resolvers.engine.search import DEFAULT_SIZE, MOST_HITS
from schema.building import Argument, described
from schema.node import Node
from schema.scalars import SearchText

described(SearchKind)
described(SearchMatch)


@strawberry.type(description="One row that was found.")
class SearchHit:
    """A row and how it was found."""

    matched_on: SearchMatch = strawberry.field(description="The best way in which it was found.")
    node: Node = strawberry.field(description="The row: say per type what to show of it.")


@strawberry.type(description="What was found, the best first.")
class SearchResults:
    """The first hits."""

    hits: list[SearchHit] = strawberry.field(
        description="By how well they match, as `SearchMatch` is ordered; of equal matches the reader's own portfolio "
        "first, then as `SearchKind` is ordered, by what they are called, and by id. Each row once."
    )
    has_more: bool = strawberry.field(description="Whether more was found than is shown: type on.")


ARGUMENTS = {
    "text": Argument(
        SearchText, "What somebody typed; nothing is found where it holds nothing but blanks and punctuation."
    ),
    "first": Argument(int | None, f"So many hits: {DEFAULT_SIZE} unless said, {MOST_HITS} at most."),
    "kinds": Argument(list[SearchKind] | None, "What to search for; everything unless said."),
}
DESCRIPTION = (
    "Rows the reader may see, found by what somebody types into a search box, from one character up: names in "
    "characters, pinyin or initials, numbers, the last four of what is shown masked. A whole certificate, phone, "
    "account or card number takes the permission of its concept (`identity_document:search` and so on; without it, "
    "it is not looked for there), counts once against the reader's quota and is logged. Send it by POST."
)
