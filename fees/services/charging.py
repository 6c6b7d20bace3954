"""Previews, makes and locks a month's charges."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees.computing import Key, Line, compute_month
from fees.models import Charge, ChargeMonth, Entry, UncountedDay
from fees.money import ZERO
from fees.months import last_of, term_of
from fees.services.rosters import compare_roster, make_roster
from school.models import Term, User
from web.templatetags.formats import cn_date

FIELDS = ["notice_id", "mode", "rate", "facts", "gross", "waived", "due"]


def plan_charges(first: dt.date) -> list[Line]:
    """The charges that the month would have now, including corrections of locked months. Raises ValidationError (F2)."""
    term = term_of(first)
    lines = list(compute_month(term, first).values())
    for earlier in ChargeMonth.objects.filter(term=term, first__lt=first, locked_at__isnull=False):
        lines += corrections_of(term, earlier.first)
    return lines


def open_days(lines: list[Line], first: dt.date) -> dict[dt.date, int]:
    """The days of the month that are over, on which children stand on no roll call, and how many; the office decides."""
    days = Counter(day for line in lines if line.for_month == first for day in line.uncalled)
    decided = set(UncountedDay.objects.filter(day__in=days).values_list("day", flat=True))
    return {day: days[day] for day in sorted(days) if day not in decided}


def corrections_of(term: Term, first: dt.date) -> list[Line]:
    """The difference between what the facts of a locked month say now and what was charged for it so far."""
    now = compute_month(term, first)
    posted: dict[Key, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    charges = Charge.objects.filter(month__locked_at__isnull=False, month__term=term, for_month=first).order_by()
    for student, option, club, gross, waived in charges.values_list("student", "option", "club").annotate(
        gross_sum=Sum("gross"), waived_sum=Sum("waived")
    ):
        posted[student, option, club, first] = gross, waived
    lines = []
    for key in sorted(now.keys() | posted.keys(), key=str):
        gross, waived = posted[key]
        line = now.get(key) or _nothing(key)
        if (line.gross, line.waived) == (gross, waived):
            continue
        line.facts |= {"correction": True, "was": str(gross - waived), "now": str(line.due)}
        line.gross, line.waived = line.gross - gross, line.waived - waived
        lines.append(line)
    return lines


def _nothing(key: Key) -> Line:
    student, option, club, for_month = key
    charge = Charge.objects.filter(student=student, option=option, club=club, for_month=for_month).latest("pk")
    return Line(student, option, club, for_month, charge.notice_id, charge.mode, charge.rate, ZERO)


@transaction.atomic
def make_charges(*, first: dt.date, by: User | None) -> ChargeMonth:
    """Makes or renews the draft of a month. Run twice, or by two at once, it leaves one line a child and option.

    Raises ValidationError for a locked month, one that has not begun, one whose forerunner is still a draft,
    while a fee is not published (F2), and while a day without a roll call is not decided about.
    """
    if first > timezone.localdate():
        raise ValidationError(_("%s has not begun yet.") % f"{first:%Y-%m}")
    term = term_of(first)
    roster = make_roster(first=first, by=by)
    ChargeMonth.objects.get_or_create(first=first, defaults={"term": term, "roster": roster})
    month = ChargeMonth.objects.select_for_update(of=["self"]).get(first=first)
    if month.locked_at:
        raise ValidationError(_("%s is locked. What changed since then goes into the next month.") % month)
    waiting = ChargeMonth.objects.filter(term=term, first__lt=first, locked_at=None, made_at__isnull=False).first()
    if waiting:
        raise ValidationError(
            _("Lock %(earlier)s first: what changes in it afterwards goes into %(month)s.")
            % {"earlier": waiting, "month": month}
        )
    lines = plan_charges(first)
    if days := open_days(lines, first):
        raise ValidationError(
            _("No roll was called on: %s. Make it up, or decide that these days do not count.")
            % "、".join(cn_date(day) for day in days)
        )
    _write(renewal_of(month, lines))
    month.made_at = timezone.now()
    month.save()
    return month


@transaction.atomic
def leave_out_days(*, days: list[dt.date], reason: str, by: User) -> int:
    """The office decides that days without a roll call count for nothing; returns how many are decided now."""
    if not reason.strip():
        raise ValidationError(_("Say why the days do not count."))
    if any(day >= timezone.localdate() for day in days):
        raise ValidationError(_("Only days that are over are decided about."))
    rows = [UncountedDay(day=day, reason=reason.strip(), by=by) for day in days]
    before = UncountedDay.objects.filter(day__in=days).count()
    UncountedDay.objects.bulk_create(rows, ignore_conflicts=True)
    return len(days) - before


@dataclass
class Renewal:
    """What has to change in a draft so that it says what the facts say."""

    new: list[Charge] = field(default_factory=list)
    changed: list[Charge] = field(default_factory=list)
    gone: list[Charge] = field(default_factory=list)

    @property
    def students(self) -> set[int]:
        return {charge.student_id for charge in (*self.new, *self.changed, *self.gone)}


def renewal_of(month: ChargeMonth, lines: list[Line]) -> Renewal:
    found = Renewal()
    drafts = {(c.student_id, c.option_id, c.club_id, c.for_month): c for c in month.charges.all()}
    for line in lines:
        draft = drafts.pop(line.key, None)
        wanted = _charge(month, line)
        if draft is None:
            found.new.append(wanted)
        elif any(getattr(draft, name) != getattr(wanted, name) for name in FIELDS):
            wanted.pk = draft.pk
            found.changed.append(wanted)
    found.gone = list(drafts.values())
    return found


def _charge(month: ChargeMonth, line: Line) -> Charge:
    return Charge(
        month=month,
        student_id=line.student,
        option_id=line.option,
        club_id=line.club,
        for_month=line.for_month,
        notice_id=line.notice,
        mode=line.mode,
        rate=line.rate,
        facts=line.facts,
        gross=line.gross,
        waived=line.waived,
        due=line.due,
    )


def _write(renewal: Renewal) -> None:
    Charge.objects.filter(pk__in=[draft.pk for draft in renewal.gone]).delete()
    Charge.objects.bulk_create(renewal.new)
    Charge.objects.bulk_update(renewal.changed, [name.removesuffix("_id") for name in FIELDS], batch_size=500)


def lock_month(*, month: ChargeMonth, by: User) -> int:
    """Ends the draft: its lines become entries of the children's accounts, and the month never changes again.

    Returns how many entries. Raises ValidationError before the month is over, while the roster's differences are
    open, for a month that was never made, and for a draft that no longer says what rolls, waivers and places say.
    """
    compare_roster(roster=month.roster)  # what it finds stays to be settled, also where locking is refused
    return _lock(month, by)


def check_lockable(month: ChargeMonth) -> None:
    """Raises ValidationError with what keeps the month from being locked now; see lock_month()."""
    if month.locked_at:
        raise ValidationError(_("%s is locked already.") % month)
    if month.made_at is None:
        raise ValidationError(_("Make the charges of %s first.") % month)
    if last_of(month.first) >= timezone.localdate():
        raise ValidationError(_("%s is not over yet.") % month)
    if n := month.roster.differences.filter(settled_at=None).count():
        raise ValidationError(
            ngettext(
                "%d difference between roster and roll calls is not settled yet.",
                "%d differences between roster and roll calls are not settled yet.",
                n,
            )
            % n
        )
    if n := len(renewal_of(month, plan_charges(month.first)).students):
        raise ValidationError(
            ngettext(
                "Since the draft was made the charge of %d child has changed. Make the draft anew and look at it.",
                "Since the draft was made the charges of %d children have changed. Make the draft anew and look at it.",
                n,
            )
            % n
        )


@transaction.atomic
def _lock(month: ChargeMonth, by: User) -> int:
    month = ChargeMonth.objects.select_for_update(of=["self"]).select_related("roster", "term").get(pk=month.pk)
    check_lockable(month)
    charges = month.charges.exclude(due=0)
    entries = Entry.objects.bulk_create(
        Entry(
            student_id=charge.student_id,
            term=month.term,
            kind=Entry.Kind.CHARGE,
            amount=charge.due,
            day=timezone.localdate(),
            charge=charge,
            by=by,
        )
        for charge in charges
    )
    month.locked_at, month.locked_by = timezone.now(), by
    month.save()
    return len(entries)
