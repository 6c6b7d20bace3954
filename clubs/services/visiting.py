"""Visits outside the school: invitations, agreements, approval as a whole, head counts."""

import math
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ClubSettings, Membership, Visit, VisitChild, VisitCount, VisitLeader
from school.models import ClassMembership, Staff, Student, User
from school.vetting import standings
from web.templatetags.formats import colon

LEAST_ADULTS = 2


@transaction.atomic
def save_visit(
    *, visit: Visit, leaders: Collection[Staff], students: Collection[Student] = (), by: User
) -> Visit:  # fmt: skip
    """Saves plan, adults and children. Children left out of the new selection are removed.

    A visit that is approved is changed no more: it is called off and planned anew, so that families agree to what happens.
    """
    if visit.pk:
        current = Visit.objects.select_for_update().get(pk=visit.pk)
        if current.state != Visit.State.PLANNED:
            raise ValidationError(_("What families have agreed to is not changed any more. Call it off and plan anew."))
        if changed_for_families(current, visit) and current.children.exclude(answer="open").exists():
            current.children.update(answer=VisitChild.Answer.OPEN, answered_by=None, answered_at=None)
    else:
        visit.made_by = by
    visit.save()
    wanted = {person.pk for person in leaders}
    visit.leaders.exclude(staff__in=wanted).delete()
    known = set(visit.leaders.values_list("staff", flat=True))
    VisitLeader.objects.bulk_create(VisitLeader(visit=visit, staff_id=pk) for pk in sorted(wanted - known))
    ask_children(visit, students)
    return visit


def changed_for_families(before: Visit, after: Visit) -> bool:
    """Whether place, time or transport changed: then families are asked again."""
    names = ("place", "day", "leaves_at", "returns_at", "transport")
    return any(getattr(before, name) != getattr(after, name) for name in names)


def ask_children(visit: Visit, students: Iterable[Student]) -> None:
    """Those of the club or class, and those chosen by name; nobody twice."""
    wanted = {student.pk for student in students}
    if visit.club_id:
        wanted |= set(Membership.objects.on(visit.day).filter(club=visit.club_id).values_list("student", flat=True))
    if visit.school_class_id:
        members = ClassMembership.objects.on(visit.day).filter(school_class=visit.school_class_id)
        wanted |= set(members.values_list("student", flat=True))
    visit.children.exclude(student__in=wanted).delete()
    known = set(visit.children.values_list("student", flat=True))
    VisitChild.objects.bulk_create(VisitChild(visit=visit, student_id=pk) for pk in sorted(wanted - known))


@transaction.atomic
def answer_visit(*, child: VisitChild, agrees: bool, by: User) -> VisitChild:
    """A guardian's answer. Until the approval it may change; afterwards only to «stays at school»."""
    visit = Visit.objects.select_for_update().get(pk=child.visit_id)
    child = VisitChild.objects.select_for_update(of=["self"]).get(pk=child.pk)
    if visit.state == Visit.State.CALLED_OFF or visit.day < timezone.localdate():
        raise ValidationError(_("This visit is over or does not take place: there is nothing to answer any more."))
    if visit.counts.filter(moment=VisitCount.Moment.DEPARTURE).exists():
        raise ValidationError(_("The children have left. Please phone the school."))
    if visit.state == Visit.State.APPROVED and agrees and child.answer != VisitChild.Answer.AGREED:
        raise ValidationError(_("The list is closed. Please ask the office whether there is still a place."))
    child.answer = VisitChild.Answer.AGREED if agrees else VisitChild.Answer.DECLINED
    child.answered_by, child.answered_at = by, timezone.now()
    child.save()
    return child


def adults_needed(children: int) -> int:
    return max(LEAST_ADULTS, math.ceil(children / ClubSettings.fresh().children_per_adult))


def what_is_missing(visit: Visit) -> list[str]:
    """Sentences; empty when the office can approve."""
    missing = [_("The plan says nothing about: %s.") % label for label, text in visit.points() if not text.strip()]
    leaders = [one.staff for one in visit.leaders.select_related("staff")]
    coming = visit.children.coming().count()
    if len(leaders) < (needed := adults_needed(coming)):
        facts = {"there": len(leaders), "needed": needed, "children": coming}
        missing.append(
            _("%(children)d children need %(needed)d adults; %(there)d are named. At least two always.") % facts
        )
    papers = standings(leaders, visit.day)
    refused = [person for person in leaders if not papers[person.pk].may_work]
    missing += [f"{colon(person.name)}{' '.join(papers[person.pk].sentences)}" for person in refused]
    if not coming:
        missing.append(_("No guardian has agreed yet."))
    if visit.day < timezone.localdate():
        missing.append(_("The day is over."))
    return missing


@transaction.atomic
def approve_visit(*, visit: Visit, left_out: Collection[int], by: User) -> Visit:
    """`left_out`: the rows of children without agreement as the office has read them; they stay at school."""
    visit = Visit.objects.select_for_update(of=["self"]).get(pk=visit.pk)
    if visit.state != Visit.State.PLANNED:
        raise ValidationError(_("This has been decided already."))
    if missing := what_is_missing(visit):
        raise ValidationError(missing)
    without = visit.children.filter(answer=VisitChild.Answer.OPEN)
    if set(without.values_list("pk", flat=True)) != set(left_out):
        raise ValidationError(_("An answer has come in meanwhile. Read the names again, then approve."))
    without.update(answer=VisitChild.Answer.LEFT_OUT)
    visit.state, visit.approved_by, visit.approved_at = Visit.State.APPROVED, by, timezone.now()
    visit.save()
    return visit


@transaction.atomic
def call_off_visit(*, visit: Visit, reason: str, by: User) -> Visit:
    visit = Visit.objects.select_for_update(of=["self"]).get(pk=visit.pk)
    if visit.state == Visit.State.CALLED_OFF:
        return visit
    if visit.counts.exists():
        raise ValidationError(_("The children have been counted already: count them back instead."))
    visit.state, visit.reason = Visit.State.CALLED_OFF, reason
    visit.save()
    return visit


def expected_on(visit: Visit, moment: str) -> list[VisitChild]:
    """Before leaving all who agreed; afterwards those who were there when it left."""
    rows = visit.children.coming().select_related("student").order_by("student__name_key")
    if moment == VisitCount.Moment.DEPARTURE:
        return list(rows)
    left = visit.counts.filter(moment=VisitCount.Moment.DEPARTURE).first()
    return list(rows.exclude(pk__in=left.absent.values("pk"))) if left else []


@transaction.atomic
def count_heads(*, visit: Visit, moment: str, there: Collection[int], by: User) -> VisitCount:
    """Raises ValidationError before the approval, on another day, and after the way back before anybody left."""
    visit = Visit.objects.select_for_update(of=["self"]).get(pk=visit.pk)
    if visit.state != Visit.State.APPROVED:
        raise ValidationError(_("Nobody leaves before the office has approved the visit."))
    if visit.day != timezone.localdate():
        raise ValidationError(_("Heads are counted on the day of the visit."))
    left = visit.counts.filter(moment=VisitCount.Moment.DEPARTURE).exists()
    if moment != VisitCount.Moment.DEPARTURE and not left:
        raise ValidationError(_("Count before leaving first."))
    if moment == VisitCount.Moment.DEPARTURE and visit.counts.exclude(moment=moment).exists():
        raise ValidationError(_("The children are on their way: count them on the way or after coming back."))
    rows = expected_on(visit, moment)
    absent = [row for row in rows if row.pk not in there]
    count = VisitCount.objects.create(
        visit=visit, moment=moment, expected=len(rows), present=len(rows) - len(absent), by=by
    )
    count.absent.set(absent)
    return count
