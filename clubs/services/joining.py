"""Taking, moving and leaving places in clubs.

The counter on the club row is the one truth about «full». It is written last in a short transaction, so that the
row everybody wants is locked for as short as can be; CHECK (taken <= capacity - held) stands behind it.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import ChildFacts, clash, covers, facts_of, fitting_enrolment
from clubs.models import ChoiceRound, Club, Membership
from clubs.services.offering import offer_places
from clubs.services.seating import ClubFull, first_day_in, seat_child, take_back, trial_end
from enrollment.models import Enrolment
from school.models import Student, User
from school.models.calendar import school_year_of
from web.caching import cached_briefly
from web.templatetags.formats import cn_date


def join_club(*, club_pk: int, student_pk: int, by: User) -> str:
    """A guardian's child takes a place, first come, in all slots of the club or in none; gives the club's name.

    One round trip where nothing refuses (clubs_take_place, migration 0004); otherwise the reason is looked for. Raises
    DoesNotExist for somebody else's child, ValidationError when the child may not (not enrolled on those weekdays, another
    grade, a clash, no round open, enough places) and ClubFull when the last place is gone.
    """
    name = take_place(club_pk, student_pk, by)
    if name is None:
        own = Student.objects.of_guardian(by)
        student = own.distinct().get(pk=student_pk)
        club = Club.objects.select_related("term").prefetch_related("slots__period").get(pk=club_pk)
        check_may_join(club, student)
        # Before anyone is told «full», places of children who no longer take part are freed.
        close_ended_memberships(club=club)
        name = take_place(club_pk, student_pk, by)
    if not name:
        raise ClubFull(_("The last place has just been taken."))
    begin_after_today(club_pk, student_pk)
    return name


def take_place(club_pk: int, student_pk: int, by: User) -> str | None:
    """The club's name; an empty string if it is full, None if something else refuses."""
    now = timezone.now()
    today = timezone.localdate(now)
    with connection.cursor() as cursor:
        facts: list[Any] = [club_pk, student_pk, by.pk, school_year_of(today), today, now]
        cursor.execute("SELECT clubs_take_place(%s, %s, %s, %s, %s, %s)", facts)
        name: str | None = cursor.fetchone()[0]
        return name


def begin_after_today(club_pk: int, student_pk: int) -> None:
    """The place that was just taken begins tomorrow where the club's time of today has begun."""
    first = cached_briefly(
        f"first day:{club_pk}", lambda: first_day_in(Club.objects.select_related("term").get(pk=club_pk))
    )
    if first > timezone.localdate():
        taken = Membership.objects.filter(club=club_pk, student=student_pk, ends_on=None, starts_on__lt=first)
        taken.update(starts_on=first, trial_until=trial_end(first))


def check_may_join(club: Club, student: Student) -> ChildFacts:
    """Raises ValidationError with the reason why the child may not take a free place of the club by itself now."""
    facts = facts_of([student], club.term)[student.pk]
    fitting_enrolment(club, facts)
    if refused := clash(club, facts):
        raise ValidationError(refused)
    now = timezone.now()
    rounds = ChoiceRound.objects.choosable(now).giving(ChoiceRound.Way.FIRST_COME).filter(clubs=club)
    choosing = rounds.order_by("pk").first()
    if choosing is None:
        raise ValidationError(_("Places in %s cannot be chosen now.") % club.name)
    taken = Membership.objects.filter(student=student, ends_on=None, club__rounds=choosing).count()
    if taken >= choosing.most_places:
        raise ValidationError(
            _("%(child)s has all %(n)d places of this round. Give one back to choose another.")
            % {"child": student.name, "n": choosing.most_places}
        )
    return facts


@transaction.atomic
def place_child(*, club: Club, student: Student, first_day: dt.date, how: str, by: User) -> Membership:
    """The office gives a place, whatever round is open (`how` is a Membership.How). One who waits is taken off the list, and
    a place that is offered to it is used.

    Raises ValidationError when the child does not fit, ClubFull when there is no place, and while a draw decides about the
    club's places.
    """
    if club.rounds.filter(state=ChoiceRound.State.DRAWN).exists():
        raise ValidationError(_("A draw about the places of %s waits to be published.") % club.name)
    facts = facts_of([student], club.term)[student.pk]
    enrolment = fitting_enrolment(club, facts, first_day)
    return seat_child(club=club, student=student, enrolment=enrolment, first_day=first_day, how=how, by=by)


@transaction.atomic
def leave_club(*, membership: Membership, last_day: dt.date, by: User, reason: str = "") -> Membership:
    """Ends a place after `last_day`; one that ends today or before is free at once, and offered to who waits.

    A later day is kept and carried out by the morning job. Ending it a second call changes nothing.
    """
    membership = Membership.objects.select_for_update(of=["self"]).select_related("club__term").get(pk=membership.pk)
    if membership.ends_on is not None:
        return membership
    check_last_day(last_day, membership)
    membership.end_reason = reason.strip()
    membership.ends_on = max(last_day, membership.starts_on)
    membership.save()
    if membership.ends_on <= timezone.localdate():
        free_seats([membership])
    return membership


def check_last_day(last_day: dt.date, membership: Membership) -> None:
    """The past cannot change, since rolls rest on it; yesterday is allowed, so that a child can be elsewhere from today on."""
    yesterday, end = timezone.localdate() - dt.timedelta(days=1), membership.club.term.ends_on
    if not yesterday <= last_day <= max(end, yesterday):
        facts = {"first": cn_date(yesterday), "last": cn_date(end)}
        raise ValidationError(_("Choose a last day from %(first)s to %(last)s; what has been stays.") % facts)


@transaction.atomic
def change_club(*, membership: Membership, club: Club, first_day: dt.date, reason: str, by: User) -> Membership:
    """From one club into another from a day on, both or neither. Raises ValidationError and ClubFull."""
    student = membership.student
    if membership.ends_on is not None or first_day <= membership.starts_on:
        raise ValidationError(
            _("Choose a day after %(day)s, on which the place began.") % {"day": membership.starts_on}
        )
    if first_day > timezone.localdate() + dt.timedelta(days=1):
        raise ValidationError(_("A child changes clubs today or tomorrow: the new place must be free now."))
    leave_club(membership=membership, last_day=first_day - dt.timedelta(days=1), by=by, reason=reason)
    return place_child(club=club, student=student, first_day=first_day, how=Membership.How.MOVED, by=by)


@transaction.atomic
def close_ended_memberships(*, club: Club | None = None) -> int:
    """Frees the seats of places that have ended, and ends those whose enrolment has; returns how many.

    Pulled each morning and before anyone is told «full», so that `enrollment` need not know of clubs.
    """
    today = timezone.localdate()
    rows = Membership.objects.filter(club=club) if club else Membership.objects.all()
    ended = follow_changed_days(rows.filter(ends_on=None), today)
    over = rows.filter(ends_on__lt=today, seats__isnull=False).select_for_update(of=["self"]).order_by("club_id", "pk")
    gone = list({membership.pk: membership for membership in [*ended, *over]}.values())
    free_seats(gone)
    return len(gone)


def follow_changed_days(rows: QuerySet[Membership], today: dt.date) -> list[Membership]:
    """Of places that go on, ends and returns those of children who no longer take part at the club's times.

    A child with other days keeps a club whose times they cover.
    """
    rows = rows.select_related("enrolment__option").prefetch_related(
        "club__slots__period", "enrolment__option__periods"
    )
    pks = [place.pk for place in rows if not still_there(place, place.enrolment, today)]
    lost = list(rows.filter(pk__in=pks).select_for_update(of=["self"]).order_by("club_id", "pk"))
    running = Enrolment.objects.on(today).filter(application__in={place.enrolment.application_id for place in lost})
    running = running.select_related("option").prefetch_related("option__periods")
    followers = {enrolment.application_id: enrolment for enrolment in running}
    ended, kept = [], []
    for place in lost:
        follower = followers.get(place.enrolment.application_id)
        if follower is not None and still_there(place, follower, today):
            place.enrolment = follower
            kept.append(place)
        else:
            last = min(place.enrolment.ends_on or today, today - dt.timedelta(days=1))
            place.ends_on, place.end_reason = max(place.starts_on, last), _("No longer takes part at these times.")
            ended.append(place)
    Membership.objects.bulk_update(kept, ["enrolment"])
    Membership.objects.bulk_update(ended, ["ends_on", "end_reason"])
    return ended


def still_there(place: Membership, enrolment: Enrolment, today: dt.date) -> bool:
    over = enrolment.ends_on is not None and enrolment.ends_on < today
    times = place.club.slots.all()
    return not over and covers(enrolment.weekdays, enrolment.leaves_after, times, enrolment.option.numbers)


def free_seats(memberships: list[Membership]) -> None:
    """Takes the seats of ended places back and offers them to who waits."""
    for club_pk in sorted(take_back(memberships)):
        offer_places(club_pk=club_pk)
