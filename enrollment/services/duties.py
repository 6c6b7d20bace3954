"""Who looks after which group on which weekday and period: filled in turns, taken from the board, handed over."""

import datetime as dt
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import (
    CareDuty,
    CareGroup,
    CareGroupAdult,
    CareGroupMember,
    Enrolment,
    ServiceOption,
)
from enrollment.services.grouping import end_before
from school.access import staff_busy
from school.models import ClassMembership, Period, Post, SchoolSettings, Staff, Teaching, Term, User
from school.models.staffing import exempt_staff


@transaction.atomic
def assign_duties(*, term: Term, by: User) -> int:
    """Gives every group its adults by weekday and period, in turns; returns how many duties are still open.

    Own homeroom and subject teachers first, then the teachers of the school with the fewest duties; nobody who is
    exempt or barred. Nobody is in two places: clubs and other apps say through school.access.register_busy who is
    taken. Existing duties stay. The first adult of a weekday and period is there from the term's first day on.
    """
    groups = list(CareGroup.objects.filter(term=term).select_related("school_class").order_by("grade", "name"))
    if not groups:
        raise ValidationError(_("Form the care groups first."))
    adults = SchoolSettings.load().adults_at_once
    staff = list(_who_takes_turns(term))
    day = term.nearest(timezone.localdate())
    duties = list(CareDuty.objects.filter(term=term).from_day(day))
    ever = set(CareDuty.objects.filter(term=term).values_list("group", "weekday", "period"))
    load = {person.pk: 0 for person in staff}
    for duty in duties:
        load[duty.staff_id] = load.get(duty.staff_id, 0) + 1
    own = _own_teachers(groups)
    periods = list(Period.objects.all())
    new, open_duties = [], 0
    for weekday in sorted(_weekdays(term)):
        for period in periods:
            busy = staff_busy(term, weekday, period.pk, day)
            busy |= {d.staff_id for d in duties if (d.weekday, d.period_id) == (weekday, period.pk)}
            for group in groups:
                have = sum(1 for d in duties if (d.group_id, d.weekday, d.period_id) == (group.pk, weekday, period.pk))
                for _place in range(adults - have):
                    free = [person for person in staff if person.pk not in busy]
                    if not free:
                        open_duties += 1
                        continue
                    person = min(free, key=lambda p: (load[p.pk] // 2, p.pk not in own[group.pk], load[p.pk], p.number))
                    busy.add(person.pk)
                    load[person.pk] += 1
                    start = day if (group.pk, weekday, period.pk) in ever else term.starts_on
                    new.append(
                        CareDuty(term=term, group=group, weekday=weekday, period=period, staff=person, starts_on=start)
                    )
    CareDuty.objects.bulk_create(new)
    return open_duties


def _who_takes_turns(term: Term) -> QuerySet[Staff]:
    """The school's own teachers without an office of their own, an exemption (R138) or a bar (R135)."""
    return (
        Staff.objects.active(term.starts_on)
        .filter(kind=Staff.Kind.EMPLOYEE, subject__isnull=False, barred_note="")
        .exclude(posts__role__in=["gate", "principal", "duty_leader", "service_office", "academic_office"])
        .exclude(pk__in=exempt_staff(term.starts_on))
        .order_by("number")
    )


def _weekdays(term: Term) -> set[int]:
    """The weekdays of the options in which children take part."""
    taken = Enrolment.objects.filter(option__term=term).order_by().values("option")
    return {day for option in ServiceOption.objects.filter(pk__in=taken) for day in option.weekdays}


def _own_teachers(groups: list[CareGroup]) -> dict[int, set[int]]:
    """Group → staff who lead or teach a class that is in it, or were named for it in the proposal; five queries."""
    own: dict[int, set[int]] = {group.pk: set() for group in groups}
    classes = dict(ClassMembership.objects.filter(ends_on=None).values_list("student", "school_class"))
    teachers: dict[int | None, set[int]] = defaultdict(set)
    for school_class, person in [
        *Post.objects.filter(school_class__isnull=False).values_list("school_class", "staff"),
        *Teaching.objects.values_list("school_class", "staff"),
    ]:
        teachers[school_class].add(person)
    for group_pk, student in CareGroupMember.objects.filter(group__in=groups).values_list("group", "student"):
        own[group_pk] |= teachers[classes.get(student)]
    for group_pk, person in CareGroupAdult.objects.filter(group__in=groups, ends_on=None).values_list("group", "staff"):
        own[group_pk].add(person)
    return own


def choose_adults(adults: dict[CareGroup, list[int]], day: dt.date) -> None:
    """Group → staff whom the office chose for it, from the day on; their duties follow.

    Who is new to a group takes its duties wherever that adult is free, before adults who came in turns; who is no longer
    chosen has none there from that day on.
    """
    for group, people in adults.items():
        rows = CareGroupAdult.objects.filter(group=group).from_day(day)
        before = set(rows.values_list("staff", flat=True))
        gone, new = before - set(people), [person for person in people if person not in before]
        end_before(rows.filter(staff__in=gone), day)
        end_before(group.duties.filter(staff__in=gone).from_day(day), day)
        CareGroupAdult.objects.bulk_create(
            CareGroupAdult(term_id=group.term_id, group=group, staff_id=person, starts_on=day) for person in new
        )
    for group, people in adults.items():
        put_on_duty(group, people, day)


def put_on_duty(group: CareGroup, people: list[int], day: dt.date) -> None:
    """These adults look after the group wherever they are free; others give way where there would be too many."""
    wanted = max(SchoolSettings.load().adults_at_once, len(people))
    for weekday in sorted(_weekdays(group.term)):
        for period in Period.objects.all():
            duties = list(group.duties.filter(weekday=weekday, period=period).from_day(day).order_by("pk"))
            there = {duty.staff_id for duty in duties}
            busy = staff_busy(group.term, weekday, period.pk, day)
            new = [person for person in people if person not in there | busy]
            others = [duty for duty in duties if duty.staff_id not in people]
            too_many = len(duties) + len(new) - wanted
            for duty in others[::-1][: max(too_many, 0)]:
                end_before(group.duties.filter(pk=duty.pk), day)
            start = day if duties else min(day, group.term.starts_on)
            CareDuty.objects.bulk_create(
                CareDuty(term=group.term, group=group, weekday=weekday, period=period, staff_id=person, starts_on=start)
                for person in new
            )
