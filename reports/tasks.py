"""Tasks: take a key, fetch the row, call one service."""

from celery import shared_task
from django.utils import timezone

from reports.models import ReportRun
from reports.services import default_until, make_summary, request_summary
from reports.services import requeue_expired as requeue
from school.models import Term


@shared_task(acks_late=True)
def run_report(pk: int) -> None:
    make_summary(run=ReportRun.objects.get(pk=pk))


@shared_task
def requeue_expired() -> None:
    requeue()


@shared_task
def make_scheduled_summary() -> None:
    """The summary of the running term as of today, asked for by nobody in particular."""
    term = Term.objects.current(timezone.localdate())
    if term is not None and term.starts_on <= timezone.localdate():
        request_summary(term=term, until=default_until(term), by=None)
