"""QR codes, for the screen and for paper."""

from urllib.parse import quote

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """A QR code for the screen as inline SVG without size or style: the class `qr` sizes it."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn from modules, the text is not in it


def qr_on_paper(text: str, alt: str) -> SafeString:
    """A QR code for a paper, drawn by the press: many of them cost a request nothing. `alt` says what it opens."""
    return format_html('<img class="qr" src="qr:{}" alt="{}">', quote(text, safe=""), alt)
