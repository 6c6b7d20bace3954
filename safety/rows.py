"""Which sessions, substitutions, children and collectors a person sees."""

from django.db.models import Q
from django.utils import timezone

from enrollment.children import entered_by
from safety.models import Custody, RollCall, SubstitutionAsk
from school.access import EVERYTHING, WHOLE_SCHOOL
from school.models import Staff, Student, User
from school.models.people import StudentQuerySet


def sessions_of(user: User) -> Q | None:
    """One's own sessions; the whole school's for its offices and leaders."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    return Q(staff__in=Staff.objects.of_user(user))


def substitutions_of(user: User) -> Q | None:
    """The offices and leaders see all; a teacher those of her own absences and those she was asked for."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    own = Staff.objects.of_user(user)
    asked = SubstitutionAsk.objects.filter(staff__in=own).values("substitution")
    return Q(absence__staff__in=own) | Q(substitute__in=own) | Q(pk__in=asked)


def children_of_today(user: User) -> Q | None:
    """Whoever answers for a session today sees the children in their care."""
    today = timezone.localdate()
    own = Staff.objects.of_user(user)
    in_care = Custody.objects.filter(day=today, staff__in=own).values("student")
    called = RollCall.objects.filter(session__day=today, session__staff__in=own).values("student")
    return Q(pk__in=in_care) | Q(pk__in=called)


def children_told_of(user: User) -> StudentQuerySet:
    """For whom the person enters what a family told, and reads it: one's own class; all for the offices and the duty leader,
    who decides at the door.
    """
    return Student.objects.all() if user.has_role("duty_leader") else entered_by(user)


def collectors_of_today(user: User) -> Q | None:
    """Whoever answers for a child today sees who may collect it, pictures included."""
    children = children_of_today(user)
    return None if children is None else Q(student__in=Student.objects.filter(children)) & ~Q(kind="barred")
