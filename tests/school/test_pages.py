"""Every page that needs no argument opens for those who may, and refuses those who may not."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

pytestmark = pytest.mark.django_db

APPS = ["school", "enrollment", "clubs", "homework", "board", "surveys", "families", "safety", "fees", "reports"]


def routes():
    """(name, roles) of every route of our own apps."""
    found = []

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, pattern.namespace or namespace)
            elif namespace in APPS:
                found.append((f"{namespace}:{pattern.name}", pattern.callback))

    walk(get_resolver().url_patterns)
    return found


def test_every_route_says_who_may_enter():
    unguarded = [name for name, view in routes() if not hasattr(view, "roles")]
    assert unguarded == []


CAST_ROLES = {
    "guardian": "mother",
    "teacher": "teacher",
    "homeroom_teacher": "homeroom",
    "academic_office": "academic",
    "service_office": "office",
    "duty_leader": "duty_leader",
    "gate": "gate",
    "principal": "principal",
}


@pytest.mark.parametrize("role", CAST_ROLES)
def test_route_table(role, afternoon, as_user):
    """GET of every route without arguments: 403 exactly for those whose role is not named."""
    who = getattr(afternoon, CAST_ROLES[role])
    client = as_user(who)
    wrong = []
    for name, view in routes():
        try:
            url = reverse(name)
        except NoReverseMatch:  # routes with arguments have tests of their own
            continue
        status = client.get(url).status_code
        allowed = not view.roles or "*" in view.roles or not view.roles.isdisjoint(who.user.role_codes)
        if (status == 403) == allowed or status >= 500:
            wrong.append((name, status, allowed))
    assert wrong == []


def test_nobody_enters_without_signing_in(client, cast):
    open_doors = []
    for name, view in routes():
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if view.roles and client.get(url).status_code != 302:
            open_doors.append(name)
    assert open_doors == []


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
