"""How values are written into an operation: as literals, as variables, with defaults, as objects of either."""

import json
from datetime import datetime
from random import Random
from typing import Any

from graphql import (
    GraphQLList,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
)

from tests.judges import figures
from tests.judges.drawing import CURRENCIES
from tests.judges.language import World

STANDARD = ("Int", "String", "Boolean", "ID")
MISSING = {"Date": "2024-02-29", "Int": 2, "Decimal": "10.00", "Boolean": True, "DateTime": "2026-01-01T00:00:00Z"}
"""Written where the data holds no value."""
WRONG = {"no": "scalar"}
"""Of no scalar type."""


class Word(str):
    """Written without quotes: an enum value, or a variable."""


class Values:
    """The values of one operation, and the variables that were made for them."""

    def __init__(self, schema: GraphQLSchema, world: World, rng: Random) -> None:
        self.schema, self.world, self.rng = schema, world, rng
        self.definitions: list[str] = []
        self.variables: dict[str, Any] = {}
        self.hit: set[str] = set()
        self.number = 0

    def new(self, letter: str) -> str:
        """A name that was not given yet."""
        self.number += 1
        return f"{letter}{self.number}"

    def _chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def leaf(self, value: Any, type_name: str) -> Any:
        """A literal, or a variable that holds it, with or without a default."""
        if self._chance(0.5) and value != WRONG:
            return value
        variable = self.new("v")
        if self._chance(0.25) and value != WRONG:
            self.definitions.append(f"${variable}: {type_name} = {self.print(value)}")
            self.hit.add("default of a variable")
        else:
            self.definitions.append(f"${variable}: {type_name}")
            if type_name.endswith("!") or self._chance(0.9):
                self.variables[variable] = value
            elif self._chance(0.5):
                self.variables[variable] = None
                self.hit.add("null in a variable")
        return Word(f"${variable}")

    def object(self, value: Any, type_name: str) -> str:
        """An input object: as one variable, or written out with variables within."""
        if self._chance(0.4):
            variable = self.new("v")
            self.definitions.append(f"${variable}: {type_name}")
            self.variables[variable] = value
            self.hit.add("input object in a variable")
            return f"${variable}"
        return self.print(self._with_variables(value, self._type(type_name)))

    def _type(self, type_name: str) -> Any:
        named: Any = self.schema.get_type(type_name.strip("[]!"))
        return GraphQLList(named) if type_name.startswith("[") else named

    def _with_variables(self, value: Any, type_: Any) -> Any:
        plain = get_nullable_type(type_)
        if str(plain) == "IdentifierFilter" and isinstance(value, dict):
            return {key: self.in_a_variable(each, "Identifier") for key, each in value.items()}
        if isinstance(value, dict) and value != WRONG:
            return {key: self._with_variables(each, plain.fields[key].type) for key, each in value.items()}
        if is_list_type(plain) and isinstance(value, list):
            if not is_leaf_type(get_named_type(plain)):
                return [self._with_variables(each, plain.of_type) for each in value]
        elif not is_leaf_type(plain):
            return value
        if value is None and str(type_).endswith("!"):
            return value
        return self.leaf(value, str(type_)) if self._chance(0.3) or value == WRONG else value

    def in_a_variable(self, value: Any, type_name: str) -> Word:
        """What may not stand in the text of the document."""
        variable = self.new("v")
        self.definitions.append(f"${variable}: {type_name}")
        self.variables[variable] = value
        return Word(f"${variable}")

    def print(self, value: Any) -> str:
        """In the syntax of documents."""
        match value:
            case Word():
                return str(value)
            case dict():
                return "{" + ", ".join(f"{key}: {self.print(each)}" for key, each in value.items()) + "}"
            case list():
                return "[" + ", ".join(self.print(each) for each in value) + "]"
            case _:
                return json.dumps(value, ensure_ascii=False)

    def is_checked(self, kind: str) -> bool:
        """Whether the operands of a filter are of a type whose values the library alone can tell right from wrong."""
        leaf = self._operand(kind)
        return leaf.name in STANDARD or is_enum_type(leaf)

    def _operand(self, kind: str) -> Any:
        options: Any = self.schema.get_type(kind)
        return get_named_type(options.fields["is" if kind == "IdentifierFilter" else "eq"].type)

    def sample(self, kind: str, table: str, column: str) -> Any:
        """A value that the data holds in a column, as input to the filter `kind`."""
        leaf = self._operand(kind)
        if column == "age":
            return self.rng.randint(0, 60)
        if (table, column) == ("customer", "currency"):
            return self.rng.choice(CURRENCIES)
        if column == "display_name":
            column = self.rng.choice(["name", "customer_no"])
        values = [row.get(column) for row in self.rng.choices(self.world.tables[table], k=6)]
        value = next((value for value in values if value is not None), None)
        if kind == "IdentifierFilter":
            return spelt_again(value or "110105196203140311", self.rng)
        if is_enum_type(leaf):
            return Word(value if value is not None else self.rng.choice(list(leaf.values)))
        if value is None:
            return MISSING.get(leaf.name, "an")
        return value.isoformat() if isinstance(value, datetime) else figures.text(value)


def spelt_again(value: str, rng: Random) -> str:
    """An identifier in another spelling, or not quite."""
    spellings = [
        value,
        value.lower(),
        f" {value[:3]}-{value[3:]} ",
        f"+86{value}",
        f"0086 {value}",
        value[:-1],
        "1101%",
    ]
    return rng.choice([value, *spellings])


def varied(value: Any, rng: Random) -> Any:
    """The same variables with other values here and there, some of which change what has to be done."""
    match value:
        case dict():
            kept = {name: None if rng.random() < 0.04 else varied(each, rng) for name, each in value.items()}
            if len(kept) > 1 and value is not WRONG and rng.random() < 0.1:
                kept.pop(rng.choice([name for name in kept if name != "field"]), None)
            return kept
        case list():
            members = [varied(each, rng) for each in value]
            return rng.choice([members, members, members[::-1], members[1:], members * 2])
        case bool():
            return rng.random() < 0.5
        case int() if 0 <= value <= 100:
            return rng.choice([value, 0, 1, 20, 21])
        case "ASC" | "DESC":
            return rng.choice(["ASC", "DESC"])
        case _:
            return value
