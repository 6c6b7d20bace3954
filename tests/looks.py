"""What a page asks of the stylesheet."""

import re
from functools import cache

from lxml import html

from web import made
from web.stylesheet import LEFT_OUT, TABLER

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


@cache
def _cut_away():
    """Classes that Tabler has rules for and the served stylesheet lacks."""
    served = made.made_file(made.STYLESHEET).read_text()
    return set(CLASS.findall(TABLER.read_text())) - set(CLASS.findall(served)) - LEFT_OUT.keys()


def unstyled(answer):
    """Classes of this page whose rules were cut away."""
    kind = answer.headers.get("Content-Type", "")
    if not kind.startswith("text/html") or answer.streaming or not answer.content.strip():
        return set()
    named = html.fromstring(answer.content).xpath("//@class")
    return _cut_away().intersection(word for one in named for word in one.split())
