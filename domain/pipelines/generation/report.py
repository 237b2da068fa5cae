"""What a generated bank looks like to a banker."""

from collections.abc import Iterator

from domain.pipelines.generation.truth.plan import Plan


def report(plan: Plan) -> Iterator[str]:
    """Tables."""
    yield ""
