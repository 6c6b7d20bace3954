"""The states of a club: proposed, reviewed by the office, published, cancelled."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Meeting, Membership
from clubs.services.changing import cancel_meeting, has_begun
from clubs.services.meeting import date_what_was, follow_plan
from clubs.services.offering import end_waiting
from clubs.services.publishing import check_publishable
from clubs.services.seating import end_places
from school.models import Period, Room, Staff, User


@transaction.atomic
def propose_club(*, club: Club, by: User) -> Club:
    """The teacher hands the proposal in; the office decides."""
    if club.status != Club.Status.DRAFT:
        raise ValidationError(_("%s is with the office already.") % club.name)
    club.status, club.proposed_by, club.opinion = Club.Status.PROPOSED, by, ""
    club.save()
    return club


@transaction.atomic
def return_club(*, club: Club, opinion: str, by: User) -> Club:
    """Returns the proposal with what has to be changed. Raises ValidationError without a sentence."""
    if club.status != Club.Status.PROPOSED:
        raise ValidationError(_("%s does not wait for the office.") % club.name)
    if not opinion.strip():
        raise ValidationError(_("Say what is to be changed."))
    club.status, club.opinion = Club.Status.DRAFT, opinion.strip()
    club.save()
    return club


@transaction.atomic
def publish_club(*, club: Club, by: User) -> Club:
    """Publishes the club in the catalogue. Raises ValidationError with everything that is missing."""
    missing = what_is_missing(club)
    if missing:
        raise ValidationError(missing)
    club.status, club.published_on = Club.Status.PUBLISHED, timezone.localdate()
    club.save()
    return club


def what_is_missing(club: Club) -> list[str]:
    """What keeps the club out of the catalogue, as sentences; empty if nothing does."""
    missing = []
    if club.status == Club.Status.CANCELLED:
        missing.append(_("%s has been called off.") % club.name)
    if not club.aim.strip():
        missing.append(_("Say what the club is about: families read it before they choose."))
    if club.room.capacity < club.capacity:
        facts = {"room": club.room, "holds": club.room.capacity, "places": club.capacity}
        missing.append(_("%(room)s holds %(holds)d children, the club has %(places)d places.") % facts)
    try:
        check_publishable(club)
    except ValidationError as error:
        missing += error.messages
    return missing


@transaction.atomic
def cancel_club(*, club: Club, reason: str, by: User) -> int:
    """Cancels the club: memberships end today, the waiting list is closed, later meetings are cancelled, and so is today's
    whose roll has not been called.

    Returns how many children lose their place. Raises ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError(_("Say why the club is called off: the families read it."))
    club = Club.objects.select_for_update(of=["self"]).get(pk=club.pk)
    places = list(Membership.objects.filter(club=club, ends_on=None).select_for_update(of=["self"]))
    date_what_was([club.pk])
    end_waiting(Club.objects.filter(pk=club.pk))
    end_places(places, timezone.localdate(), reason.strip())
    for meeting in Meeting.objects.filter(club=club, day=timezone.localdate(), cancelled=False):
        if not has_begun(meeting):
            cancel_meeting(meeting=meeting, reason=reason.strip()[:200], by=by)
    Club.objects.filter(pk=club.pk).update(status=Club.Status.CANCELLED, opinion=reason.strip())
    ClubSlot.objects.filter(club=club).delete()
    Meeting.objects.filter(club=club, day__gt=timezone.localdate()).update(cancelled=True, note=reason.strip()[:200])
    return len(places)


def set_slots(*, club: Club, slots: Iterable[tuple[int, Period]]) -> int:
    """Sets the club's slots to exactly these (weekday, period), with its room and adults. Meetings that are dated already
    follow from tomorrow on; returns how many.

    Raises ValidationError where room or adults are elsewhere then, and for a club with members, whose families chose its days.
    """
    wanted = {(weekday, period.pk): period for weekday, period in slots}
    known = {(slot.weekday, slot.period_id): slot for slot in club.slots.all()}
    if club.taken and set(wanted) != set(known):
        raise ValidationError(
            _("%(n)d children chose the days of %(club)s; the days stay.") % {"n": club.taken, "club": club.name}
        )
    adults: dict[str, Room | Staff | None] = {
        "room": club.room,
        "instructor": club.instructor,
        "assistant": club.assistant,
    }
    try:
        with transaction.atomic():
            date_what_was([club.pk])
            club.slots.exclude(pk__in=[s.pk for s in club.slots.all() if (s.weekday, s.period_id) in wanted]).delete()
            club.slots.update(instructor=club.instructor, assistant=club.assistant)
            # The timetable may have put some of them into another room that will do.
            club.slots.exclude(room__in=club.other_rooms.all()).update(room=club.room)
            ClubSlot.objects.bulk_create(
                ClubSlot(term_id=club.term_id, club=club, weekday=weekday, period=period, **adults)
                for (weekday, pk), period in wanted.items()
                if (weekday, pk) not in known
            )
            plan = {(club.pk, weekday, period): slot for (weekday, period), slot in known.items()}
            return follow_plan(club.term, [club.pk], plan)
    except IntegrityError as error:
        raise ValidationError(slot_clash(club, wanted)) from error


def slot_clash(club: Club, wanted: dict[tuple[int, int], Period]) -> dict[str, str]:
    """{field: sentence} naming the clashing club."""
    people = {club.instructor_id, club.assistant_id} - {None}
    others = ClubSlot.objects.filter(term=club.term_id).exclude(club=club.pk).select_related("club", "room")
    for other in others.order_by("weekday", "period__number"):
        if (other.weekday, other.period_id) not in wanted:
            continue
        facts = {"other": other.club.name, "day": other.get_weekday_display(), "room": other.room}
        if other.room_id == club.room_id:
            return {"room": _("%(other)s is in %(room)s on %(day)s then.") % facts}
        if club.instructor_id in (other.instructor_id, other.assistant_id):
            return {
                "instructor": _("%(name)s is with %(other)s on %(day)s then.") % (facts | {"name": club.instructor})
            }
        if people & {other.instructor_id, other.assistant_id}:
            return {"assistant": _("%(other)s has this person on %(day)s then.") % facts}
    return {"room": _("Another club is there at that time.")}
