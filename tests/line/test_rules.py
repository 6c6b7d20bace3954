"""A rule that refuses is a row: changing it changes what the pages and the import allow, with nothing else touched."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from enrollment.models import Application, Enrolment, LeavesAlone, ReviewStage, ServiceOption
from enrollment.services import submit_application
from homework.models import HomeworkItem
from safety.models import Release
from safety.rolls import expected_students
from safety.services import call_roll
from school.importing.run import plan_import
from school.models import PolicyRule, Subject
from tests.conftest import TODAY, make_choices, make_signing, session_of

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "samples" / "school-180.xlsx"


def lift(key, **changes):
    PolicyRule.objects.filter(key=key, severity="block").update(**(changes or {"enabled": False}))


def enter_homework(client, school_class, minutes, **more):
    url = f"{reverse('homework:item_add')}?day={TODAY.isoformat()}"
    subject = Subject.objects.get(name="语文")
    fields = {
        "classes": [school_class.pk],
        "declared": "on",
        "subject": subject.pk,
        "content": "练习",
        "kind": "written",
        "minutes": minutes,
        "place": "home",
        "tier": "all",
    }
    return client.post(url, fields | more)


def test_h1_on_the_page(cast, as_user):
    client = as_user(cast.academic)
    refused = enter_homework(client, cast.first_grade, 10)
    assert "教基厅函〔2021〕13号" in refused.content.decode()
    assert refused.context["form"]["content"].value() == "练习"
    lift("H1", severity="warn")
    asked = enter_homework(client, cast.first_grade, 10)
    assert "不布置书面" in asked.context["to_confirm"][0]
    assert HomeworkItem.objects.count() == 0
    assert enter_homework(client, cast.first_grade, 10, confirmed="on").status_code == 302
    assert HomeworkItem.objects.count() == 1


def test_h2_on_the_page(cast, as_user):
    client = as_user(cast.academic)
    assert enter_homework(client, cast.class_1, 61).status_code == 200
    lift("H2", value=70)
    assert enter_homework(client, cast.class_1, 61).status_code == 302


def test_s3_on_the_page(cast, offer, as_user):
    ServiceOption.objects.update(weekdays=[6])
    client = as_user(cast.office)
    window = {"opens_at": "2026-11-18T08:00", "closes_at": "2026-11-30T18:00"}
    refused = client.post(reverse("enrollment:option_open", args=[offer.pk]), window)
    assert "教学日" in refused.content.decode() or "星期一到星期五" in refused.content.decode()
    lift("S3")
    assert client.post(reverse("enrollment:option_open", args=[offer.pk]), window).status_code == 302


def test_s3_in_the_import(cast):
    book = openpyxl.load_workbook(SAMPLE)
    book["社团"]["G3"] = "周六"
    data = io.BytesIO()
    book.save(data)
    refused = plan_import(data.getvalue()).context.refused
    assert [(p.sheet, p.row, p.column, "星期一到星期五" in p.reason) for p in refused] == [
        ("社团", 3, "活动时间", True)
    ]
    lift("S3")
    assert plan_import(data.getvalue()).context.refused == []


def sit_down(client, offer, student, sign):
    """The guardian's sitting up to sending; returns the answer to that."""
    url = reverse("enrollment:apply", args=[offer.pk, student.pk])
    adults = list(student.guardianships.filter(barred=False).values_list("guardian", flat=True))
    chosen = {"weekdays": [1, 2], "starts_on": "2026-11-18", "guardians": adults}
    review = client.post(url, chosen | {"step": "review"})
    return client.post(url, chosen | {"step": "send", "versions": review.context["sheet"].versions} | sign)


def test_s5_on_the_page(cast, offer, as_user):
    client = as_user(cast.mother)
    assert sit_down(client, offer, cast.child, {}).status_code == 200
    assert not Application.objects.exists()
    assert sit_down(client, offer, cast.child, {"name": "沈月", "read": "on"}).status_code == 302
    assert Application.objects.get().agreements.count() == 2


def test_s6_on_the_page(cast, offer, as_user):
    application = submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    client = as_user(cast.office)
    url = reverse("enrollment:application_detail", args=[application.pk])
    client.post(url, {"decision": "approve"})
    client.post(reverse("enrollment:application_list"), {"row": application.pk})
    assert not Enrolment.objects.exists()
    step = reverse("enrollment:stage_edit", args=[ReviewStage.objects.get(step="class_review").pk])
    assert "先由班级审核，再由学校核准" in client.post(step, {"role": "homeroom_teacher"}).content.decode()
    lift("S6")
    assert client.post(step, {"role": "homeroom_teacher"}).status_code == 302
    client.post(url, {"decision": "approve"})
    assert Enrolment.objects.count() == 1


def test_t9_on_the_page(afternoon, as_user):
    session = session_of(afternoon.group, afternoon.first)
    call_roll(session=session, marks=dict.fromkeys(expected_students(session), "present"), by=afternoon.homeroom.user)
    pick_up = afternoon.other_child.applications.get().agreements.get(kind="pick_up")
    LeavesAlone.objects.create(
        student=afternoon.other_child, weekdays=[3], agreement=pick_up, starts_on=TODAY, ends_on=TODAY + dt.timedelta(1)
    )
    client = as_user(afternoon.homeroom)
    url = reverse("safety:child_release", args=[session.pk, afternoon.other_child.pk])
    refused = client.post(url, {"collector": "alone"})
    assert (refused.status_code, "十部门令23号" in refused.content.decode()) == (422, True)
    lift("T9", grade_to=2)
    assert client.post(url, {"collector": "alone"}).status_code == 302
    assert Release.objects.get().how == "alone"
