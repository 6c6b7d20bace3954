"""The children that a page is about: a family's own, those of a grade, those whose papers somebody enters."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from enrollment.models import Application
from enrollment.option_sheets import option_sheet
from enrollment.services.applying import check_alone
from school.models import ClassMembership, Guardianship, Student, User
from school.models.calendar import school_year_of
from school.models.people import StudentQuerySet
from school.rows import homeroom_children

Rows = TypeVar("Rows", bound="QuerySet[Any]")


def children_of(request: HttpRequest) -> StudentQuerySet:
    """The signed-in guardian's children, each with its class today or the one it comes to."""
    user: User = request.user  # type: ignore[assignment]  # behind role_required there is one
    return Student.objects.of_guardian(user).with_class_to_come(timezone.localdate())


def own_child(request: HttpRequest, pk: int) -> Student:
    """The signed-in guardian's child; anybody else's is not found."""
    return get_object_or_404(children_of(request), pk=pk)


def own_family(request: HttpRequest, pk: int) -> tuple[Student, list[Guardianship]]:
    """The signed-in guardian's child with its class, and its guardians who are not barred; one query."""
    today = timezone.localdate()
    held = ClassMembership.objects.held_or_next(today, "student")
    rows: list[Any] = list(
        Guardianship.objects.filter(student=pk)
        .select_related("guardian", "student")
        .annotate(
            year=Subquery(held.values("school_class__entry_year")[:1]),
            number=Subquery(held.values("school_class__number")[:1]),
        )
    )
    family = [g for g in rows if not g.barred]
    if not any(g.guardian.user_id == request.user.pk for g in family):
        raise Http404
    student: Student = family[0].student
    student.entry_year, student.class_number = family[0].year, family[0].number  # type: ignore[attr-defined]
    return student, family


def guardianships_of(student: Student) -> list[Guardianship]:
    return list(Guardianship.objects.filter(student=student, barred=False).select_related("guardian"))


def grade_of(student: Student) -> int:
    """The grade today from the annotations of with_class(); 0 outside a class."""
    entry_year = getattr(student, "entry_year", None)
    return school_year_of(timezone.localdate()) - entry_year + 1 if entry_year else 0


def may_go_alone(student: Student) -> bool:
    try:
        check_alone(grade_of(student))
    except ValidationError:
        return False
    return True


def siblings(request: HttpRequest, application: Application) -> list[Student]:
    """The guardian's other children who could take part in the same and have not applied yet."""
    sheet = option_sheet(application.option_id)
    if sheet is None or not sheet.option.is_open:
        return []
    applied_for = Application.objects.open().filter(option=sheet.option.pk).values("student")
    others = children_of(request).exclude(pk=application.student_id).exclude(pk__in=applied_for)
    return [child for child in others if sheet.option.grade_from <= grade_of(child) <= sheet.option.grade_to]


def of_grade(rows: Rows, grade: int | None, field: str = "student") -> Rows:
    """Rows whose child is in the grade today."""
    if not grade:
        return rows
    today = timezone.localdate()
    members = ClassMembership.objects.on(today).filter(school_class__entry_year=school_year_of(today) - grade + 1)
    return rows.filter(**{f"{field}__in": members.values("student")})


def entered_by(user: User) -> StudentQuerySet:
    """The children whose papers this person enters: the whole school's, or one's own class's; not all one looks after."""
    if user.has_role("service_office", "academic_office"):
        return Student.objects.all()
    return Student.objects.filter(homeroom_children(user))
