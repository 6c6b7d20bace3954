"""The state of the papers of a club's adults, for the office."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from school.models import Staff
from school.vetting import Standing, standings
from web.templatetags.formats import cn_date


@dataclass(frozen=True)
class Remark:
    """A word for the badge: red where a paper is missing, amber where one ends soon or an exception stands in."""

    kind: str
    text: str
    detail: str = ""


def papers_of(clubs: Iterable[Club]) -> dict[int, list[Remark]]:
    """Club → what is to be said of its adults' papers today; the queries do not grow with the clubs."""
    today = timezone.localdate()
    rows = list(clubs)
    people = {p.pk: p for club in rows for p in (club.instructor, club.assistant) if p is not None}
    found = standings(people.values(), today)
    remarks: dict[int, list[Remark]] = {}
    for club in rows:
        adults = [person for person in (club.instructor, club.assistant) if person is not None]
        remarks[club.pk] = [r for person in adults if (r := remark(person, found[person.pk], today))]
    return remarks


def remark(person: Staff, standing: Standing, today: dt.date) -> Remark | None:
    if not standing.may_work:
        return Remark("danger", _("papers missing: %s") % person.name, " ".join(standing.sentences))
    if standing.ends_soon(today):
        return Remark("attention", _("papers expire on %s") % cn_date(standing.until), person.name)
    if standing.excepted:
        return Remark("attention", _("by exception: %s") % person.name, " ".join(standing.excepted))
    return None
