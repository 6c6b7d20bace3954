"""One cast for all tests: two families, the people of the school, one term with its calendar.

The clock stands still where it matters: TODAY is a Wednesday in the term.
"""

import datetime as dt
from types import SimpleNamespace

import pytest

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

TODAY = dt.date(2026, 11, 18)
TERM_START = dt.date(2026, 9, 1)
PASSWORD = "spring-rain-and-tea"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is the morning of TODAY, wherever the code asks django.utils.timezone."""
    from django.utils import timezone

    real_now = timezone.now
    start = real_now()
    base = dt.datetime.combine(TODAY, dt.time(9, 0), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: base + (real_now() - start))
    return TODAY


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
    """client signed in as a member of staff, a guardian or a user: as_user(cast.office).get(…)."""

    def sign_in(who):
        client.force_login(getattr(who, "user", None) or who)
        return client

    return sign_in
