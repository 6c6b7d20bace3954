"""The checklist before a term: each precondition of the service and what is missing. Reads only.

Other apps add theirs in AppConfig.ready(): `register_item(rule)`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import Prefetch, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollment.models import AgreementTemplate, Letter, ReviewStage, ServiceOption, TermPreparation
from school.models import (
    ClassMembership,
    Period,
    PeriodTime,
    PolicyRule,
    Post,
    Room,
    SchoolClass,
    SchoolDay,
    SchoolSettings,
    Staff,
    Term,
)
from school.services import festivals_missing
from web.templatetags.formats import cn_date, cn_datetime


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `missing` names what is missing; empty means done."""

    key: str
    title: str
    there: str
    missing: list[str]
    url: str

    @property
    def done(self) -> bool:
        return not self.missing


def term_asked(request: HttpRequest) -> Term | None:
    """The term in the address (?term=), else the current one."""
    return Term.objects.asked(request.GET.get("term"), timezone.localdate())


def checklist(term: Term) -> list[Item]:
    """All items in the order of the office's work; a constant number of queries."""
    preparation = TermPreparation.objects.filter(term=term).first() or TermPreparation(term=term)
    options = list(ServiceOption.objects.filter(term=term))
    day = max(timezone.localdate(), term.starts_on)
    makers: list[Callable[[], Item]] = [
        _name,
        partial(_paper, preparation, "group", _("Leading group")),
        partial(_paper, preparation, "plan", _("Plan filed with the authority")),
        partial(_paper, preparation, "approval", _("Approval")),
        partial(_calendar, term),
        partial(_periods, term),
        partial(_classes, term, day),
        partial(_staff, day),
        partial(_rooms, day),
        partial(_rules, day),
        partial(_stages),
        partial(_letter, term),
        partial(_texts, term),
        partial(_options, term, options),
        partial(_fees, term, options),
        partial(_sign_up, term, options),
    ]
    found = [make() for make in makers] + [rule(term) for rule in _item_rules]
    return [one for one in found if one is not None]


ItemRule = Callable[[Term], Item | None]
_item_rules: list[ItemRule] = []


def register_item(rule: ItemRule) -> None:
    """`rule` gives its line of a term's checklist, or None where the term needs none."""
    if rule not in _item_rules:
        _item_rules.append(rule)


def back_from(term: Term, page: str) -> str:
    """Where to go on once something of the term is done: to the checklist while the term is ahead, else to the page."""
    return of_term("enrollment:term_preparation" if timezone.localdate() < term.starts_on else page, term)


def of_term(page: str, term: Term) -> str:
    """The page's address for a term that need not be the current one."""
    return f"{reverse(page)}?term={term.pk}"


def _paper(preparation: TermPreparation, paper: str, title: str) -> Item:
    facts = [getattr(preparation, name) for name in TermPreparation.PAPERS[paper]]
    if paper == "group" and preparation.group_members:
        # One name a line, or several with commas between them.
        n = len([name for name in re.split(r"[\n、，,；;]", preparation.group_members) if name.strip()])
        facts[0] = ngettext("%d member", "%d members", n) % n
    there = " · ".join(str(fact) for fact in facts if fact)
    url = reverse("enrollment:preparation_edit", args=[preparation.term_id])
    return Item(paper, title, there, preparation.missing(paper), url)


def _name() -> Item:
    """Every letter and agreement carries it; the phone is what a family presses when its child cannot be found."""
    settings = SchoolSettings.load()
    named = settings.name != SchoolSettings.UNNAMED
    missing = [] if named else [_("the school has no name yet")]
    if not settings.office_phone:
        missing.append(_("the office has no phone number yet"))
    there = settings.name if named else ""
    return Item("name", _("Name and phone of the school"), there, missing, reverse("school:office_settings"))


def _calendar(term: Term) -> Item:
    wanted = (term.ends_on - term.starts_on).days + 1
    days = SchoolDay.objects.of_term(term)
    loaded, teaching = days.count(), days.teaching().count()
    missing = []
    if loaded < wanted:
        n = wanted - loaded
        missing.append(ngettext("%d day is not loaded", "%d days are not loaded", n) % n)
    if not missing and (year := festivals_missing(term)):
        missing.append(_("the holidays of %d") % year)
    there = _("%(teaching)d teaching days in %(days)d days") % {"teaching": teaching, "days": loaded}
    return Item("calendar", _("Calendar"), there if loaded else "", missing, of_term("school:calendar", term))


def _periods(term: Term) -> Item:
    """Each period is held in some season of the term, for all or for somebody."""
    periods = list(
        Period.objects.prefetch_related(Prefetch("period_times", PeriodTime.objects.from_day(term.starts_on)))
    )
    seasons = [PeriodTime.Season.SUMMER, *([PeriodTime.Season.WINTER] if term.winter_from else [])]
    missing = [
        _("%s has no times") % period
        for period in periods
        if not any(times.season in seasons for times in period.period_times.all())
    ]
    if not periods:
        missing = [_("periods")]
    return Item("periods", _("Periods and times"), "、".join(map(str, periods)), missing, reverse("school:period_list"))


def _from_day(label: str, gap: dt.date, day: dt.date) -> str:
    return label if gap == day else _("%(label)s (from %(day)s)") % {"label": label, "day": cn_date(gap)}


def _classes(term: Term, day: dt.date) -> Item:
    """Every class of the term's school year has its homeroom teacher, on every day from now to the term's end."""
    classes = list(SchoolClass.objects.in_year(term.school_year, top_grade=SchoolSettings.load().top_grade))
    gaps = Post.objects.homeroom_gaps([one.pk for one in classes], day, term.ends_on)
    without = [_from_day(one.label(day), gaps[one.pk], day) for one in classes if one.pk in gaps]
    missing = [_("no homeroom teacher: %s") % "、".join(without)] if without else []
    if not classes:
        missing = [_("classes")]
    there = ngettext("%d class", "%d classes", len(classes)) % len(classes) if classes else ""
    return Item("classes", _("Classes and homeroom teachers"), there, missing, reverse("school:class_list"))


def _staff(day: dt.date) -> Item:
    active = Staff.objects.active(day)
    n = active.count()
    without = active.filter(kind=Staff.Kind.EMPLOYEE, subject=None, posts__isnull=True).distinct().count()
    missing = []
    if without:
        missing.append(ngettext("%d teacher without a subject", "%d teachers without a subject", without) % without)
    if not n:
        missing = [_("staff")]
    there = ngettext("%d person on the staff", "%d people on the staff", n) % n if n else ""
    return Item("staff", _("Staff"), there, missing, reverse("school:staff_list"))


def _rooms(day: dt.date) -> Item:
    """Rooms hold the children who are on the roll."""
    rooms = Room.objects.usable(day).aggregate(seats=Sum("capacity"))
    seats, children = rooms["seats"] or 0, ClassMembership.objects.on(day).count()
    missing = []
    if seats < children:
        missing.append(_("places for %d more children") % (children - seats))
    if not seats:
        missing = [_("rooms")]
    there = _("rooms for %(seats)d; %(children)d children on the roll") % {"seats": seats, "children": children}
    return Item("rooms", _("Rooms"), there if seats else "", missing, reverse("school:room_list"))


def _rules(day: dt.date) -> Item:
    rules = PolicyRule.objects.on(day)
    n, blocking = rules.count(), rules.filter(severity=PolicyRule.Severity.BLOCK).count()
    there = _("%(all)d rules in force, %(blocking)d of them refuse") % {"all": n, "blocking": blocking}
    missing = [] if blocking else [_("rules that refuse")]
    return Item("rules", _("Policy rules"), there if n else "", missing, reverse("school:policy_list"))


def _stages() -> Item:
    names = [str(stage) for stage in ReviewStage.objects.filter(active=True)]
    missing = [] if names else [_("steps of the review")]
    return Item("stages", _("Steps of the review"), " → ".join(names), missing, reverse("enrollment:stage_list"))


def _letter(term: Term) -> Item:
    letter = Letter.objects.filter(term=term).first()
    missing = letter.missing_facts() if letter else [_("the letter")]
    if letter and letter.published_at is None:
        missing = [*missing, _("it is a draft, not published")]
    url = of_term("enrollment:letter_edit", term)
    there = f"{letter.title} v{letter.version}" if letter else ""
    return Item("letter", _("Letter to parents with its eight facts"), there, missing, url)


def _texts(term: Term) -> Item:
    """The service agreement, the promise on collecting and the privacy consent are published."""
    kinds = AgreementTemplate.Kind
    published = set(AgreementTemplate.objects.filter(published_at__isnull=False).values_list("kind", flat=True))
    needed = (kinds.SERVICE, kinds.PICK_UP, kinds.PRIVACY)
    there = "、".join(str(kind.label) for kind in needed if kind in published)
    missing = [_("not published: %s") % kind.label for kind in needed if kind not in published]
    return Item("texts", _("Texts to sign"), there, missing, of_term("enrollment:option_list", term))


def _options(term: Term, options: list[ServiceOption]) -> Item:
    missing = [] if options else [_("what families can apply for")]
    missing += [
        _("%s names no document for its fee") % option
        for option in options
        if option.fee_amount and not option.fee_document
    ]
    url = of_term("enrollment:option_list", term)
    return Item("options", _("Options with their fee"), "、".join(map(str, options)), missing, url)


def _fees(term: Term, options: list[ServiceOption]) -> Item:
    """Source: F2, a fee is published before it is charged."""
    charged = [option for option in options if option.fee_amount]
    missing = [_("fee of %s is not published") % option for option in charged if option.fee_published_at is None]
    there = "、".join(str(option) for option in charged if option.fee_published_at)
    if options and not charged:
        there = _("free of charge, nothing to publish")
    if not options:
        missing = [_("options come first")]
    unpublished = [option for option in charged if option.fee_published_at is None]
    url = page_of(unpublished, lambda option: reverse("fees:notice_add", args=["option", option.pk]), term)
    return Item("fees", _("Fee published"), there, missing, url)


def _sign_up(term: Term, options: list[ServiceOption]) -> Item:
    closed = [option for option in options if option.opens_at is None]
    missing = [_("%s is not open to families") % option for option in closed] or (
        [] if options else [_("options come first")]
    )
    there = "、".join(f"{option} {cn_datetime(option.opens_at)}" for option in options if option.opens_at)
    url = page_of(closed, lambda option: reverse("enrollment:option_open", args=[option.pk]), term)
    return Item("sign_up", _("Sign-up opened"), there, missing, url)


def page_of(options: list[ServiceOption], page: Callable[[ServiceOption], str], term: Term) -> str:
    """The page on which it is done, where one option alone waits for it; else the list of all."""
    return page(options[0]) if len(options) == 1 else of_term("enrollment:option_list", term)
