"""Documents that are answered by their ids: a manifest of them is read at the start, and every one checked."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from graphql import GraphQLError

from api.failure import Failure
from api.http_problem import HttpProblem, malformed
from domain.shared.problem import Problem, ProblemCode
from resolvers.engine.document import Documents, GraphQLErrors

PREFIX = "sha256:"
ID = re.compile(r"[0-9a-f]{64}")

WRITE = "write it anew by ./ketu documents --manifest FILE"
CORRECT = "correct it or take it out of its manifest; ./ketu documents says the same of its sources"


class TrustedDocuments:
    """The texts, by the SHA-256 of each."""

    def __init__(self, texts: Mapping[str, str], *, only: bool = False) -> None:
        """only  whether nothing else is answered"""
        self._texts = dict(texts)
        self._only = only

    def text(self, query: Any, document_id: Any) -> str:
        """The document that a request asks for, by its text or by its id.

        raises  HttpProblem  for neither, both, an id that nobody knows, or a text where only ids are answered
        """
        if document_id is None:
            if not isinstance(query, str) or not query.strip():
                raise malformed("`query` must be the text of a GraphQL document.")
            if self._only:
                raise HttpProblem(
                    403,
                    "Only trusted documents are answered here: send the id of one as `documentId`, and no `query`.",
                    code=ProblemCode.FORBIDDEN,
                )
            return query
        if query is not None:
            raise malformed("Send either `query` or `documentId`.")
        if not isinstance(document_id, str):
            raise malformed("`documentId` must be text.")
        found = self._texts.get(document_id.removeprefix(PREFIX))
        if found is None:
            raise HttpProblem(404, "No trusted document has this id: its manifest has to be deployed first.")
        return found


def read_manifests(place: Path, *, mend: str = WRITE) -> dict[str, str]:
    """The documents of a manifest, or of every `*.json` in a folder, by id. Raises Failure."""
    files = sorted(place.glob("*.json")) if place.is_dir() else [place]
    if not files:
        raise Failure(f"{place} holds no manifest", mend="put one there by ./ketu documents --manifest FILE")
    return {name: text for file in files for name, text in _of_file(file, mend)}


def _of_file(file: Path, mend: str) -> Iterator[tuple[str, str]]:
    try:
        content = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise Failure(f"the manifest {file} cannot be read: {error}", mend=mend) from error
    # Generators of clients write the texts at the top.
    listed = content.get("documents", content) if isinstance(content, dict) else None
    if not isinstance(listed, dict):
        raise Failure(f'the manifest {file} is not {{"documents": {{id: text}}}}', mend=mend)
    for name, text in listed.items():
        document_id = name.removeprefix(PREFIX)
        if not isinstance(text, str) or not ID.fullmatch(document_id):
            raise Failure(f"in the manifest {file}, {name!r} is not the SHA-256 of a text", mend=mend)
        if document_id != id_of(text):
            raise Failure(f"in the manifest {file}, the text under {name} is another one", mend=mend)
        yield document_id, text


def id_of(text: str) -> str:
    """64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def trust(documents: Documents, texts: Mapping[str, str], *, mend: str = CORRECT) -> None:
    """Read every document, so that it is known for good. Raises Failure for the first that could not be answered."""
    for document_id, text in texts.items():
        try:
            documents.keep(text)
        except (Problem, GraphQLError, GraphQLErrors) as error:
            raise Failure(
                f"the trusted document {document_id} cannot be answered: {why(error)}",
                mend=mend,
            ) from error


def why(error: Problem | GraphQLError | GraphQLErrors) -> str:
    """What is wrong with a document, in the words that a client would read."""
    if isinstance(error, GraphQLErrors):
        return " ".join(each.message for each in error.errors)
    return error.message
