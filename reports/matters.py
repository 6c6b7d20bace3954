"""Open matters, each with its owner, its age, and the page where it is decided."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollment.models import Application, ChangeRequest, LeavesAlone, ReviewStage
from fees.models import Waiver
from reports.figures import FIGURES, Scope
from reports.figures.attendance import days_missed, open_days
from reports.models import ReportRun
from reports.today import cached_count
from school.models import Role, Term


@dataclass(frozen=True)
class Matter:
    text: str
    owner: str
    url: str
    since: dt.date | None = None

    def days(self) -> int | None:
        """Its age; None where nobody wrote down when it began."""
        return None if self.since is None else (timezone.localdate() - self.since).days


# Counted warnings that somebody can settle, their owner and the page on which it is done (else the rows themselves).
OPEN_CASES = {
    "without_group": (Role.Code.SERVICE_OFFICE, "enrollment:group_list"),
    "duty_gaps": (Role.Code.SERVICE_OFFICE, "enrollment:duty_table"),
    "without_collector": (Role.Code.HOMEROOM_TEACHER, ""),
    "without_agreement": (Role.Code.SERVICE_OFFICE, ""),
    "papers_missing": (Role.Code.SERVICE_OFFICE, ""),
    "rolls_missing": (Role.Code.SERVICE_OFFICE, ""),
    "classes_full": (Role.Code.SERVICE_OFFICE, ""),
}


@dataclass(frozen=True)
class Step:
    """Applications that wait at one step."""

    status: str
    label: str
    owner: str
    count: int
    since: dt.date

    @property
    def url(self) -> str:
        return f"{reverse('enrollment:application_list')}?status={self.status}"

    def days(self) -> int:
        return (timezone.localdate() - self.since).days


def role_names() -> dict[str, str]:
    return dict(Role.objects.values_list("code", "name"))


def steps_waiting(names: dict[str, str]) -> list[Step]:
    """The steps of the application at which somebody waits, in their order, with the oldest's day."""
    status = Application.Status
    owners = {status(code): names.get(stage.role, "") for code, stage in ReviewStage.next_stages().items()}
    owners |= dict.fromkeys((status.OFFERED, status.TO_SIGN), names.get(Role.Code.GUARDIAN, ""))
    waiting = Application.objects.filter(status__in=owners).order_by().values_list("status")
    counted = {code: (n, oldest) for code, n, oldest in waiting.annotate(n=Count("pk"), oldest=Min("submitted_at"))}
    return [
        Step(code, str(code.label), owner, counted[code][0], timezone.localdate(counted[code][1]))
        for code, owner in owners.items()
        if code in counted
    ]


def matters(term: Term, day: dt.date, *, steps: bool = True) -> list[Matter]:
    """All that waits, the oldest first; what has no day stands at the end. Without `steps` the applications are left out."""
    names = role_names()
    found = [*_days_open(term, day, names), *_days_missed(term, day, names), *_reports(term, names)]
    found += [*_changes(names), *_alone(names), *_waivers(names)]
    if steps:
        found += _applications(names)
    gaps: list[Matter] = cached_count(f"gaps:{term.pk}", day, lambda: list(_gaps(term, day, names)), seconds=30).value
    return sorted([*found, *gaps], key=lambda matter: matter.since or dt.date.max)


def _applications(names: dict[str, str]) -> Iterator[Matter]:
    for step in steps_waiting(names):
        text = ngettext("%(n)d application: %(step)s", "%(n)d applications: %(step)s", step.count)
        yield Matter(text % {"n": step.count, "step": step.label}, step.owner, step.url, step.since)


def _changes(names: dict[str, str]) -> Iterator[Matter]:
    waiting = ChangeRequest.objects.waiting().aggregate(n=Count("pk"), oldest=Min("requested_at"))
    if waiting["n"]:
        text = ngettext("%(n)d change of days", "%(n)d changes of days", waiting["n"]) % {"n": waiting["n"]}
        owner = names.get(Role.Code.SERVICE_OFFICE, "")
        yield Matter(text, owner, reverse("enrollment:change_list"), timezone.localdate(waiting["oldest"]))


def _alone(names: dict[str, str]) -> Iterator[Matter]:
    waiting = LeavesAlone.objects.waiting().aggregate(n=Count("pk"), oldest=Min("agreement__created_at"))
    if waiting["n"]:
        text = ngettext("%(n)d consent to go home alone", "%(n)d consents to go home alone", waiting["n"])
        url, owner = reverse("enrollment:collector_all"), names.get(Role.Code.SERVICE_OFFICE, "")
        yield Matter(text % {"n": waiting["n"]}, owner, url, timezone.localdate(waiting["oldest"]))


def _waivers(names: dict[str, str]) -> Iterator[Matter]:
    waiting = Waiver.objects.filter(status__in=Waiver.OPEN).aggregate(n=Count("pk"), oldest=Min("asked_at"))
    if waiting["n"]:
        text = ngettext("%(n)d waiver of a fee", "%(n)d waivers of fees", waiting["n"]) % {"n": waiting["n"]}
        owner = names.get(Role.Code.SERVICE_OFFICE, "")
        yield Matter(text, owner, reverse("fees:waiver_list"), timezone.localdate(waiting["oldest"]))


def _days_open(term: Term, day: dt.date, names: dict[str, str]) -> Iterator[Matter]:
    unclosed = open_days(Scope(term, day)).order_by("day").values_list("day", flat=True)
    if days := list(unclosed):
        text = ngettext("%d day is not closed", "%d days are not closed", len(days)) % len(days)
        url = f"{reverse('safety:day')}?day={days[0].isoformat()}"
        yield Matter(text, names.get(Role.Code.DUTY_LEADER, ""), url, days[0])


def _days_missed(term: Term, day: dt.date, names: dict[str, str]) -> Iterator[Matter]:
    """Days of service without a session, once the school had held its first: held and not on record, or off in truth."""
    if days := list(days_missed(Scope(term, day)).order_by("day").values_list("day", flat=True)):
        text = ngettext("%d day of service without a session", "%d days of service without a session", len(days))
        url = f"{reverse('safety:day')}?day={days[0].isoformat()}"
        yield Matter(text % len(days), names.get(Role.Code.SERVICE_OFFICE, ""), url, days[0])


def _reports(term: Term, names: dict[str, str]) -> Iterator[Matter]:
    """The newest summary, unless it is approved."""
    runs = ReportRun.objects.filter(kind=ReportRun.Kind.TERM_SUMMARY, status=ReportRun.Status.DONE, term=term)
    run = runs.order_by("-finished_at").first()
    if run and run.finished_at and not run.approved_at:
        text = _("%s waits for approval") % run
        yield Matter(
            text, names.get(Role.Code.PRINCIPAL, ""), run.get_absolute_url(), timezone.localdate(run.finished_at)
        )


def _gaps(term: Term, day: dt.date, names: dict[str, str]) -> Iterator[Matter]:
    scope = Scope(term, day)
    for key, (owner, page) in OPEN_CASES.items():
        if number := FIGURES[key].compute(scope).value:
            text = _("%(label)s: %(n)d") % {"label": FIGURES[key].label, "n": number}
            yield Matter(text, names.get(owner, ""), reverse(page) if page else reverse("reports:rows", args=[key]))
