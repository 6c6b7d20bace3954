"""Every list is loaded with the same number of queries, whether it has one row or three."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clubs.models import Club, ClubSlot
from enrollment.models import CareDuty, ServiceOption
from enrollment.services import form_groups
from safety.models import Leave
from safety.services import call_roll, plan_day
from school.models import (
    Credential,
    ImportBatch,
    Period,
    Post,
    Room,
    SchoolClass,
    SpecialGroup,
    SpecialGroupMembership,
    Subject,
    Teaching,
)
from tests.clubs import routes as clubs_routes
from tests.clubs import routes_activities, routes_people, routes_timetable
from tests.conftest import TODAY, enrol, make_guardian, make_staff, make_student, session_of, take
from tests.enrollment import routes as enrollment_routes
from tests.families import routes as families_routes
from tests.fees import routes as fees_routes
from tests.homework import routes as homework_routes
from tests.safety import routes as safety_routes

pytestmark = pytest.mark.django_db


def more_of_everything(cast, n):
    """One more row in every list that a page shows."""
    subject = Subject.objects.create(name=f"学科{n}")
    room = Room.objects.create(name=f"教室{n}", capacity=40)
    school_class = SchoolClass.objects.create(entry_year=2024, number=10 + n, room=room)
    person = make_staff(f"T1{n:02}", f"新老师{n}", role="homeroom_teacher", school_class=school_class, subject=subject)
    Post.objects.create(staff=cast.homeroom, role="grade_head", grade=n, starts_on=TODAY)
    Teaching.objects.create(staff=cast.homeroom, school_class=school_class, subject=subject, starts_on=TODAY)
    Credential.objects.create(staff=person, kind="contract", starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=n))
    Credential.objects.create(staff=cast.teacher, kind="insurance", starts_on=TODAY)
    group = SpecialGroup.objects.create(name=f"群体{n}")
    aunt = make_guardian(f"姨{n}", f"1990000100{n}")
    child = make_student(f"韩小{n}", cast.class_1, (cast.mother, "母亲"), (aunt, "姨母"))
    SpecialGroupMembership.objects.create(student=child, group=group)
    SpecialGroupMembership.objects.create(student=cast.child, group=group)
    enrol(cast.option, child, cast.mother, cast.homeroom, cast.office)
    waiting = make_student(f"杨小{n}", cast.class_1, (cast.mother, "母亲"))
    apply_for(cast, waiting)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    ServiceOption.objects.create(
        term=cast.term, name=f"项目{n}", weekdays=[1], starts_on=cast.term.starts_on, ends_on=cast.term.ends_on
    ).periods.set(Period.objects.all())
    club = Club.objects.create(
        term=cast.term,
        name=f"社团{n}",
        category="art",
        capacity=9,
        grade_from=1,
        grade_to=6,
        room=room,
        instructor=person,
        status="published",
    )
    ClubSlot.objects.create(term=cast.term, club=club, weekday=3, period=cast.second, room=room, instructor=person)
    take(cast.club, child, cast.mother.user)
    Leave.objects.create(student=child, day=TODAY + dt.timedelta(days=n), by=cast.mother.user)
    CareDuty.objects.filter(group=cast.group, weekday=1).update(staff=cast.homeroom)
    plan_day(day=TODAY)
    call_roll(session=session_of(cast.group, cast.first), marks={child.pk: "present"}, by=cast.homeroom.user)
    batch = ImportBatch(
        file_name=f"{n}.xlsx",
        uploaded_by=make_staff(f"T2{n:02}", f"干事{n}", role="service_office").user,
        plan={"summary": {"refused": [], "warnings": []}, "rows": {}, "term": ""},
    )
    batch.file.save("workbook.xlsx", ContentFile(b""))
    fees_routes.more_rows(cast, child, n)
    families_routes.more_rows(cast, child, n)
    enrollment_routes.more_rows(cast, child, n)
    homework_routes.more_rows(cast, child, subject, school_class, person, n)
    clubs_routes.more_rows(cast, child, club, n)
    routes_timetable.more_rows(cast, child, club, person, n)
    routes_people.more_rows(cast, person, n)
    routes_activities.more_rows(cast, child, club, person, n)
    safety_routes.more_rows(cast, person)


def apply_for(cast, student):
    from enrollment.services import submit_application
    from tests.conftest import make_choices, make_signing

    submit_application(
        option=cast.option,
        student=student,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )


PAGES = [
    ("school:student_list", [], "office"),
    ("school:student_list", [], "homeroom"),
    ("school:student_detail", ["child"], "office"),
    ("school:class_list", [], "office"),
    ("school:class_list", [], "homeroom"),
    ("school:class_detail", ["class_1"], "homeroom"),
    ("school:staff_list", [], "office"),
    ("school:staff_detail", ["homeroom"], "office"),
    ("school:staff_detail", ["teacher"], "office"),
    ("school:room_list", [], "office"),
    ("school:subject_list", [], "office"),
    ("school:period_list", [], "office"),
    ("school:teaching_list", [], "office"),
    ("school:credential_list", [], "office"),
    ("school:special_group_list", [], "office"),
    ("school:import_list", [], "office"),
    ("school:policy_list", [], "office"),
    ("school:calendar", [], "office"),
    ("school:year_turn", [], "office"),
    ("enrollment:family_tasks", [], "mother"),
    ("enrollment:application_list", [], "homeroom"),
    ("enrollment:application_list", [], "office"),
    ("enrollment:enrolment_list", [], "office"),
    ("enrollment:option_list", [], "office"),
    ("enrollment:group_list", [], "office"),
    ("enrollment:group_detail", ["group"], "office"),
    ("enrollment:duty_table", [], "office"),
    ("safety:my_day", [], "homeroom"),
    ("safety:class_now", ["class_1"], "homeroom"),
    ("safety:attendance", ["child"], "homeroom"),
    ("safety:day", [], "duty_leader"),
    ("safety:family_today", [], "mother"),
    ("safety:gate", [], "gate"),
]
PAGES += fees_routes.PAGES
PAGES += families_routes.PAGES
PAGES += enrollment_routes.PAGES
PAGES += homework_routes.PAGES
PAGES += clubs_routes.PAGES
PAGES += routes_timetable.PAGES
PAGES += routes_people.PAGES
PAGES += routes_activities.PAGES
PAGES += safety_routes.PAGES
SEARCHES = {"safety:gate": {"q": "韩小"}, "homework:sheet_list": {"status": "all"}}


def count(client, cast, name, arguments, who):
    client.force_login(getattr(cast, who).user)
    url = reverse(name, args=[getattr(cast, argument).pk for argument in arguments])
    client.get(url, SEARCHES.get(name, {}))  # what is read once a session is read now
    with CaptureQueriesContext(connection) as found:
        answer = client.get(url, SEARCHES.get(name, {}))
    assert answer.status_code == 200 or answer.url.startswith("/printouts/")
    return [query["sql"] for query in found]


def test_queries_do_not_grow_with_the_rows(afternoon, client):
    cast = afternoon
    Club.objects.update(capacity=9)
    more_of_everything(cast, 1)
    cast.session = session_of(cast.group, cast.first)
    pages = [*PAGES, ("safety:roll", ["session"], "homeroom"), ("safety:line", ["session"], "homeroom")]
    before = {page[0] + page[2]: count(client, cast, *page) for page in pages}
    for n in (2, 3):
        more_of_everything(cast, n)
    after = {page[0] + page[2]: count(client, cast, *page) for page in pages}
    grown = {key: (len(before[key]), len(after[key])) for key in before if len(before[key]) != len(after[key])}
    assert grown == {}
