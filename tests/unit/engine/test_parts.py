"""The engine's small parts, without a database: lifted literals, recorded questions, names of orders, shapes."""

import pytest
from factories.bank import built_schema
from graphql import print_ast

from authz.reader import ARRAY, shape_of
from domain.shared.problem import Problem
from domain.shared.scope import EVERYTHING, NOTHING, Scope
from resolvers.engine.document import Documents, GraphQLErrors, Operation
from resolvers.engine.inputs import ABSENT, Trace, at
from resolvers.engine.limits import Limits
from resolvers.engine.order import enum_name


def read(text: str) -> Operation:
    """The document as plans are made from it."""
    return Documents(built_schema().schema, limits=Limits()).operation(text, None)


def test_literals_become_variables():
    operation = read('{ customers(first: 3, where: {name: {in: ["a", "b"]}, state: {eq: ACTIVE}}) { totalCount } }')
    assert operation.literals == {"_literal0": 3, "_literal1": ["a", "b"], "_literal2": "ACTIVE"}
    assert "first: $_literal0" in print_ast(operation.document)


def test_documents_that_differ_in_literals_alone_share_their_key():
    one, other, third = (
        read(f"{{ customers({arguments}) {{ totalCount }} }}") for arguments in ("first: 3", "first: 4", "last: 3")
    )
    assert one.key == other.key
    assert one.key != third.key


def test_clients_may_not_name_variables_like_lifted_ones():
    with pytest.raises(Problem, match="may not begin with '_literal'"):
        read("query ($_literal0: Int) { customers(first: $_literal0) { totalCount } }")


def test_directives_keep_their_conditions():
    assert read("{ viewer @include(if: true) { username } }").literals == {}


def test_fragments_that_contain_themselves_are_named():
    with pytest.raises(GraphQLErrors) as refused:
        read("{ ...a } fragment a on Query { ...a }")
    errors = refused.value.errors
    assert [error.message for error in errors] == ["Cannot spread fragment 'a' within itself."]


def test_a_question_is_asked_once():
    asked: list[int] = []
    trace = Trace({"a": 1})
    for _ in range(2):
        assert trace.ask("key", lambda variables: asked.append(1) or variables["a"]) == 1
    assert asked == [1]


def test_absent_is_not_null():
    variables = {"a": {"b": [None, {"c": 1}]}}
    assert at(("a", "b", 0))(variables) is None
    assert at(("a", "b", 1, "c"))(variables) == 1
    for path in (("x",), ("a", "x"), ("a", "b", 2), ("a", "b", 1, "c", "d")):
        assert at(path)(variables) is ABSENT


@pytest.mark.parametrize(
    ("field", "name"), [("openedOn", "OPENED_ON"), ("id", "ID"), ("numberLast4", "NUMBER_LAST4"), ("aB", "A_B")]
)
def test_fields_become_names_of_enum_values(field: str, name: str):
    assert enum_name(field) == name


@pytest.mark.parametrize(("count", "padded"), [(0, 0), (1, 1), (2, 2), (3, 4), (4, 4), (5, ARRAY), (500, ARRAY)])
def test_intervals_are_padded(count: int, padded: int):
    shape = shape_of(Scope(intervals=tuple((10 * n, 10 * n + 1) for n in range(count))))
    assert shape.interval_count == padded
    assert shape.is_nothing == (count == 0)


def test_the_ends_of_a_scope_have_shapes_of_their_own():
    assert shape_of(EVERYTHING).is_everything
    assert shape_of(NOTHING).is_nothing
    assert not shape_of(Scope(manager_id=7)).is_nothing
