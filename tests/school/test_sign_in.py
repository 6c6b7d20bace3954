"""Signing in: how long it lasts, the second factor, and the end of a login."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from enrollment.models import CareDuty
from school.services import end_staff
from tests.conftest import PASSWORD, TODAY

pytestmark = pytest.mark.django_db


def sign_in(client, login):
    return client.post(reverse("account_login"), {"login": login, "password": PASSWORD, "remember": "on"})


@pytest.mark.parametrize(
    ("who", "hours"), [("mother", 24 * 150), ("homeroom", 24 * 150), ("office", 12), ("principal", 12)]
)
def test_a_familys_phone_stays_signed_in_and_an_office_does_not(client, cast, who, hours):
    person = getattr(cast, who)
    assert sign_in(client, person.user.username).status_code == 302
    assert client.session.get_expiry_age() == hours * 3600


@pytest.mark.parametrize(
    ("who", "asked"), [("office", True), ("academic", True), ("principal", True), ("mother", False)]
)
def test_roles_that_see_many_children_set_up_a_second_factor_first(client, cast, settings, who, asked):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(getattr(cast, who).user)
    answer = client.get(reverse("home"))
    assert (answer.url == reverse("mfa_activate_totp")) is asked


def test_a_last_day_ends_the_login_after_the_duties_are_handed_over(client, afternoon):
    with pytest.raises(ValidationError):
        end_staff(staff=afternoon.teacher, last_day=TODAY - dt.timedelta(days=1))
    CareDuty.objects.filter(staff=afternoon.teacher).delete()
    end_staff(staff=afternoon.teacher, last_day=TODAY - dt.timedelta(days=1))
    afternoon.teacher_parent.delete()
    assert sign_in(client, "T002").status_code == 200


def test_a_teacher_who_is_a_parent_keeps_the_familys_pages(client, afternoon):
    CareDuty.objects.filter(staff=afternoon.teacher).delete()
    end_staff(staff=afternoon.teacher, last_day=TODAY - dt.timedelta(days=1))
    assert sign_in(client, afternoon.teacher.phone).status_code == 302
    assert client.get(reverse("safety:family_today")).status_code == 200
    assert client.get(reverse("safety:my_day")).status_code == 403
