"""The explorer's example queries fit the exported schema and carry their titles."""

import re

import pytest
from graphql import OperationDefinitionNode, build_schema, parse, validate

from api.frontend import EXPLORER, SDL

EXAMPLES = sorted((EXPLORER.folder / "src" / "examples").glob("*.graphql"))


def test_there_are_examples():
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_one_valid_operation_with_a_title_in_both_languages(example):
    source = example.read_text()
    document = parse(source)

    assert re.match(r"# en: \S.*\n# zh: \S.*\n(# variables: \{.+\}\n)?(query|fragment) ", source)
    assert validate(build_schema(SDL.read_text()), document) == []
    assert sum(isinstance(part, OperationDefinitionNode) for part in document.definitions) == 1
