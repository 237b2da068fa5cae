"""What a document may ask for, known before anything is executed, and before it is validated: a hostile document costs
nothing more than to be parsed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from domain.shared.problem import invalid, too_complex


@dataclass(frozen=True)
class Limits:
    """The most of each."""

    characters: int = 100_000
    """Of the text."""
    tokens: int = 10_000
    depth: int = 15
    root_fields: int = 50
    fields: int = 1_000
    """Fields and fragments selected, each as often as it is spread; and as often as types of an interface differ."""
    aliases: int = 100
    """Fields under a name of the client's own, each as often as it is spread."""
    merges: int = 10_000
    """Pairs of selections that become one: validation compares each with each."""
    filters: int = 100
    values: int = 40_000
    """Of the variables, those within lists and objects among them: each takes time to be read."""
    members: int = 1_000
    """Of the input of the bulk form of a mutation."""
    cost: int = 100_000
    """Rows that may be read, by the sizes that are declared."""
    heavy: int = 5_000
    """A request that costs more is one that others are not to wait for."""


def refuse_excess(document: DocumentNode, limits: Limits) -> None:
    """Raises Problem, naming the limit that an operation of the document goes beyond."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    reached: set[str] = set()
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            _Count(fragments, limits, reached).selections(node.selection_set, 1, frozenset(), {})
    for name in fragments:
        if name not in reached:
            raise invalid(f"Fragment '{name}' is never used.")


def refuse_values(ahead: list[Any], limits: Limits) -> None:
    """Raises Problem for variables that hold too many values: before they are read, which takes all others' time.

    ahead  what the variables hold; it is used up
    """
    found = 0
    while ahead:
        value = ahead.pop()
        found += 1
        if isinstance(value, Mapping):
            ahead += value.values()
        elif isinstance(value, list):
            ahead += value
        if found + len(ahead) > limits.values:
            raise too_complex(
                f"The variables hold more than {limits.values:,} values. Send shorter lists, in several requests."
            )


def refuse_cost(cost: int, limits: Limits) -> None:
    """Raises Problem for a request that costs too much."""
    if cost > limits.cost:
        raise too_complex(
            f"The query costs {cost:,}; at most {limits.cost:,} is taken. Ask for smaller pages (`first`), "
            "above all of lists within lists, or in several queries."
        )


Merged = dict[str, Any]
"""By response key, how often it is selected in one place, and the same of what is selected of it."""
SPREAD = "..."
IN_THE_SCHEMA = -1_000
"""The depth where introspection begins: it reads no rows, and tools follow types of types as deep as they like."""


class _Count:
    """What one operation selects, fragments followed wherever they are spread. Cycles of fragments are left for
    validation to name.
    """

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], limits: Limits, reached: set[str]) -> None:
        self._fragments, self._limits, self._reached = fragments, limits, reached
        self._fields = self._aliases = self._merges = 0

    def selections(self, selections: SelectionSetNode, depth: int, inside: frozenset[str], merged: Merged) -> None:
        limits = self._limits
        if depth > limits.depth:
            raise too_complex(f"The query is nested more than {limits.depth} fields deep; ask from further inside.")
        for selection in selections.selections:
            self._fields += 1
            if self._fields > limits.fields:
                raise too_complex(f"The query selects more than {limits.fields:,} fields; ask for fewer at once.")
            if isinstance(selection, FieldNode):
                self._field(selection, depth, inside, merged)
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                self._merge(merged, SPREAD)
                if name in self._fragments and name not in inside:
                    self._reached.add(name)
                    self.selections(self._fragments[name].selection_set, depth, inside | {name}, merged)
            else:
                inline: Any = selection
                self.selections(inline.selection_set, depth, inside, merged)

    def _field(self, node: FieldNode, depth: int, inside: frozenset[str], merged: Merged) -> None:
        limits = self._limits
        if node.alias is not None:
            self._aliases += 1
            if self._aliases > limits.aliases:
                raise too_complex(
                    f"The query has more than {limits.aliases} aliases; ask for several rows by `nodes(ids:)`, "
                    "and for other things in queries of their own."
                )
        below = self._merge(merged, (node.alias or node.name).value)
        if depth == 1 and len(merged) - (SPREAD in merged) > limits.root_fields:
            raise too_complex(f"The query has more than {limits.root_fields} root fields; ask in several queries.")
        if node.selection_set is not None:
            is_schema = node.name.value.startswith("__")
            self.selections(node.selection_set, IN_THE_SCHEMA if is_schema else depth + 1, inside, below)

    def _merge(self, merged: Merged, key: str) -> Merged:
        """What was selected in the same place before."""
        found = merged.setdefault(key, [0, {}])
        self._merges += found[0]
        found[0] += 1
        if self._merges > self._limits.merges:
            raise too_complex("The query selects the same fields again and again; select each of them once.")
        return found[1]
