"""Who may work with children: the papers an adult needs on a day, which are missing, and when the first one ends.

Sources: S10 (organisations), S11 (people from outside), S12 (record check when hired and each year). A rule that the school
has switched off, or made softer than «refused», asks for nothing here. A bar is no paper: nothing lifts it (R135).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from school.models import Credential, CredentialException, PolicyRule, Staff
from web.templatetags.formats import cn_date

Kind = Credential.Kind
RULES = ("S10", "S11", "S12")


@dataclass
class Standing:
    """An adult's papers and bar as of a day."""

    barred: str = ""
    """The sentence when the adult is barred."""
    missing: list[tuple[str, str]] = field(default_factory=list)
    """(key of the rule, sentence) for every paper that is missing and refuses work."""
    warnings: list[str] = field(default_factory=list)
    """What the school's own people lack: said, and refuses nothing."""
    excepted: list[str] = field(default_factory=list)
    """Sentences on papers that a documented exception stands in for."""
    until: dt.date | None = None
    """The last day on which all papers needed hold."""

    @property
    def may_work(self) -> bool:
        return not self.barred and not self.missing

    @property
    def sentences(self) -> list[str]:
        return ([self.barred] if self.barred else []) + [sentence for _key, sentence in self.missing]

    def ends_soon(self, day: dt.date) -> bool:
        return self.until is not None and self.until <= day + Credential.SOON


def papers_needed(staff: Staff, rules: dict[str, PolicyRule]) -> dict[str, str]:
    """Kind of paper → key of the rule that asks for it."""
    needed: dict[str, str] = {}
    if staff.kind == Staff.Kind.OUTSIDE and "S11" in rules:
        needed |= dict.fromkeys([Kind.QUALIFICATION, Kind.CONTRACT, Kind.INSURANCE], "S11")
    if staff.kind == Staff.Kind.OUTSIDE and staff.organisation and "S10" in rules:
        needed[Kind.LICENCE] = "S10"
    if "S12" in rules:
        needed[Kind.RECORD_CHECK] = "S12"
    return needed


def standings(people: Iterable[Staff], day: dt.date) -> dict[int, Standing]:
    """Pk → standing on that day; as many queries for one as for a hundred."""
    staff = {person.pk: person for person in people}
    rules = {key: rule for key in RULES if (rule := PolicyRule.objects.blocking(key, day=day))}
    papers: dict[tuple[int, str], list[Credential]] = defaultdict(list)
    for paper in Credential.objects.filter(staff__in=staff):
        papers[paper.staff_id, paper.kind].append(paper)
    lifted: dict[tuple[int, str], CredentialException] = {}
    for exception in CredentialException.objects.on(day).filter(staff__in=staff):
        lifted[exception.staff_id, exception.kind] = exception
    return {pk: _standing(person, day, rules, papers, lifted) for pk, person in staff.items()}


def _standing(
    person: Staff,
    day: dt.date,
    rules: dict[str, PolicyRule],
    papers: dict[tuple[int, str], list[Credential]],
    lifted: dict[tuple[int, str], CredentialException],
) -> Standing:
    found = Standing()
    if person.barred_note:
        found.barred = _("%(who)s is barred from working with children: %(document)s.") % {
            "who": person.name,
            "document": person.barred_note,
        }
    ends: list[dt.date] = []
    for kind, key in papers_needed(person, rules).items():
        kept = papers[person.pk, kind]
        last = last_day(kept, day, rules[key].value if kind == Kind.RECORD_CHECK else None)
        exception = lifted.get((person.pk, kind))
        if last is not None:
            ends.append(last)
        elif exception:
            found.excepted.append(_exception_words(exception))
            ends.append(exception.ends_on or day)
        elif person.kind == Staff.Kind.EMPLOYEE:
            found.warnings.append(_what_is_missing(person, kind, kept, day))
        else:
            found.missing.append((key, _what_is_missing(person, kind, kept, day)))
    ends = [last for last in ends if last < dt.date.max]
    # Where one is missing, nothing is said of all.
    found.until = min(ends) if ends and not (found.missing or found.warnings) else None
    return found


def last_day(papers: list[Credential], day: dt.date, days: int | None) -> dt.date | None:
    """The last day of the paper that holds longest of those that hold on `day`; None where none does.

    `days`: how old a record check may be. A paper without an end holds for ever, which is date.max.
    """
    best = None
    for paper in papers:
        last = paper.ends_on or dt.date.max
        if days is not None:
            last = min(last, paper.starts_on + dt.timedelta(days=int(days)))
        if paper.starts_on <= day <= last and (best is None or last > best):
            best = last
    return best


def _what_is_missing(person: Staff, kind: str, papers: list[Credential], day: dt.date) -> str:
    facts = {"who": person.name, "paper": Kind(kind).label, "day": cn_date(day)}
    begun = [paper.starts_on for paper in papers if paper.starts_on <= day]
    if kind == Kind.RECORD_CHECK and begun:
        return _("The last record check of %(who)s is of %(last)s, which is too old on %(day)s.") % (
            facts | {"last": cn_date(max(begun), "year")}
        )
    ended = [paper.ends_on for paper in papers if paper.ends_on and paper.ends_on < day]
    if ended:
        return _("%(paper)s of %(who)s expired on %(last)s.") % (facts | {"last": cn_date(max(ended), "year")})
    return _("%(who)s has no paper on file for %(day)s: %(paper)s.") % facts


def _exception_words(exception: CredentialException) -> str:
    return _("%(paper)s: excepted until %(day)s (%(document)s)") % {
        "paper": exception.get_kind_display(),
        "day": cn_date(exception.ends_on),
        "document": exception.document,
    }


def standing_of(staff: Staff, day: dt.date) -> Standing:
    return standings([staff], day)[staff.pk]


def missing_papers(staff: Staff, day: dt.date) -> list[str]:
    """Sentences on what keeps this adult from working with children that day; empty when nothing does."""
    return standing_of(staff, day).sentences


def check_may_work(staff: Staff, day: dt.date) -> None:
    """Raises ValidationError with every paper that is missing and the source of the rule, or with the bar."""
    refusals(staff, day, standing_of(staff, day))


def refusals(staff: Staff, day: dt.date, standing: Standing) -> None:
    if standing.barred:
        raise ValidationError(standing.barred, code="barred")
    errors = []
    for key, sentence in standing.missing:
        rule = PolicyRule.objects.blocking(key, day=day)
        errors.append(rule.refusal(sentence) if rule else ValidationError(sentence, code=key))
    if errors:
        raise ValidationError(errors)
