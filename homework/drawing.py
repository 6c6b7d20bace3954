"""The heat map of the load as plain SVG: the same on the screen and on paper, its cells links to their sheets."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.charts import FONT

LABEL, WIDTH, HEIGHT, TOP = 76, 42, 26, 34
# Four shades up to the cap; above it amber with a mark, since colour alone is not enough.
SHADES = ("#f4f6f5", "#dcefe3", "#b4dcc3", "#79bd95", "#2f8a57", "#f2b45a")
DARK, OVER = 4, 5
INK, LIGHT, QUIET = "#1c2822", "#ffffff", "#56625b"


@dataclass(frozen=True)
class Tile:
    """One cell: minutes, cap, shade 0–5, link and tooltip."""

    minutes: float
    shade: int
    url: str
    title: str


def heat_svg(
    rows: Sequence[tuple[str, dict[dt.date, Tile]]], columns: Sequence[dt.date], head: Callable[[dt.date], str]
) -> SafeString:
    """Classes down, days or weeks across; a column without a cell stays empty."""
    width, height = LABEL + WIDTH * len(columns) + 2, TOP + HEIGHT * len(rows) + 2
    heads = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="{}">{}</text>',
        ((LABEL + WIDTH * at + WIDTH // 2, TOP - 12, QUIET, head(day)) for at, day in enumerate(columns)),
    )
    lines = format_html_join("", "{}", ((_line(label, cells, columns, at),) for at, (label, cells) in enumerate(rows)))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="heat" width="{}" height="{}" viewBox="0 0 {} {}"'
        ' font-family="{}" role="group" aria-label="{}">{}{}</svg>',
        width,
        height,
        width,
        height,
        FONT,
        _("Written minutes by class and day"),
        heads,
        lines,
    )


def _line(label: str, cells: dict[dt.date, Tile], columns: Sequence[dt.date], at: int) -> SafeString:
    y = TOP + HEIGHT * at
    tiles = format_html_join(
        "",
        '<a href="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="{}"></rect>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="13" fill="{}">{}</text></a>',
        (
            (
                tile.url,
                tile.title,
                LABEL + WIDTH * n + 1,
                y + 1,
                WIDTH - 2,
                HEIGHT - 2,
                SHADES[tile.shade],
                LABEL + WIDTH * n + WIDTH // 2,
                y + HEIGHT - 8,
                LIGHT if tile.shade == DARK else INK,
                f"{tile.minutes:g}{'▲' if tile.shade == OVER else ''}",
            )
            for n, day in enumerate(columns)
            if (tile := cells.get(day))
        ),
    )
    name = format_html('<text x="0" y="{}" font-size="14" fill="{}">{}</text>', y + HEIGHT - 8, INK, label)
    return format_html("{}{}", name, tiles)
