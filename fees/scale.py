"""The published scale of a term, line by line: what costs something, and its newest notice."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from clubs.models import Club
from enrollment.models import ServiceOption
from fees.models import FeeNotice
from school.models import Term


@dataclass(frozen=True)
class ScaleLine:
    """`kind` is option or club."""

    kind: str
    thing: ServiceOption | Club
    notice: FeeNotice | None
    amount: Decimal
    costs: Decimal
    """What the option or the club costs now: another amount is charged only once it is published."""

    @property
    def takes_new_notice(self) -> bool:
        return self.notice is None or self.notice.published_at is not None


def published_of(term: Term, until: dt.date | None = None) -> list[FeeNotice]:
    """The newest published notice of each option and club; with a day the one that applied on it."""
    rows = FeeNotice.objects.published().filter(Q(option__term=term) | Q(club__term=term))
    rows = rows.filter(applies_from__lte=until) if until else rows
    latest = {(n.option_id, n.club_id): n for n in rows.select_related("option", "club").order_by("applies_from", "pk")}
    return list(latest.values())


def unpublished_in(term: Term) -> list[ServiceOption | Club]:
    """What takes money and whose price stands in no published notice: options, then clubs of the catalogue."""
    notices = published_of(term)
    by_option = {notice.option_id: notice for notice in notices}
    by_club = {notice.club_id: notice for notice in notices}
    options = ServiceOption.objects.filter(term=term, fee_amount__gt=0)
    clubs = Club.objects.published().filter(term=term, materials_fee__gt=0)
    return [
        *(one for one in options if one.pk not in by_option or not by_option[one.pk].says_price_of(one)),
        *(one for one in clubs if one.pk not in by_club or by_club[one.pk].amount != one.materials_fee),
    ]


def scale_of(term: Term) -> list[ScaleLine]:
    """The options of the term, then its clubs with a materials fee."""
    notices = FeeNotice.objects.select_related("option", "club")
    latest: dict[tuple[int | None, int | None], FeeNotice] = {}
    for notice in notices.filter(option__term=term).union(notices.filter(club__term=term), all=True):
        kept = latest.get((notice.option_id, notice.club_id))
        if kept is None or notice.pk > kept.pk:
            latest[notice.option_id, notice.club_id] = notice
    options = ServiceOption.objects.filter(term=term).prefetch_related("periods")
    clubs = Club.objects.filter(term=term, materials_fee__gt=0)
    return [
        *(scale_line("option", one, latest.get((one.pk, None)), one.fee_amount) for one in options),
        *(scale_line("club", one, latest.get((None, one.pk)), one.materials_fee) for one in clubs),
    ]


def scale_line(kind: str, thing: ServiceOption | Club, notice: FeeNotice | None, costs: Decimal) -> ScaleLine:
    """A published notice stands with the amount that it says, whatever the thing costs since."""
    return ScaleLine(kind, thing, notice, notice.amount if notice and notice.published_at else costs, costs)
