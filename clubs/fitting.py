"""Which clubs fit a child, and why others do not: grade, days, hours, clashes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Membership, Seat, Waiting
from enrollment.models import Enrolment
from school.models import Student, Term
from web.templatetags.formats import cn_date

Slot = tuple[int, int]
"""(weekday, period pk)."""


@dataclass
class ChildFacts:
    """One child in one term; `seats` says which club has it when."""

    student: Student
    grade: int
    school_class: int | None
    enrolments: list[Enrolment] = field(default_factory=list)
    places: list[Membership] = field(default_factory=list)
    seats: dict[Slot, str] = field(default_factory=dict)
    waiting: dict[int, Waiting] = field(default_factory=dict)

    @property
    def own(self) -> set[int]:
        """The child's clubs, without those that it leaves today: they can be joined again."""
        return {place.club_id for place in self.places if place.ends_on is None}


def running_enrolments(students: Iterable[Student | int], term: Term) -> QuerySet[Enrolment]:
    """Participations of the term that have not ended; none once the term is over."""
    today = max(timezone.localdate(), term.starts_on)
    if today > term.ends_on:
        return Enrolment.objects.none()
    rows = Enrolment.objects.filter(student__in=students, option__term=term)
    rows = rows.select_related("option").prefetch_related("option__periods")
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).order_by("pk")


def facts_of(children: list[Student], term: Term) -> dict[int, ChildFacts]:
    """Student pk → facts, in six queries whatever their number; before the term begins with its classes of the first day."""
    pks, day = [child.pk for child in children], term.nearest(timezone.localdate())
    known = {s.pk: s for s in Student.objects.filter(pk__in=pks).with_class_to_come(day)}
    found = {}
    for child in children:
        student = known[child.pk]
        today = student.class_today()
        found[child.pk] = ChildFacts(student, today[0] if today else 0, student.class_id)  # type: ignore[attr-defined]
    for enrolment in running_enrolments(children, term):
        found[enrolment.student_id].enrolments.append(enrolment)
    held = Membership.objects.filter(student__in=children, club__term=term)
    places = held.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    for place in places.select_related("club__room", "club__instructor").prefetch_related("club__slots__period"):
        found[place.student_id].places.append(place)
    for seat in Seat.objects.filter(student__in=children, term=term).select_related("membership__club"):
        found[seat.student_id].seats[seat.weekday, seat.period_id] = seat.membership.club.name
    for waiting in Waiting.objects.in_line().with_position().filter(student__in=children, club__term=term):
        found[waiting.student_id].waiting[waiting.club_id] = waiting
    return found


def fitting_enrolment(club: Club, facts: ChildFacts, first_day: dt.date | None = None) -> Enrolment:
    """The participation under which the child may be in the club (with its slots and their periods at hand), from
    `first_day` on if one is given.

    Raises ValidationError with the reason why it may not. Free places, rounds and waiting lists are not looked at.
    """
    names = {"child": facts.student.name, "club": club.name}
    if club.status != Club.Status.PUBLISHED:
        raise ValidationError(_("%s is not in the catalogue.") % club.name)
    if not club.grade_from <= facts.grade <= club.grade_to:
        grades = {"club": club.name, "first": club.grade_from, "last": club.grade_to}
        raise ValidationError(_("%(club)s is for grades %(first)d to %(last)d.") % grades)
    if club.school_class_id and club.school_class_id != facts.school_class:
        raise ValidationError(_("%(club)s is another class's own club.") % names)
    slots = list(club.slots.all())
    if not slots:
        raise ValidationError(_("%(club)s has no time in the week yet.") % names)
    weekdays = {slot.weekday for slot in slots}
    # Of two participations the one that is there at the club's times goes before.
    on_days = sorted(
        (e for e in facts.enrolments if weekdays <= set(e.weekdays)),
        key=lambda e: not covers(e.weekdays, e.leaves_after, slots, e.option.numbers),
    )
    enrolment = next((e for e in on_days if not (first_day and e.ends_on and e.ends_on < first_day)), None)
    if enrolment is None and on_days:
        last = cn_date(max(e.ends_on for e in on_days if e.ends_on))
        raise ValidationError(
            _("%(child)s takes part until %(day)s; no place in a club begins after it.") % (names | {"day": last})
        )
    if enrolment is None:
        raise ValidationError(
            _("%(child)s does not take part in after-school care on the days of %(club)s. Apply for care first.")
            % names
        )
    if not covers(enrolment.weekdays, {}, slots, enrolment.option.numbers):
        raise ValidationError(_("%(child)s is not in after-school care at the time of %(club)s.") % names)
    if not covers(enrolment.weekdays, enrolment.leaves_after, slots):
        raise ValidationError(_("%(child)s goes home before %(club)s begins.") % names)
    return enrolment


def covers(
    weekdays: list[int], leaves_after: dict[str, int], slots: Iterable[ClubSlot], periods: frozenset[int] = frozenset()
) -> bool:
    """Whether a child that comes on these weekdays, leaves after these periods, and takes part in these only (numbers; empty
    for all) is there at all the times of a club.
    """
    return all(
        s.weekday in weekdays
        and leaves_after.get(str(s.weekday), 99) >= s.period.number
        and (not periods or s.period.number in periods)
        for s in slots
    )


def clash(club: Club, facts: ChildFacts) -> str:
    """The name of what the child attends at a time of the club, or an empty string."""
    if club.pk in facts.own:
        return _("%(child)s has a place in %(club)s already.") % {"child": facts.student.name, "club": club.name}
    for slot in club.slots.all():
        if other := facts.seats.get((slot.weekday, slot.period_id)):
            return _("%(child)s is in %(other)s at that time.") % {"child": facts.student.name, "other": other}
    return ""


def why_not(club: Club, facts: ChildFacts, *, clashes: bool = True) -> str:
    """The reason why the child may not join the club, or an empty string."""
    try:
        fitting_enrolment(club, facts)
    except ValidationError as error:
        return " ".join(error.messages)
    return clash(club, facts) if clashes else ""
