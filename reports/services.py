"""Makes reports: one run per request, made by one worker at a time, resumed after a crash, frozen by approval."""

import datetime as dt
import json
import logging
import threading
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.agreements import print_agreements
from reports.choices import chosen
from reports.figures import Value, collect
from reports.models import ReportRun, ReportRunQuerySet
from reports.papers import TERM_SUMMARY
from reports.xlsx import summary_workbook
from school.models import Term, User
from school.services import log_export
from school.services.printing import filled, print_now
from web import jobs
from web.templatetags.formats import cn_date

logger = logging.getLogger(__name__)
Status = ReportRun.Status


class LeaseLost(Exception):
    """Another worker has taken this run over: a worker that lost its lease stops without writing."""


def lease() -> dt.timedelta:
    return getattr(settings, "REPORT_LEASE", ReportRun.LEASE)


def default_until(term: Term) -> dt.date:
    """Today, or the end of a term that is over."""
    return max(min(timezone.localdate(), term.ends_on), term.starts_on)


# --- asking ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def request_summary(
    *, term: Term, until: dt.date, by: User | None, again: bool = False, send: bool = True
) -> ReportRun:
    """The run of the term's summary up to and with a day; a worker makes it once this commits.

    Who asks while it is made, or when nothing has changed since it was, gets the same run. `again` asks for a new
    one whatever was there; without `send` no worker is told, and the caller makes it. Raises ValidationError for a
    day outside the term or in the future.
    """
    check_until(term, until)
    same = ReportRun.objects.filter(kind=ReportRun.Kind.TERM_SUMMARY, term=term, until=until)
    latest = None if again else same.order_by("requested_at", "pk").last()
    if latest and latest.is_open:
        return latest
    if latest and latest.status == Status.FAILED:
        return ask_again(run=latest, send=send)
    if latest and latest.figures == figures_json(collect_in_school_language(term, until)):
        return latest
    key = f"{ReportRun.Kind.TERM_SUMMARY}:{term.pk}:{until:%Y%m%d}:{same.count() + 1}"
    asked = {"term": term, "until": until, "requested_by": by, "lease_until": timezone.now() + lease()}
    run, created = ReportRun.objects.get_or_create(key=key, defaults=asked)
    if created and send:
        transaction.on_commit(lambda: send_run(run.pk))
    return run


@transaction.atomic
def request_agreements(*, term: Term, arguments: dict[str, Any], reason: str, by: User) -> ReportRun:
    """One file of a class's, a grade's or all agreements of the term, with a register; a worker makes it once this commits.

    `arguments`: kind, school_class, grade, state (reports.choices.chosen). Needs a reason, which is logged: the papers
    carry children's names and signatures. Raises ValidationError when nothing is there to print.
    """
    count = chosen(term, arguments).count()
    if not count:
        raise ValidationError(_("There is no such agreement to print."))
    log_export(user=by, fields=["name", "signature"], rows=count, reason=reason)
    kind, today = ReportRun.Kind.AGREEMENTS, timezone.localdate()
    same = ReportRun.objects.filter(kind=kind, term=term, arguments=arguments, status__in=ReportRun.OPEN).first()
    if same is not None:
        return same
    number = ReportRun.objects.filter(kind=kind, term=term).count() + 1
    run, created = ReportRun.objects.get_or_create(
        key=f"{kind}:{term.pk}:{number}",
        defaults={
            "kind": kind,
            "term": term,
            "until": today,
            "arguments": arguments,
            "requested_by": by,
            "lease_until": timezone.now() + lease(),
        },
    )
    if created:
        transaction.on_commit(lambda: send_run(run.pk))
    return run


def check_until(term: Term, until: dt.date) -> None:
    if not term.starts_on <= until <= term.ends_on:
        raise ValidationError(
            _("The last day lies in the term, between %(first)s and %(last)s.")
            % {"first": cn_date(term.starts_on, "year"), "last": cn_date(term.ends_on, "year")}
        )
    if until > timezone.localdate():
        raise ValidationError(_("The last day lies in the future; nothing has been counted for it yet."))


def ask_again(*, run: ReportRun, send: bool = True) -> ReportRun:
    """A run that failed waits again, its attempts forgotten."""
    again = ReportRun.objects.filter(pk=run.pk, status=Status.FAILED)
    if again.update(status=Status.QUEUED, attempt=0, error="", lease_until=timezone.now() + lease()) and send:
        transaction.on_commit(lambda: send_run(run.pk))
    run.refresh_from_db()
    return run


def send_run(pk: int) -> None:
    """Tells the workers. While they cannot be told the run waits, and requeue_expired tells them later."""
    jobs.send("reports.tasks.run_report", pk)


def requeue_expired() -> int:
    """Sends again what no worker is believed to be making; gives up after MOST_ATTEMPTS. Returns how many were sent."""
    now, sent = timezone.now(), 0
    for run in ReportRun.objects.expired(now):
        unchanged = ReportRun.objects.filter(
            pk=run.pk, status=run.status, attempt=run.attempt, lease_until=run.lease_until
        )
        if run.attempt >= ReportRun.MOST_ATTEMPTS:
            text = _("The making was broken off %d times. Ask the people who run the server.") % run.attempt
            unchanged.update(status=Status.FAILED, error=text, lease_until=None)
        elif unchanged.update(status=Status.QUEUED, lease_until=now + lease()):
            send_run(run.pk)
            sent += 1
    return sent


# --- making ----------------------------------------------------------------------------------------------------------


def make_summary(*, run: ReportRun) -> ReportRun:
    """Counts, prints and stores the run, unless somebody else is at it or it is done. Safe to call twice."""
    now = timezone.now()
    free = Q(status=Status.QUEUED) | Q(status=Status.RUNNING, lease_until__lt=now)
    taken = ReportRun.objects.filter(free, pk=run.pk).update(
        status=Status.RUNNING, attempt=F("attempt") + 1, lease_until=now + lease(), progress=0, stage="", error=""
    )
    run.refresh_from_db()
    if taken:
        with Hold(run) as hold, translation.override(settings.LANGUAGE_CODE):
            _make(run, hold)
        run.refresh_from_db()
    return run


class Hold:
    """A worker's hold on a run: renews its lease by a heartbeat, and says how the making ended if it did not end well."""

    def __init__(self, run: ReportRun) -> None:
        self.run = run
        self._done = threading.Event()
        self._heart = threading.Thread(target=self._beat, name=f"report-{run.pk}", daemon=True)

    @property
    def mine(self) -> ReportRunQuerySet:
        """The run's row as long as nobody took it over."""
        return ReportRun.objects.filter(pk=self.run.pk, status=Status.RUNNING, attempt=self.run.attempt)

    def __enter__(self) -> "Hold":
        self._heart.start()
        return self

    def _beat(self) -> None:
        try:
            while not self._done.wait(lease().total_seconds() / 3):
                self.mine.update(lease_until=timezone.now() + lease())
        finally:
            connection.close()

    def tell(self, progress: int, stage: str) -> None:
        if not self.mine.update(progress=progress, stage=stage):
            raise LeaseLost

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._done.set()
        self._heart.join()
        if isinstance(error, Exception) and not isinstance(error, LeaseLost):
            logger.error("report %d failed", self.run.pk, exc_info=error)
            self.mine.update(status=Status.FAILED, error=sentence_for(error)[:300], lease_until=None)
        elif error is not None and not isinstance(error, LeaseLost):
            # The worker is asked to stop: the run waits for the next one.
            self.mine.update(status=Status.QUEUED, attempt=F("attempt") - 1, lease_until=None)
        return isinstance(error, LeaseLost)


def sentence_for(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError):
        return _("The database did not answer. Try again; if it happens again, ask the people who run the server.")
    if isinstance(error, OSError):
        return _("The files could not be stored: is the disk full? Try again when there is room.")
    return _("The report could not be made. The server's log says why; the figures of the term are not touched.")


def _make(run: ReportRun, hold: Hold) -> None:
    if run.kind == ReportRun.Kind.AGREEMENTS:
        _finish(hold, {}, *print_agreements(run, hold.tell))
        return
    hold.tell(5, "figures")
    values = collect(run.term, run.until, tell=lambda percent: hold.tell(5 + percent // 2, "figures"))
    hold.tell(60, "pdf")
    pdf = print_now(filled(TERM_SUMMARY, run, values)).pdf
    hold.tell(85, "xlsx")
    workbook = summary_workbook(run, values)
    hold.tell(95, "storing")
    _finish(hold, values, pdf, workbook)


def _finish(hold: Hold, values: dict[str, Value], pdf: bytes, workbook: bytes) -> None:
    run = hold.run
    name = f"{file_name(run)}-{run.pk}-{run.attempt}"
    done = {"status": Status.DONE, "progress": 100, "stage": "", "figures": figures_json(values), "lease_until": None}
    done["finished_at"] = timezone.now()
    files = {"pdf": (f"{name}.pdf", pdf), "xlsx": (f"{name}.xlsx", workbook)}
    if not jobs.keep_files(run, files, lambda names: hold.mine.update(**names, **done)):
        raise LeaseLost


def file_name(run: ReportRun) -> str:
    if run.kind == ReportRun.Kind.AGREEMENTS:
        return f"agreements-{run.term.school_year}-{run.term.half}-{run.until:%Y%m%d}"
    return f"term-summary-{run.term.school_year}-{run.term.half}-{run.until:%Y%m%d}"


def figures_json(values: dict[str, Value]) -> dict[str, Any]:
    """As a JSON column gives it back, so that old and new can be compared."""
    plain: dict[str, Any] = json.loads(json.dumps({key: value.as_json() for key, value in values.items()}))
    return plain


def collect_in_school_language(term: Term, until: dt.date) -> dict[str, Value]:
    with translation.override(settings.LANGUAGE_CODE):
        return collect(term, until)


# --- approving -------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve_run(*, run: ReportRun, by: User) -> ReportRun:
    """The principal approves a finished report; from then on the database lets nobody change it."""
    if not by.has_role("principal"):
        raise PermissionDenied
    run = ReportRun.objects.select_for_update(of=["self"]).get(pk=run.pk)
    if run.approved_at:
        return run
    if run.status != Status.DONE:
        raise ValidationError(_("Only a finished report can be approved."))
    run.approved_at, run.approved_by = timezone.now(), by
    run.save(update_fields=["approved_at", "approved_by"])
    return run
