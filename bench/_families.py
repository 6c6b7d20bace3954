"""Guardians with a child of their own each, beside those of the demonstration."""

import datetime as dt

from django.utils import timezone

from school.models import ClassMembership, Guardian, Guardianship, SchoolClass, Student, User
from school.models.names import name_key


def families(count: int) -> list[tuple[User, Student]]:
    """That many guardians with a child of their own each, in classes of the school."""
    classes = list(SchoolClass.objects.filter(graduated_on=None))
    first = Guardian.objects.count()
    users = User.objects.bulk_create(
        User(name="陈家长", username=f"139{first + n:08d}", phone=f"139{first + n:08d}", password="!")
        for n in range(count)
    )
    guardians = Guardian.objects.bulk_create(
        Guardian(name="陈家长", name_key=name_key("陈家长"), phone=user.phone, user=user) for user in users
    )
    students = Student.objects.bulk_create(
        Student(name="陈小雨", name_key=name_key("陈小雨"), birth_date=dt.date(2018, 5, 4)) for _ in users
    )
    today = timezone.localdate()
    ClassMembership.objects.bulk_create(
        ClassMembership(student=s, school_class=classes[n % len(classes)], starts_on=today - dt.timedelta(days=60))
        for n, s in enumerate(students)
    )
    Guardianship.objects.bulk_create(
        Guardianship(student=s, guardian=g, relation="母亲") for s, g in zip(students, guardians, strict=True)
    )
    return list(zip(users, students, strict=True))
