"""axe finds nothing on the pages of anybody's navigation, on a phone, in the light and in the dark.

A run of the suite opens a few pages of each person, other ones for each; --long opens all. What stands behind rows and forms is
looked at by `script/bench visit` and by hand.
"""

import random
from functools import cache

import pytest
from django.conf import settings

from school.navigation import items_for
from tests.conftest import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
PEOPLE = ("mother", "homeroom", "teacher", "gate", "duty_leader", "office", "academic", "principal")
SHORT = 4
FOUND = "axe.run().then((told) => told.violations.map((one) => [one.id, one.nodes[0].html]))"


@cache
def axe():
    return AXE.read_text()


def findings(page, addresses):
    """(address, rule, the first element) of each violation."""
    wrong = []
    for address in addresses:
        page.goto(address)
        page.evaluate(axe())
        wrong += [(address, *one) for one in page.evaluate(FOUND)]
    return wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", PEOPLE)
def test_axe_finds_nothing(afternoon, sign_in, phone, request, who, scheme):
    user = getattr(afternoon, who).user
    pages = [item.url for item in items_for(user)]
    if not request.config.getoption("--long"):
        pages = random.Random(f"{who} {scheme} {TODAY}").sample(pages, min(SHORT, len(pages)))
    phone.emulate_media(color_scheme=scheme)
    sign_in(phone, user)
    assert findings(phone, pages) == []


def test_what_strangers_see(cast, phone):
    assert (
        findings(phone, ["/accounts/login/", "/activate/", "/board/", "/board/archive/", "/board/screen/", "/offline/"])
        == []
    )
