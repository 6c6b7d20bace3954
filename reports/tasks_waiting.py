"""What reads across apps and waits for somebody: days to close, gaps of the plan, a summary to approve."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.figures import FIGURES, Scope
from reports.figures.attendance import days_missed, open_days
from reports.models import ReportRun
from reports.today import cached_count
from school.inbox import WATCHERS, Task, watches
from school.models import Role, Term, User

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


def waiting_for(user: User) -> Iterator[Task]:
    """For those who look after the whole school all of it; for the duty leader the days to close."""
    day = timezone.localdate()
    term = Term.objects.current(day)
    if term is None:
        return
    if watches(user, Role.Code.DUTY_LEADER):
        yield from _days_open(term, day)
    if user.has_role(*WATCHERS):
        yield from _days_missed(term, day)
        yield from _reports(term)
        yield from cached_count(f"gaps:{term.pk}", day, lambda: list(_gaps(term, day)), seconds=30).value


def _days_open(term: Term, day: dt.date) -> Iterator[Task]:
    unclosed = open_days(Scope(term, day)).order_by("day").values_list("day", flat=True)
    if days := list(unclosed):
        text = ngettext("%d day is not closed", "%d days are not closed", len(days)) % len(days)
        url = f"{reverse('safety:day')}?day={days[0].isoformat()}"
        yield Task(text, url, since=days[0], role=Role.Code.DUTY_LEADER, action=_("Close it"))


def _days_missed(term: Term, day: dt.date) -> Iterator[Task]:
    """Days of service without a session, once the school had held its first: held and not on record, or off in truth."""
    if days := list(days_missed(Scope(term, day)).order_by("day").values_list("day", flat=True)):
        text = ngettext("%d day of service without a session", "%d days of service without a session", len(days))
        url = f"{reverse('safety:day')}?day={days[0].isoformat()}"
        yield Task(text % len(days), url, since=days[0], role=Role.Code.SERVICE_OFFICE, action=_("Look"))


def _reports(term: Term) -> Iterator[Task]:
    """The newest summary, unless it is approved."""
    runs = ReportRun.objects.filter(kind=ReportRun.Kind.TERM_SUMMARY, status=ReportRun.Status.DONE, term=term)
    run = runs.order_by("-finished_at").first()
    if run and run.finished_at and not run.approved_at:
        text = _("%s waits for approval") % run
        since = timezone.localdate(run.finished_at)
        yield Task(text, run.get_absolute_url(), since=since, role=Role.Code.PRINCIPAL, action=_("Look"))


def _gaps(term: Term, day: dt.date) -> Iterator[Task]:
    scope = Scope(term, day)
    for key, (owner, page) in OPEN_CASES.items():
        if number := FIGURES[key].compute(scope).value:
            text = _("%(label)s: %(n)d") % {"label": FIGURES[key].label, "n": number}
            url = reverse(page) if page else reverse("reports:rows", args=[key])
            yield Task(text, url, role=owner, action=_("Look"))
