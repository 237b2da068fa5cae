"""Charts as SVG, drawn with nothing but text: bars, lines and points."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 560, 330
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 20, 86
COLOURS = ("#2f6f8f", "#d0733c", "#5b8c4a", "#8a5a9e", "#b8a13a", "#7a7a7a")
TICKS = 5
MOST_LABELS = 24

Scale = Callable[[float], float]
"""From a value to a height in the drawing."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Named series over labels: `kind` is bars, stacked, lines or points.

    reading  what a banker should see in it
    """

    title: str
    kind: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[float]]
    unit: str = ""
    reading: str = ""


def svg(chart: Chart) -> str:
    """The chart as an element of a page."""
    stacked = chart.kind == "stacked"
    count = len(chart.labels)
    columns = list(zip(*chart.series.values(), strict=True)) if chart.series else []
    highest = max((sum(column) if stacked else max(column) for column in columns), default=0.0)
    lowest = min(0.0, *(min(column) for column in columns)) if columns and not stacked else 0.0
    step = _step((highest - lowest) or 1.0)
    top = step * math.ceil(highest / step - 1e-9)
    bottom = step * math.floor(lowest / step + 1e-9)
    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.title)}">']

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - bottom) / ((top - bottom) or 1))

    value = bottom
    while value <= top + step / 2:
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
        spot = f'x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end"'
        parts.append(f'<text class="tick" {spot}>{_short(value)}</text>')
        value += step
    wide = (WIDTH - LEFT - RIGHT) / max(count, 1)
    every = -(-count // MOST_LABELS)
    slanted = max((len(label) for label in chart.labels), default=0) * 7 * count / every > WIDTH - LEFT - RIGHT
    for place, label in enumerate(chart.labels):
        if place % every == 0:
            x = LEFT + wide * (place + 0.5)
            turn = f' transform="rotate(-35 {x:.1f} {HEIGHT - BOTTOM + 14})" text-anchor="end"' if slanted else ""
            anchor = turn or ' text-anchor="middle"'
            parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT - BOTTOM + 14}"{anchor}>{escape(label)}</text>')
    draw = {"bars": _bars, "stacked": _stacked, "lines": _lines, "points": _points}[chart.kind]
    parts += draw(chart, wide, y)
    parts += _legend(chart)
    parts.append("</svg>")
    return "\n".join(parts)


def _bars(chart: Chart, wide: float, y: Scale) -> list[str]:
    each = wide * 0.78 / max(len(chart.series), 1)
    return [
        _rectangle(LEFT + wide * (place + 0.11) + each * number, y(max(value, 0.0)), each * 0.94,
                   abs(y(value) - y(0.0)), COLOURS[number])
        for number, values in enumerate(chart.series.values())
        for place, value in enumerate(values)
    ]  # fmt: skip


def _stacked(chart: Chart, wide: float, y: Scale) -> list[str]:
    drawn: list[str] = []
    below = [0.0] * len(chart.labels)
    for number, values in enumerate(chart.series.values()):
        for place, value in enumerate(values):
            upper = below[place] + value
            drawn.append(
                _rectangle(
                    LEFT + wide * (place + 0.08), y(upper), wide * 0.84, y(below[place]) - y(upper), COLOURS[number]
                )
            )
            below[place] = upper
    return drawn


def _lines(chart: Chart, wide: float, y: Scale) -> list[str]:
    return [
        f'<polyline fill="none" stroke="{COLOURS[number]}" stroke-width="2" points="'
        + " ".join(f"{LEFT + wide * (place + 0.5):.1f},{y(value):.1f}" for place, value in enumerate(values))
        + '"/>'
        for number, values in enumerate(chart.series.values())
    ]


def _points(chart: Chart, wide: float, y: Scale) -> list[str]:
    return [
        f'<circle cx="{LEFT + wide * (place + 0.5):.1f}" cy="{y(value):.1f}" r="2.6" fill="{COLOURS[number]}"/>'
        for number, values in enumerate(chart.series.values())
        for place, value in enumerate(values)
    ]


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 0):.1f}" fill="{colour}"/>'


def _legend(chart: Chart) -> list[str]:
    drawn: list[str] = []
    x = LEFT
    if len(chart.series) > 1:
        for number, name in enumerate(chart.series):
            drawn.append(f'<rect x="{x}" y="{HEIGHT - 12}" width="9" height="9" fill="{COLOURS[number]}"/>')
            drawn.append(f'<text class="tick" x="{x + 13}" y="{HEIGHT - 4}">{escape(name)}</text>')
            x += 26 + sum(13 if ord(sign) > 0x2E80 else 7 for sign in name)
    if chart.unit:
        drawn.append(f'<text class="tick" x="4" y="11">{escape(chart.unit)}</text>')
    return drawn


def _step(span: float) -> float:
    """A round distance between ticks."""
    step = 1e-6
    while span / step > TICKS:
        for factor in (2.0, 2.5, 2.0):
            step *= factor
            if span / step <= TICKS:
                break
    return step


def _short(value: float) -> str:
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{sign}"
    return f"{value:.3g}"
