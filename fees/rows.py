"""Which accounts a person sees: the office and the principal all, guardians their own children's, teachers none."""

from django.db.models import Q

from school.access import EVERYTHING, NOTHING
from school.models import Student, User


def own_children(user: User) -> Q:
    own = Student.objects.of_guardian(user)
    return Q(student__in=own)


def sees_accounts(user: User) -> bool:
    """Whether the person sees every account."""
    return user.has_role("service_office", "principal")


def accounts_of(user: User) -> Q | None:
    """No arrears on a teacher's screen: being somebody's teacher shows no row."""
    if sees_accounts(user):
        return EVERYTHING
    return own_children(user) if user.has_role("guardian") else NOTHING


def waivers_of(user: User) -> Q | None:
    """Ground and evidence are need-to-know: the service office; a guardian, the child's own."""
    if user.has_role("service_office"):
        return EVERYTHING
    return own_children(user) if user.has_role("guardian") else NOTHING
