"""Nobody sees a row, or enters a page, but for a reason."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from school.access import NOTHING, role_required, rows_for
from school.models import Student
from tests.conftest import make_user

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
