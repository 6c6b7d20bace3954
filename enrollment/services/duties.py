"""Who looks after which group on which weekday and period: filled in turns, taken from the board, handed over."""

import datetime as dt
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.duty_table import duties_wanted, duty_gaps
from enrollment.models import (
    CareDuty,
    CareGroup,
    CareGroupAdult,
    CareGroupMember,
    Enrolment,
    ServiceOption,
)
from school.access import staff_busy
from school.models import ClassMembership, Period, Post, SchoolSettings, Staff, Teaching, Term, User
from school.models.staffing import exempt_staff


@transaction.atomic
def assign_duties(*, term: Term, by: User) -> int:
    """Gives every group its adults by weekday and period, in turns; returns how many have too few adults.

    Own homeroom and subject teachers first, then the teachers of the school with the fewest duties; nobody who is
    exempt or barred. Nobody is in two places: clubs and other apps say through school.access.register_busy who is
    taken. Existing duties stay. The first adult of a weekday and period is there from the term's first day on.
    """
    groups = list(CareGroup.objects.filter(term=term).select_related("school_class"))
    if not groups:
        raise ValidationError(_("Form the care groups first."))
    adults = SchoolSettings.load().adults_at_once
    staff = list(who_takes_turns(term))
    day = term.nearest(timezone.localdate())
    duties = list(CareDuty.objects.filter(term=term).from_day(day))
    ever = set(CareDuty.objects.filter(term=term).values_list("group", "weekday", "period"))
    load = {person.pk: 0 for person in staff}
    for duty in duties:
        load[duty.staff_id] = load.get(duty.staff_id, 0) + 1
    own = _own_teachers(groups)
    periods = list(Period.objects.all())
    wanted, new = duties_wanted(term, day), []
    for weekday in sorted(_weekdays(term)):
        for period in periods:
            busy = staff_busy(term, weekday, period.pk, day)
            busy |= {d.staff_id for d in duties if (d.weekday, d.period_id) == (weekday, period.pk)}
            for group in groups:
                if (group.pk, weekday, period.pk) not in wanted:
                    continue
                have = sum(1 for d in duties if (d.group_id, d.weekday, d.period_id) == (group.pk, weekday, period.pk))
                for _place in range(adults - have):
                    free = [person for person in staff if person.pk not in busy]
                    if not free:
                        break
                    person = min(free, key=lambda p: (load[p.pk] // 2, p.pk not in own[group.pk], load[p.pk], p.number))
                    busy.add(person.pk)
                    load[person.pk] += 1
                    start = day if (group.pk, weekday, period.pk) in ever else term.starts_on
                    new.append(
                        CareDuty(term=term, group=group, weekday=weekday, period=period, staff=person, starts_on=start)
                    )
    CareDuty.objects.bulk_create(new)
    return len(duty_gaps(term, day)[0])


def who_takes_turns(term: Term) -> QuerySet[Staff]:
    """The school's own teachers (by their subject, or by what they teach) without an office of their own, an exemption (R138)
    or a bar (R135).
    """
    teaching = Teaching.objects.from_day(term.starts_on).values("staff")
    return (
        Staff.objects.active(term.starts_on)
        .filter(Q(subject__isnull=False) | Q(pk__in=teaching), kind=Staff.Kind.EMPLOYEE, barred_note="")
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
    new: dict[CareGroup, list[int]] = {}
    for group, people in adults.items():
        rows = CareGroupAdult.objects.filter(group=group).from_day(day)
        before = set(rows.values_list("staff", flat=True))
        gone, new[group] = before - set(people), [person for person in people if person not in before]
        if gone:
            rows.filter(staff__in=gone).end_before(day)
            group.duties.filter(staff__in=gone).end_before(day)
    CareGroupAdult.objects.bulk_create(
        CareGroupAdult(term_id=group.term_id, group=group, staff_id=person, starts_on=day)
        for group, people in new.items()
        for person in people
    )
    if any(new.values()):
        put_on_duty(adults, new, day)


def put_on_duty(adults: dict[CareGroup, list[int]], new: dict[CareGroup, list[int]], day: dt.date) -> None:
    """Those new to a group look after it wherever they are free; others give way where there would be too many."""
    groups = {group.pk: group for group in adults}
    term = next(iter(adults)).term
    there: dict[tuple[int, int, int], list[CareDuty]] = defaultdict(list)
    for duty in CareDuty.objects.filter(group__in=groups).from_day(day).order_by("pk"):
        there[duty.group_id, duty.weekday, duty.period_id].append(duty)
    slots = [slot for slot in sorted(duties_wanted(term, day)) if slot[0] in groups]
    busy = {(weekday, period): staff_busy(term, weekday, period, day) for _group, weekday, period in slots}
    at_once = SchoolSettings.load().adults_at_once
    opened, too_many = [], []
    for slot in slots:
        group, weekday, period = groups[slot[0]], *slot[1:]
        duties = there[slot]
        coming = [person for person in new[group] if person not in busy[weekday, period]]
        busy[weekday, period] |= set(coming)
        others = [duty.pk for duty in duties if duty.staff_id not in adults[group]]
        over = len(duties) + len(coming) - max(at_once, len(adults[group]))
        too_many += others[::-1][: max(over, 0)]
        start = day if duties else min(day, term.starts_on)
        opened += [
            CareDuty(term=term, group=group, weekday=weekday, period_id=period, staff_id=person, starts_on=start)
            for person in coming
        ]
    CareDuty.objects.filter(pk__in=too_many).end_before(day)
    CareDuty.objects.bulk_create(opened)
