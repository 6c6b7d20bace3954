"""Rows of the people behind the clubs, and of a day's changes (tests/test_routes.py, tests/test_queries.py)."""

import datetime as dt

from django.core.files.base import ContentFile

from clubs.models import ClubChange, Meeting, RainDay, Skill, StaffSkill
from school.models import CredentialException, ExemptionRequest
from tests.conftest import TODAY

OFFICE = ["office", "academic"]
NOT_OFFICE = ["mother", "teacher", "homeroom", "gate", "principal"]
CHANGERS = [*OFFICE, "duty_leader"]
NOT_CHANGERS = ["mother", "teacher", "homeroom", "gate", "principal"]


def add_rows(cast):
    cast.exception = CredentialException.objects.create(
        staff=cast.teacher,
        kind="insurance",
        reason="在办",
        document="纪要",
        starts_on=TODAY,
        ends_on=TODAY,
        granted_by=cast.office.user,
    )
    cast.exemption = ExemptionRequest.objects.create(staff=cast.teacher, term=cast.term, ground="孕期")
    cast.exemption.document.save("paper.pdf", ContentFile(b"%PDF"))
    cast.staff_skill = StaffSkill.objects.create(
        staff=cast.teacher, skill=Skill.objects.create(name="书法", category="艺术")
    )
    cast.club_meeting = Meeting.objects.first()
    cast.rain = RainDay.objects.create(day=TODAY - dt.timedelta(days=1), by=cast.office.user)


TABLE = {
    "school:exception_add": (lambda c: [c.teacher.pk], OFFICE, NOT_OFFICE),
    "school:exception_end": (lambda c: [c.exception.pk], OFFICE, NOT_OFFICE),
    "clubs:meeting_change": (lambda c: [c.club_meeting.pk], CHANGERS, NOT_CHANGERS),
    "clubs:rain_stop": (lambda c: [c.rain.pk], CHANGERS, NOT_CHANGERS),
    "clubs:staff_skill_file": (lambda c: [c.staff_skill.pk], OFFICE, NOT_OFFICE),
    "clubs:exemption_decide": (lambda c: [c.exemption.pk], OFFICE, NOT_OFFICE),
    "clubs:exemption_document": (lambda c: [c.exemption.pk], [*OFFICE, "teacher"], ["mother", "gate"]),
}
OTHERS = [
    ("clubs:exemption_document", lambda c: [c.exemption.pk], "homeroom"),
    ("clubs:exemption_document", lambda c: [c.exemption.pk], "principal"),
]
PAGES = [
    ("clubs:meeting_list", [], "office"),
    ("clubs:meeting_list", [], "teacher"),
    ("clubs:rain", [], "duty_leader"),
    ("clubs:skill_list", [], "office"),
    ("clubs:skill_list", [], "teacher"),
    ("clubs:exemption_list", [], "office"),
    ("clubs:hours", [], "office"),
    ("school:credential_list", [], "office"),
]


def more_rows(cast, person, n):
    CredentialException.objects.create(
        staff=person,
        kind="contract",
        reason="在办",
        document="纪要",
        starts_on=TODAY,
        ends_on=TODAY,
        granted_by=person.user,
    )
    ExemptionRequest.objects.create(staff=person, term=cast.term, ground="照护")
    skill = Skill.objects.create(name=f"特长{n}", category="体育")
    StaffSkill.objects.create(staff=person, skill=skill, filed_by=cast.office.user)
    StaffSkill.objects.create(staff=cast.teacher, skill=skill)
    for meeting in Meeting.objects.filter(day=TODAY, changes=None):
        ClubChange.objects.create(meeting=meeting, kind="restored", reason="原定", by=cast.office.user)
