"""Every route that names a row, tried by everybody who has no part in it: by GET, by POST with nothing, and by POST with what
the route's own forms would send. Nothing of others is written, by the counters of each table, and no child's name is read.

The bodies come from the forms as somebody sees them who may; that they are good is shown by how many of them write then.
"""

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import connection, transaction
from django.urls import reverse
from lxml import html

from school.models import Guardian, SchoolClass, Staff
from tests.conftest import TODAY, make_staff, make_student, make_user
from tests.test_routes import PUBLIC, TABLE, school  # noqa: F401  # a fixture
from tests.test_sweep import is_page

pytestmark = pytest.mark.django_db
APPS = sorted({name.partition(":")[0] for name in TABLE})
# The session itself, and the log of who looked: neither is a row of others.
OWN = {"django_session", "school_accesslog"}
# Pages for every family or colleague; what they show of children is asked in tests of their own.
FOR_ALL = PUBLIC | {"clubs:club_ical"}
# Routes of each app whose own form, filled by rule, writes something for who may; fewer would say that bodies went stale.
GOOD = {
    "clubs": 18,
    "enrollment": 16,
    "families": 5,
    "fees": 9,
    "homework": 13,
    "safety": 5,
    "school": 14,
    "surveys": 8,
}
REFUSED = (302, 403, 404, 405)


def some_of(names):
    """A fifth of them, the same all day."""
    return random.Random(f"{dt.date.today()}").sample(sorted(names), -(-len(names) // 5))


def written():
    """Table → rows inserted, changed or deleted in this transaction so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return Counter({table: count for table, count in cursor.fetchall() if count and table not in OWN})


def filled(form, button=None):
    """What a person sends who fills what is required and leaves the rest as it stands."""
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = field.get("name"), field.get("type", "")
        if name == "csrfmiddlewaretoken" or any(values.get(name, [])):
            continue
        if field.tag == "select":
            options = [option.get("value") for option in field.xpath(".//option[@value != '']")]
            values[name] = options[:1]
        elif kind in ("checkbox", "radio"):
            values[name] = [field.get("value") or "on"]
        elif kind == "date":
            values[name] = [(TODAY + dt.timedelta(days=1)).isoformat()]
        elif kind == "time":
            values[name] = ["15:40"]
        elif kind == "datetime-local":
            values[name] = [f"{TODAY + dt.timedelta(days=1)}T08:00"]
        elif kind == "number" or field.get("inputmode") in ("numeric", "decimal"):
            values[name] = [field.get("min") or "1"]
        elif kind == "tel" or field.get("inputmode") == "tel":
            values[name] = ["19900000555"]
        elif kind not in ("file", "hidden", "submit", "search"):
            values[name] = ["测试"]
    if button is not None:
        values[button.get("name")] = [button.get("value", "")]
    values.pop("csrfmiddlewaretoken", None)
    values.pop("form_key", None)
    return values


def bodies(client, url, who, most):
    """What the forms of the page that post to this address would send, a body a button; as `who` sees them."""
    client.force_login(who.user)
    answer = client.get(url)
    found = [{}]
    if answer.status_code != 200 or not is_page(answer):
        return found
    for form in html.fromstring(answer.content).forms:
        if form.method.upper() != "POST" or (form.action or url).split("?")[0] not in (url, ""):
            continue
        buttons = form.xpath(".//button[@name] | .//input[@type='submit'][@name]")
        found += [filled(form, button) for button in buttons] or [filled(form)]
    return found[:most]


@pytest.fixture
def everybody(school):  # noqa: F811
    """Beside the cast: a coach from outside, the homeroom teacher of another class, a family with a child there."""
    cast = school
    cast.coach = Staff.objects.create(number="W009", name="罗教练", kind="outside", user=make_user("罗教练", "W009"))
    elsewhere = SchoolClass.objects.create(entry_year=2024, number=9)
    cast.other_homeroom = make_staff("T090", "沙兰", role="homeroom_teacher", school_class=elsewhere)
    cast.stranger = Guardian.objects.create(name="石青", phone="19900000606", user=make_user("石青", "19900000606"))
    make_student("石小青", elsewhere, (cast.stranger, "母亲"))
    return cast


def strangers(cast, name):
    """Who has no part in the row that the table names: those it says, and whose role fits but whose row it is not."""
    _arguments, _may, may_not = TABLE[name]
    people = [(who, getattr(cast, who), True) for who in may_not]
    for who, like in (("stranger", "mother"), ("coach", "teacher"), ("other_homeroom", "homeroom")):
        people.append((who, getattr(cast, who), like in may_not))
    return [*people, ("nobody", None, True)]


def tried(client, url, person, body):
    """(status, tables written, text) of a request that is taken back again."""
    if person is None:
        client.logout()
    else:
        client.force_login(person.user)
    before = written()
    with transaction.atomic():
        answer = client.get(url) if body is None else client.post(url, body)
        # A request that the database refused has written nothing.
        rows = Counter() if connection.needs_rollback else written() - before
        shown = b"" if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, sorted(rows), shown.decode(errors="ignore")


@pytest.mark.parametrize("app", APPS)
def test_nobody_reads_or_writes_rows_of_others(app, everybody, client, request):
    """A fifth of the routes in a run of the suite, others each day; all of them with --long."""
    whole = request.config.getoption("--long")
    cast, wrong, good = everybody, [], 0
    names = [name for name in TABLE if name.partition(":")[0] == app and name not in FOR_ALL]
    client.raise_request_exception = False
    children = ("韩小雨", "韩小冬", "韩小秋", "韩小春", cast.mother.phone, cast.father.phone)
    for name in names if whole else some_of(names):
        arguments, may, _may_not = TABLE[name]
        url = reverse(name, args=arguments(cast))
        member = getattr(cast, may[0]) if may else None
        sent = bodies(client, url, member, 8 if whole else 3) if member else [{}]
        good += any(tried(client, url, member, body)[1] for body in sent) if member else 0
        for who, person, surely in strangers(cast, name):
            for body in [None, *sent]:
                status, rows, text = tried(client, url, person, body)
                if status not in (REFUSED if surely else (200, *REFUSED, 422)):
                    wrong.append((name, who, status, body))
                if rows:
                    wrong.append((name, who, "wrote", rows, body))
                if status == 200 and (seen := [child for child in children if child in text]):
                    wrong.append((name, who, "read", seen))
    assert wrong == []
    # Of most routes that change something the bodies are good.
    assert good >= GOOD.get(app, 0) or not whole
