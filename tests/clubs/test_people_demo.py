"""The adults of the demonstration school: papers, skills, exemptions, plans for rain."""

import datetime as dt

import pytest

from clubs.models import Club, StaffSkill
from clubs.services.raining import clubs_without_plan
from reports.demo.build import build
from school.models import Credential, ExemptionRequest, Staff, Term
from school.vetting import missing_papers
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_its_people():
    build(pupils=240, until=TODAY - dt.timedelta(days=1))
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
