"""The reports' rows of the table of routes (tests/test_routes.py).

Leaders and offices read figures; the duty leader reads and asks for nothing; only the principal approves. The run of
agreements on paper is the offices' alone: for the others it is not there.
"""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from reports.services import collect_in_school_language, figures_json, request_agreements, request_summary
from tests.conftest import TODAY

ASKERS = ["office", "academic", "principal"]
READERS = [*ASKERS, "duty_leader"]
NOT_READERS = ["mother", "teacher", "homeroom", "gate"]


def add_rows(cast):
    """A summary that is ready, one that waits, and the term's agreements on paper."""
    by = cast.office.user
    cast.summary = request_summary(term=cast.term, until=TODAY, by=by)
    finish(cast.summary, figures=figures_json(collect_in_school_language(cast.term, TODAY)))
    cast.waiting_summary = request_summary(term=cast.term, until=TODAY - dt.timedelta(days=1), by=by)
    cast.papers = finish(request_agreements(term=cast.term, arguments={}, reason="学期归档", by=by))


def finish(run, **fields):
    """The run as a worker leaves it; its files are short."""
    run.pdf.save("a.pdf", ContentFile(b"%PDF-1"), save=False)
    run.xlsx.save("a.xlsx", ContentFile(b"PK"), save=False)
    values = {"status": "done", "finished_at": timezone.now(), "lease_until": None} | fields
    for name, value in values.items():
        setattr(run, name, value)
    run.save()
    return run


TABLE = {
    "reports:chart": (lambda c: ["participation"], ["principal"], ["office", "academic", "duty_leader", *NOT_READERS]),
    "reports:rows": (lambda c: ["taking_part"], READERS, NOT_READERS),
    "reports:run_detail": (lambda c: [c.summary.pk], READERS, NOT_READERS),
    "reports:run_state": (lambda c: [c.waiting_summary.pk], READERS, NOT_READERS),
    "reports:run_again": (lambda c: [c.summary.pk], ASKERS, ["duty_leader", *NOT_READERS]),
    "reports:run_approve": (
        lambda c: [c.summary.pk],
        ["principal"],
        ["office", "academic", "duty_leader", *NOT_READERS],
    ),
    "reports:run_file": (lambda c: [c.summary.pk, "pdf"], READERS, NOT_READERS),
    "reports:figure_rows": (lambda c: [c.summary.pk, "taking_part"], READERS, NOT_READERS),
}

OTHERS = [
    ("reports:run_detail", lambda c: [c.papers.pk], "principal"),
    ("reports:run_detail", lambda c: [c.papers.pk], "duty_leader"),
    ("reports:run_state", lambda c: [c.papers.pk], "principal"),
    ("reports:run_state", lambda c: [c.papers.pk], "duty_leader"),
    ("reports:run_approve", lambda c: [c.papers.pk], "principal"),
    ("reports:run_file", lambda c: [c.papers.pk, "pdf"], "principal"),
    ("reports:run_file", lambda c: [c.papers.pk, "xlsx"], "duty_leader"),
    ("reports:run_file", lambda c: [c.waiting_summary.pk, "pdf"], "office"),
    ("reports:figure_rows", lambda c: [c.waiting_summary.pk, "taking_part"], "office"),
]
POSTED_BY_OTHERS = [
    ("reports:run_again", lambda c: [c.papers.pk], "principal", 404),
    ("reports:run_again", lambda c: [c.waiting_summary.pk], "duty_leader", 403),
    ("reports:run_approve", lambda c: [c.papers.pk], "principal", 404),
    ("reports:run_approve", lambda c: [c.summary.pk], "office", 403),
    ("reports:run_approve", lambda c: [c.summary.pk], "duty_leader", 403),
]
