"""The published scale of a term, line by line: what costs something, and its newest notice."""

from dataclasses import dataclass
from decimal import Decimal

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

    @property
    def takes_new_notice(self) -> bool:
        return self.notice is None or self.notice.published_at is not None


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
        *(ScaleLine("option", one, latest.get((one.pk, None)), one.fee_amount) for one in options),
        *(ScaleLine("club", one, latest.get((None, one.pk)), one.materials_fee) for one in clubs),
    ]
