"""What is sensitive of a child is never shown to the school without a line in the log: every route, to everybody who may
open it, by GET and by a POST that the page refuses.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from school.models import AccessLog, Guardian, Staff, Student
from tests.entrances import ENTRANCES
from tests.test_foreign_rows import some_of
from tests.test_routes import TABLE, school  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
BORN = dt.date(2017, 2, 3)
# The number of an adult who teaches, or offers a lecture, and happens to have a child here: it says nothing of the child.
OF_ADULTS = {"school:staff_edit", "clubs:lecture_detail", "clubs:lecture_edit"}


@pytest.fixture
def sensitive(school):  # noqa: F811
    """The cast, and what a page may not show unlogged: text → the children of whom it tells."""
    found = {}
    for n, child in enumerate(Student.objects.all()):
        child.number, child.health_note = f"G99000020170203{n:03}X", f"花生过敏{n}"
        born = child.birth_date = BORN + dt.timedelta(days=n)
        child.save()
        for text in (child.number, child.health_note, born.isoformat(), f"{born.year}年{born.month}月{born.day}日"):
            found[text] = {child.pk}
    for guardian in Guardian.objects.exclude(phone="").exclude(guardianships=None):
        found[guardian.phone] = set(guardian.guardianships.values_list("student", flat=True))
    return school, found


def asked(client, url, body):
    """The text of an answer, and the children whose data it logged; nothing stays."""
    with transaction.atomic():
        before = set(AccessLog.objects.values_list("pk", flat=True))
        answer = client.get(url) if body is None else client.post(url, body)
        fresh = AccessLog.objects.exclude(pk__in=before)
        logged = set() if transaction.get_connection().needs_rollback else set(fresh.values_list("student", flat=True))
        shown = "" if answer.streaming else answer.content.decode(errors="ignore")
        transaction.set_rollback(True)
    return shown, logged


def unlogged(client, url, person, texts):
    """What the person reads there of children without its being logged; not what is the person's own."""
    client.force_login(person.user)
    for body in (None, {}):
        shown, logged = asked(client, url, body)
        for text, children in texts.items():
            if text in shown and text not in (person.phone, person.user.phone) and not children & logged:
                yield "GET" if body is None else "POST", text


def test_nobody_reads_what_is_sensitive_without_a_line_in_the_log(sensitive, client, request):
    """A tenth of the routes in a run of the suite, others each day; all of them with --long."""
    cast, texts = sensitive
    client.raise_request_exception = False
    whole, wrong = request.config.getoption("--long"), []
    staff = {name: one for name, one in vars(cast).items() if isinstance(one, Staff) and one.user}
    addresses = {
        name: (arguments(cast), [who for who in may if who in staff]) for name, (arguments, may, _) in TABLE.items()
    }
    addresses |= {name: ([], list(staff)) for name in ENTRANCES}
    names = set(addresses) - OF_ADULTS
    for name in sorted(names) if whole else some_of(some_of(names) + some_of(names)):
        arguments, readers = addresses[name]
        for who in readers:
            wrong += [
                (name, who, *found) for found in unlogged(client, reverse(name, args=arguments), staff[who], texts)
            ]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["school:student_edit", "school:student_groups", "school:guardian_edit", "enrollment:collector_edit"]
)
def test_a_refused_form_is_a_look_as_well(sensitive, client, name):
    cast, texts = sensitive
    arguments, _may, _may_not = TABLE[name]
    url = reverse(name, args=arguments(cast))
    client.force_login(cast.office.user)
    _shown, logged = asked(client, url, {"phone": "1", "name": ""})
    assert logged
    assert list(unlogged(client, url, cast.office, texts)) == []
