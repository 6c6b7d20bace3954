"""Every page that needs no argument opens for those who may, and refuses those who may not."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse

from families.models import CommitteeMember
from school.middleware import PUBLIC_PATHS
from school.models import User
from tests.conftest import make_staff
from tests.entrances import ENTRANCES, PUBLIC, SIGNED_IN
from tests.looks import unstyled

pytestmark = pytest.mark.django_db


def routes():
    """(name, view) of every route of our own apps, whatever apps there are; tests/test_admin.py looks at the admin."""
    found = []
    ours = {one.name for one in apps.get_app_configs() if Path(one.path).parent == Path(settings.BASE_DIR)}

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, pattern.namespace or namespace)
            elif namespace != "admin" and pattern.callback.__module__.split(".")[0] in ours:
                found.append((f"{namespace}:{pattern.name}".lstrip(":"), pattern.callback))

    walk(get_resolver().url_patterns)
    return found


def open_routes():
    """name → (address, view) of the routes that need no argument."""
    found = {}
    for name, view in routes():
        try:
            found[name] = reverse(name), view
        except NoReverseMatch:  # tests/test_routes.py has those with arguments
            continue
    return found


def test_every_route_says_who_may_enter():
    unguarded = [name for name, view in routes() if not hasattr(view, "roles")]
    assert unguarded == []


def test_every_route_without_arguments_stands_among_the_entrances():
    assert open_routes().keys() == ENTRANCES.keys()


def test_every_view_names_the_roles_of_its_entrance():
    named = {name: view.roles or PUBLIC for name, (_url, view) in open_routes().items()}
    assert named == ENTRANCES


CAST_ROLES = {
    "guardian": "mother",
    "teacher": "teacher",
    "homeroom_teacher": "homeroom",
    "grade_head": "head",
    "academic_office": "academic",
    "service_office": "office",
    "duty_leader": "duty_leader",
    "gate": "gate",
    "principal": "principal",
    "committee": "other_mother",
}


def test_every_role_has_somebody_in_the_cast():
    assert set().union(*ENTRANCES.values()) == CAST_ROLES.keys() | PUBLIC | SIGNED_IN


@pytest.fixture
def everybody(afternoon):
    """The cast, with a grade head and a member of the parents' committee."""
    afternoon.head = make_staff("T008", "秦川", role="grade_head", grade=3)
    CommitteeMember.objects.create(
        guardian=afternoon.other_mother, school_class=afternoon.class_2, starts_on=afternoon.term.starts_on
    )
    return afternoon


@pytest.mark.parametrize("role", CAST_ROLES)
def test_route_table(role, everybody, as_user):
    """GET of every route without arguments: 403 exactly for those whose role is not in its row."""
    who = User.objects.get(pk=getattr(everybody, CAST_ROLES[role]).user.pk)
    assert role in who.role_codes
    client = as_user(who)
    wrong = []
    for name, (url, _view) in open_routes().items():
        answer = client.get(url)
        status = answer.status_code
        if not url.startswith(PUBLIC_PATHS) and "private" not in answer.headers.get("Cache-Control", ""):
            wrong.append((name, "may be stored"))
        allowed = ENTRANCES[name] in (PUBLIC, SIGNED_IN) or not ENTRANCES[name].isdisjoint(who.role_codes)
        if (status == 403) == allowed or status >= 500:
            wrong.append((name, status, allowed))
        wrong += [(name, missing) for missing in unstyled(answer)]
    assert wrong == []


def test_nobody_enters_without_signing_in(client, cast):
    statuses = {name: client.get(url).status_code for name, (url, _view) in open_routes().items()}
    closed = {name for name, status in statuses.items() if status == 302}
    assert closed == {name for name, roles in ENTRANCES.items() if roles != PUBLIC}


def test_a_code_becomes_a_login_once(client, cast):
    from school.models import ActivationCode, Guardian
    from school.services import issue_codes

    adult = Guardian.objects.create(name="新家长", phone="19900000777")
    code = issue_codes(guardians=[adult], by=cast.office.user)[adult]
    answer = client.post(reverse("school:activate"), {"code": f" {code.lower()} ", "password": "maple-leaf-42"})
    assert answer.status_code == 302
    adult.refresh_from_db()
    assert (adult.user.username, adult.user.check_password("maple-leaf-42")) == ("19900000777", True)
    again = client.post(reverse("school:activate"), {"code": code, "password": "maple-leaf-43"})
    assert again.context["form"].errors["code"]
    assert ActivationCode.objects.filter(used_at=None).count() == 0
    assert client.post(reverse("school:activate"), {"code": "WRONG", "password": "short"}).context["form"].errors
