"""Forms care groups by the threshold of R024.

R024: children of one class who are at least as many as the threshold stay on their own; smaller classes of the
same grade are merged. Merging never crosses grades. A class with exactly the threshold stays on its own (docs/decisions.md).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from enrollment.models import CareGroup, CareGroupMember, CareGroupRoom, Enrolment, ReviewStep
from enrollment.publications import without_group
from school.models import ClassMembership, SchoolClass, SchoolSettings, Term, User
from school.models.places import grade_name

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
    # A child that comes to the school later is in its class from its own first day on.
    memberships: dict[int, list[ClassMembership]] = defaultdict(list)
    for membership in ClassMembership.objects.filter(student__in=first).from_day(day).select_related("school_class"):
        memberships[membership.student_id].append(membership)
    waiting: Places = defaultdict(list)
    for enrolment in sorted(first.values(), key=lambda one: (one.student.name_key, one.pk)):
        begins = max(day, enrolment.starts_on)
        then = next((one for one in memberships[enrolment.student_id] if one.holds_on(begins)), None)
        if then:
            waiting[then.school_class].append(enrolment)
    return waiting


def _new_groups(term: Term, waiting: Places, day: dt.date, by: User) -> list[CareGroup]:
    settings = SchoolSettings.load()
    by_grade: dict[int, Places] = defaultdict(dict)
    for school_class, enrolments in waiting.items():
        by_grade[school_class.grade(day)][school_class] = enrolments
    groups = []
    for _grade, classes in sorted(by_grade.items()):
        least = settings.group_threshold + (0 if settings.group_threshold_included else 1)
        own = {c: e for c, e in classes.items() if len(e) >= least}
        for school_class, enrolments in sorted(own.items(), key=lambda pair: pair[0].number):
            group = open_group(term, [school_class], day)
            _seat(group, enrolments, day, by)
            groups.append(group)
        rest = [(c, e) for c, e in sorted(classes.items(), key=lambda pair: pair[0].number) if c not in own]
        for batch in _merge(rest, settings.group_capacity):
            group = open_group(term, [school_class for school_class, _enrolments in batch], day)
            for _class, enrolments in batch:
                _seat(group, enrolments, day, by)
            groups.append(group)
    return groups


def open_group(term: Term, classes: list[SchoolClass], day: dt.date) -> CareGroup:
    """A new group in the first class's room. Only one of several classes is called merged; such are numbered in their grade."""
    grade = classes[0].grade(day)
    if len(classes) == 1:
        group = CareGroup(name=_("%s care group") % classes[0].label(day), school_class=classes[0])
    else:
        number = CareGroup.objects.filter(term=term, grade=grade, school_class=None).count() + 1
        facts = {"grade": grade_name(grade), "number": number}
        group = CareGroup(name=_("%(grade)s merged group %(number)d") % facts)
    group.term, group.grade = term, grade
    group.save()
    give_rooms({group: classes[0].room_id}, day)
    return group


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


def give_rooms(rooms: dict[CareGroup, int | None], day: dt.date) -> None:
    """Group → its room from the day on; before that it keeps the one that it has. A first room holds from the term's first day,
    unless another group was in it.

    Raises ValidationError where two groups would have one room.
    """
    holding = CareGroupRoom.objects.filter(group__in=rooms).from_day(day).order_by("starts_on")
    now = {row.group_id: row for row in holding}
    changed = {group: room for group, room in rooms.items() if getattr(now.get(group.pk), "room_id", None) != room}
    had_one = set(CareGroupRoom.objects.filter(group__in=changed).values_list("group", flat=True))
    used = set(CareGroupRoom.objects.filter(term__in={group.term_id for group in rooms}).values_list("room", flat=True))
    holding.filter(group__in=changed).end_before(day)
    for group, room in changed.items():
        if room is None:
            continue
        start = day if group.pk in had_one or room in used else min(day, group.term.starts_on)
        row = CareGroupRoom(term_id=group.term_id, group=group, room_id=room, starts_on=start)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise ValidationError(_("Two groups have the room %s. Give each its own.") % row.room) from error


def _seat(group: CareGroup, enrolments: list[Enrolment], day: dt.date, by: User, reason: str = "") -> None:
    """Places from the day on, until the enrolment ends or a place begins that the child has already."""
    later = CareGroupMember.objects.filter(student__in=[e.student_id for e in enrolments], starts_on__gt=day).order_by()
    begins = dict(later.values_list("student").annotate(first=Min("starts_on")))
    day_before = {student: first - dt.timedelta(days=1) for student, first in begins.items()}
    CareGroupMember.objects.bulk_create(
        CareGroupMember(
            group=group,
            enrolment=e,
            student_id=e.student_id,
            starts_on=max(day, e.starts_on),
            ends_on=min(filter(None, (e.ends_on, day_before.get(e.student_id))), default=None),
            reason=reason,
        )
        for e in enrolments
    )
    ReviewStep.objects.bulk_create(
        ReviewStep(
            application_id=e.application_id,
            step=ReviewStep.Step.PLACEMENT,
            decision=ReviewStep.Decision.APPROVE,
            opinion=f"{group.name}：{reason}"[:200] if reason else group.name,
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
            group = open_group(groups[0].term, [school_class], day)
            groups.append(group)
        _seat(group, enrolments, day, by)
