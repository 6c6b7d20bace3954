"""Puts groups into force and publishes their lists: old places are closed, not overwritten; each list names what is new."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import CareGroup, CareGroupMember, Enrolment, GroupProposal, GroupPublication
from enrollment.planning import PlanGroup
from enrollment.proposals import Facts, groups_in, load_facts, name_of, names_of, unplaced
from enrollment.publications import snapshot_of
from enrollment.services.duties import choose_adults
from enrollment.services.grouping import _seat, give_rooms
from school.models import Student, Term, User


@transaction.atomic
def publish_proposal(*, proposal: GroupProposal, note: str = "", by: User) -> GroupPublication:
    """Puts the proposal into force on its day and publishes the lists, in one transaction.

    Refused while a child who takes part has no place in it.
    """
    proposal = GroupProposal.objects.select_for_update(of=["self"]).select_related("term").get(pk=proposal.pk)
    if proposal.published_at is not None:
        raise ValidationError(_("This proposal is published already. Make a new one."))
    facts = load_facts(proposal.term, proposal.day)
    plan = [group for group in groups_in(proposal, facts) if group.children]
    if waiting := unplaced(plan, facts):
        names = "、".join(facts.students[enrolment].name for enrolment in waiting[:5])
        raise ValidationError(_("%(n)d children have no group yet: %(names)s.") % {"n": len(waiting), "names": names})
    rows = make_rows(proposal.term, plan, facts)
    reason = note.strip() or _("Groups formed anew.")
    for group, row in zip(plan, rows, strict=True):
        seat_group(row, group.children, facts, reason, by)
    choose_adults({row: group.adults for group, row in zip(plan, rows, strict=True)}, facts.day)
    proposal.published_at = timezone.now()
    proposal.save()
    return publish_lists(term=proposal.term, day=proposal.day, note=note, by=by)


def make_rows(term: Term, plan: list[PlanGroup], facts: Facts) -> list[CareGroup]:
    """One CareGroup for each planned one, the existing one where there is one; its room holds from the day on."""
    there = {row.name: row for row in CareGroup.objects.select_for_update().filter(term=term)}
    by_pk = {f"n{row.pk}": row for row in there.values()}
    rows: list[CareGroup] = []
    taken: set[int] = set()
    for group in plan:
        row = by_pk.get(group.key) or next((there[n] for n in names_of(group, facts) if n in there), None)
        if row is None or row.pk in taken or row.grade != group.grade:
            row = CareGroup(term=term, name=free_name(name_of(group, facts), there), grade=group.grade)
        own = {facts.children[enrolment].school_class for enrolment in group.children} == {group.school_class}
        row.school_class_id = group.school_class if own else None
        row.save()
        there[row.name] = row
        taken.add(row.pk)
        rows.append(row)
    planned = dict(zip(rows, plan, strict=True))
    rooms: dict[CareGroup, int | None] = {row: None for row in by_pk.values() if row.pk not in taken}
    give_rooms(rooms | {row: group.room for row, group in planned.items()}, facts.day)
    return rows


def free_name(name: str, there: dict[str, CareGroup]) -> str:
    return next(n for n in (name, *(f"{name} {k}" for k in range(2, 99))) if n not in there)


def seat_group(row: CareGroup, enrolments: list[int], facts: Facts, reason: str, by: User) -> None:
    """Gives the children their places: a child already there is kept; one from another group has the old place closed the
    day before.
    """
    students = {facts.children[enrolment].student: enrolment for enrolment in enrolments}
    places = CareGroupMember.objects.filter(student__in=students).from_day(facts.day)
    now = places.filter(starts_on__lte=facts.day)
    settled = set(now.filter(group=row).values_list("student", flat=True))
    left = now.exclude(group=row)
    moved = {students[student] for student in left.values_list("student", flat=True)}
    left.end_before(facts.day)
    places.filter(starts_on__gt=facts.day).exclude(group=row).update(group=row, reason=reason)
    coming = [enrolment for student, enrolment in students.items() if student not in settled]
    rows = list(Enrolment.objects.filter(pk__in=coming).select_related("student"))
    _seat(row, [e for e in rows if e.pk in moved], facts.day, by, reason=reason)
    _seat(row, [e for e in rows if e.pk not in moved], facts.day, by)


@transaction.atomic
def move_child(*, student: Student, group: CareGroup, day: dt.date, reason: str, by: User) -> CareGroupMember:
    """A transfer in mid-term (R017): dated, with its reason; the old place is closed, not overwritten."""
    if not reason.strip():
        raise ValidationError(_("Write down why the child moves."))
    if day < timezone.localdate():
        raise ValidationError(_("A move begins today at the earliest: what was is not rewritten."))
    school_class = student.class_on(day)
    if school_class is None or school_class.grade(day) != group.grade:
        raise ValidationError(_("Groups never cross grades."))
    enrolment = Enrolment.objects.on(day).filter(student=student, option__term=group.term_id).first()
    if enrolment is None:
        raise ValidationError(_("%s does not take part on that day.") % student.name)
    places = CareGroupMember.objects.filter(student=student).from_day(day)
    list(places.select_for_update().values_list("pk", flat=True))
    now = places.filter(starts_on__lte=day)
    if now.filter(group=group).exists():
        raise ValidationError(_("%(child)s is in %(group)s already.") % {"child": student.name, "group": group.name})
    now.end_before(day)
    places.filter(starts_on__gt=day).update(group=group, reason=reason.strip())
    _seat(group, [enrolment], day, by, reason=reason.strip())
    return CareGroupMember.objects.on(day).get(student=student)


@transaction.atomic
def publish_lists(*, term: Term, day: dt.date, note: str = "", by: User) -> GroupPublication:
    """Publishes the current lists and stores them, so that the next publication can name the differences."""
    Term.objects.select_for_update().get(pk=term.pk)
    groups = CareGroup.objects.filter(term=term, pk__in=CareGroupMember.objects.on(day).values("group"))
    if not groups:
        raise ValidationError(_("There is no care group with children on that day."))
    last = GroupPublication.objects.filter(term=term).aggregate(n=Max("number"))["n"] or 0
    CareGroup.objects.filter(term=term).update(published_at=None)
    groups.update(published_at=timezone.now())
    return GroupPublication.objects.create(
        term=term, number=last + 1, day=day, note=note.strip(), snapshot=snapshot_of(term, day), by=by
    )
