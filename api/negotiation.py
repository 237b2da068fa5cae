"""Media types: in which one an answer goes out, and whether a body comes in ours."""

from api.http_problem import HttpProblem

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"
CONTENT_TYPES = {name: f"{name}; charset=utf-8".encode() for name in (JSON, GRAPHQL_JSON)}

_ANSWERED = {
    None: JSON,
    "": JSON,
    "*/*": JSON,
    JSON: JSON,
    GRAPHQL_JSON: GRAPHQL_JSON,
    f"{GRAPHQL_JSON}, {JSON}": GRAPHQL_JSON,
    f"{GRAPHQL_JSON},{JSON};q=0.9": GRAPHQL_JSON,
}
"""What most clients write, found without reading it."""
_SENT = {JSON, f"{JSON}; charset=utf-8", f"{JSON};charset=utf-8", f"{JSON}; charset=UTF-8", f"{JSON};charset=UTF-8"}
UTF_8 = {"utf-8", "utf8"}


def answered_in(accept: str | None) -> str | None:
    """The media type that a client likes best of ours; the newer one of two that it likes alike; None where it takes
    neither.
    """
    return _ANSWERED[accept] if accept in _ANSWERED else _liked_best(accept or "")


def _liked_best(accept: str) -> str | None:
    ranges: dict[str, float] = {}
    for each in accept.split(","):
        name, _, rest = each.partition(";")
        parameters = _parameters(rest)
        if parameters.get("charset", "utf-8").lower() in UTF_8:
            ranges.setdefault(name.strip().lower(), _quality(parameters.get("q", "1")))
    # The range that names a type most exactly says how much it is liked. Who takes anything is an older client.
    anything = ranges.get("application/*", ranges.get("*/*", 0.0))
    newer, older = ranges.get(GRAPHQL_JSON), ranges.get(JSON, anything)
    if newer is not None and newer >= older and newer > 0:
        return GRAPHQL_JSON
    if older > 0:
        return JSON
    return GRAPHQL_JSON if newer is None and anything > 0 else None


def _parameters(text: str) -> dict[str, str]:
    """`q=0.5; charset=utf-8` by name."""
    pairs = (parameter.partition("=") for parameter in text.split(";"))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def refuse_other_bodies(content_type: str | None, content_encoding: str | None) -> None:
    """Raises HttpProblem for a body that is not JSON in UTF-8, as it is."""
    if content_encoding not in (None, "identity"):
        raise HttpProblem(415, "Send the body as it is: compressed ones are not read.")
    if content_type in _SENT:
        return
    if content_type is None:
        raise HttpProblem(415, f"Say `Content-Type: {JSON}`, and send the query in it.")
    name, _, rest = content_type.partition(";")
    if name.strip().lower() != JSON:
        raise HttpProblem(415, f"Send the query as {JSON}.")
    if _parameters(rest).get("charset", "utf-8").lower() not in UTF_8:
        raise HttpProblem(415, f"Send the query as {JSON} in UTF-8.")
