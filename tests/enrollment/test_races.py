"""Two people at once, each on a connection of their own."""

import pytest

from enrollment.models import Agreement, Application, ChangeRequest, Enrolment, Receipt, Signature
from enrollment.services import decide_application, decide_change, request_change, submit_application
from tests.clubs.test_services import race
from tests.conftest import TODAY, enrol, make_choices, make_signing

pytestmark = pytest.mark.django_db(transaction=True)


def apply_as(offer, student, guardian):
    return submit_application(
        option=offer,
        student=student,
        choices=make_choices(guardian),
        signing=make_signing(guardian),
        by=guardian.user,
    )


def test_two_guardians_apply_at_once_and_nothing_is_doubled(cast, offer):
    results = race([lambda: apply_as(offer, cast.child, cast.mother), lambda: apply_as(offer, cast.child, cast.father)])
    assert sorted(type(r).__name__ for r in results) == ["Application", "ValidationError"]
    first = Application.objects.get()
    refusal = next(r for r in results if not isinstance(r, Application))
    assert first.submitted_by.name in refusal.messages[0]
    assert (Agreement.objects.count(), Signature.objects.count(), Receipt.objects.count()) == (2, 2, 1)
    assert list(cast.child.collectors.values_list("name", flat=True)) == [first.submitted_by.name]


def test_two_offices_approve_for_the_last_place(cast, offer):
    offer.capacity = 1
    offer.save()
    waiting = [apply_as(offer, cast.child, cast.mother), apply_as(offer, cast.other_child, cast.other_mother)]
    for application in waiting:
        decide_application(application=application, decision="approve", by=cast.homeroom.user)
    results = race(
        [
            lambda: decide_application(application=waiting[0], decision="approve", by=cast.office.user),
            lambda: decide_application(application=waiting[1], decision="approve", by=cast.office.user),
        ]
    )
    assert sorted(type(r).__name__ for r in results) == ["Application", "ValidationError"]
    assert Enrolment.objects.count() == 1


def test_one_application_approved_twice_makes_one_enrolment(cast, offer):
    application = apply_as(offer, cast.child, cast.mother)
    decide_application(application=application, decision="approve", by=cast.homeroom.user)
    results = race([lambda: decide_application(application=application, decision="approve", by=cast.office.user)] * 2)
    assert sorted(type(r).__name__ for r in results) == ["Application", "ValidationError"]
    assert Enrolment.objects.count() == 1


def test_two_guardians_ask_for_a_change_at_once(cast, offer):
    enrolment = enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    day = TODAY.replace(day=30)

    def ask(guardian, weekdays):
        return request_change(enrolment=enrolment, kind="days", effective_on=day, weekdays=weekdays, by=guardian.user)

    results = race([lambda: ask(cast.mother, [1]), lambda: ask(cast.father, [2])])
    assert sorted(type(r).__name__ for r in results) == ["ChangeRequest", "ValidationError"]
    change = ChangeRequest.objects.get()
    twice = race([lambda: decide_change(change=change, agree=True, by=cast.office.user)] * 2)
    assert sorted(type(r).__name__ for r in twice) == ["ChangeRequest", "ValidationError"]
    assert Enrolment.objects.count() == 2
