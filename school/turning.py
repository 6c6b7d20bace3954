"""The turn of the school year on 1 August, with a preview; running it a second call changes nothing.

Promotion writes nothing, because a class's grade follows from its year of entry. What has to be written: classes
that graduate, with their memberships, homeroom posts and teaching; posts that end; the classes of the new first grade.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from school.models import ClassMembership, Post, Role, SchoolClass, SchoolSettings, Student, Teaching, Term, User
from school.models.dated import on_day
from web.templatetags.formats import cn_date


@dataclass(frozen=True)
class ClassTurn:
    """One class before and after; `after` is empty for a class that graduates."""

    school_class: SchoolClass
    before: str
    after: str
    children: int


@dataclass(frozen=True)
class Turn:
    """What the turn into a school year would do. `year` is the autumn in which it begins."""

    year: int
    classes: list[ClassTurn]
    posts_that_end: list[Post]
    posts_to_choose: list[Post]
    posts_that_go_on: int
    first_grade: list[SchoolClass]
    without_class: list[Student]

    @property
    def graduating(self) -> list[ClassTurn]:
        return [turn for turn in self.classes if not turn.after]

    @property
    def leaving(self) -> int:
        return sum(turn.children for turn in self.graduating)


def next_turn(today: dt.date) -> int:
    """The school year into which the school turns next: this summer's while classes still wait for it."""
    return today.year if today.month < 8 or graduating_classes(today.year) else today.year + 1


def last_day_before(year: int) -> dt.date:
    return dt.date(year, 7, 31)


def graduating_classes(year: int) -> "list[SchoolClass]":
    """Classes that have been through the highest grade when the school year begins."""
    top = SchoolSettings.load().top_grade
    return list(SchoolClass.objects.filter(graduated_on=None, entry_year__lte=year - top))


def plan_turn(*, year: int) -> Turn:
    """What turn_year() would do, without writing anything."""
    last_day, first_day = last_day_before(year), dt.date(year, 8, 1)
    graduating = {c.pk for c in graduating_classes(year)}
    classes = (
        SchoolClass.objects.filter(graduated_on=None, entry_year__lt=year)
        .annotate(children=Count("memberships", filter=on_day(last_day, "memberships__"), distinct=True))
        .order_by("-entry_year", "number")
    )
    turns = [
        ClassTurn(c, c.label(last_day), "" if c.pk in graduating else c.label(first_day), c.children) for c in classes
    ]
    posts = list(_open_posts(last_day).select_related("staff", "school_class"))
    end = [post for post in posts if post.school_class_id in graduating]
    choose = [post for post in posts if post.role == Role.Code.GRADE_HEAD]
    return Turn(
        year=year,
        classes=turns,
        posts_that_end=end,
        posts_to_choose=choose,
        posts_that_go_on=len(posts) - len(end) - len(choose),
        first_grade=list(SchoolClass.objects.filter(entry_year=year)),
        without_class=list(_without_class()[:50]),
    )


def _open_posts(last_day: dt.date) -> QuerySet[Post]:
    """Posts held on that day that are not over with it."""
    return Post.objects.filter(starts_on__lte=last_day).filter(Q(ends_on=None) | Q(ends_on__gt=last_day))


def _without_class() -> QuerySet[Student]:
    """Children who never were in a class; somebody should check them. Who left or graduated was in one."""
    return Student.objects.exclude(pk__in=ClassMembership.objects.values("student"))


def too_early(*, year: int, today: dt.date) -> str:
    """Why the turn cannot be confirmed yet, or nothing: the last term before it must be over."""
    term = Term.objects.filter(school_year=year - 1, half=Term.Half.SECOND).first()
    ends_on = term.ends_on if term else dt.date(year, 6, 30)
    if today > ends_on:
        return ""
    return _("Lessons last until %s; the turn can be confirmed after that day.") % cn_date(ends_on, "year")


@transaction.atomic
def turn_year(*, year: int, new_classes: int, end_posts: Iterable[int], by: User) -> None:
    """Graduates the top grade, ends the posts named (pks) and makes the new first grade's classes 1 … new_classes.

    Raises ValidationError while the last term is not over. Run again, it changes nothing.
    """
    if problem := too_early(year=year, today=timezone.localdate()):
        raise ValidationError(problem)
    last_day = last_day_before(year)
    leaving = [c.pk for c in graduating_classes(year)]
    still_open = Q(ends_on=None) | Q(ends_on__gt=last_day)
    for rows in (ClassMembership, Teaching, Post):
        dated = rows.objects.filter(school_class__in=leaving, starts_on__lte=last_day).filter(still_open)
        dated.update(ends_on=last_day)
    SchoolClass.objects.filter(pk__in=leaving).update(graduated_on=last_day)
    _open_posts(last_day).filter(pk__in=end_posts, role=Role.Code.GRADE_HEAD).update(ends_on=last_day)
    known = set(SchoolClass.objects.filter(entry_year=year).values_list("number", flat=True))
    SchoolClass.objects.bulk_create(
        SchoolClass(entry_year=year, number=number) for number in range(1, new_classes + 1) if number not in known
    )
