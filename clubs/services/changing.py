"""Changes of single meetings: cancelled, moved, restored. Each change is recorded.

What follows elsewhere is read from here: the children of a meeting that was called off are expected in their care groups,
its session is gone. Higher apps say through `register_begun` whether a meeting's roll has been called.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ClubChange, Meeting, Membership, RainDay
from clubs.placing import weekday_of
from clubs.services.meeting import make_meetings
from enrollment.models import CareDuty, CareGroup, CareGroupRoom, Enrolment
from school.models import Period, Room, SchoolDay, Staff, User
from school.vetting import check_may_work

Kind = ClubChange.Kind
BegunRule = Callable[[Meeting], bool]
ElsewhereRule = Callable[[Staff, dt.date, int], list[str]]
_begun_rules: list[BegunRule] = []
_elsewhere_rules: list[ElsewhereRule] = []
NAMES = 5


def register_begun(rule: BegunRule) -> None:
    """rule(meeting), inside the transaction that changes it: the roll rests on where its children are by now."""
    if rule not in _begun_rules:
        _begun_rules.append(rule)


def register_elsewhere(rule: ElsewhereRule) -> None:
    """rule(staff, day, period pk): what somebody does then on that very day, beyond the week's plan."""
    if rule not in _elsewhere_rules:
        _elsewhere_rules.append(rule)


def has_begun(meeting: Meeting) -> bool:
    return any(rule(meeting) for rule in _begun_rules)


@dataclass(frozen=True)
class MeetingPlace:
    """The time and room of a meeting."""

    day: dt.date
    period: Period
    room: Room


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, rain: RainDay | None = None) -> Meeting:
    """Calls one meeting off; its children stay in their care groups. A second call changes nothing.

    Raises ValidationError for a day that is over and once the roll has been called.
    """
    meeting = locked_meeting(meeting)
    if meeting.cancelled:
        return meeting
    check_changeable(meeting)
    meeting.cancelled = True
    meeting.save()
    ClubChange.objects.create(meeting=meeting, kind=Kind.CANCELLED, reason=said(reason), by=by, rain=rain)
    return meeting


@transaction.atomic
def restore_meeting(*, meeting: Meeting, reason: str, by: User, rain: RainDay | None = None) -> Meeting:
    """Restores a cancelled meeting if room, adults and children are still free."""
    meeting = locked_meeting(meeting)
    if not meeting.cancelled:
        return meeting
    check_changeable(meeting)
    moved = ClubChange.objects.filter(meeting=meeting, kind=Kind.MOVED).first()
    if moved and moved.became and not moved.became.cancelled and moved.became_id != meeting.pk:
        cancel_meeting(meeting=moved.became, reason=reason, by=by)
    place = MeetingPlace(meeting.day, meeting.period, meeting.room)
    # A meeting that only the rain has cancelled goes back to its plan; restoring by hand is a new decision.
    refuse(conflicts(meeting, place) + ([] if rain else unfit_adults(meeting, meeting.day)))
    meeting.cancelled = False
    _save(meeting)
    ClubChange.objects.create(meeting=meeting, kind=Kind.RESTORED, reason=said(reason), by=by, rain=rain)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    place: MeetingPlace,
    reason: str,
    by: User,
    without_absent: bool = False,
    rain: RainDay | None = None,
) -> Meeting:
    """The meeting takes place at another time or in another room; returns the one that now stands.

    Raises ValidationError naming everything that is in the way. `without_absent`: it moves although some of its
    children do not take part that day.
    """
    meeting = locked_meeting(meeting)
    if meeting.cancelled:
        raise ValidationError(_("%s has been called off. Let it take place again first.") % meeting.club)
    check_changeable(meeting)
    check_day(meeting, place.day)
    make_meetings(term=meeting.club.term, first=place.day, last=place.day)
    found = conflicts(meeting, place)
    if (place.day, place.period.pk) != (meeting.day, meeting.period_id):
        found += unfit_adults(meeting, place.day) + ([] if without_absent else absent_children(meeting, place))
    refuse(found)
    if (place.day, place.period.pk) == (meeting.day, meeting.period_id):
        return _change_room(meeting, place.room, reason, by, rain)
    return _change_time(meeting, place, reason, by)


def _change_room(meeting: Meeting, room: Room, reason: str, by: User, rain: RainDay | None) -> Meeting:
    before, meeting.room = meeting.room, room
    if before == room:
        return meeting
    _save(meeting)
    ClubChange.objects.create(
        meeting=meeting, kind=Kind.ROOM, room_before=before, reason=said(reason), by=by, rain=rain
    )
    return meeting


def _change_time(meeting: Meeting, place: MeetingPlace, reason: str, by: User) -> Meeting:
    meeting.cancelled = True
    meeting.save()
    # A meeting of this club that was called off at that time, or moved away from it, stands again.
    new = Meeting.objects.filter(club=meeting.club, day=place.day, period=place.period).first()
    new = new or Meeting(club=meeting.club, day=place.day, period=place.period)
    new.room, new.instructor, new.assistant, new.group = (
        place.room,
        meeting.instructor,
        meeting.assistant,
        meeting.group,
    )
    new.cancelled = False
    _save(new)
    ClubChange.objects.create(
        meeting=meeting, kind=Kind.MOVED, became=new, room_before=meeting.room, reason=said(reason), by=by
    )
    return new


def locked_meeting(meeting: Meeting) -> Meeting:
    # Locked without its adults: joined in the same query, a row whose instructor changed while we waited is not found.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = Meeting.objects.select_related("club__term", "room", "period", "instructor", "assistant")
    return rows.get(pk=meeting.pk)


def said(reason: str) -> str:
    """A change needs a reason, which families and colleagues read."""
    if not reason.strip():
        raise ValidationError(_("Say why: families and colleagues read it."))
    return reason.strip()[:200]


def check_changeable(meeting: Meeting) -> None:
    if meeting.day < timezone.localdate():
        raise ValidationError(_("%s is over.") % meeting)
    if has_begun(meeting) and meeting.cancelled:
        raise ValidationError(_("The children of %s have been called in their care groups by now.") % meeting.club)
    if has_begun(meeting):
        raise ValidationError(
            _("The roll of %s has been called, or another group has joined it: the children are there now.")
            % meeting.club
        )


def check_day(meeting: Meeting, day: dt.date) -> None:
    term = meeting.club.term
    if day < timezone.localdate() or not term.starts_on <= day <= term.ends_on:
        raise ValidationError(_("Choose a day from today to the end of the term."))
    if not SchoolDay.objects.teaching().filter(day=day).exists():
        raise ValidationError(_("%s is not a teaching day.") % day)


def refuse(found: list[str]) -> None:
    if found:
        raise ValidationError(found)


def _save(meeting: Meeting) -> None:
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        raise ValidationError(_("Somebody entered the same at this moment. Look once more.")) from error


def conflicts(meeting: Meeting, place: MeetingPlace) -> list[str]:
    """Sentences on room, adults and children that are somewhere else at that time."""
    there = Meeting.objects.on(place.day).filter(period=place.period, cancelled=False).exclude(pk=meeting.pk)
    there = there.select_related("club", "instructor")
    found = [in_room(place, there)]
    same_time = (place.day, place.period.pk) == (meeting.day, meeting.period_id) and not meeting.cancelled
    if not same_time:
        for adult in (meeting.instructor, meeting.assistant):
            if adult is not None:
                found += elsewhere(adult, place, there)
        found.append(_children_elsewhere(meeting, place, there))
        if there.filter(club=meeting.club_id).exists():
            found.append(_("%s meets then anyway.") % meeting.club)
    return [sentence for sentence in found if sentence]


def in_room(place: MeetingPlace, there: QuerySet[Meeting]) -> str:
    """The name of what occupies the room then: another club, or a care group."""
    other = next((m for m in there if m.room_id == place.room.pk), None)
    if other:
        return _("%(room)s: %(other)s is there then.") % {"room": place.room, "other": other.club}
    group = (
        CareGroup.objects.filter(rooms__in=CareGroupRoom.objects.on(place.day).filter(room=place.room))
        .filter(duties__in=CareDuty.objects.on(place.day).filter(weekday=weekday_of(place.day), period=place.period))
        .first()
    )
    return _("%(room)s: %(other)s is there then.") % {"room": place.room, "other": group} if group else ""


def elsewhere(adult: Staff, place: MeetingPlace, there: QuerySet[Meeting]) -> list[str]:
    found = [
        _("%(who)s is with %(other)s then.") % {"who": adult.name, "other": meeting.club}
        for meeting in there
        if adult.pk in (meeting.instructor_id, meeting.assistant_id)
    ]
    duties = CareDuty.objects.on(place.day).filter(staff=adult, weekday=weekday_of(place.day), period=place.period)
    duties = duties.select_related("group")
    found += [_("%(who)s looks after %(other)s then.") % {"who": adult.name, "other": duty.group} for duty in duties]
    found += [
        _("%(who)s is with %(other)s then.") % {"who": adult.name, "other": name}
        for rule in _elsewhere_rules
        for name in rule(adult, place.day, place.period.pk)
    ]
    return found


def unfit_adults(meeting: Meeting, day: dt.date) -> list[str]:
    """What keeps the meeting's adults from working with children that day (S10–S12, a bar)."""
    found: list[str] = []
    for adult in (meeting.instructor, meeting.assistant):
        try:
            if adult is not None:
                check_may_work(adult, day)
        except ValidationError as error:
            found += error.messages
    return found


def members_on(meeting: Meeting, day: dt.date) -> dict[int, str]:
    """Student pk → name of the club's children on a day."""
    members = Membership.objects.on(day).filter(club=meeting.club_id).order_by("student__name_key")
    return dict(members.values_list("student", "student__name"))


def _children_elsewhere(meeting: Meeting, place: MeetingPlace, there: QuerySet[Meeting]) -> str:
    clubs = [m.club_id for m in there if m.club_id != meeting.club_id]
    children = members_on(meeting, meeting.day)
    taken = Membership.objects.on(place.day).filter(club__in=clubs, student__in=children).select_related("club")
    names = [f"{children[row.student_id]}（{row.club}）" for row in taken]
    return _("In another club then: %s.") % some(names) if names else ""


def absent_children(meeting: Meeting, place: MeetingPlace) -> list[str]:
    """Members who do not take part on that weekday, or have left by then."""
    children = members_on(meeting, meeting.day)
    weekday = weekday_of(place.day)
    there = Enrolment.objects.taking_part_on(place.day, weekday).there_in_period(weekday, place.period.number)
    present = set(there.filter(student__in=children).values_list("student", flat=True))
    names = [name for pk, name in children.items() if pk not in present]
    return [_("Not in after-school care then: %s.") % some(names)] if names else []


def some(names: list[str]) -> str:
    more = len(names) - NAMES
    return "、".join(names[:NAMES]) + (_(" and %d more") % more if more > 0 else "")
