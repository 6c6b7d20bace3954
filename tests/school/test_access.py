"""Nobody sees a row, or enters a page, but for a reason."""

from collections import defaultdict

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.test import RequestFactory

from school import access
from school.access import NOTHING, role_required, rows_for
from school.models import Student
from tests.conftest import TODAY, make_user

pytestmark = pytest.mark.django_db


@role_required("gate")
def guarded(request):
    """What it is for."""
    return HttpResponse("open")


def ask(user):
    request = RequestFactory().get("/somewhere/")
    request.user = user
    return guarded(request)


def test_without_a_reason_nobody_sees_a_row(cast):
    nobody = make_user("无名", "nobody")
    for user in (AnonymousUser(), nobody):
        assert not Student.objects.filter(rows_for("school.Student", user)).exists()
        assert not Student.objects.filter(rows_for("no.Model", user)).exists()
    assert not Student.objects.filter(NOTHING).exists()
    assert set(Student.objects.filter(rows_for("school.Student", cast.mother.user))) == {cast.child, cast.sibling}
    assert Student.objects.filter(rows_for("school.Student", cast.office.user)).count() == Student.objects.count()


def test_a_guarded_view_asks_for_signing_in_then_for_the_role(cast):
    assert ask(AnonymousUser()).status_code == 302
    with pytest.raises(PermissionDenied):
        ask(cast.mother.user)
    assert ask(cast.gate.user).content == b"open"
    assert (guarded.__name__, guarded.__doc__, guarded.roles) == ("guarded", "What it is for.", frozenset({"gate"}))


@pytest.mark.parametrize(
    ("register", "ask", "answer"),
    [
        (access.register_roles, lambda: access.role_codes_of(make_user("甲", "a"), TODAY), {"told"}),
        (access.register_holdings, lambda: access.held_after(None, TODAY), ["told"]),
        (access.register_room_uses, lambda: access.used_from(None, TODAY), ["told"]),
        (access.register_leaving, lambda: access.end_after(None, TODAY, None), ["told"]),
        (access.register_busy, lambda: access.staff_busy(None, 1, 1, TODAY), {"told"}),
        (access.register_days, lambda: access.lost_by_days(None, [], {}), ["told"]),
    ],
)
def test_what_is_registered_is_asked(monkeypatch, register, ask, answer):
    for name in ("_role_rules", "_holding_rules", "_room_use_rules", "_leaving_rules", "_busy_rules", "_days_rules"):
        monkeypatch.setattr(access, name, [])
    register(lambda *_facts: type(answer)(["told"]))
    assert set(ask()) == set(answer)


def test_rows_are_seen_for_any_of_the_reasons(monkeypatch, cast):
    monkeypatch.setattr(access, "_row_rules", defaultdict(list))
    for child in (cast.child, cast.sibling):
        access.register_rows("school.Student", lambda user, pk=child.pk: Q(pk=pk))
    access.register_rows("school.Student", lambda user: None)
    assert set(Student.objects.filter(rows_for("school.Student", cast.gate.user))) == {cast.child, cast.sibling}


@pytest.mark.parametrize(
    ("action", "path"),
    [
        ("board_archive", "/board/archive/"),
        ("board_print", "/board/print/"),
        ("draw_file", "/clubs/draws/1/draw.json"),
        ("agreement_check", "/enrollment/check/a/b/"),
    ],
)
def test_strangers_get_what_costs_much_a_number_of_times(cast, client, as_user, settings, action, path):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "2/10m/ip"}
    statuses = [client.get(path, REMOTE_ADDR="10.1.2.3").status_code for _n in range(3)]
    assert statuses[0] == statuses[1] != 429
    assert statuses[2] == 429
    assert client.get(path, REMOTE_ADDR="10.1.2.4").status_code == statuses[0]
    assert as_user(cast.office).get(path, REMOTE_ADDR="10.1.2.3").status_code != 429
