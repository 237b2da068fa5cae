"""Connections over a union: ids and sort keys of several tables first, the rows of the page after."""

from graphql import FieldNode

from resolvers.engine.compiler import Compiler, Place
from resolvers.engine.edges import Expression, Mixed


def connection(compiler: Compiler, edge: Mixed, parent: Place | None, nodes: list[FieldNode]) -> Expression | None:
    raise NotImplementedError
