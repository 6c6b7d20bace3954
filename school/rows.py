"""Roles from guardianships, staff and posts, and which pupils, classes and special groups each role sees."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from school.access import EVERYTHING, WHOLE_SCHOOL, register_roles, register_room_uses, register_rows
from school.models import (
    ClassMembership,
    Guardianship,
    NoticeLog,
    Post,
    Room,
    SchoolClass,
    Staff,
    Student,
    Teaching,
    User,
)
from school.models.calendar import school_year_of
from school.models.dated import on_day

Rows = TypeVar("Rows", bound="QuerySet[Any]")


def register() -> None:
    register_roles(school_roles)
    register_rows("school.Student", students_of)
    register_rows("school.SchoolClass", classes_of)
    register_rows("school.SpecialGroupMembership", group_memberships_of)
    register_rows("school.NoticeLog", notices_of)
    register_room_uses(classes_in)


def school_roles(user: User, day: dt.date) -> Iterable[str]:
    """Guardian by a guardianship that is not barred, teacher by being staff, the rest by posts held on that day."""
    codes: set[str] = set()
    if user.is_superuser:
        codes.add("service_office")  # a superuser imports the school before anybody has a post
    if Guardianship.objects.filter(guardian__user=user, barred=False).exists():
        codes.add("guardian")
    staff = Staff.objects.active(day).filter(user=user).first()
    if staff is not None:
        codes.update(Post.objects.on(day).filter(staff=staff).values_list("role", flat=True))
        # Leaders, offices and the gate are teachers only if they teach, look after or lead something.
        if not codes & {*WHOLE_SCHOOL, "gate"} or Teaching.objects.filter(on_day(day), staff=staff).exists():
            codes.add("teacher")
    return codes


def students_of(user: User) -> Q | None:
    """Guardians see their own children; homeroom teachers and grade heads their class or grade."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    return Q(pk__in=Student.objects.of_guardian(user)) | children_of(classes_led(user, timezone.localdate()))


def children_of(classes: Q) -> Q:
    """The children who belong to these classes today, or come to one of them."""
    members = ClassMembership.objects.held_or_to_come(timezone.localdate())
    return Q(pk__in=members.filter(school_class__in=SchoolClass.objects.filter(classes)).values("student"))


def homeroom_of(user: User, day: dt.date) -> Q:
    """Classes whose homeroom teacher the user is on that day."""
    posts = Post.objects.on(day).filter(staff__in=Staff.objects.of_user(user), role="homeroom_teacher")
    return Q(pk__in=posts.values("school_class"))


def grades_of(user: User, day: dt.date) -> Q:
    """Classes of the grades whose head the user is on that day."""
    posts = Post.objects.on(day).filter(staff__in=Staff.objects.of_user(user), role="grade_head")
    years = [school_year_of(day) - grade + 1 for grade in posts.values_list("grade", flat=True) if grade]
    return Q(entry_year__in=years)


def classes_led(user: User, day: dt.date) -> Q:
    """Classes of which the user is homeroom teacher or grade head on that day."""
    return homeroom_of(user, day) | grades_of(user, day)


def opens_sensitive(user: User) -> Q:
    """Of the children a person sees, those whose number, birth date, health note and phones may be opened: the whole school's
    for its offices and leaders, else those of the classes and grades led. Who has a child in care for an afternoon does not.
    """
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    return children_of(classes_led(user, timezone.localdate()))


def classes_of(user: User) -> Q | None:
    """The whole school's for its offices; for a teacher those led or taught."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    today = timezone.localdate()
    taught = Teaching.objects.filter(on_day(today), staff__in=Staff.objects.of_user(user)).values("school_class")
    return classes_led(user, today) | Q(pk__in=taught)


def classes_in(room: Room, day: dt.date) -> list[str]:
    """The classes whose classroom it is."""
    return [one.label(day) for one in room.classes.filter(graduated_on=None)]


def homeroom_children(user: User) -> Q:
    """The children of the classes whose homeroom teacher the user is today."""
    return children_of(homeroom_of(user, timezone.localdate()))


def grade_children(user: User) -> Q:
    """The children of the grades whose head the user is today."""
    return children_of(grades_of(user, timezone.localdate()))


def group_memberships_of(user: User) -> Q | None:
    """Who belongs to a special group is seen by the two offices and the homeroom teacher of the class; nobody else."""
    if user.has_role("service_office", "academic_office"):
        return EVERYTHING
    return Q(student__in=Student.objects.filter(homeroom_children(user)))


def may_see_groups(user: User, student: Student) -> bool:
    return user.has_role("service_office", "academic_office") or (
        Student.objects.filter(homeroom_children(user), pk=student.pk).exists()
    )


def notices_of(user: User) -> Q | None:
    """The offices see the whole log of channels; whoever leads classes sees what went to one of them."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    own = SchoolClass.objects.filter(classes_led(user, timezone.localdate()))
    return Q(pk__in=NoticeLog.school_classes.through.objects.filter(schoolclass__in=own).values("noticelog"))


def with_children(rows: Rows, day: dt.date | None = None) -> Rows:
    """Each row's child with the label of its class, in one query: of the day (or today), or the next one it comes to."""
    students = Student.objects.with_class_to_come(day or timezone.localdate())
    return rows.prefetch_related(Prefetch("student", students))
