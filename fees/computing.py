"""Computes the charges of a month from places, calendar, roll calls, published scale and waivers. Writes nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Membership
from enrollment.models import Enrolment, ServiceOption
from fees.calculation import Attendance, Scale, facts_of, gross_fee
from fees.models import FeeNotice, TermFunding, UncountedDay, Waiver
from fees.money import ZERO
from fees.months import last_of, month_of
from safety.models import RollCall
from school.models import PolicyRule, SchoolDay, Term

Key = tuple[int, int | None, int | None, dt.date]
"""student, option, club, the month that the line is about."""


NO_DAYS: tuple[dt.date, ...] = ()


@dataclass
class Line:
    student: int
    option: int | None
    club: int | None
    for_month: dt.date
    notice: int | None
    mode: str
    rate: Decimal
    gross: Decimal
    waived: Decimal = ZERO
    facts: dict[str, Any] = field(default_factory=dict)
    uncalled: tuple[dt.date, ...] = NO_DAYS
    """Days that are over and count for nothing, because no roll was called."""

    @property
    def due(self) -> Decimal:
        return self.gross - self.waived

    @property
    def key(self) -> Key:
        return self.student, self.option, self.club, self.for_month


def compute_month(term: Term, first: dt.date) -> dict[Key, Line]:
    """All lines about one month. Raises ValidationError, with the rule, while a fee is not published (F2)."""
    month = _Month(term, first)
    lines = [*month.service_lines(), *month.cost_lines()]
    return {line.key: line for line in lines}


class _Month:
    """What is read once for a month: few queries whatever the number of children."""

    def __init__(self, term: Term, first: dt.date) -> None:
        self.term, self.first, self.last = term, first, last_of(first)
        self.today = timezone.localdate()
        days = SchoolDay.objects.of_term(term).teaching().order_by("day")
        self.calendar = [(day, weekday or 0) for day, weekday in days.values_list("day", "follows_weekday")]
        self.notices = list(FeeNotice.objects.in_force(first).filter(Q(option__term=term) | Q(club__term=term)))
        of_options = FeeNotice.objects.published().filter(option__term=term).order_by()
        self.newest = dict(of_options.values_list("option").annotate(newest=Max("applies_from")))
        funding = TermFunding.objects.filter(term=term).first()
        left_out = UncountedDay.objects.filter(day__range=(first, self.last))
        self.left_out = set(left_out.values_list("day", flat=True))
        self.funded = funding.source if funding and funding.source != TermFunding.Source.FAMILIES else ""
        self.waivers: dict[int, list[Waiver]] = defaultdict(list)
        for waiver in Waiver.objects.granted_in(first, self.last):
            self.waivers[waiver.student_id].append(waiver)

    def service_lines(self) -> Iterable[Line]:
        options = ServiceOption.objects.filter(term=self.term, starts_on__lte=self.last, ends_on__gte=self.first)
        by_option = {notice.option_id: notice for notice in self.notices if notice.option_id}
        places: dict[tuple[int, int], list[Enrolment]] = defaultdict(list)
        for row in Enrolment.objects.filter(option__in=options).order_by("starts_on", "pk"):
            places[row.option_id, row.student_id].append(row)
        calls = self._calls({student for _option, student in places})
        for option in options.prefetch_related("periods"):
            own = {student: rows for (pk, student), rows in places.items() if pk == option.pk}
            own = {student: rows for student, rows in own.items() if self._in_month(rows)}
            if own:
                notice = by_option.get(option.pk)
                # What was published later has another price than the month's own notice.
                replaced = notice is not None and notice.applies_from < self.newest[option.pk]
                check_published(option, notice, day=self.last, replaced=replaced)
                yield from self._lines_of(option, notice, own, calls)

    def _in_month(self, rows: list[Enrolment]) -> bool:
        return any(r.starts_on <= self.last and (r.ends_on is None or r.ends_on >= self.first) for r in rows)

    def _calls(self, students: set[int]) -> dict[int, list[tuple[dt.date, int, str]]]:
        """student → (day, period, status) of the month."""
        rows = RollCall.objects.filter(session__day__range=(self.first, self.last), student__in=students)
        found: dict[int, list[tuple[dt.date, int, str]]] = defaultdict(list)
        for student, day, period, status in rows.values_list(
            "student", "session__day", "session__period", "status"
        ).iterator():
            found[student].append((day, period, status))
        return found

    def _lines_of(
        self,
        option: ServiceOption,
        notice: FeeNotice | None,
        places: dict[int, list[Enrolment]],
        calls: dict[int, list[tuple[dt.date, int, str]]],
    ) -> Iterable[Line]:
        scale = scale_of(notice) if notice else Scale("none", ZERO)
        periods = {period.pk for period in option.periods.all()}
        days = [(day, weekday) for day, weekday in self.calendar if option.starts_on <= day <= option.ends_on]
        month = [one for one in days if self.first <= one[0] <= self.last]
        for student, rows in places.items():
            if scale.mode == "term":
                if month_of(max(rows[0].starts_on, option.starts_on)) != self.first:
                    continue  # charged once, in the month in which the child begins
                seen, uncalled = term_attendance(rows, days), NO_DAYS
            else:
                own_calls = [call for call in calls[student] if not periods or call[1] in periods]
                # Where no roll decides, a day that is left out changes nothing of a month in part either.
                left_out = self.left_out if scale.counts_calls else ()
                seen, uncalled = attendance(rows, month, own_calls, self.today, left_out)
            gross = gross_fee(scale, seen)
            line = Line(
                student,
                option.pk,
                None,
                self.first,
                notice.pk if notice else None,
                scale.mode,
                scale.rate,
                gross,
                facts=facts_of(scale, seen),
                uncalled=uncalled if scale.counts_calls else NO_DAYS,
            )
            self._waive(line)
            yield line

    def _waive(self, line: Line) -> None:
        if self.funded:
            line.waived, line.facts["funded"] = line.gross, self.funded
            return
        best = max(self.waivers.get(line.student, []), key=lambda w: w.taken_off(line.gross), default=None)
        if best and line.gross:
            line.waived, line.facts["waiver"] = best.taken_off(line.gross), best.share

    def cost_lines(self) -> Iterable[Line]:
        """Materials of a club, collected at cost once: in the month in which the child joined (or the notice began)."""
        by_club = {notice.club_id: notice for notice in self.notices if notice.club_id}
        joined: dict[tuple[int, int], dt.date] = {}
        for club, student, day in (
            Membership.objects.filter(club__in=by_club)
            .exclude(trial_until__isnull=False, ends_on__lte=F("trial_until"))  # who left on trial pays nothing
            .order_by("-starts_on")
            .values_list("club", "student", "starts_on")
        ):
            joined[club, student] = day
        for (club, student), day in joined.items():
            notice = by_club[club]
            if month_of(max(day, notice.applies_from)) == self.first:
                gross = gross_fee(Scale("once", notice.amount), Attendance(0, 0))
                line = Line(student, None, club, self.first, notice.pk, "once", notice.amount, gross)
                if self.funded:
                    line.waived, line.facts["funded"] = line.gross, self.funded
                yield line


def scale_of(notice: FeeNotice) -> Scale:
    by_days = notice.partial_month == FeeNotice.Partial.DAYS
    return Scale(notice.mode, notice.amount, notice.half_under_half, by_days)


def check_published(option: ServiceOption, notice: FeeNotice | None, *, day: dt.date, replaced: bool) -> None:
    """F2: nothing is charged before its price is published, nor at another price than the one published.

    Of a month whose notice was `replaced` by a later one the price stands as it was published for it.
    """
    if not option.fee_amount and (notice is None or not notice.amount):
        return
    if notice is None:
        sentence = _("The fee of %s is not published yet. Publish its fee notice, then charge.") % option.name
    elif not replaced and not notice.says_price_of(option):
        sentence = _("The price of %s is not the one that was published. Publish a new fee notice.") % option.name
    else:
        return
    rule = PolicyRule.objects.blocking("F2", day=day)
    raise rule.refusal(sentence) if rule else ValidationError(sentence)


def attendance(
    rows: list[Enrolment],
    days: list[tuple[dt.date, int]],
    calls: list[tuple[dt.date, int, str]],
    today: dt.date,
    left_out: Container[dt.date] = (),
) -> tuple[Attendance, tuple[dt.date, ...]]:
    """What the child attended, and its days that are over and have no roll call.

    `rows` are its places in one option, earliest first; `days` the month's (day, weekday it follows). Days that the office has
    `left_out` are none of the month for a child that did not take part on them.
    """
    own = {
        day
        for day, weekday in days
        for row in rows
        if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on) and weekday in row.weekdays
    }
    held = [(day, weekday) for day, weekday in days if day in own or day not in left_out]
    of_month = [day for day, weekday in held if weekday in _place_on(rows, day).weekdays]
    called = {day for day, _period, _status in calls if day in own}
    # Who was taken on elsewhere first stands in two rolls of one period, and was there once.
    present = {(day, period) for day, period, status in calls if day in own and status == RollCall.Status.PRESENT}
    uncalled = tuple(sorted(day for day in own - called if day < today))
    to_come = len(own) - len(called) - len(uncalled)
    seen = Attendance(
        len(of_month), len(own), len(called), len({day for day, _period in present}), len(present), to_come
    )
    return seen, uncalled


def term_attendance(rows: list[Enrolment], days: list[tuple[dt.date, int]]) -> Attendance:
    """For a fee by the term: the days from the child's first one on; leaving early is a matter of refunds."""
    first = rows[0]
    of_term = [day for day, weekday in days if weekday in first.weekdays]
    return Attendance(len(of_term), len([day for day in of_term if day >= first.starts_on]))


def _place_on(rows: list[Enrolment], day: dt.date) -> Enrolment:
    """The place that holds on a day, else the one before it, else the first."""
    return next((row for row in reversed(rows) if row.starts_on <= day), rows[0])
