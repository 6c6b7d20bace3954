"""A child leaves the school: its places in clubs and on waiting lists end with the last day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Membership, Waiting
from clubs.services.joining import free_seats
from clubs.services.offering import stop_waiting
from school.models import Student, User
from web.templatetags.formats import cn_date


@transaction.atomic
def end_clubs_of(student: Student, last_day: dt.date, by: User) -> list[str]:
    """A sentence for each club. A place that ends today or before is free at once, a later one by the morning job."""
    told = []
    for waiting in Waiting.objects.in_line().filter(student=student).select_related("club"):
        stop_waiting(waiting=waiting, by=by)
        told.append(_("%s: no longer waits.") % waiting.club.name)
    after = Q(ends_on=None) | Q(ends_on__gt=last_day)
    places = list(Membership.objects.filter(after, student=student).select_related("club"))
    for place in places:
        ends_on = max(last_day, place.starts_on)
        place.ends_on, place.end_reason = ends_on, _("The child has left the school.")
        place.save()
        told.append(_("%(what)s: ends on %(day)s.") % {"what": place.club.name, "day": cn_date(ends_on)})
    free_seats([place for place in places if place.ends_on and place.ends_on <= timezone.localdate()])
    return told
