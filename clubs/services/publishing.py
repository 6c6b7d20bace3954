"""What a club must have before it stands in the catalogue: adults with their papers, and a plan for rain."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSettings
from school.models import Room, Staff
from school.vetting import check_may_work


def first_day(club: Club) -> dt.date:
    """The day for which the papers of a club's adults must be in order: today, or the term's first."""
    return max(timezone.localdate(), club.term.starts_on)


def check_adult(club: Club, staff: Staff | None, *, leads: bool) -> None:
    """An adult of the club has the papers (S10–S12), and answers for it alone only where that is their work (R136)."""
    if staff is None:
        return
    check_may_work(staff, first_day(club))
    if leads and staff.kind == Staff.Kind.VOLUNTEER:
        raise ValidationError(volunteer_words(staff), code="volunteer")


def volunteer_words(staff: Staff) -> str:
    return _("%s is a volunteer: volunteers help, somebody else leads the club.") % staff.name


def check_publishable(club: Club) -> None:
    """Raises ValidationError, by field of the club, with all that keeps it out of the catalogue."""
    found: dict[str, list[ValidationError]] = {}
    for name, leads in (("instructor", True), ("assistant", False)):
        try:
            check_adult(club, getattr(club, name), leads=leads)
        except ValidationError as error:
            found[name] = error.error_list
    if club.assistant is None and ClubSettings.fresh().two_adults:
        found["assistant"] = [ValidationError(_("Every club here has two adults. Name the second one."))]
    if club.room.kind == Room.Kind.OUTDOOR and not club.rain_room and not club.rain_stay:
        found["rain_room"] = [
            ValidationError(
                _("%s is outdoors. Say where the club goes when it rains, or that the children stay in their groups.")
                % club.room
            )
        ]
    if club.rain_room and club.rain_room.kind == Room.Kind.OUTDOOR:
        found["rain_room"] = [ValidationError(_("%s is outdoors too.") % club.rain_room)]
    if found:
        raise ValidationError(found)
