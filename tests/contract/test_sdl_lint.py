"""The exported schema keeps Relay's shapes, the house's names, and describes everything."""

import re
from pathlib import Path

import pytest

from api import frontend
from api.failure import Failure
from api.progress import Step

UNKEMPT = '''
"""The root."""
type Query {
  """Things, one page."""
  things(
    """Size of the page."""
    first: Int
  ): ThingConnection!

  """A name that repeats its verb."""
  getThing: Thing
}

"""A page of things, which lacks its page info."""
type ThingConnection {
  """The things."""
  edges: [ThingEdge!]!
}

"""A thing in its page."""
type ThingEdge {
  """Its place."""
  cursor: String!

  """The thing, which is no node."""
  node: Thing!
}

"""A thing."""
type Thing {
  """A name of another language."""
  some_name: String

  """A name that repeats its type."""
  thingColour: Colour
  undescribed: Int
}

"""A colour."""
enum Colour {
  """A value in the wrong case."""
  red
}
'''


def test_the_schema_keeps_every_rule():
    frontend.check_sdl(Step("SDL"))


def test_each_broken_rule_is_named_with_its_line(tmp_path: Path):
    sdl = tmp_path / "schema.graphql"
    sdl.write_text(UNKEMPT)

    with pytest.raises(Failure) as refused:
        frontend.check_sdl(Step("SDL"), sdl)

    assert re.findall(r"^schema\.graphql:(\d+)  ([a-z-]+)", str(refused.value), flags=re.MULTILINE) == [
        ("1", "relay-page-info"),
        ("5", "relay-arguments"),
        ("11", "naming-convention"),
        ("15", "relay-connection-types"),
        ("21", "relay-edge-types"),
        ("32", "naming-convention"),
        ("35", "no-typename-prefix"),
        ("36", "require-description"),
        ("42", "naming-convention"),
    ]
