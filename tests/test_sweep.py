"""Nothing that a page shows leads nowhere: every person follows the links that they see, and finds the doors open that
their buttons lead to.

A run of the suite follows a few links of each person, other ones for each person; --long follows all of them.
"""

import datetime as dt
import random
import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from reports.demo.accounts import accounts
from reports.demo.build import build
from school.models import User
from tests.conftest import TODAY, make_staff
from tests.looks import unstyled
from tests.school.test_pages import CAST_ROLES
from tests.test_routes import school  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
PEOPLE = sorted({"father", "asked", *CAST_ROLES.values()})
# They end the session, leave the application, or make a file (which tests of their own look at).
NOT_FOLLOWED = re.compile(r"^/(accounts/logout|admin|static|media)|set.?lang|\.(pdf|xlsx|ics|zip)$|export=")
SHORT, LONG = 25, 1000


def shape(address):
    """One page of a kind is enough: numbers and codes in the path are the same to us."""
    parts = urlsplit(address)
    keys = sorted(re.sub(r"=.*", "", one) for one in parts.query.split("&"))
    return re.sub(r"\d+|(?<=/)[0-9a-f]{8,}(?=/)", "N", parts.path), *keys


LINKS, BUTTONS = "//a/@href | //*/@data-hx-get", "//form[@method='post']/@action | //*/@data-hx-post"


def offered(page, address, where):
    """The own addresses that a page offers: to open (LINKS), or to send something to (BUTTONS)."""
    for value in html.fromstring(page).xpath(where):
        found = urldefrag(urljoin(address, value)).url
        if found.startswith("/") and not found.startswith("//") and not NOT_FOLLOWED.search(found):
            yield found


def closed_doors(client, page, address, seen):
    """Buttons into a closed door. Asked by GET, which changes nothing: a view that only takes POST answers 405."""
    for found in offered(page, address, BUTTONS):
        if shape(found) not in seen:
            seen.add(shape(found))
            status = client.get(found).status_code
            if status not in (200, 301, 302, 405):
                yield found, status, f"button on {address}"


def crawl(client, user, seed, most):
    """(address, status, where it was shown) of each link and button that leads nowhere; how many pages were opened."""
    choice = random.Random(seed)
    client.force_login(user)
    waiting, seen, buttons, wrong = {"/": "the start"}, set(), set(), []
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
        elif is_page(answer):
            wrong += [(address, missing, "a class that the stylesheet lacks") for missing in unstyled(answer)]
            wrong += closed_doors(client, answer.content, address, buttons)
            for found in offered(answer.content, address, LINKS):
                if shape(found) not in seen:
                    waiting.setdefault(found, address)
    return wrong, len(seen)


def is_page(answer):
    kind = answer.headers.get("Content-Type", "")
    return kind.startswith("text/html") and not answer.streaming and answer.content.strip()


@pytest.fixture
def most(request):
    return LONG if request.config.getoption("--long") else SHORT


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_that_is_shown_opens(who, school, client, most):  # noqa: F811
    school.head = make_staff("T008", "秦川", role="grade_head", grade=3)
    wrong, opened = crawl(client, getattr(school, who).user, who, most)
    assert wrong == []
    assert opened > 5


def test_every_link_of_every_role_of_the_demonstration_opens(client, most):
    """One account of each role, as it is given out."""
    build(pupils=60, until=TODAY - dt.timedelta(days=1))
    found = {}
    for account in accounts():
        wrong, _opened = crawl(client, User.objects.get(username=account.login), account.role, most)
        found |= {account.role: wrong} if wrong else {}
    assert found == {}
