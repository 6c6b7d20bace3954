"""Forms care groups by the threshold of R024 and assigns their duties.

R024: children of one class who are at least as many as the threshold stay on their own; smaller classes of the
same grade are merged. Merging never crosses grades. A class with exactly the threshold stays on its own (docs/decisions.md).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from enrollment.models import CareDuty, CareGroup, CareGroupMember, Enrolment, ReviewStep, ServiceOption
from enrollment.publications import without_group
from school.access import staff_busy
from school.models import ClassMembership, Period, Post, SchoolClass, SchoolSettings, Staff, Teaching, Term, User
from school.models.places import grade_name
from school.models.staffing import exempt_staff

Places = dict[SchoolClass, list[Enrolment]]


@transaction.atomic
def form_groups(*, term: Term, day: dt.date, by: User) -> list[CareGroup]:
    """Makes the term's groups of all who take part from `day` on and have no place yet. Run again, it places late joiners.

    Existing groups keep their children; a late joiner goes to the group of the own class, else of the grade.
    """
    waiting = _waiting(term, day)
    groups = list(CareGroup.objects.filter(term=term).select_related("school_class"))
    if not groups:
        groups = _new_groups(term, waiting, day, by)
    else:
        _place_late(groups, waiting, day, by)
    return groups


def _waiting(term: Term, day: dt.date) -> Places:
    """One participation of each child without a place in a group, by class."""
    first: dict[int, Enrolment] = {}
    for enrolment in without_group(term, day).select_related("student").order_by("starts_on", "pk"):
        first.setdefault(enrolment.student_id, enrolment)
    classes = {m.student_id: m.school_class for m in ClassMembership.objects.on(day).select_related("school_class")}
    waiting: Places = defaultdict(list)
    for enrolment in sorted(first.values(), key=lambda one: (one.student.name_key, one.pk)):
        if enrolment.student_id in classes:
            waiting[classes[enrolment.student_id]].append(enrolment)
    return waiting


def _new_groups(term: Term, waiting: Places, day: dt.date, by: User) -> list[CareGroup]:
    settings = SchoolSettings.load()
    by_grade: dict[int, Places] = defaultdict(dict)
    for school_class, enrolments in waiting.items():
        by_grade[school_class.grade(day)][school_class] = enrolments
    groups = []
    for grade, classes in sorted(by_grade.items()):
        least = settings.group_threshold + (0 if settings.group_threshold_included else 1)
        own = {c: e for c, e in classes.items() if len(e) >= least}
        for school_class, enrolments in sorted(own.items(), key=lambda pair: pair[0].number):
            group = CareGroup.objects.create(
                term=term,
                name=_("%s care group") % school_class.label(day),
                grade=grade,
                school_class=school_class,
                room=school_class.room,
            )
            _seat(group, enrolments, day, by)
            groups.append(group)
        rest = [(c, e) for c, e in sorted(classes.items(), key=lambda pair: pair[0].number) if c not in own]
        for number, batch in enumerate(_merge(rest, settings.group_capacity), start=1):
            name = _("%(grade)s merged group %(number)d") % {"grade": grade_name(grade), "number": number}
            group = CareGroup.objects.create(term=term, name=name, grade=grade, room=batch[0][0].room)
            for _class, enrolments in batch:
                _seat(group, enrolments, day, by)
            groups.append(group)
    return groups


def _merge(classes: list[tuple[SchoolClass, list[Enrolment]]], capacity: int) -> Iterator[list]:
    """Whole classes put together in order while they fit the capacity."""
    batch: list[tuple[SchoolClass, list[Enrolment]]] = []
    for school_class, enrolments in classes:
        if batch and sum(len(e) for _c, e in batch) + len(enrolments) > capacity:
            yield batch
            batch = []
        batch.append((school_class, enrolments))
    if batch:
        yield batch


def _seat(group: CareGroup, enrolments: list[Enrolment], day: dt.date, by: User, reason: str = "") -> None:
    CareGroupMember.objects.bulk_create(
        CareGroupMember(
            group=group,
            enrolment=e,
            student_id=e.student_id,
            starts_on=max(day, e.starts_on),
            ends_on=e.ends_on,
            reason=reason,
        )
        for e in enrolments
    )
    ReviewStep.objects.bulk_create(
        ReviewStep(
            application_id=e.application_id,
            step=ReviewStep.Step.PLACEMENT,
            decision=ReviewStep.Decision.APPROVE,
            opinion=f"{group.name}: {reason}"[:200] if reason else group.name,
            by=by,
        )
        for e in enrolments
    )


def _place_late(groups: list[CareGroup], waiting: Places, day: dt.date, by: User) -> None:
    for school_class, enrolments in waiting.items():
        grade = school_class.grade(day)
        own = next((g for g in groups if g.school_class_id == school_class.pk), None)
        merged = next((g for g in groups if g.grade == grade and g.school_class_id is None), None)
        group = own or merged or next((g for g in groups if g.grade == grade), None)
        if group is None:
            group = CareGroup.objects.create(
                term=groups[0].term,
                name=_("%(grade)s merged group %(number)d") % {"grade": grade_name(grade), "number": 1},
                grade=grade,
                room=school_class.room,
            )
            groups.append(group)
        _seat(group, enrolments, day, by)


@transaction.atomic
def assign_duties(*, term: Term, by: User) -> int:
    """Gives every group its adults by weekday and period, in turns; returns how many duties are still open.

    Own homeroom and subject teachers first, then the teachers of the school with the fewest duties; nobody who is
    exempt or barred. Nobody is in two places: clubs and other apps say through school.access.register_busy who is
    taken. Existing duties stay.
    """
    groups = list(CareGroup.objects.filter(term=term).select_related("school_class").order_by("grade", "name"))
    if not groups:
        raise ValidationError(_("Form the care groups first."))
    adults = SchoolSettings.load().adults_at_once
    staff = list(who_takes_turns(term))
    duties = list(CareDuty.objects.filter(term=term))
    load = {person.pk: 0 for person in staff}
    for duty in duties:
        load[duty.staff_id] = load.get(duty.staff_id, 0) + 1
    own = _own_teachers(groups)
    periods = list(Period.objects.all())
    new, open_duties = [], 0
    for weekday in sorted(_weekdays(term)):
        for period in periods:
            busy = staff_busy(term, weekday, period.pk)
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
                    new.append(CareDuty(term=term, group=group, weekday=weekday, period=period, staff=person))
    CareDuty.objects.bulk_create(new)
    return open_duties


def who_takes_turns(term: Term) -> QuerySet[Staff]:
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
    for group_pk, person in CareGroup.teachers.through.objects.filter(caregroup__in=groups).values_list(
        "caregroup", "staff"
    ):
        own[group_pk].add(person)
    return own
