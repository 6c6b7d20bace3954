"""Charts: typed rows in, SVG text out, the same for the screen and for print.

One Vega-Lite specification each, drawn by vl-convert; marks are labelled directly and values start at zero. The SVG carries no
`style` attribute or element, so that it stands inline under a strict content policy. Drawings are cached by their
specification. The drawing library hangs when forked after use: start processes that draw with spawn, or draw only in them.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

GREEN, AMBER, INK, QUIET, LINE = "#2b7a4b", "#b8730a", "#1c2822", "#56625b", "#e2e7e3"
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
FONT_DIRECTORIES = ("/usr/share/fonts", "/usr/local/share/fonts")
WIDTH = 400
ROW_HEIGHT = 34
CACHE_SECONDS = 24 * 3600

Row = dict[str, Any]

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": QUIET,
        "labelFontSize": 16,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": "#b9c3bd",
        "tickColor": "#b9c3bd",
        "labelLimit": 200,
    },
    "text": {"fontSize": 16, "color": INK},
    "legend": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": QUIET},
}


def bar_chart(
    rows: Sequence[tuple[str, float | None]],
    *,
    unit: str = "",
    limit: float | None = None,
    limit_label: str = "",
    digits: int = 0,
    wait: bool = True,
) -> SafeString:
    """Horizontal bars in the order given, each with its value; those beyond `limit` are amber with a warning mark.

    With `wait=False` what was never drawn is empty, for a page that fetches the drawing afterwards.
    """
    values: list[Row] = [
        {
            "name": name,
            "value": value or 0,
            "label": _number(value, digits, unit) + (" ▲" if _over(value, limit) else ""),
            "over": _over(value, limit),
        }
        for name, value in rows
    ]
    base: dict[str, Any] = {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": _axis(ticks=False, domain=False)}
    }
    top = max([row["value"] for row in values] + [limit or 0, 1])
    room = min(max([_text_width(row["label"]) for row in values] + [0]) + 10, WIDTH / 2)
    domain = [0, top * WIDTH / (WIDTH - room)]
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": domain, "nice": False}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.62}, "cornerRadiusEnd": 3},
            "encoding": base | {"x": x, "color": _over_colour()},
        },
    ]
    if limit is not None:
        layers += _limit_layers(limit, limit_label)
    label = base | {"x": x, "text": {"field": "label"}}
    halo = {"stroke": "#ffffff", "strokeWidth": 5}
    layers += [
        {"mark": {"type": "text", "align": "left", "dx": 6} | halo, "encoding": label},
        {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": label},
    ]
    return _draw(
        {"data": {"values": values}, "width": WIDTH, "height": max(1, len(values)) * ROW_HEIGHT, "layer": layers},
        wait=wait,
    )


def line_chart(
    rows: Sequence[tuple[str, float | None]],
    *,
    unit: str = "",
    digits: int = 1,
    top: float | None = None,
    wait: bool = True,
) -> SafeString:
    """One line over ordered names (days, weeks), each point with its value; a gap where nothing was counted.

    With `wait=False` what was never drawn is empty.
    """
    values: list[Row] = [{"name": name, "value": value, "label": _number(value, digits, unit)} for name, value in rows]
    highest = top or max([row["value"] or 0 for row in values] + [1]) * 1.15
    x = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": _axis(labelAngle=0, ticks=False, labelOverlap=True),
        "scale": {"padding": 0.5},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, highest], "nice": False},
        "axis": _axis(tickCount=3, domain=False, ticks=False),
    }
    encoding = {"x": x, "y": y}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "color": GREEN, "strokeWidth": 2.5}, "encoding": encoding},
        {"mark": {"type": "point", "color": GREEN, "filled": True, "size": 50}, "encoding": encoding},
    ]
    label: Row = {"mark": {"type": "text", "dy": -14}, "encoding": encoding | {"text": {"field": "label"}}}
    # Too many labels would overlap: then only the first and last are labelled; the table has the rest.
    if len(values) > 12:
        label["transform"] = [{"filter": {"field": "name", "oneOf": [values[0]["name"], values[-1]["name"]]}}]
        # The first label is left-aligned, so that it does not cover the axis.
        label["mark"] |= {"align": {"expr": f"datum.name === {json.dumps(values[0]['name'])} ? 'left' : 'center'"}}
    specification = {"data": {"values": values}, "width": WIDTH, "height": 220, "layer": [*layers, label]}
    return _draw(specification, wait=wait)


def heat_map(rows: Sequence[tuple[str, str, float | None]], *, unit: str = "", digits: int = 0) -> SafeString:
    """(row, column, value) as a grid of shades, each cell with its number."""
    highest = max([value or 0 for _row, _column, value in rows] + [1])
    values = [
        {
            "row": row,
            "column": column,
            "value": value or 0,
            "label": _number(value, digits, unit),
            "dark": (value or 0) > highest * 0.55,
        }
        for row, column, value in rows
    ]
    names = len({row for row, _column, _value in rows})
    encoding = {
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": None,
            "axis": _axis(labelAngle=0, orient="top", ticks=False, domain=False),
        },
        "y": {"field": "row", "type": "nominal", "sort": None, "axis": _axis(ticks=False, domain=False)},
    }
    shade = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, highest], "range": ["#f3f8f5", "#1f6b40"]},
        "legend": None,
    }
    ink = {"condition": {"test": "datum.dark", "value": "#ffffff"}, "value": INK}
    layers = [
        {
            "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 2},
            "encoding": encoding | {"color": shade},
        },
        {"mark": {"type": "text"}, "encoding": encoding | {"text": {"field": "label"}, "color": ink}},
    ]
    return _draw({"data": {"values": values}, "width": WIDTH, "height": max(1, names) * ROW_HEIGHT, "layer": layers})


def sparkline(values: Sequence[float | None], *, width: int = 160, height: int = 32) -> SafeString:
    """A small line without axes for a figure tile, from zero, its last point marked; plain SVG, drawn here."""
    points = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(points) < 2:
        return mark_safe("")
    highest = max(value for _index, value in points) or 1
    step = (width - 8) / max(1, len(values) - 1)
    places = [(4 + index * step, height - 3 - (height - 7) * value / highest) for index, value in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" aria-hidden="true" preserveAspectRatio="xMinYMid meet">'
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-linejoin="round"></polyline>'
        '<circle cx="{}" cy="{}" r="3" fill="{}"></circle></svg>',
        width,
        height,
        line,
        GREEN,
        f"{x:.1f}",
        f"{y:.1f}",
        GREEN,
    )


def _axis(**changes: Any) -> dict[str, Any]:
    return {"title": None, "labelPadding": 8} | changes


def _text_width(text: str) -> float:
    """About the pixels of a label: a Chinese character is as wide as it is high, the others a good half."""
    return sum(16 if ord(sign) > 0x2E80 else 9.5 for sign in text)


def _over(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value > limit


def _limit_layers(limit: float, label: str) -> list[Row]:
    """A dashed line with its name above; with data of its own; otherwise it is drawn once per row and looks bold."""
    once: Row = {"data": {"values": [{}]}}
    at = {"datum": limit, "type": "quantitative", "axis": None}
    rule = {"type": "rule", "color": AMBER, "strokeDash": [4, 3]}
    name = {"type": "text", "color": "#8a5600", "baseline": "bottom", "dy": -4}
    return [
        once | {"mark": rule, "encoding": {"x": at}},
        once | {"mark": name, "encoding": {"x": at, "y": {"value": 0}, "text": {"value": label}}},
    ]


def _over_colour() -> dict[str, Any]:
    return {"condition": {"test": "datum.over", "value": AMBER}, "value": GREEN}


def _number(value: float | None, digits: int, unit: str) -> str:
    return "–" if value is None else f"{value:,.{digits}f}{' ' if unit else ''}{unit}"


def _draw(specification: dict[str, Any], *, wait: bool = True) -> SafeString:
    """The drawing of a specification, from the cache where it was drawn before."""
    text = json.dumps(specification | {"config": CONFIG}, ensure_ascii=False, sort_keys=True)
    key = f"chart:{hashlib.sha256(text.encode()).hexdigest()}"
    drawn = shared_cache.get(key) or ("" if not wait else None)
    if drawn is None:
        drawn = _plain(_drawn_elsewhere(text), key[-8:])
        shared_cache.set(key, drawn, CACHE_SECONDS)
    return mark_safe(drawn)  # noqa: S308 - our own drawing; the library escapes the rows' text


def _drawn_elsewhere(specification: str) -> str:
    """SVG from a short-lived process (documents.chart_press says why)."""
    fonts = [folder for folder in FONT_DIRECTORIES if Path(folder).is_dir()]
    command = [sys.executable, "-m", "documents.chart_press", *fonts]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, input=specification, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def _plain(svg: str, prefix: str) -> str:
    """Sized by its viewBox, without inline styles, and with ids of its own where several stand on one page."""
    svg = re.sub(r"(id=\"|url\(#)(clip|gradient)", rf"\g<1>c{prefix}-\2", svg)
    svg = re.sub(
        r"\s(?:role|class|aria-[a-z]+)=\"[^\"]*\"", "", svg
    )  # English words for each mark; the table serves better
    svg = re.sub(r"\sstyle=\"[^\"]*\"", "", svg)
    svg = re.sub(r"<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)
    return re.sub(r"(<svg[^>]*?)\s(?:width=\"[^\"]*\"\sheight=\"[^\"]*\")", r"\1", svg, count=1)
