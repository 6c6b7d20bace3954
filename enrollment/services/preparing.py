"""Copies an earlier term's settings (options, letter, leading group) to a new term; never the families' data.

Other apps add what is theirs in AppConfig.ready(): `register_copied(Copied(plan, carry_out))`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enrollment.models import Letter, ServiceOption, TermPreparation
from school.models import Term, User

GROUP_FIELDS = ("group_members", "group_document", "group_date")
OPTION_FIELDS = (
    "name",
    "service",
    "weekdays",
    "grade_from",
    "grade_to",
    "fee_mode",
    "fee_amount",
    "half_under_half",
    "fee_document",
    "capacity",
)


@dataclass(frozen=True)
class Copied:
    """What another app copies from a term to a later one: `plan` names it in sentences, `carry_out` makes it once."""

    plan: Callable[[Term, Term], list[str]]
    carry_out: Callable[[Term, Term], None]


_copied: list[Copied] = []


def register_copied(one: Copied) -> None:
    if one not in _copied:
        _copied.append(one)


@dataclass
class Copy:
    """The rows to copy (unsaved in a plan), the options that exist already, and what other apps copy, in sentences."""

    options: list[tuple[ServiceOption, ServiceOption]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    letter: Letter | None = None
    group: bool = False
    others: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.options or self.letter or self.group or self.others)


def moved(day: dt.date, *, source: Term, target: Term, from_end: bool = False) -> dt.date:
    """The day at the same distance from the term's first (or last) day, within the new term."""
    day = target.ends_on - (source.ends_on - day) if from_end else target.starts_on + (day - source.starts_on)
    return min(max(day, target.starts_on), target.ends_on)


def plan_copy(*, source: Term, target: Term) -> Copy:
    """The rows that copying would add to the target. Reads only. Raises ValidationError when the source is not an earlier
    term.
    """
    if source.starts_on >= target.starts_on:
        raise ValidationError(_("Settings are copied from an earlier term to a later one."))
    copy = Copy()
    known = set(ServiceOption.objects.filter(term=target).values_list("name", flat=True))
    for old in ServiceOption.objects.filter(term=source).prefetch_related("periods"):
        if old.name in known:
            copy.there.append(old.name)
            continue
        new = ServiceOption(term=target, **{name: getattr(old, name) for name in OPTION_FIELDS})
        new.starts_on = moved(old.starts_on, source=source, target=target)
        new.ends_on = max(moved(old.ends_on, source=source, target=target, from_end=True), new.starts_on)
        copy.options.append((old, new))
    letter = Letter.objects.filter(term=source).first()
    if letter and not Letter.objects.filter(term=target).exists():
        facts = {name: getattr(letter, name) for name in Letter.FACTS}
        copy.letter = Letter(term=target, title=letter.title.replace(str(source), str(target)), **facts)
    before = TermPreparation.objects.filter(term=source).exclude(group_members="").exists()
    copy.group = before and not TermPreparation.objects.filter(term=target).exclude(group_members="").exists()
    copy.others = [sentence for one in _copied for sentence in one.plan(source, target)]
    return copy


@transaction.atomic
def copy_term_settings(*, source: Term, target: Term, by: User) -> Copy:
    """Copies what the target does not have. Run again, it adds nothing.

    Sign-up windows stay empty, the fee counts as not published, the letter is a draft; plan and approval are filed anew
    each term; clubs are drafts. Applications, enrolments, agreements and groups are not touched.
    """
    target = Term.objects.select_for_update(of=["self"]).get(pk=target.pk)
    copy = plan_copy(source=source, target=target)
    for old, new in copy.options:
        new.full_clean()
        new.save()
        new.periods.set(old.periods.all())
    if copy.letter:
        copy.letter.save()
    if copy.group:
        old_papers = TermPreparation.objects.get(term=source)
        papers, _new = TermPreparation.objects.get_or_create(term=target)
        for name in GROUP_FIELDS:
            setattr(papers, name, getattr(old_papers, name))
        papers.save()
    for one in _copied:
        one.carry_out(source, target)
    return copy
