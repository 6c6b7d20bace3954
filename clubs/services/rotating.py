"""Starts rotations, refusing every clash, and ends them; a rotation is never rewritten."""

import datetime as dt
from collections.abc import Sequence
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Meeting, Rotation, RotationGroup, RotationStop
from enrollment.models import CareGroup
from school.models import User


@transaction.atomic
def start_rotation(*, rotation: Rotation, clubs: Sequence[Club], groups: Sequence[CareGroup], by: User) -> Rotation:
    """Starts a rotation of the groups through the clubs in the given order. Raises ValidationError with every clash, by name."""
    if problems := clashes(rotation, clubs, groups):
        raise ValidationError(problems)
    rotation.save()
    RotationStop.objects.bulk_create(
        RotationStop(rotation=rotation, order=n, club=club) for n, club in enumerate(clubs, start=1)
    )
    RotationGroup.objects.bulk_create(
        RotationGroup(rotation=rotation, order=n, group=group) for n, group in enumerate(groups, start=1)
    )
    return rotation


def clashes(rotation: Rotation, clubs: Sequence[Club], groups: Sequence[CareGroup]) -> list[str]:
    problems = []
    if not groups or len(groups) > len(clubs):
        problems.append(
            _("%(g)d groups need as many clubs, but there are %(c)d.") % {"g": len(groups), "c": len(clubs)}
        )
    for of in (attrgetter("room"), attrgetter("instructor")):
        seen: dict[int, Club] = {}
        for club in clubs:
            other = seen.setdefault(of(club).pk, club)
            if other is not club:
                facts = {"one": other.name, "other": club.name, "what": of(club)}
                problems.append(_("%(one)s and %(other)s both need %(what)s.") % facts)
    here = ClubSlot.objects.filter(term=rotation.term, weekday=rotation.weekday, period=rotation.period)
    for club in clubs:
        people = [club.instructor_id, club.assistant_id]
        busy = Q(room=club.room_id) | Q(instructor__in=people) | Q(assistant__in=people)
        for slot in here.filter(busy).select_related("club"):
            problems.append(_("%(one)s: %(other)s has its room or an adult then.") % {"one": club, "other": slot.club})
    days = (rotation.starts_on, rotation.ends_on)
    others = RotationGroup.objects.filter(
        rotation__weekday=rotation.weekday,
        rotation__period=rotation.period,
        rotation__starts_on__lte=days[1],
        rotation__ends_on__gte=days[0],
    )
    for taken in others.filter(group__in=groups).select_related("rotation", "group"):
        problems.append(_("%(group)s goes round in %(name)s then.") % {"group": taken.group, "name": taken.rotation})
    return problems


@transaction.atomic
def end_rotation(*, rotation: Rotation, last_day: dt.date, by: User) -> Rotation:
    """After `last_day` the groups stay where they are; meetings that were dated beyond it are called off."""
    if last_day < max(rotation.starts_on, timezone.localdate()):
        raise ValidationError(_("What has been stays: choose today or a later day."))
    rotation.ends_on = last_day
    rotation.save()
    later = Meeting.objects.filter(club__in=rotation.stops.values("club"), day__gt=last_day, group__isnull=False)
    later.update(cancelled=True, note=_("The rotation has ended."))
    return rotation
