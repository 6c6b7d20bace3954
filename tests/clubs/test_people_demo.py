"""The adults of the demonstration school: papers, skills, exemptions, plans for rain, and two who cannot come."""

import datetime as dt

import pytest

from clubs.models import Club, StaffSkill
from clubs.services.raining import clubs_without_plan
from reports.demo.build import build
from safety.models import Session, Substitution
from school.models import Credential, ExemptionRequest, Staff, Term
from school.vetting import missing_papers
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_its_people():
    build(pupils=240, until=dt.date(2026, 9, 2))
    term = Term.objects.get()
    outside = list(Staff.objects.filter(kind="outside").order_by("number"))
    assert [(person.clubs.get().name, missing_papers(person, TODAY)) for person in outside] == [
        ("武术", []),
        ("航模", []),
    ]
    assert all(person.clubs.get().assistant for person in outside)
    assert Credential.objects.expiring(TODAY).get().staff == outside[0]
    assert sorted(ExemptionRequest.objects.values_list("state", flat=True)) == ["asked", "granted"]
    assert clubs_without_plan(term) == []
    assert (StaffSkill.objects.filed().count(), StaffSkill.objects.filter(filed_by=None).count()) == (
        Club.objects.count(),
        1,
    )
    found = {row.state for row in Substitution.objects.all()}
    assert found >= {"accepted"}
    for row in Substitution.objects.filter(state="accepted").select_related("session"):
        assert (row.session.day, row.session.staff) == (TODAY, row.substitute)
    assert Session.objects.on(TODAY).filter(substitutions__state="open").exists()
