"""What a request to `/graphql` asks for: the parameters of GraphQL over HTTP, by POST or GET."""

from dataclasses import dataclass
from typing import Any

import orjson

from api.exchange import Exchange
from api.http_problem import HttpProblem, malformed, not_allowed
from api.negotiation import refuse_other_bodies
from api.trusted_documents import TrustedDocuments
from domain.shared import position
from domain.shared.problem import ProblemCode

PURPOSE = b"x-purpose"
"""Header in which a client says what it asks for: kept in the access log beside whom it saw."""
LONGEST_PURPOSE = 200
POSITION = b"ketu-position"
"""Header in which answers to mutations say what later queries have to see, and these say it back."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What requests may look like here."""

    allows_get: bool
    largest_body: int
    """Bytes."""
    trusted: TrustedDocuments


@dataclass(frozen=True, slots=True)
class Parameters:
    """One request."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    purpose: str | None
    position: int = 0
    """What the answer has to show, by the write-ahead log."""


async def parameters_of(exchange: Exchange, rules: Rules) -> Parameters:
    """What is asked for.

    raises  HttpProblem  for what is no request of GraphQL over HTTP
    """
    if exchange.method == "POST":
        refuse_other_bodies(exchange.header(b"content-type"), exchange.header(b"content-encoding"))
        given = _parsed(await _body(exchange, most=rules.largest_body), "The body")
        if not isinstance(given, dict):
            raise malformed(_NO_OBJECT if not isinstance(given, list) else _BATCH)
    else:
        given = _of_address(exchange, allows_get=rules.allows_get)
    seen = exchange.header(POSITION)
    return parameters_in(
        given, purpose_of(exchange.header(PURPOSE)), rules.trusted, position=0 if seen is None else _position(seen)
    )


def parameters_in(
    given: dict[str, Any], purpose: str | None, trusted: TrustedDocuments, *, position: int = 0
) -> Parameters:
    """What an object asks for. Raises HttpProblem."""
    variables, name = given.get("variables"), given.get("operationName")
    if variables is not None and not isinstance(variables, dict):
        raise malformed("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise malformed("`operationName` must be text.")
    extensions = given.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise malformed("`extensions` must be an object.")
    document_id = given.get("documentId")
    if document_id is None and extensions and "query" not in given:
        document_id = _persisted(extensions)
    query = trusted.text(given.get("query"), document_id)
    return Parameters(query, variables or {}, name or None, purpose, position)


def _persisted(extensions: dict[str, Any]) -> Any:
    """The id as Apollo's clients send it."""
    persisted = extensions.get("persistedQuery")
    return persisted.get("sha256Hash") if isinstance(persisted, dict) else None


def purpose_of(given: str | None) -> str | None:
    """What a client says that it asks for, as it is kept. Raises HttpProblem."""
    if given is not None and not 0 < len(given) <= LONGEST_PURPOSE:
        raise malformed(f"X-Purpose is a text of 1 to {LONGEST_PURPOSE} characters.")
    return given


def _position(given: str) -> int:
    try:
        return position.read(given)
    except ValueError as error:
        raise malformed(
            "Ketu-Position is no position: send it as the answer to a mutation had it, or leave it out."
        ) from error


_NO_OBJECT = 'The body must be an object: {"query": …, "variables": …, "operationName": …}.'
_BATCH = (
    "The body must be one request; lists of requests are not taken. "
    "Ask for several things in one document, or send several requests over one connection."
)


def _of_address(exchange: Exchange, *, allows_get: bool) -> dict[str, Any]:
    if exchange.method != "GET":
        raise not_allowed(f"{exchange.method} is not a method of this address.", allow=b"GET, POST")
    if not allows_get:
        raise not_allowed("Send queries by POST; GET is switched off here.")
    given: dict[str, Any] = {name: text for name, text in exchange.query().items() if text}
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _parsed(given[name], f"`{name}`")
    return given


async def _body(exchange: Exchange, *, most: int) -> bytes:
    body = await exchange.body(most=most)
    if body is None:
        # The connection stays: closed with bytes unread, it would be reset before the client reads this.
        raise HttpProblem(413, f"The body is larger than {most:,} bytes.", code=ProblemCode.TOO_COMPLEX)
    return body


def _parsed(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise malformed(f"{what} is not JSON: {error}.") from error
