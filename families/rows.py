"""Who sees which meetings, opinions, care files and visits."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from families.models import CommitteeMember, HomeVisit
from families.models.opinions import OpinionQuerySet
from school.access import EVERYTHING
from school.models import ClassMembership, Guardianship, Post, SchoolClass, Staff, Student, User
from school.rows import classes_led, homeroom_children

OFFICE = ("service_office", "academic_office")


def committee_roles(user: User, day: dt.date) -> set[str]:
    """A member of the committee today who is still somebody's guardian, and not barred."""
    seat = CommitteeMember.objects.on(day).filter(guardian__user=user).exists()
    if seat and Guardianship.objects.filter(guardian__user=user, barred=False).exists():
        return {"committee"}
    return set()


def own_classes(user: User) -> Q:
    """Classes of the children whose guardian the user is, today."""
    own = Student.objects.of_guardian(user)
    members = ClassMembership.objects.on(timezone.localdate()).filter(student__in=own)
    return Q(school_class__in=members.values("school_class"))


def meetings_of(user: User) -> Q | None:
    """Offices and principal all; teachers those of their classes; the committee its own; families what is published."""
    if user.has_role(*OFFICE, "principal"):
        return EVERYTHING
    seen = Q(pk__in=[])
    if user.has_role("homeroom_teacher", "grade_head"):
        led = SchoolClass.objects.filter(classes_led(user, timezone.localdate()))
        seen |= Q(kind="school") | Q(school_class__in=led)
    if user.has_role("committee"):
        seen |= Q(kind__in=("committee", "school"))
    if user.has_role("guardian"):
        published = Q(published_at__isnull=False)
        seen |= published & (Q(kind__in=("committee", "school")) | own_classes(user))
    return seen


def homeroom_classes(user: User) -> Q:
    """Rows of the classes whose homeroom teacher the user is today."""
    posts = Post.objects.on(timezone.localdate()).filter(staff__in=Staff.objects.of_user(user), role="homeroom_teacher")
    return Q(school_class__in=posts.values("school_class"))


def opinions_of(user: User) -> Q | None:
    """Offices and principal all; a homeroom teacher those to her for her class; a guardian the own ones, nobody else's."""
    if user.has_role(*OFFICE, "principal"):
        return EVERYTHING
    return Q(by=user) | (Q(to="homeroom") & homeroom_classes(user))


def queue_of(user: User, visible: OpinionQuerySet) -> OpinionQuerySet:
    """What waits for this person's answer, the oldest first."""
    waiting = visible.waiting()
    mine = waiting.filter(pk__in=[])
    if user.has_role(*OFFICE):
        mine = mine | waiting.filter(to="office")
    if user.has_role("homeroom_teacher"):
        mine = mine | waiting.filter(homeroom_classes(user), to="homeroom").exclude(by=user)
    return mine


def files_of(user: User) -> Q | None:
    """Need-to-know: the two offices, the homeroom teacher of the class, the helper while the file is open."""
    if user.has_role(*OFFICE):
        return EVERYTHING
    children = Student.objects.filter(homeroom_children(user))
    return Q(student__in=children) | Q(helper__in=Staff.objects.of_user(user), closed_on__isnull=True)


def visits_of(user: User) -> Q | None:
    """As the care files: the two offices, the homeroom teacher, and who visited."""
    if user.has_role(*OFFICE):
        return EVERYTHING
    children = Student.objects.filter(homeroom_children(user))
    visited = HomeVisit.visitors.through.objects.filter(staff__in=Staff.objects.of_user(user)).values("homevisit")
    return Q(student__in=children) | Q(pk__in=visited)
