"""Every route with arguments: who may open it, who may not, and whose rows are not found.

Routes without arguments stand in tests/entrances.py.

Rows of the table: route → (arguments from the cast, members of the cast who may, members who may not).
A route without a row fails; one that only takes POST answers GET with 405 to those who may.
"""

import datetime as dt

import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from clubs.models import Club, Membership
from enrollment.models import AgreementTemplate, ReviewStage, Signature
from enrollment.services import offer_alternative, request_change, submit_application
from enrollment.slips import slip_code
from homework.models import HomeworkItem
from reports.models import ReportRun
from safety.models import Custody, Leave
from safety.services import call_roll
from school.models import (
    Credential,
    Guardianship,
    ImportBatch,
    Period,
    PolicyRule,
    Post,
    Printout,
    SavedView,
    SpecialGroup,
    Teaching,
    UnusualReading,
)
from school.views.papers import SALT
from tests.clubs import routes as clubs_routes
from tests.clubs import routes_activities, routes_people, routes_timetable
from tests.conftest import TODAY, make_choices, make_signing, make_student, session_of, take
from tests.enrollment import routes as enrollment_routes
from tests.families import routes as families_routes
from tests.fees import routes as fees_routes
from tests.homework import routes as homework_routes
from tests.looks import unstyled
from tests.reports import routes as reports_routes
from tests.safety import routes as safety_routes
from tests.school.test_pages import open_routes, routes
from tests.surveys import routes as surveys_routes

pytestmark = pytest.mark.django_db
OFFICE = ["office", "academic"]
NOT_OFFICE = ["mother", "teacher", "homeroom", "gate", "principal"]


@pytest.fixture
def school(afternoon):
    """The afternoon, with one row of everything that a route names."""
    cast = afternoon
    cast.paper = Credential.objects.create(staff=cast.teacher, kind="contract", starts_on=TODAY)
    Teaching.objects.create(staff=cast.homeroom, school_class=cast.class_2, subject=cast.chinese, starts_on=TODAY)
    cast.reading = UnusualReading.objects.create(user=cast.homeroom.user, children=52)
    cast.kept_view = SavedView.objects.create(owner=cast.office.user, path="/students/", name="三年级")
    cast.special = SpecialGroup.objects.first()
    cast.batch = ImportBatch.objects.create(
        uploaded_by=cast.office.user,
        plan={"summary": {"refused": [], "warnings": []}, "rows": {}, "term": str(cast.term)},
    )
    cast.batch.file.save("workbook.xlsx", ContentFile(b""))
    cast.enrolment = cast.child.enrolments.get()
    cast.application = cast.enrolment.application
    cast.agreement = cast.application.agreements.first()
    cast.other_application = cast.other_child.applications.get()
    cast.membership = take(cast.club, cast.child, cast.mother.user)
    cast.group_session = session_of(cast.group, cast.first)
    call_roll(session=cast.group_session, marks={cast.other_child.pk: "present"}, by=cast.homeroom.user)
    with_paper(cast)
    cast.leave = Leave.objects.create(student=cast.child, day=TODAY, by=cast.mother.user)
    surveys_routes.add_rows(cast)
    fees_routes.add_rows(cast)
    families_routes.add_rows(cast)
    enrollment_routes.add_rows(cast)
    homework_routes.add_rows(cast)
    clubs_routes.add_rows(cast)
    routes_timetable.add_rows(cast)
    routes_people.add_rows(cast)
    routes_activities.add_rows(cast)
    safety_routes.add_rows(cast)
    reports_routes.add_rows(cast)
    return cast


def with_paper(cast):
    """An alternative that waits for the family, a change that waits for the office, a signature on paper."""
    waiting = submit_application(
        option=cast.option,
        student=make_student("韩小冬", cast.class_1, (cast.mother, "母亲")),
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    cast.alternative = offer_alternative(
        application=waiting, option=cast.option, weekdays=[1], message="周二满", by=cast.homeroom.user
    )
    cast.waiting = submit_application(
        option=cast.option,
        student=make_student("韩小秋", cast.class_1, (cast.mother, "母亲")),
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    cast.change = request_change(
        enrolment=cast.enrolment,
        kind="days",
        effective_on=TODAY + dt.timedelta(days=7),
        weekdays=[1],
        by=cast.mother.user,
    )
    cast.unapplied = make_student("韩小春", cast.class_1, (cast.mother, "母亲"))
    cast.signature = Signature.objects.create(
        agreement=cast.waiting.agreements.first(),
        party="pupil",
        name="韩小秋",
        signed_by=cast.homeroom.user,
        on_paper=True,
        scan=ContentFile(b"%PDF", name="paper.pdf"),
    )


def printout_key(staff):
    """The address of a paper that this person asked for."""
    row = Printout.objects.filter(digest="0" * 64).first()
    if row is None:
        row = Printout(digest="0" * 64, paper="duty_table", file_name="课后服务安排表", kept_until=timezone.now())
        row.file.save("a.pdf", ContentFile(b"%PDF-1"), save=False)
        row.picture.save("a.png", ContentFile(b""), save=False)
        row.status, row.finished_at = Printout.Status.DONE, timezone.now()
        row.save()
    return signing.dumps([row.pk, staff.user.pk, "/", "/"], salt=SALT)


PRINTOUT_PARTS = ("", "_state", "_picture", "_file")
TOLD_TO = ["homeroom", "duty_leader", *OFFICE]
TABLE = {
    "school:factor_forget": (lambda c: [c.teacher.pk], OFFICE, NOT_OFFICE),
    "school:code_issue": (lambda c: ["guardian", c.mother.pk], ["office", "homeroom"], ["mother", "teacher", "gate"]),
    "school:student_detail": (
        lambda c: [c.child.pk],
        [*OFFICE, "homeroom", "principal", "duty_leader"],
        ["mother", "teacher", "gate"],
    ),
    "school:student_edit": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "school:paper_sample": (lambda c: ["duty_table"], OFFICE, NOT_OFFICE),
    "school:printout": (lambda c: [printout_key(c.office)], ["office"], []),
    "school:printout_state": (lambda c: [printout_key(c.office)], ["office"], []),
    "school:printout_picture": (lambda c: [printout_key(c.office)], ["office"], []),
    "school:printout_file": (lambda c: [printout_key(c.office)], ["office"], []),
    "school:reading_look": (
        lambda c: [c.reading.pk],
        [*OFFICE, "principal"],
        ["mother", "teacher", "homeroom", "gate"],
    ),
    "school:student_class": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "school:student_leave": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "school:student_groups": (
        lambda c: [c.child.pk],
        [*OFFICE, "homeroom"],
        ["mother", "teacher", "gate", "principal", "duty_leader"],
    ),
    "school:guardianship_add": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "school:guardianship_edit": (lambda c: [Guardianship.objects.first().pk], OFFICE, NOT_OFFICE),
    "school:guardian_edit": (lambda c: [c.mother.pk], OFFICE, NOT_OFFICE),
    "school:special_group_edit": (lambda c: [c.special.pk], OFFICE, NOT_OFFICE),
    "school:hub": (
        lambda c: ["signup"],
        [*OFFICE, "mother", "homeroom", "principal", "duty_leader"],
        [],
    ),
    "school:class_detail": (
        lambda c: [c.class_1.pk],
        [*OFFICE, "homeroom", "principal"],
        ["mother", "teacher", "gate"],
    ),
    "school:class_edit": (lambda c: [c.class_1.pk], OFFICE, NOT_OFFICE),
    "school:room_detail": (
        lambda c: [c.hall.pk],
        ["office", "academic", "principal"],
        ["mother", "teacher", "homeroom", "gate"],
    ),
    "school:view_delete": (lambda c: [c.kept_view.pk], ["office"], ["mother", "gate"]),
    "school:comment_add": (
        lambda c: ["clubs.club", Club.objects.first().pk],
        ["office", "academic", "teacher", "homeroom", "principal"],
        ["mother", "gate"],
    ),
    "school:comment_read": (
        lambda c: ["clubs.club", Club.objects.first().pk],
        ["office", "academic", "teacher", "homeroom", "principal"],
        ["mother", "gate"],
    ),
    "school:comment_names": (
        lambda c: ["clubs.club", Club.objects.first().pk],
        ["office", "academic", "teacher", "homeroom", "principal"],
        ["mother", "gate"],
    ),
    "school:change_list": (
        lambda c: ["school.student", c.child.pk],
        ["office", "academic", "principal"],
        ["mother", "teacher", "homeroom", "gate"],
    ),
    "school:room_edit": (lambda c: [c.hall.pk], OFFICE, NOT_OFFICE),
    "school:subject_edit": (lambda c: [c.maths.pk], OFFICE, NOT_OFFICE),
    "school:period_edit": (lambda c: [Period.objects.first().pk], OFFICE, NOT_OFFICE),
    "school:teaching_end": (lambda c: [Teaching.objects.first().pk], OFFICE, NOT_OFFICE),
    "school:timetable_edit": (lambda c: [c.class_1.pk], OFFICE, NOT_OFFICE),
    "school:staff_detail": (lambda c: [c.teacher.pk], [*OFFICE, "principal"], ["mother", "homeroom", "gate"]),
    "school:staff_edit": (lambda c: [c.teacher.pk], OFFICE, NOT_OFFICE),
    "school:post_add": (lambda c: [c.teacher.pk], OFFICE, NOT_OFFICE),
    "school:post_end": (lambda c: [Post.objects.first().pk], OFFICE, NOT_OFFICE),
    "school:credential_add": (lambda c: [c.teacher.pk], OFFICE, NOT_OFFICE),
    "school:credential_edit": (lambda c: [c.paper.pk], OFFICE, NOT_OFFICE),
    "school:day_edit": (lambda c: [TODAY.isoformat()], OFFICE, NOT_OFFICE),
    "school:term_edit": (lambda c: [c.term.pk], OFFICE, NOT_OFFICE),
    "school:policy_edit": (lambda c: [PolicyRule.objects.first().pk], OFFICE, NOT_OFFICE),
    "school:policy_tighten": (lambda c: [PolicyRule.objects.first().pk], OFFICE, NOT_OFFICE),
    "school:import_detail": (lambda c: [c.batch.pk], OFFICE, NOT_OFFICE),
    "school:import_columns": (lambda c: [c.batch.pk], OFFICE, NOT_OFFICE),
    "school:import_marked": (lambda c: [c.batch.pk], [], NOT_OFFICE),
    "enrollment:apply": (lambda c: [c.option.pk, c.sibling.pk], ["mother"], ["office", "homeroom", "gate"]),
    "enrollment:consent_edit": (lambda c: [c.child.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
    "enrollment:alternative_answer": (lambda c: [c.alternative.pk], ["mother"], ["office", "homeroom", "gate"]),
    "enrollment:alternative_offer": (lambda c: [c.waiting.pk], ["homeroom"], ["mother", "gate"]),
    "enrollment:paper_many": (
        lambda c: [c.option.pk],
        [*OFFICE, "homeroom"],
        ["mother", "teacher", "gate", "principal"],
    ),
    "enrollment:paper_enter": (
        lambda c: [c.option.pk, c.unapplied.pk],
        [*OFFICE, "homeroom"],
        ["mother", "teacher", "gate", "principal"],
    ),
    "enrollment:enrolment_change": (lambda c: [c.enrolment.pk], ["mother", *OFFICE], ["homeroom", "gate", "principal"]),
    "enrollment:enrolment_stop": (lambda c: [c.enrolment.pk], ["mother"], ["office", "homeroom", "gate"]),
    "enrollment:change_decide": (lambda c: [c.change.pk], OFFICE, NOT_OFFICE),
    "enrollment:change_cancel": (lambda c: [c.change.pk], ["mother"], ["office", "homeroom", "gate"]),
    "enrollment:stage_edit": (lambda c: [ReviewStage.objects.first().pk], OFFICE, NOT_OFFICE),
    "enrollment:template_preview": (lambda c: [AgreementTemplate.objects.first().pk], OFFICE, NOT_OFFICE),
    "enrollment:letter_status": (
        lambda c: [c.option.letter.pk],
        [*OFFICE, "homeroom", "principal"],
        ["mother", "teacher", "gate"],
    ),
    "enrollment:letter_class": (
        lambda c: [c.option.letter.pk, c.class_1.pk],
        [*OFFICE, "homeroom", "principal"],
        ["mother", "teacher", "gate"],
    ),
    "enrollment:slip": (
        lambda c: [c.option.letter.pk, c.child.pk, slip_code(c.option.letter, c.child)],
        [*OFFICE, "homeroom"],
        ["mother", "teacher", "gate", "principal"],
    ),
    "enrollment:signature_scan": (lambda c: [c.signature.pk], ["mother", "office", "homeroom"], []),
    "enrollment:applied": (lambda c: [c.application.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
    "enrollment:application_detail": (
        lambda c: [c.application.pk],
        ["mother", "father", "homeroom", "principal", *OFFICE],
        [],
    ),
    "enrollment:application_sign": (lambda c: [c.application.pk], [], ["office", "homeroom", "gate"]),
    "enrollment:application_withdraw": (lambda c: [c.application.pk], ["mother"], ["office", "homeroom", "gate"]),
    "enrollment:option_edit": (lambda c: [c.option.pk], OFFICE, NOT_OFFICE),
    "enrollment:option_open": (lambda c: [c.option.pk], OFFICE, NOT_OFFICE),
    "enrollment:template_edit": (lambda c: [AgreementTemplate.objects.first().pk], OFFICE, NOT_OFFICE),
    "enrollment:enrolment_end": (lambda c: [c.enrolment.pk], OFFICE, NOT_OFFICE),
    "enrollment:group_detail": (lambda c: [c.group.pk], ["office", "duty_leader"], ["mother", "gate"]),
    "enrollment:agreement_pdf": (lambda c: [c.agreement.pk], ["mother", "office", "homeroom"], []),
    "enrollment:agreement_check": (lambda c: [c.agreement.number, c.agreement.code], ["mother", "gate"], []),
    "enrollment:class_letters": (lambda c: [c.class_1.pk], ["office", "homeroom"], ["mother", "teacher", "gate"]),
    "safety:roll": (lambda c: [c.group_session.pk], ["homeroom", "duty_leader", "office"], ["mother", "gate"]),
    "safety:roll_mark": (lambda c: [c.group_session.pk], ["homeroom", "office"], ["mother", "gate"]),
    "safety:line": (lambda c: [c.group_session.pk], ["homeroom", "duty_leader", "office"], ["mother", "gate"]),
    "safety:line_release": (lambda c: [c.group_session.pk], ["homeroom", "office"], ["mother", "gate"]),
    "safety:child_release": (
        lambda c: [c.group_session.pk, c.other_child.pk],
        ["homeroom", "duty_leader"],
        ["mother", "gate"],
    ),
    "safety:class_now": (
        lambda c: [c.class_1.pk],
        ["homeroom", "duty_leader", "principal", *OFFICE],
        ["mother", "teacher", "gate"],
    ),
    "safety:attendance": (
        lambda c: [c.child.pk],
        ["homeroom", "duty_leader", "principal", *OFFICE],
        ["mother", "teacher", "gate"],
    ),
    "safety:leave_ask": (lambda c: [c.child.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
    "safety:leave_cancel": (lambda c: [c.leave.pk], ["mother", "homeroom", *OFFICE], ["gate", "principal"]),
    "safety:told": (
        lambda c: [c.child.pk],
        ["homeroom", "duty_leader", *OFFICE],
        ["mother", "teacher", "gate", "principal"],
    ),
    "safety:leave_enter": (
        lambda c: [c.child.pk],
        ["homeroom", "duty_leader", *OFFICE],
        ["mother", "teacher", "gate", "principal"],
    ),
    "safety:proxy_enter": (
        lambda c: [c.child.pk],
        ["homeroom", "duty_leader", *OFFICE],
        ["mother", "teacher", "gate", "principal"],
    ),
    "safety:proxy_name": (lambda c: [c.child.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
}

# Roles that may enter, but whose row this is not: not found, or, where the row is seen, not theirs to do.
OTHERS = [
    *((f"school:printout{part}", lambda c: [printout_key(c.office)], "principal") for part in PRINTOUT_PARTS),
    ("school:student_detail", lambda c: [c.teachers_child.pk], "homeroom"),
    ("school:student_groups", lambda c: [c.other_child.pk], "homeroom"),
    ("school:class_detail", lambda c: [c.first_grade.pk], "homeroom"),
    ("enrollment:apply", lambda c: [c.option.pk, c.sibling.pk], "other_mother"),
    ("enrollment:apply", lambda c: [c.option.pk, c.sibling.pk], "father"),
    ("enrollment:consent_edit", lambda c: [c.child.pk], "other_mother"),
    ("enrollment:alternative_answer", lambda c: [c.alternative.pk], "father"),
    ("enrollment:enrolment_change", lambda c: [c.enrolment.pk], "other_mother"),
    ("enrollment:enrolment_stop", lambda c: [c.enrolment.pk], "other_mother"),
    ("enrollment:change_cancel", lambda c: [c.change.pk], "other_mother"),
    ("enrollment:paper_enter", lambda c: [c.option.pk, c.other_child.pk], "homeroom"),
    ("enrollment:letter_class", lambda c: [c.option.letter.pk, c.class_2.pk], "homeroom"),
    ("enrollment:slip", lambda c: [c.option.letter.pk, c.child.pk, "wrong"], "homeroom"),
    ("enrollment:signature_scan", lambda c: [c.signature.pk], "other_mother"),
    ("enrollment:applied", lambda c: [c.application.pk], "other_mother"),
    ("enrollment:application_detail", lambda c: [c.application.pk], "other_mother"),
    ("enrollment:application_detail", lambda c: [c.application.pk], "gate"),
    ("enrollment:application_detail", lambda c: [c.other_application.pk], "homeroom"),
    ("enrollment:application_sign", lambda c: [c.application.pk], "other_mother"),
    ("enrollment:application_withdraw", lambda c: [c.application.pk], "other_mother"),
    ("enrollment:agreement_pdf", lambda c: [c.agreement.pk], "other_mother"),
    ("enrollment:agreement_check", lambda c: [c.agreement.number, "wrong"], "mother"),
    ("safety:class_now", lambda c: [c.first_grade.pk], "homeroom"),
    ("safety:leave_ask", lambda c: [c.child.pk], "other_mother"),
    ("safety:leave_cancel", lambda c: [c.leave.pk], "other_mother"),
    (
        "safety:leave_cancel",
        lambda c: [Leave.objects.create(student=c.other_child, day=TODAY, by=c.other_mother.user).pk],
        "homeroom",
    ),
    ("safety:attendance", lambda c: [c.teachers_child.pk], "homeroom"),
    ("safety:told", lambda c: [c.other_child.pk], "homeroom"),
    ("safety:leave_enter", lambda c: [c.other_child.pk], "homeroom"),
    ("safety:proxy_enter", lambda c: [c.other_child.pk], "homeroom"),
    ("safety:proxy_name", lambda c: [c.child.pk], "other_mother"),
    ("safety:roll", lambda c: [c.group_session.pk], "teacher"),
    ("safety:line", lambda c: [c.group_session.pk], "teacher"),
    ("safety:child_release", lambda c: [c.group_session.pk, c.other_child.pk], "teacher"),
]
POSTED_BY_OTHERS = [
    ("school:code_issue", lambda c: ["guardian", c.other_mother.pk], "homeroom", 404),
    ("school:code_issue", lambda c: ["staff", c.teacher.pk], "homeroom", 404),
    ("enrollment:class_letters", lambda c: [c.class_2.pk], "homeroom", 404),
    ("safety:roll_mark", lambda c: [c.group_session.pk], "teacher", 404),
    ("safety:line_release", lambda c: [c.group_session.pk], "teacher", 404),
]


# surveys and notices
TABLE |= surveys_routes.TABLE
OTHERS += surveys_routes.OTHERS

# fees
TABLE |= fees_routes.TABLE
OTHERS += fees_routes.OTHERS

# home and school, and what a term stands on
TABLE |= families_routes.TABLE
OTHERS += families_routes.OTHERS

# groups and collectors
TABLE |= enrollment_routes.TABLE
OTHERS += enrollment_routes.OTHERS

# homework
TABLE |= homework_routes.TABLE
TABLE |= clubs_routes.TABLE
OTHERS += homework_routes.OTHERS
OTHERS += clubs_routes.OTHERS
POSTED_BY_OTHERS += homework_routes.POSTED_BY_OTHERS
POSTED_BY_OTHERS += clubs_routes.POSTED_BY_OTHERS

# the timetable of clubs
TABLE |= routes_timetable.TABLE
OTHERS += routes_timetable.OTHERS
POSTED_BY_OTHERS += routes_timetable.POSTED_BY_OTHERS


# people and a day's changes
TABLE |= routes_people.TABLE | safety_routes.TABLE
OTHERS += routes_people.OTHERS + safety_routes.OTHERS
POSTED_BY_OTHERS += safety_routes.POSTED_BY_OTHERS

# what happens in a club's term
TABLE |= routes_activities.TABLE
OTHERS += routes_activities.OTHERS
POSTED_BY_OTHERS += routes_activities.POSTED_BY_OTHERS

# term summaries and agreements on paper
TABLE |= reports_routes.TABLE
OTHERS += reports_routes.OTHERS
POSTED_BY_OTHERS += reports_routes.POSTED_BY_OTHERS

# A code in the address, or the day's homework, is for everybody; all others sign in first.
PUBLIC = {
    "board:board_class",
    "board:edition_pdf",
    "board:monitor",
    "clubs:draw_file",
    "clubs:draw_public",
    "clubs:feed",
    "clubs:offer_answer",
    "enrollment:agreement_check",
}


def test_every_route_with_arguments_stands_in_the_table():
    assert {name for name, _view in routes()} - open_routes().keys() == TABLE.keys()


@pytest.mark.parametrize(
    "who", sorted({who for _arguments, may, may_not in TABLE.values() for who in [*may, *may_not]})
)
def test_who_may_open_it(who, school, client):
    wrong = []
    client.force_login(getattr(school, who).user)
    for name, (arguments, may, may_not) in TABLE.items():
        if who not in [*may, *may_not]:
            continue
        answer = client.get(reverse(name, args=arguments(school)))
        if answer.status_code not in ((403,) if who in may_not else (200, 302, 405)):
            wrong.append((name, answer.status_code))
        wrong += [(name, missing) for missing in unstyled(answer)]
    assert wrong == []


def test_nobody_opens_it_without_signing_in(school, client):
    answers = {name: client.get(reverse(name, args=row[0](school))) for name, row in TABLE.items()}
    to_sign_in = {
        name for name, answer in answers.items() if answer.headers.get("Location", "").startswith("/accounts/")
    }
    assert TABLE.keys() - to_sign_in == PUBLIC


def test_the_rows_of_others_are_not_found(school, client):
    found = []
    for name, arguments, who in OTHERS:
        client.force_login(getattr(school, who).user)
        status = client.get(reverse(name, args=arguments(school))).status_code
        if status != 404:
            found.append((name, who, status))
    assert found == []


def test_nothing_is_done_to_the_rows_of_others(school, client):
    before, wrong = facts(), []
    for name, arguments, who, expected in POSTED_BY_OTHERS:
        client.force_login(getattr(school, who).user)
        status = client.post(reverse(name, args=arguments(school))).status_code
        if status != expected:
            wrong.append((name, who, status))
    assert (wrong, facts()) == ([], before)


def facts():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Custody, HomeworkItem, Membership, Club, Guardianship, ReportRun)
    ]
