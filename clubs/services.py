"""Taking and leaving places in clubs, and the dated meetings.

The counter on the club row is the one truth about «full». It is written last in a short transaction, so that the
row everybody wants is locked for as short as can be; CHECK (taken <= capacity) stands behind it.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Meeting, Membership, Seat
from enrollment.models import Enrolment
from school.models import SchoolDay, Student, Term, User


class ClubFull(ValidationError):
    """No place is left; the page says so and offers what is free."""


def join_club(*, club: Club, student: Student, by: User) -> Membership:
    """The child takes a place in the club, in all its slots or in none.

    Raises ValidationError when the child may not (not enrolled on those weekdays, another grade, a clash, the
    choice not open) and ClubFull when the last place is gone.
    """
    enrolment = check_may_join(club, student)
    try:
        return _take_place(club, student, enrolment, by)
    except ClubFull:
        # Before anyone is told «full», places of children who no longer take part are freed.
        if not close_ended_memberships(club=club):
            raise
        return _take_place(club, student, enrolment, by)


def check_may_join(club: Club, student: Student) -> Enrolment:
    """The enrolment under which the child may take a place. Raises ValidationError with the reason why not."""
    school_class = student.class_on(timezone.localdate())
    grade = school_class.grade() if school_class else 0
    return fitting_enrolment(club, student, grade, list(running_enrolments([student], club.term)))


def running_enrolments(students: list[Student], term: Term) -> QuerySet[Enrolment]:
    """Participations of the term that have not ended."""
    today = max(timezone.localdate(), term.starts_on)
    rows = Enrolment.objects.filter(student__in=students, option__term=term)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def fitting_enrolment(club: Club, student: Student, grade: int, enrolments: list[Enrolment]) -> Enrolment:
    """The same for what is already read: the child's grade today and its running enrolments of the term."""
    now = timezone.now()
    if club.status != Club.Status.PUBLISHED:
        raise ValidationError(_("%s is not in the catalogue.") % club.name)
    if (club.opens_at and now < club.opens_at) or (club.closes_at and now >= club.closes_at):
        raise ValidationError(_("Places in %s cannot be chosen now.") % club.name)
    if not club.grade_from <= grade <= club.grade_to:
        raise ValidationError(
            _("%(club)s is for grades %(first)d to %(last)d.")
            % {"club": club.name, "first": club.grade_from, "last": club.grade_to}
        )
    weekdays = {slot.weekday for slot in club.slots.all()}
    enrolment = next((e for e in enrolments if weekdays <= set(e.weekdays)), None)
    if enrolment is None:
        raise ValidationError(
            _("%(child)s does not take part in after-school care on the days of %(club)s. Apply for care first.")
            % {"child": student.name, "club": club.name}
        )
    return enrolment


@transaction.atomic
def _take_place(club: Club, student: Student, enrolment: Enrolment, by: User) -> Membership:
    slots = list(ClubSlot.objects.filter(club=club))
    membership = Membership.objects.create(
        club=club,
        student=student,
        enrolment=enrolment,
        joined_by=by,
        starts_on=max(timezone.localdate(), enrolment.starts_on),
    )
    try:
        with transaction.atomic():
            Seat.objects.bulk_create(
                Seat(
                    membership=membership,
                    student=student,
                    term_id=club.term_id,
                    weekday=slot.weekday,
                    period_id=slot.period_id,
                )
                for slot in slots
            )
    except IntegrityError as error:
        raise ValidationError(_clash(student, club, slots)) from error
    if not Club.objects.filter(pk=club.pk, taken__lt=F("capacity")).update(taken=F("taken") + 1):
        raise ClubFull(_("The last place in %s has just been taken.") % club.name)
    return membership


def _clash(student: Student, club: Club, slots: list[ClubSlot]) -> str:
    at_these = Q(pk__in=[])
    for slot in slots:
        at_these |= Q(weekday=slot.weekday, period=slot.period_id)
    seat = Seat.objects.filter(at_these, student=student, term=club.term).select_related("membership__club").first()
    if seat and seat.membership.club_id == club.pk:
        return _("%(child)s has a place in %(club)s already.") % {"child": student.name, "club": club.name}
    other = seat.membership.club.name if seat else club.name
    return _("%(child)s is in %(other)s at that time.") % {"child": student.name, "other": other}


@transaction.atomic
def leave_club(*, membership: Membership, last_day: dt.date, by: User) -> Membership:
    """Ends a place after `last_day` and frees the seat at once. Ending it twice changes nothing."""
    membership = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    if membership.ends_on is None:
        _end([membership.pk], {membership.pk: max(last_day, membership.starts_on)})
        membership.refresh_from_db()
    return membership


@transaction.atomic
def close_ended_memberships(*, club: Club | None = None) -> int:
    """Closes places whose enrolment has ended, or no longer holds on the club's days; returns how many.

    Pulled each morning and before anyone is told «full», so that `enrollment` need not know of clubs.
    """
    today = timezone.localdate()
    follow_changed_days(today)
    ended = Membership.objects.filter(ends_on=None, enrolment__ends_on__lt=today)
    if club is not None:
        ended = ended.filter(club=club)
    rows = list(ended.select_for_update(of=["self"]).values_list("pk", "starts_on", "enrolment__ends_on"))
    _end([pk for pk, _first, _last in rows], {pk: max(first, last or first) for pk, first, last in rows})
    return len(rows)


def follow_changed_days(today: dt.date) -> None:
    """A child that changed its days keeps the club where the new days still hold the club's."""
    changed = Membership.objects.filter(ends_on=None, enrolment__ends_on__lt=today).select_related("enrolment")
    for membership in changed.prefetch_related("club__slots"):
        weekdays = [slot.weekday for slot in membership.club.slots.all()]
        follower = (
            Enrolment.objects.on(today)
            .filter(application=membership.enrolment.application_id, weekdays__contains=weekdays)
            .first()
        )
        if follower is not None:
            membership.enrolment = follower
            membership.save()


def _end(pks: list[int], last_days: dict[int, dt.date]) -> None:
    memberships = list(Membership.objects.filter(pk__in=pks).order_by("club_id"))
    for membership in memberships:
        membership.ends_on = last_days[membership.pk]
    Membership.objects.bulk_update(memberships, ["ends_on"])
    Seat.objects.filter(membership__in=pks).delete()
    for membership in memberships:
        Club.objects.filter(pk=membership.club_id).update(taken=F("taken") - 1)


@transaction.atomic
def make_meetings(*, term: Term, first: dt.date, last: dt.date) -> int:
    """Dates the weekly slots from the school calendar; make-up days follow the weekday the office named.

    Run again, it adds what is missing. Returns how many were added.
    """
    slots: dict[int, list[ClubSlot]] = {}
    for slot in ClubSlot.objects.filter(term=term, club__status=Club.Status.PUBLISHED):
        slots.setdefault(slot.weekday, []).append(slot)
    days = SchoolDay.objects.of_term(term).teaching().filter(day__range=(first, last))
    existing = set(Meeting.objects.filter(day__range=(first, last)).values_list("club", "day", "period"))
    meetings = [
        Meeting(
            club_id=slot.club_id,
            day=day.day,
            period_id=slot.period_id,
            room_id=slot.room_id,
            instructor_id=slot.instructor_id,
        )
        for day in days
        for slot in slots.get(day.follows_weekday or 0, [])
        if (slot.club_id, day.day, slot.period_id) not in existing
    ]
    Meeting.objects.bulk_create(meetings, ignore_conflicts=True)
    return len(meetings)
