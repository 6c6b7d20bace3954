"""What nobody sends from a page, sent to every route by who may open it: a sentence or «not found», never an error of ours."""

import datetime as dt
import random
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.school.test_pages import CAST_ROLES, ENTRANCES, open_routes
from tests.test_foreign_rows import APPS, bodies, some_of, tried
from tests.test_routes import TABLE, school  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

NUMBERS = ["abc", "²", "", "-1", "1e3", "9" * 30]
NONSENSE = ["\x00", "²", "9" * 20, "-1", "9999-12-31", "0000-00-00", "²" * 300, "‮<script>", "[]"]
LISTS = [
    ("enrollment:application_list", "approve", "office"),
    ("enrollment:change_list", "approve", "office"),
    ("fees:waiver_list", "grant", "office"),
    ("homework:report_list", "use", "academic"),
    ("homework:sheet_list", "pass", "academic"),
]
# What addresses of the application carry behind the question mark; not those that make a file.
PARAMETERS = {
    *(
        "action",
        "class",
        "club",
        "day",
        "from",
        "grade",
        "like",
        "month",
        "of",
        "option",
        "page",
        "period",
        "q",
        "room",
    ),
    *("row", "school_class", "sort", "staff", "status", "student", "subject", "term", "to", "week", "year"),
}


@pytest.mark.parametrize(("name", "action", "who"), LISTS)
def test_keys_that_are_none_select_nothing(cast, as_user, name, action, who):
    client = as_user(getattr(cast, who))
    assert client.post(reverse(name), {"action": action, "row": NUMBERS}).status_code in (200, 302, 405)


def persons(cast, name):
    """Somebody who may open the route, or nobody at all where everyone may."""
    if name in TABLE:
        return getattr(cast, TABLE[name][1][0]) if TABLE[name][1] else None
    roles = [role for role in ENTRANCES.get(name, ()) if role in CAST_ROLES and hasattr(cast, CAST_ROLES[role])]
    return getattr(cast, CAST_ROLES[roles[0]]) if roles else cast.office


def pieces(url, arguments):
    """The address with one of its arguments replaced by nonsense."""
    for argument in arguments:
        for sense in ("9" * 20, "0", "²", "9999-12-31", "%00"):
            yield url.replace(f"/{argument}/", f"/{sense}/", 1)


def asked(client, person, url, usual):
    """`usual`: the tables that opening the page writes anyway, what was read for example."""
    status, rows, _text = tried(client, url, person, None)
    return [] if status < 500 and set(rows) <= usual else [(url, status, rows)]


def sent(client, person, url, body):
    status, _rows, _text = tried(client, url, person, body)
    return [] if status < 500 else [(url, status, dict(body))]


@pytest.mark.parametrize("app", sorted({*APPS, *(name.partition(":")[0] for name in open_routes())}))
def test_nonsense_is_answered(app, school, client, request):  # noqa: F811
    """In the path, behind the question mark, and in each field of the route's own forms.

    A fifth of the routes in a run of the suite, a few places of each; all of them with --long.
    """
    client.raise_request_exception = False
    choice = random.Random(f"{app} {dt.date.today()}")
    few = 1000 if request.config.getoption("--long") else 2

    def some(things):
        things = list(things)
        return choice.sample(things, min(few, len(things)))

    routes = {name: reverse(name, args=row[0](school)) for name, row in TABLE.items()}
    routes |= {name: url for name, (url, _view) in open_routes().items()}
    names, wrong = [name for name in routes if name.partition(":")[0] == app], []
    for name in names if few > 2 else some_of(names):
        url = routes[name]
        person = persons(school, name)
        usual = set(tried(client, url, person, None)[1])
        for other in some(pieces(url, TABLE[name][0](school) if name in TABLE else [])):
            wrong += asked(client, person, other, usual)
        for parameter in some(sorted(PARAMETERS)):
            wrong += asked(client, person, f"{url}?{parameter}={quote(choice.choice(NONSENSE))}", usual)
        for body in (bodies(client, url, person, 3) if person else [{}])[1:]:
            for field in some(body):
                sense = choice.choice(NONSENSE)
                wrong += sent(client, person, url, body | {field: [sense, sense]})
    assert wrong == []
