"""Which clubs and memberships a person sees, and when staff and rooms are taken."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import covers
from clubs.leading import hand_overs_ahead
from clubs.models import Club, ClubSlot, Membership
from school.access import EVERYTHING, WHOLE_SCHOOL, RoomsTaken
from school.models import Room, SchoolDay, Staff, Student, Term, User
from school.models.dated import on_day
from school.rows import students_of


def clubs_of(user: User) -> Q | None:
    """Families and staff see the catalogue; what is being prepared only the office and its instructor."""
    if user.has_role("service_office", "academic_office"):
        return EVERYTHING
    hidden = [Club.Status.DRAFT, Club.Status.PROPOSED]
    own = Staff.objects.of_user(user)
    return ~Q(status__in=hidden) | Q(instructor__in=own) | Q(assistant__in=own) | Q(proposed_by=user)


def memberships_of(user: User) -> Q | None:
    """The instructor's own members; otherwise those of the children one sees."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    children = students_of(user) or Q(pk__in=[])
    led = Q(club__in=Club.objects.led_by(user))
    return led | Q(student__in=Student.objects.filter(children))


def members_of_my_clubs(user: User) -> Q | None:
    today = timezone.localdate()
    led = Q(club__in=Club.objects.led_by(user))
    return Q(pk__in=Membership.objects.filter(on_day(today), led).values("student"))


def instructor_roles(user: User, day: dt.date) -> set[str]:
    """Whoever leads a club this term has a teacher's pages."""
    led = Club.objects.led_by(user).filter(term__starts_on__lte=day, term__ends_on__gte=day)
    return {"teacher"} if led.exists() else set()


def busy_in_clubs(term: Term, weekday: int, period: int, day: dt.date) -> set[int]:
    """Who leads or helps then on the day or later: the giver of a hand-over until its day, the taker from then on."""
    slots = ClubSlot.objects.filter(term=term, weekday=weekday, period=period)
    busy = {(row.club_id, pk) for row in slots for pk in (row.instructor_id, row.assistant_id) if pk}
    for one in hand_overs_ahead(term):
        if (one.club, one.giver) in busy:
            busy.add((one.club, one.taker))
            if one.day <= day:
                busy.discard((one.club, one.giver))
    return {pk for _club, pk in busy}


def rooms_of_clubs(term: Term) -> RoomsTaken:
    slots = ClubSlot.objects.filter(term=term, room__isnull=False).order_by("club__name")
    return {tuple(key): name for *key, name in slots.values_list("weekday", "period", "room", "club__name")}


def clubs_in(room: Room, day: dt.date) -> list[str]:
    """Clubs that meet there by the week's plan, or have a meeting there that day or later."""
    planned = (Q(slots__room=room) | Q(rain_room=room) | Q(other_rooms=room)) & Q(term__ends_on__gte=day)
    moved = Q(meetings__room=room, meetings__day__gte=day, meetings__cancelled=False)
    running = Club.objects.exclude(status=Club.Status.CANCELLED)
    return list(running.filter(planned | moved).order_by("name").values_list("name", flat=True).distinct())


def clubs_after(staff: Staff, day: dt.date) -> list[str]:
    """Clubs that the person leads or helps to lead on a school day after `day`, as it is agreed."""
    held = Club.objects.filter(term__ends_on__gt=day).exclude(status=Club.Status.CANCELLED)
    names = dict(held.filter(Q(instructor=staff) | Q(assistant=staff)).values_list("pk", "name"))
    for term in Term.objects.filter(ends_on__gt=day):
        for one in hand_overs_ahead(term):
            if one.taker == staff.pk:
                names |= dict(held.filter(pk=one.club).values_list("pk", "name"))
            elif one.giver == staff.pk and not meets_between(one.club, day, one.day):
                names.pop(one.club, None)
    return list(names.values())


def clubs_lost_by(student: Student, weekdays: list[int], leaves_after: dict[str, int]) -> list[str]:
    """The child's clubs that meet on other days, or after it has gone home."""
    held = Membership.objects.filter(student=student, ends_on=None)
    clubs = Club.objects.filter(pk__in=held.values("club")).prefetch_related("slots__period").order_by("name")
    lost = [club for club in clubs if not covers(weekdays, leaves_after, club.slots.all())]
    return [_("%(club)s (%(times)s)") % {"club": club.name, "times": club.slot_words} for club in lost]


def meets_between(club: int, after: dt.date, before: dt.date) -> bool:
    """Whether a school day between the two (neither of them included) is one of the club's weekdays."""
    days = SchoolDay.objects.teaching().filter(day__gt=after, day__lt=before)
    return days.filter(follows_weekday__in=ClubSlot.objects.filter(club=club).values("weekday")).exists()


def of_children_seen(user: User) -> Q | None:
    """Waiting lists and choices: those of the children one sees."""
    if user.has_role(*WHOLE_SCHOOL):
        return EVERYTHING
    return Q(student__in=Student.objects.filter(students_of(user) or Q(pk__in=[])))
