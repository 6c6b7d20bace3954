"""One cast for all tests: two families, the people of the school, one term with its calendar.

The clock stands still where it matters: TODAY is a Wednesday in the term.
"""

import datetime as dt
import os
import shutil
import subprocess
import traceback
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection

from documents.pdf import Press
from school.access import WHOLE_SCHOOL
from school.auth import OFFICE_SESSION
from school.models import (
    ClassMembership,
    Guardian,
    Guardianship,
    Post,
    Room,
    SchoolClass,
    SchoolDay,
    SchoolSettings,
    Staff,
    Student,
    Subject,
    Teaching,
    Term,
    User,
)
from school.rights import grant_rights
from school.services.printing import print_waiting
from tests.database import django_db_setup  # noqa: F401  # a fixture
from tests.property import load_profile

TODAY = dt.date(2026, 11, 18)
TERM_START = dt.date(2026, 9, 1)
PASSWORD = "spring-rain-and-tea"


def pytest_addoption(parser):
    parser.addoption("--as-office", action="store_true", help="with the rights of the application's database role")
    parser.addoption("--long", action="store_true", help="property tests try many examples (tests/property.py)")


def pytest_configure(config):
    load_profile(long=config.getoption("--long"))


def shifted_now():
    # Runs in django.utils.timezone, in the place of now(): the names are that module's.
    return datetime.now(tz=timezone.utc) + _shift  # noqa: F821


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is the morning of TODAY, wherever the code asks django.utils.timezone; the jobs of the morning have run.

    The function itself changes, not only its name: fields have kept it as their default when the models were loaded.
    """
    from django.utils import timezone

    morning = dt.datetime.combine(TODAY, dt.time(9, 0), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "_shift", morning - timezone.now(), raising=False)
    monkeypatch.setattr(timezone.now, "__code__", shifted_now.__code__)
    cache.set(f"clubs-begun-{TODAY}", True)
    return TODAY


def records(page):
    """The rows that a list of web.tables shows on this page."""
    return [row.record for row in page.context["table"].paginated_rows]


def make_user(name, username, **fields):
    user = User(name=name, username=username, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_staff(number, name, *, role=None, school_class=None, grade=None, **fields):
    phone = fields.pop("phone", "199100" + number[1:].zfill(5))
    staff = Staff.objects.create(
        number=number, name=name, phone=phone, user=make_user(name, number, phone=phone), **fields
    )
    if role:
        Post.objects.create(staff=staff, role=role, school_class=school_class, grade=grade, starts_on=TERM_START)
    return staff


def make_guardian(name, phone, *, with_login=True):
    user = make_user(name, phone, phone=phone) if with_login else None
    return Guardian.objects.create(name=name, phone=phone, user=user)


def make_student(name, school_class, *guardians, number=None, birth_date=dt.date(2017, 5, 4), **fields):
    student = Student.objects.create(name=name, number=number, birth_date=birth_date, **fields)
    ClassMembership.objects.create(student=student, school_class=school_class, starts_on=TERM_START)
    for order, (guardian, relation) in enumerate(guardians, start=1):
        Guardianship.objects.create(student=student, guardian=guardian, relation=relation, order=order)
    return student


def make_calendar(first=TERM_START, last=dt.date(2026, 12, 31)):
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    SchoolDay.objects.bulk_create(
        SchoolDay(day=day, kind="school", follows_weekday=day.isoweekday())
        if day.isoweekday() <= 5
        else SchoolDay(day=day, kind="weekend")
        for day in days
    )


@pytest.fixture
def cast(db):
    """The people (see the names), two classes 三(1)班 and 三(2)班 and a first grade, rooms, term and calendar."""
    SchoolSettings.objects.update_or_create(pk=1, defaults={"name": "示范小学"})
    term = Term.objects.create(
        school_year=2026,
        half=1,
        starts_on=TERM_START,
        ends_on=dt.date(2027, 1, 22),
        winter_from=dt.date(2026, 11, 1),
        winter_until=dt.date(2027, 2, 28),
    )
    make_calendar()
    rooms = [Room.objects.create(name=f"三年级{n}班教室", capacity=50) for n in (1, 2)]
    hall = Room.objects.create(name="体育馆", kind="special", capacity=60)
    class_1 = SchoolClass.objects.create(entry_year=2024, number=1, room=rooms[0])
    class_2 = SchoolClass.objects.create(entry_year=2024, number=2, room=rooms[1])
    first_grade = SchoolClass.objects.create(entry_year=2026, number=1)

    chinese, maths = Subject.objects.get(name="语文"), Subject.objects.get(name="数学")
    homeroom = make_staff("T001", "周婷", role="homeroom_teacher", school_class=class_1, subject=chinese)
    teacher = make_staff("T002", "吴海", subject=maths)
    office = make_staff("T003", "郑岚", role="service_office")
    academic = make_staff("T004", "冯节", role="academic_office")
    duty_leader = make_staff("T005", "陈桥", role="duty_leader")
    gate = make_staff("T006", "卫东", role="gate")
    principal = make_staff("T007", "蒋原", role="principal")
    Teaching.objects.create(staff=homeroom, school_class=class_1, subject=chinese, starts_on=TERM_START)
    Teaching.objects.create(staff=teacher, school_class=class_1, subject=maths, starts_on=TERM_START)

    mother = make_guardian("沈月", "19900000101")
    father = make_guardian("韩松", "19900000102")
    grandfather = make_guardian("韩老", "19900000103")
    other_mother = make_guardian("杨柳", "19900000104")
    teacher_parent = Guardian.objects.create(name="吴海", phone=teacher.phone, user=teacher.user)

    child = make_student("韩小雨", class_1, (mother, "母亲"), (father, "父亲"), number="G990000201705040013")
    sibling = make_student("韩小雪", first_grade, (mother, "母亲"), birth_date=dt.date(2020, 1, 15))
    other_child = make_student("杨小帆", class_2, (other_mother, "母亲"))
    teachers_child = make_student("吴小舟", class_2, (teacher_parent, "父亲"))
    Guardianship.objects.create(
        student=child, guardian=grandfather, relation="祖父", order=3, barred=True, barred_note="民事裁定 2026-17"
    )
    return SimpleNamespace(
        term=term,
        rooms=rooms,
        hall=hall,
        class_1=class_1,
        class_2=class_2,
        first_grade=first_grade,
        chinese=chinese,
        maths=maths,
        homeroom=homeroom,
        teacher=teacher,
        office=office,
        academic=academic,
        duty_leader=duty_leader,
        gate=gate,
        principal=principal,
        mother=mother,
        father=father,
        grandfather=grandfather,
        other_mother=other_mother,
        teacher_parent=teacher_parent,
        child=child,
        sibling=sibling,
        other_child=other_child,
        teachers_child=teachers_child,
    )


@pytest.fixture
def as_user(client):
    """client signed in as a member of staff, a guardian or a user: as_user(cast.office).get(…).

    One page later: the first one shortens an office's session, which asks more of the database than any other.
    """

    def sign_in(who):
        user = getattr(who, "user", None) or who
        client.force_login(user)
        if user.is_superuser or user.has_role(*WHOLE_SCHOOL):
            session = client.session
            session.set_expiry(OFFICE_SESSION)
            session.save()
        return client

    return sign_in


# --- the chain, each link made by the services that the pages use -----------------------------------------------


PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def offer(cast):
    """Weekday care for all grades, open to families now: letter and agreement texts are published."""
    from django.utils import timezone

    from enrollment.models import AgreementTemplate, Letter, ServiceOption
    from enrollment.services import open_sign_up, publish_letter
    from school.models import Period

    facts = dict.fromkeys(Letter.FACTS, "说明")
    letter = publish_letter(
        letter=Letter.objects.create(term=cast.term, title="告家长书", **facts), by=cast.office.user
    )
    for kind, title in (("service", "课后服务协议书"), ("pick_up", "安全接送承诺书")):
        AgreementTemplate.objects.filter(kind=kind).update(
            title=title,
            body="{school} {student} {class} {weekdays} {fee} {collectors} {alone}",
            published_at=timezone.now(),
        )
    option = ServiceOption.objects.create(
        term=cast.term,
        name="周一至周五课后托管",
        weekdays=[1, 2, 3, 4, 5],
        letter=letter,
        starts_on=TERM_START,
        ends_on=cast.term.ends_on,
    )
    option.periods.set(Period.objects.all())
    now = timezone.now()
    return open_sign_up(
        option=option,
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=7),
        by=cast.office.user,
    )


def make_choices(guardian, *, weekdays=(1, 2, 3, 4, 5), starts_on=TERM_START, alone=(), relation="母亲"):
    from enrollment.services.applying import Choices, CollectorEntry

    adult = CollectorEntry(guardian.name, relation, guardian.phone, guardian)
    return Choices(list(weekdays), starts_on, [adult], list(alone))


def make_signing(guardian):
    from enrollment.services.signing import Signing, read_drawing

    return Signing(guardian.name, read_drawing(PNG), "phone")


def enrol(offer, student, guardian, homeroom, office, **choices):
    """The whole way from the application to the enrolment."""
    from enrollment.services import decide_application, submit_application

    application = submit_application(
        option=offer,
        student=student,
        choices=make_choices(guardian, **choices),
        signing=make_signing(guardian),
        by=guardian.user,
    )
    decide_application(application=application, decision="approve", by=homeroom.user)
    decide_application(application=application, decision="approve", by=office.user)
    enrolment = student.enrolments.get()
    # As if it had been approved before the first day asked for, which may be over.
    enrolment.starts_on = application.starts_on
    enrolment.save()
    return enrolment


def make_round(cast, *clubs, way="first_come", state="announced", **fields):
    """A round of these clubs, open since yesterday and for a week."""
    from hashlib import sha256

    from django.utils import timezone

    from clubs.models import ChoiceRound

    now = timezone.now()
    seed = fields.pop("seed", "feed" * 8)
    fields = {
        "opens_at": now - dt.timedelta(days=1),
        "closes_at": now + dt.timedelta(days=7),
        "made_by": cast.office.user,
        "name": f"选课 {ChoiceRound.objects.count() + 1}",
    } | fields
    made = ChoiceRound.objects.create(
        term=cast.term, way=way, state=state, seed=seed, seed_sha256=sha256(seed.encode()).hexdigest(), **fields
    )
    made.clubs.set(clubs)
    return made


def take(club, student, user):
    """The child takes a place as its family does; gives the membership."""
    from clubs.models import Membership
    from clubs.services import join_club

    join_club(club_pk=club.pk, student_pk=student.pk, by=user)
    return Membership.objects.get(club=club, student=student, ends_on=None)


@pytest.fixture
def afternoon(cast, offer):
    """Four children enrolled, one care group with its duty, a club on Wednesdays, the day's sessions planned."""
    from clubs.models import Club, ClubSlot
    from enrollment.models import CareDuty, CareGroup
    from enrollment.services import form_groups
    from safety.services import plan_day
    from school.models import Period

    for student, guardian in (
        (cast.child, cast.mother),
        (cast.other_child, cast.other_mother),
        (cast.teachers_child, cast.teacher_parent),
    ):
        enrol(offer, student, guardian, cast.homeroom, cast.office)
    form_groups(term=cast.term, day=TODAY, by=cast.office.user)
    group = CareGroup.objects.get()
    first, second = Period.objects.all()
    for weekday in range(1, 6):
        CareDuty.objects.create(
            term=cast.term,
            group=group,
            weekday=weekday,
            period=first,
            staff=cast.homeroom,
            starts_on=cast.term.starts_on,
        )
        CareDuty.objects.create(
            term=cast.term,
            group=group,
            weekday=weekday,
            period=second,
            staff=cast.teacher,
            starts_on=cast.term.starts_on,
        )
    club = Club.objects.create(
        term=cast.term,
        name="硬笔书法",
        category="艺术",
        grade_from=1,
        grade_to=6,
        capacity=2,
        room=cast.hall,
        instructor=cast.homeroom,
        status="published",
    )
    ClubSlot.objects.create(
        term=cast.term, club=club, weekday=3, period=second, room=club.room, instructor=club.instructor
    )
    cast.round = make_round(cast, club)
    plan_day(day=TODAY)
    cast.group, cast.club, cast.first, cast.second, cast.option = group, club, first, second, offer
    return cast


def printed(client, answer):
    """The PDF that a view's answer leads to: ordered, printed by the job, and fetched by the same person."""
    assert (answer.status_code, answer.url[:11]) == (302, "/printouts/"), answer
    print_waiting()
    paper = client.get(f"{answer.url.split('paper.pdf')[0]}paper.pdf")
    assert paper["Content-Type"] == "application/pdf"
    return b"".join(paper.streaming_content)


@pytest.fixture(autouse=True)
def no_paper_in_a_request(monkeypatch):
    """Papers take seconds of work: a request orders them, a job prints them."""
    real = Press.print

    def watched(press, *arguments, **options):
        files = [frame.filename for frame in traceback.extract_stack()]
        in_request = any(file.endswith("django/core/handlers/base.py") for file in files)
        # Tests run tasks in the process that sends them.
        in_job = any(file.endswith("celery/app/trace.py") for file in files)
        assert in_job or not in_request, "a paper is printed inside a request"
        return real(press, *arguments, **options)

    monkeypatch.setattr(Press, "print", watched)


def pdf_text(pdf, *options):
    """What stands on a PDF, as poppler reads it; a form feed ends each page."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is missing")
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def session_of(thing, period, day=TODAY):
    """The session of a care group or club at a period."""
    from safety.models import Session

    which = {"care_group": thing} if hasattr(thing, "grade") else {"meeting__club": thing}
    return Session.objects.get(day=day, period=period, **which)


@pytest.fixture(scope="session")
def office_role(request, django_db_blocker):
    """With --as-office: the application's role, made once; else None."""
    if not request.config.getoption("--as-office"):
        return None
    request.getfixturevalue("django_db_setup")
    role = f"office_of_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {role}")
        grant_rights(role)
    return role


@pytest.fixture(autouse=True)
def rights_of_the_office(request, office_role):
    """With --as-office every test that is rolled back works as the application does; the others clear their tables as owner."""
    marker = request.node.get_closest_marker("django_db")
    if (
        office_role is None
        or marker is None
        or marker.kwargs.get("transaction")
        or "transactional_db" in request.fixturenames
    ):
        yield
        return
    request.getfixturevalue("db")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {office_role}")
        yield
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
