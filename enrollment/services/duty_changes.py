"""Changes of the duty table from a day on: an adult put in or taken out, duties handed over or exchanged, and undone."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import CareDuty, CareGroup, DutyChange
from school.access import staff_busy
from school.models import Period, Staff, Term, User
from school.models.staffing import exempt_staff
from school.vetting import check_may_work
from web.templatetags.formats import cn_date


class DutyEdit:
    """One change while it is made: ends and opens duties, and remembers what it did so that it can be undone."""

    def __init__(self, term: Term, day: dt.date) -> None:
        """Raises ValidationError for a day that is over or outside the term. Holds the term until the transaction ends."""
        self.term = Term.objects.select_for_update().get(pk=term.pk)
        self.day = day
        if day < timezone.localdate():
            raise ValidationError(_("A change begins today at the earliest: what was is not rewritten."))
        if not term.starts_on <= day <= term.ends_on:
            raise ValidationError(_("%(day)s is not in the term %(term)s.") % {"day": cn_date(day), "term": term})
        self.done: dict[str, Any] = {"ended": [], "dropped": [], "opened": []}

    def end(self, duty: CareDuty) -> None:
        """The duty holds until the day before; one that would begin only now or later goes."""
        if duty.starts_on < self.day:
            self.done["ended"].append([duty.pk, duty.ends_on and duty.ends_on.isoformat()])
            duty.ends_on = self.day - dt.timedelta(days=1)
            duty.save(update_fields=["ends_on"])
        else:
            self.done["dropped"].append(
                {
                    "term_id": duty.term_id,
                    "group_id": duty.group_id,
                    "weekday": duty.weekday,
                    "period_id": duty.period_id,
                    "staff_id": duty.staff_id,
                    "starts_on": duty.starts_on.isoformat(),
                    "ends_on": duty.ends_on and duty.ends_on.isoformat(),
                }
            )
            duty.delete()

    def open(self, place: CareDuty, staff: Staff) -> None:
        """The adult takes this place from the day on. Raises ValidationError for one who is elsewhere or may not work."""
        start = max(self.day, place.starts_on)
        check_may_work(staff, start)
        if staff.pk in exempt_staff(start):
            raise ValidationError(_("%s is exempt from the service.") % staff.name)
        if staff.pk in staff_busy(self.term, place.weekday, place.period_id, start):
            facts = {"who": staff.name, "day": place.get_weekday_display(), "period": place.period}
            raise ValidationError(_("%(who)s is elsewhere on %(day)s, %(period)s.") % facts)
        duty = CareDuty(
            term=self.term,
            group_id=place.group_id,
            weekday=place.weekday,
            period_id=place.period_id,
            staff=staff,
            starts_on=start,
            ends_on=place.ends_on,
        )
        duty.save(force_insert=True)
        self.done["opened"].append(duty.pk)

    def keep(self, text: str, by: User) -> DutyChange:
        return DutyChange.objects.create(term=self.term, day=self.day, text=text[:300], by=by, done=self.done)


@transaction.atomic
def set_duty(
    *, group: CareGroup, weekday: int, period: Period, adults: Iterable[Staff], day: dt.date, by: User
) -> DutyChange:
    """These adults, and nobody else, look after the group on the weekday and period from the day on.

    Raises ValidationError for nobody at all, for an adult who is elsewhere then, exempt or without the papers.
    """
    people = list(adults)
    if not people:
        raise ValidationError(_("Choose at least one adult."))
    edit = DutyEdit(group.term, day)
    duties = list(group.duties.filter(weekday=weekday, period=period).from_day(day).select_related("staff"))
    chosen = {person.pk for person in people}
    stay = {duty.staff_id for duty in duties if duty.holds_on(day) and duty.staff_id in chosen}
    for duty in duties:
        if duty.staff_id not in stay:
            edit.end(duty)
    place = CareDuty(group=group, weekday=weekday, period=period, starts_on=day)
    for person in people:
        if person.pk not in stay:
            edit.open(place, person)
    facts = {
        "group": group,
        "weekday": place.get_weekday_display(),
        "period": period,
        "who": "、".join(person.name for person in people),
    }
    return edit.keep(_("%(group)s, %(weekday)s, %(period)s: %(who)s") % facts, by)


def exchange(edit: DutyEdit, given: Iterable[CareDuty], taker: Staff, back: Iterable[CareDuty], giver: Staff) -> None:
    """`given` pass from `giver` to `taker`, `back` the other way, at once: both may be at the same time of the week.

    Raises ValidationError with every clash.
    """
    moves = [(duty, taker) for duty in given] + [(duty, giver) for duty in back]
    places = [(copy_of(duty), person) for duty, person in moves]
    for duty, _person in moves:
        edit.end(duty)
    refusals: list[str] = []
    for place, person in places:
        try:
            edit.open(place, person)
        except ValidationError as error:
            refusals += [sentence for sentence in error.messages if sentence not in refusals]
    if refusals:
        raise ValidationError(refusals)


def copy_of(duty: CareDuty) -> CareDuty:
    """The duty as it is now, unsaved."""
    return CareDuty(
        group_id=duty.group_id,
        weekday=duty.weekday,
        period=duty.period,
        starts_on=duty.starts_on,
        ends_on=duty.ends_on,
    )


def check_still_here(done: dict[str, Any], day: dt.date) -> None:
    """Nobody who has left the school by then has duties again."""
    people = set(CareDuty.objects.filter(pk__in=[pk for pk, _ends_on in done["ended"]]).values_list("staff", flat=True))
    people |= {row["staff_id"] for row in done["dropped"]} | {club["giver"] for club in done.get("clubs", [])}
    gone = Staff.objects.filter(pk__in=people, left_on__isnull=False).values_list("name", flat=True)
    if gone:
        raise ValidationError(_("%s leaves the school; hand these duties to somebody else.") % "、".join(gone))


@transaction.atomic
def undo_duty_change(*, change: DutyChange, by: User) -> DutyChange:
    """Puts the duties back as they were before the change.

    Raises ValidationError once its first day is over, and where somebody has changed the same duties since.
    """
    change = DutyChange.objects.select_for_update(of=["self"]).select_related("term").get(pk=change.pk)
    if change.undone_at is not None:
        raise ValidationError(_("This change has been undone already."))
    if change.day < timezone.localdate():
        raise ValidationError(_("This change holds since %s. Make a new one instead.") % cn_date(change.day))
    done = change.done
    check_still_here(done, change.day)
    opened = CareDuty.objects.filter(pk__in=done["opened"])
    ended = dict(done["ended"])
    there = CareDuty.objects.filter(pk__in=ended, ends_on=change.day - dt.timedelta(days=1))
    try:
        with transaction.atomic():
            if opened.count() != len(done["opened"]) or there.count() != len(ended):
                raise ValidationError(_("These duties have been changed again since. Make a new change instead."))
            opened.delete()
            for duty in list(there):
                ends_on = ended[duty.pk]
                duty.ends_on = dt.date.fromisoformat(ends_on) if ends_on else None
                duty.save(update_fields=["ends_on"])
            CareDuty.objects.bulk_create(CareDuty(**row) for row in done["dropped"])
    except IntegrityError as error:
        raise ValidationError(_("These duties have been changed again since. Make a new change instead.")) from error
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
    return change
