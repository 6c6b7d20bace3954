"""Django's administration: every list and page opens, with a number of queries that does not grow; ledgers stay shut."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from school.administration import LedgerAdmin
from school.models import Guardian, Student, User
from tests.conftest import TODAY, make_student, session_of

pytestmark = pytest.mark.django_db
APPS = ["school", "enrollment", "clubs", "homework", "safety"]
OURS = {model: page for model, page in admin.site._registry.items() if model._meta.app_label in APPS}


@pytest.fixture
def root(db, client):
    client.force_login(User.objects.create_superuser("root", name="管理员"))
    return client


def address(model, what, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def test_every_table_has_a_page():
    from django.apps import apps

    tables = [m for app in APPS for m in apps.get_app_config(app).get_models() if not hasattr(m, "pgh_tracked_model")]
    without = {m.__name__ for m in tables} - {m.__name__ for m in OURS}
    # Two stand in their period and comment; what is printed is gone after a day.
    assert without == {"PeriodTime", "Mention", "Printout"}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_pages_open(model, afternoon, root):
    assert root.get(address(model, "changelist"), {"q": "韩"}).status_code == 200
    if row := model.objects.first():
        assert root.get(address(model, "change", row.pk)).status_code == 200
        assert root.get(address(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", [m for m, page in OURS.items() if isinstance(page, LedgerAdmin)])
def test_ledgers_can_only_be_read(model, root):
    assert root.get(address(model, "add")).status_code == 403


def test_queries_of_lists_do_not_grow(afternoon, root):
    from safety.services import call_roll

    def queries():
        counted = {}
        for model in OURS:
            with CaptureQueriesContext(
                connection,
            ) as found:
                root.get(address(model, "changelist"))
            counted[model.__name__] = len(found)
        return counted

    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks={afternoon.child.pk: "present"}, by=afternoon.homeroom.user)
    queries()
    before = queries()
    children = [make_student(f"新{n}", afternoon.class_2, (afternoon.mother, "母亲")) for n in "甲乙丙"]
    call_roll(session=session, marks={child.pk: "present" for child in children}, by=afternoon.homeroom.user)
    assert queries() == before


def test_history_shows_who_changed_what(cast, as_user, root):
    as_user(cast.office).post(
        reverse("school:guardian_edit", args=[cast.mother.pk]), {"name": "沈月", "phone": "19900000999"}
    )
    root.force_login(User.objects.get(username="root"))
    page = root.get(address(Guardian, "history", cast.mother.pk))
    change = page.context["changes"][0]
    assert (change["who"], [(old, new) for _label, old, new in change["fields"]]) == (
        "郑岚",
        [("19900000101", "19900000999")],
    )


def test_only_superusers_enter(cast, as_user):
    assert as_user(cast.principal).get(address(Student, "changelist")).status_code == 302
    assert Student.objects.filter(class_memberships__starts_on__gt=TODAY).count() == 0
