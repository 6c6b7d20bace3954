"""Nothing that a page shows leads nowhere: every person follows the links that they see.

A run of the suite follows a few links of each person, other ones for each person; --long follows all of them.
"""

import random
import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from tests.test_routes import school  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
PEOPLE = ["mother", "father", "homeroom", "teacher", "office", "academic", "duty_leader", "gate", "principal"]
# They end the session, leave the application, or make a file (which tests of their own look at).
NOT_FOLLOWED = re.compile(r"^/(accounts/logout|admin|static|media)|set.?lang|\.(pdf|xlsx|ics|zip)$|export=")
SHORT, LONG = 25, 1000


def shape(address):
    """One page of a kind is enough: numbers and codes in the path are the same to us."""
    parts = urlsplit(address)
    keys = sorted(re.sub(r"=.*", "", one) for one in parts.query.split("&"))
    return re.sub(r"\d+|(?<=/)[0-9a-f]{8,}(?=/)", "N", parts.path), *keys


def links(page, address):
    """The own addresses that a page offers to open."""
    tree = html.fromstring(page)
    for value in tree.xpath("//a/@href | //*/@hx-get"):
        found = urldefrag(urljoin(address, value)).url
        if found.startswith("/") and not found.startswith("//") and not NOT_FOLLOWED.search(found):
            yield found


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_that_is_shown_opens(who, school, client, request):  # noqa: F811
    most = LONG if request.config.getoption("--long") else SHORT
    choice = random.Random(who)
    client.force_login(getattr(school, who).user)
    waiting, seen, wrong = {"/": "the start"}, set(), []
    while waiting and len(seen) < most:
        address = choice.choice(sorted(waiting))
        shown_on = waiting.pop(address)
        if shape(address) in seen:
            continue
        seen.add(shape(address))
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.setdefault(urljoin(address, answer.url), address)
        elif answer.status_code != 200:
            wrong.append((address, answer.status_code, f"shown on {shown_on}"))
        elif (
            answer.headers.get("Content-Type", "").startswith("text/html")
            and not answer.streaming
            and answer.content.strip()
        ):
            for found in links(answer.content, address):
                if shape(found) not in seen:
                    waiting.setdefault(found, address)
    assert wrong == []
    assert len(seen) > 5
