"""Seats on the parents' committee, and minutes that families read."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from families.models import CommitteeMember, FamilySettings, Meeting
from school.models import ClassMembership, Guardian, Guardianship, SchoolClass, User


@transaction.atomic
def seat_member(
    *, guardian: Guardian, school_class: SchoolClass, function: str, starts_on: dt.date, by: User
) -> CommitteeMember:
    """Refused for a guardian without a child in the class, or when the class has all its members (R036: two)."""
    SchoolClass.objects.select_for_update(of=["self"]).get(pk=school_class.pk)
    children = ClassMembership.objects.on(starts_on).filter(school_class=school_class).values("student")
    if not Guardianship.objects.filter(guardian=guardian, student__in=children, barred=False).exists():
        raise ValidationError(
            _("%(guardian)s has no child in %(class)s.") % {"guardian": guardian.name, "class": school_class}
        )
    most = FamilySettings.load().members_a_class
    seats = CommitteeMember.objects.filter(school_class=school_class)
    if seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).count() >= most:
        raise ValidationError(
            _("%(class)s has its %(n)d members already. End one first.") % {"class": school_class, "n": most}
        )
    seat = CommitteeMember(guardian=guardian, school_class=school_class, function=function, starts_on=starts_on)
    seat.full_clean()
    seat.save()
    return seat


@transaction.atomic
def publish_minutes(*, meeting: Meeting, by: User) -> Meeting:
    """Families read the minutes without the names of who was there. Refused while no decision is written down."""
    if not meeting.decisions.strip():
        raise ValidationError(_("Write down what was decided before you publish the minutes."))
    meeting.published_at = timezone.now()
    meeting.save()
    return meeting
