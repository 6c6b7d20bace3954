"""Who can what, who takes part, who may come later."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clubs.hours import weeks
from clubs.models import Club, Meeting, Skill, StaffSkill
from clubs.participation import participation
from clubs.services.taking_part import ask_exemption, decide_exemption
from clubs.skills import supplies
from enrollment.models import CareDuty
from enrollment.services import assign_duties
from reports.figures import collect
from school.models import ExemptionRequest, Lesson, Staff
from tests.conftest import TODAY, make_staff, records, take
from tests.papers import pdf

pytestmark = pytest.mark.django_db


def exempt(cast, staff):
    asked = ask_exemption(request=ExemptionRequest(staff=staff, term=cast.term, ground="孕期"), by=staff.user)
    return decide_exemption(request=asked, grant=True, opinion="研究同意", by=cast.office.user)


def test_a_teacher_asks_and_the_office_decides_with_an_opinion(afternoon, as_user):
    client = as_user(afternoon.teacher)
    add = reverse("clubs:exemption_add")
    script = SimpleUploadedFile("a.pdf", b"<script>")
    assert client.post(add, {"ground": "孕期", "document": script}).context["form"].errors["document"]
    client.post(add, {"ground": "孕期", "document": SimpleUploadedFile("a.bin", pdf())})
    assert client.post(add, {"ground": "又一次"}).context["form"].errors
    asked = ExemptionRequest.objects.get()
    assert client.get(reverse("clubs:exemption_document", args=[asked.pk]))["Content-Type"] == "application/pdf"
    office = as_user(afternoon.office)
    url = reverse("clubs:exemption_decide", args=[asked.pk])
    assert office.post(url, {"grant": "1", "opinion": " "}).context["form"].errors["opinion"]
    office.post(url, {"grant": "1", "opinion": "研究同意"})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("granted", afternoon.office.user)
    assert office.post(url, {"decline": "1", "opinion": "改"}).context["form"].non_field_errors()
    assert records(as_user(afternoon.homeroom).get(reverse("clubs:exemption_list"))) == []


def test_after_a_refusal_one_may_ask_again(afternoon):
    ask = {"staff": afternoon.teacher, "term": afternoon.term, "ground": "照护"}
    first = ask_exemption(request=ExemptionRequest(**ask), by=afternoon.teacher.user)
    decide_exemption(request=first, grant=False, opinion="人手不足", by=afternoon.office.user)
    assert ask_exemption(request=ExemptionRequest(**ask), by=afternoon.teacher.user).state == "asked"
    with pytest.raises(ValidationError, match="免参与由本人申请"):
        ask_exemption(request=ExemptionRequest(**ask), by=afternoon.homeroom.user)


def test_the_page_and_the_summary_state_one_rate_of_the_staff(afternoon, as_user):
    def rate():
        found = participation(afternoon.term, TODAY)
        of_the_summary = collect(afternoon.term, TODAY)["staff_rate"]
        assert (of_the_summary.numerator, of_the_summary.denominator) == (found.taking_part, found.employees)
        shown = as_user(afternoon.office).get(reverse("clubs:exemption_list")).content.decode()
        assert f"{found.taking_part} / {found.employees}" in shown
        return found.taking_part, found.employees, found.exempt

    assert rate() == (2, 7, 0)  # 周婷 and 吴海 of seven
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    Club.objects.update(assistant=afternoon.gate)
    Meeting.objects.update(assistant=afternoon.gate)
    exempt(afternoon, afternoon.teacher)
    assert rate() == (3, 7, 1)
    make_staff("W903", "外聘", kind="outside")
    assert rate() == (3, 7, 1)


def test_the_turns_pass_over_who_is_exempt_or_barred(afternoon):
    CareDuty.objects.all().delete()
    exempt(afternoon, afternoon.homeroom)
    assert assign_duties(term=afternoon.term, by=afternoon.office.user) == 0
    assert set(CareDuty.objects.values_list("staff__name", flat=True)) == {"吴海"}
    Staff.objects.filter(pk=afternoon.teacher.pk).update(barred_note="查询结果")
    CareDuty.objects.all().delete()
    assert assign_duties(term=afternoon.term, by=afternoon.office.user) == 10


def test_a_teacher_proposes_a_skill_and_the_office_files_it(afternoon, as_user):
    skill = Skill.objects.create(name="书法", category="艺术")
    fields = {"skill": skill.pk, "level": "leads", "staff": afternoon.homeroom.pk}
    as_user(afternoon.teacher).post(reverse("clubs:staff_skill_add"), fields)
    held = StaffSkill.objects.get()
    assert (held.staff, held.filed_by) == (afternoon.teacher, None)
    assert [(row.clubs, row.able, row.short) for row in supplies(afternoon.term)] == [(1, 0, True)]
    as_user(afternoon.office).post(reverse("clubs:staff_skill_file", args=[held.pk]))
    assert [(row.clubs, row.able, row.short) for row in supplies(afternoon.term)] == [(1, 1, False)]
    again = as_user(afternoon.office).post(reverse("clubs:staff_skill_add"), fields | {"staff": afternoon.teacher.pk})
    assert again.context["form"].errors
    as_user(afternoon.office).post(reverse("clubs:staff_skill_add"), fields)
    assert StaffSkill.objects.filed().count() == 2


def test_hours_follow_from_the_timetable_duties_and_clubs(afternoon):
    for weekday in (1, 2):
        Lesson.objects.create(school_class=afternoon.class_1, weekday=weekday, number=1, subject=afternoon.maths)
        Lesson.objects.create(school_class=afternoon.class_1, weekday=weekday + 2, number=1, subject=afternoon.chinese)
    Lesson.objects.create(school_class=afternoon.class_1, weekday=5, number=2, subject=afternoon.maths)
    CareDuty.objects.filter(weekday=5).delete()
    homeroom, teacher = weeks([afternoon.homeroom, afternoon.teacher], afternoon.term, TODAY)
    assert (teacher.late, teacher.early, teacher.enough) == ([3, 4, 5], [5], False)
    assert homeroom.late == [1, 2, 5]
    assert 3 not in homeroom.early  # her club
    afternoon.teacher.hours_fixed = True
    fixed = weeks([afternoon.teacher], afternoon.term, TODAY)[0]
    assert (fixed.late, fixed.early) == ([], [])


def test_a_teacher_sees_her_own_hours_only(afternoon, as_user):
    page = as_user(afternoon.teacher).get(reverse("clubs:hours"))
    assert records(page) == [afternoon.teacher]
    assert len(records(as_user(afternoon.office).get(reverse("clubs:hours")))) == 7
