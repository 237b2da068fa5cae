"""`./ketu documents`: check documents in files against the schema, and write the manifest by which they are trusted."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from api.command import Group
from api.failure import Failure
from api.settings import Settings, folder

if TYPE_CHECKING:
    from graphql import DocumentNode

NAME = "documents"
GROUP = Group.RUN
HELP = "Check the documents of a client, and write the manifest by which they are trusted."
EXAMPLE = "./ketu documents client/src --manifest trusted/client.json"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="+",
        type=folder,
        metavar="SOURCE",
        help="a .graphql file, or a folder with such files below it",
    )
    parser.add_argument("--manifest", type=folder, metavar="FILE", help="where to write it; without, they are checked")


def run(arguments: Namespace, settings: Settings) -> int:
    from graphql import GraphQLError

    from api.app import limits
    from api.trusted_documents import id_of, why
    from domain.shared.problem import Problem
    from resolvers.engine.document import Documents, GraphQLErrors
    from schema.root import build_schema

    documents = Documents(build_schema().schema, limits=limits(settings), introspection=settings.introspection)
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    wrong: list[str] = []
    for name, text in operations(_parsed(arguments.sources)):
        try:
            documents.keep(text)
        except (Problem, GraphQLError, GraphQLErrors) as error:
            wrong.append(f"{name}: {why(error)}")
            continue
        texts[id_of(text)], names[name] = text, id_of(text)
        print(f"{id_of(text)}  {name}")
    if wrong:
        raise Failure("\n".join(wrong), mend="correct these documents; nothing was written")
    if arguments.manifest:
        manifest = {"documents": dict(sorted(texts.items())), "operations": dict(sorted(names.items()))}
        arguments.manifest.parent.mkdir(parents=True, exist_ok=True)
        arguments.manifest.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        print(f"Wrote {arguments.manifest}: {len(texts)} documents.")
    return 0


def _parsed(sources: list[Path]) -> "DocumentNode":
    """All definitions of all files, as one document. Raises Failure."""
    from graphql import GraphQLError, Source, concat_ast, parse

    files = [
        file for source in sources for file in (sorted(source.rglob("*.graphql")) if source.is_dir() else [source])
    ]
    if not files:
        raise Failure("there is no .graphql file", mend="name files, or a folder with such files below it")
    try:
        return concat_ast([parse(Source(file.read_text(), str(file))) for file in files])
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"a document cannot be read: {error}", mend="name .graphql files in UTF-8") from error
    except GraphQLError as error:
        raise Failure(str(error), mend="correct the document") from error


def operations(document: "DocumentNode") -> Iterator[tuple[str, str]]:
    """Each operation with the fragments that it needs: its name and its text. Raises Failure."""
    from graphql import FragmentDefinitionNode, OperationDefinitionNode, print_ast, separate_operations

    named: set[tuple[str, str]] = set()
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
            if node.name is None:
                raise Failure("an operation has no name", mend="name every operation: its id is found by it")
            kind = "fragment" if isinstance(node, FragmentDefinitionNode) else "operation"
            if (kind, node.name.value) in named:
                raise Failure(f"two {kind}s are called {node.name.value}", mend="give each a name of its own")
            named.add((kind, node.name.value))
    for name, single in separate_operations(document).items():
        yield name, print_ast(single)
