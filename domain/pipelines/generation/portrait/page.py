"""One page of charts and tables that shows what a generated bank is like: everything in one file, nothing to load."""

from collections.abc import Iterator
from html import escape

from domain.pipelines.generation.portrait import money, people, selling, service, tables
from domain.pipelines.generation.portrait.charts import Chart, svg
from domain.pipelines.generation.portrait.sight import Sight

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1240px; padding: 0 1rem; color: #1d2733; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2.2rem; border-bottom: 1px solid #d5dde5; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(520px, 1fr)); gap: 1.2rem; }
figure { margin: 0; border: 1px solid #e2e8ee; border-radius: 8px; padding: .8rem; break-inside: avoid; }
figcaption { font-weight: 600; } figure p { margin: .2rem 0 0; color: #5a6876; font-size: .88rem; }
svg { width: 100%; height: auto; } .grid { stroke: #e6ebf0; } .tick { font-size: 11px; fill: #5a6876; }
pre { background: #f6f8fa; padding: .8rem; overflow-x: auto; font-size: .82rem; }
"""
PARTS = (
    ("People", people.charts), ("Money", money.charts), ("The bank and its customers", service.charts),
    ("What is offered, and what comes of it", selling.charts),
)  # fmt: skip


def page(sight: Sight) -> str:
    """The whole page as HTML."""
    plan = sight.world.plan
    looked_at = f"{len(sight.active):,} persons"
    head = (
        f"客图银行: {plan.customers:,} customers, seed {plan.seed}, business date {plan.as_of}; "
        f"the figures are of {looked_at}. Nobody in it exists."
    )
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>The generated bank</title>',
        f"<style>{STYLE}</style><h1>The generated bank</h1><p>{escape(head)}</p>",
    ]
    for title, charts in PARTS:
        parts.append(f'<h2>{escape(title)}</h2><div class="charts">')
        parts += map(_figure, charts(sight))
        parts.append("</div>")
    parts.append("<h2>In tables</h2>")
    parts += _tables(sight)
    return "\n".join([*parts, "</html>", ""])


def _figure(chart: Chart) -> str:
    reading = f"<p>{escape(chart.reading)}</p>" if chart.reading else ""
    return f"<figure><figcaption>{escape(chart.title)}</figcaption>{svg(chart)}{reading}</figure>"


def _tables(sight: Sight) -> Iterator[str]:
    for told in tables.report(sight):
        yield f"<pre>{escape(told)}</pre>"
