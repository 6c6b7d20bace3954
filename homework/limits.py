"""Computes written minutes, and the rules that a change of a sheet would break. Reads only."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homework.models import ClassSheet, HomeworkItem, WatchWord
from homework.rulebook import WRITTEN, Rulebook
from school.models import PolicyRule, SchoolDay
from web.caching import cached_briefly
from web.templatetags.formats import bracketed

Place, Tier = HomeworkItem.Place, HomeworkItem.Tier
OUTSIDE_LESSONS = (Place.HOME, Place.SERVICE, Place.NOON)


@dataclass(frozen=True)
class Breach:
    """A rule that the change would break, and the sentence for the teacher."""

    rule: PolicyRule
    sentence: str
    item: HomeworkItem | None = None

    @property
    def refuses(self) -> bool:
        return self.rule.severity == PolicyRule.Severity.BLOCK

    @property
    def asks(self) -> bool:
        return self.rule.severity == PolicyRule.Severity.WARN

    @property
    def full_sentence(self) -> str:
        return f"{self.sentence}{bracketed(f'{self.rule.key} · {self.rule.source}')}"


@dataclass(frozen=True)
class Change:
    """A locked sheet, its items before and after the change, and the new or changed ones."""

    sheet: ClassSheet
    before: Sequence[HomeworkItem]
    after: Sequence[HomeworkItem]
    changed: Sequence[HomeworkItem]
    rules: Rulebook

    @property
    def grade(self) -> int:
        return self.sheet.school_class.grade(self.sheet.day)


def counts(item: HomeworkItem, cap: int) -> bool:
    """Whether an item's minutes count as written homework.

    Work in the lesson is not homework. Where nothing written may be taken home (cap 0: H1), written practice
    during after-school care is allowed and only what is done elsewhere counts.
    """
    if not item.is_written or item.place == Place.CLASS:
        return False
    return item.place != Place.SERVICE or cap > 0


def heaviest_path(items: Iterable[HomeworkItem], cap: int) -> int:
    """The most written minutes that a pupil can choose.

    For each subject the common items plus the heaviest tier; plus the heavier of the day's packages.
    """
    subjects: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    packages: dict[str, int] = defaultdict(int)
    for item in items:
        if not counts(item, cap):
            continue
        if item.tier in HomeworkItem.PACKAGES:
            packages[item.tier] += item.minutes
        else:
            subjects[item.subject_id][item.tier] += item.minutes
    total = max(packages.values(), default=0)
    for tiers in subjects.values():
        total += tiers.pop(Tier.ALL, 0) + max(tiers.values(), default=0)
    return total


def breaches(change: Change) -> list[Breach]:
    """Every rule that the change breaks and that was not broken as much before."""
    return [breach for check in CHECKS for breach in check(change)]


def _cap(change: Change) -> Iterator[Breach]:
    """H1–H3 and tighter local caps: all subjects of the day, heaviest path, what was released included."""
    sheet = change.sheet
    before, after = heaviest_path(change.before, sheet.cap), heaviest_path(change.after, sheet.cap)
    if after > sheet.cap + sheet.granted and after > before:
        yield Breach(change.rules.cap(change.grade), _over_message(change, before))


def _over_message(change: Change, used: int) -> str:
    sheet = change.sheet
    label = sheet.school_class.label(sheet.day)
    if sheet.cap == 0:
        return _("%s gets no written homework to take home.") % label
    new = set(map(id, change.changed))
    facts: dict[str, Any] = {
        "class": label,
        "left": max(sheet.cap + sheet.granted - used, 0),
        "cap": sheet.cap,
        "entered": used_by([i for i in change.after if id(i) not in new], sheet.cap) or _("nothing yet"),
    }
    return (
        _("%(class)s can take %(left)d more minutes of written homework that day (cap %(cap)d; entered: %(entered)s).")
        % facts
    )


def used_by(items: Iterable[HomeworkItem], cap: int) -> str:
    """Which teachers have used the minutes: «语文 周婷 20、数学 吴海 15»."""
    by_whom: dict[str, int] = defaultdict(int)
    for item in items:
        if counts(item, cap):
            by_whom[f"{item.subject.name} {item.teacher.name}"] += item.minutes
    return "、".join(f"{who} {minutes}" for who, minutes in by_whom.items())


def _caps_of_groups(change: Change) -> Iterator[Breach]:
    """A local cap on the written minutes of some subjects together."""
    for rule in change.rules.of_groups(WRITTEN, change.grade):
        names = {subject.pk: subject.name for subject in rule.subjects.all()}
        before, after = (
            heaviest_path([i for i in items if i.subject_id in names], change.sheet.cap)
            for items in (change.before, change.after)
        )
        if after > rule.value and after > before:
            facts = {"subjects": "、".join(names.values()), "cap": rule.value, "minutes": after}
            yield Breach(
                rule, _("%(subjects)s together may take %(cap)d minutes a day; it would be %(minutes)d.") % facts
            )


def _number_of_subjects(change: Change) -> Iterator[Breach]:
    """H10: at most so many subjects with written work (or with any work) on one day, in all or within a group."""

    def written(item: HomeworkItem) -> bool:
        return counts(item, change.sheet.cap)

    def outside(item: HomeworkItem) -> bool:
        return item.place in OUTSIDE_LESSONS

    tests: tuple[tuple[str, Callable[[HomeworkItem], bool]], ...] = (
        ("written_subjects", written),
        ("homework_subjects", outside),
    )
    for measure, test in tests:
        whole = change.rules.deciding(measure, change.grade)
        for rule in [*([whole] if whole else []), *change.rules.of_groups(measure, change.grade)]:
            group = {subject.pk for subject in rule.subjects.all()}
            before, after = (
                {i.subject_id: i.subject.name for i in items if test(i) and (not group or i.subject_id in group)}
                for items in (change.before, change.after)
            )
            if len(after) > rule.value and len(after) > len(before):
                yield Breach(rule, _subjects_message(rule, after))


def _subjects_message(rule: PolicyRule, after: dict[int, str]) -> str:
    facts = {"most": rule.value, "names": "、".join(after.values())}
    group = "、".join(subject.name for subject in rule.subjects.all())
    if group:
        facts["group"] = group
        return _("Of %(group)s at most %(most)d a day; it would be %(names)s.") % facts
    return (
        ngettext(
            "At most %(most)d subject a day; it would be %(names)s.",
            "At most %(most)d subjects a day; it would be %(names)s.",
            rule.value,
        )
        % facts
    )


def _noon(change: Change) -> Iterator[Breach]:
    """H10, where adopted: nothing to be done at noon."""
    rule = change.rules.deciding("not_at_noon", change.grade)
    if rule and any(item.place == Place.NOON for item in change.changed):
        yield Breach(rule, _("Nothing is set to be done at noon."))


def _no_homework_day(change: Change) -> Iterator[Breach]:
    """H8: nothing written on the day that the school keeps free."""
    rule = change.rules.deciding("no_homework_day", change.grade)
    # As the sheet counts: what grades one and two practise in after-school care is no homework.
    if rule and any(counts(item, change.sheet.cap) for item in change.changed):
        yield Breach(rule, _("This is a day without written homework."))


def _day_off(change: Change) -> Iterator[Breach]:
    """H4: what is set for a weekend or holiday counts against that day's cap like any other."""
    rule = change.rules.deciding("holidays_count", change.grade)
    if rule is None or not any(counts(item, change.sheet.cap) for item in change.changed):
        return
    if SchoolDay.objects.filter(day=change.sheet.day, follows_weekday__isnull=True).exists():
        yield Breach(rule, _("There are no lessons on this day; written homework counts against its cap all the same."))


def watch_words() -> list[tuple[str, str]]:
    """(key of the rule, word) of all words to watch for."""
    return cached_briefly("watch words", lambda: list(WatchWord.objects.values_list("rule_key", "word")))


def pattern(word: str) -> str:
    """A word as a regular expression; «*» stands for up to four characters: 抄*遍."""
    return ".{0,4}".join(map(re.escape, word.split("*")))


def _words(change: Change) -> Iterator[Breach]:
    """H6, H7, H9: words that an item must not contain."""
    measures = {"H6": "nothing_for_parents", "H7": "no_drill", "H9": "not_by_phone"}
    sentences = {
        "H6": _("«%s»: parents are given nothing to do, to check or to sign."),
        "H7": _("«%s»: no mechanical repetition, no homework as a punishment."),
        "H9": _("«%s»: homework needs no phone, no chat group and no printer."),
    }
    for item in change.changed:
        content = "".join(item.content.split())
        # One sentence a rule is enough.
        hits = {key: found[0] for key, word in watch_words() if (found := re.search(pattern(word), content))}
        for key, word in hits.items():
            if rule := change.rules.deciding(measures[key], change.grade):
                yield Breach(rule, sentences[key] % word, item)


CHECKS: tuple[Callable[[Change], Iterator[Breach]], ...] = (
    _cap,
    _caps_of_groups,
    _number_of_subjects,
    _noon,
    _no_homework_day,
    _day_off,
    _words,
)
