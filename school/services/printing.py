"""Papers are printed by a worker, one at a time, and kept for a while: the second who wants the same waits for nothing."""

import logging
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from documents.papers import PAPERS, PRINTED_AT, Paper, Sheet
from documents.pdf import Printed, PrintingFailed, print_html
from school.models import Printout, SchoolSettings
from web import jobs
from web.templatetags.formats import cn_datetime

logger = logging.getLogger(__name__)
Status = Printout.Status
TASK = "school.tasks.print_waiting"


def filled(paper: Paper, *arguments: Any) -> Sheet:
    """The paper with its content and the school's name."""
    settings = SchoolSettings.load()
    name, context = paper.fill(*arguments)
    return Sheet(paper, name, {"school_name": settings.name, "office_phone": settings.office_phone} | context)


def print_now(sheet: Sheet, **options: Any) -> Printed:
    """For commands and jobs: the paper itself. Raises PrintingFailed."""
    return _print(sheet.paper, sheet.html, **options)


def _print(paper: Paper, html: str, **options: Any) -> Printed:
    html = html.replace(PRINTED_AT, cn_datetime(timezone.localtime()))
    return print_html(html, paper.layout, fit=paper.fit, **options)


@transaction.atomic
def order_printout(*, sheet: Sheet) -> Printout:
    """The printout of this content: kept from before, being printed, or ordered now."""
    now = timezone.now()
    fresh = {
        "paper": sheet.paper.name,
        "file_name": sheet.file_name[:150],
        "html": sheet.html,
        "kept_until": now + sheet.paper.keep,
    }
    row, created = Printout.objects.get_or_create(digest=sheet.digest, defaults=fresh)
    lost = row.status == Status.DONE and not default_storage.exists(row.file.name or "")
    if not created and (lost or row.status == Status.FAILED):
        again = Printout.objects.filter(pk=row.pk, status=row.status)
        created = bool(again.update(**fresh, status=Status.QUEUED, attempt=0, asked_at=now, finished_at=None))
        row.refresh_from_db()
    if created:
        transaction.on_commit(lambda: jobs.send(TASK))
    return row


def print_waiting() -> int:
    """Prints what waits, one after the other, until nothing does or somebody else is at it. Returns how many were printed."""
    printed = 0
    while row := _take_next():
        printed += _make(row)
    return printed


def _take_next() -> Printout | None:
    """The next one, ours to print; None where nothing waits or another worker is printing."""
    now = timezone.now()
    silent = Printout.objects.filter(status=Status.RUNNING, lease_until__lt=now)
    silent.filter(attempt__gte=Printout.MOST_ATTEMPTS).update(status=Status.FAILED, lease_until=None)
    silent.update(status=Status.QUEUED, lease_until=None)
    while row := Printout.objects.waiting().first():
        mine = Printout.objects.filter(pk=row.pk, status=Status.QUEUED)
        try:
            with transaction.atomic():
                taken = mine.update(status=Status.RUNNING, attempt=F("attempt") + 1, lease_until=now + Printout.LEASE)
        except IntegrityError:  # whoever prints takes this one afterwards
            return None
        if taken:
            row.refresh_from_db()
            return row
    return None


def _make(row: Printout) -> bool:
    mine = Printout.objects.filter(pk=row.pk, status=Status.RUNNING, attempt=row.attempt)

    def tell(page: int) -> None:
        mine.update(pages=page, lease_until=timezone.now() + Printout.LEASE)

    try:
        printed = _print(PAPERS[row.paper], row.html, picture=True, tell=tell)
        return _finish(row, printed)
    except (PrintingFailed, OSError):
        logger.exception("the paper %s could not be printed", row.paper)
        mine.update(status=Status.FAILED, lease_until=None)
        return False
    except BaseException:  # the worker is asked to stop: the next one prints it
        mine.update(status=Status.QUEUED, attempt=F("attempt") - 1, lease_until=None)
        raise


def _finish(row: Printout, printed: Printed) -> bool:
    """Stores the files, then the row in one write; whoever lost the lease takes its own files away again."""
    names = {
        "file": _store("file", row, f"{row.digest}-{row.attempt}.pdf", printed.pdf),
        "picture": _store("picture", row, f"{row.digest}-{row.attempt}.png", printed.picture),
    }
    mine = Printout.objects.filter(pk=row.pk, status=Status.RUNNING, attempt=row.attempt)
    done = mine.update(
        **names, status=Status.DONE, html="", pages=printed.pages, finished_at=timezone.now(), lease_until=None
    )
    if not done:
        for name in names.values():
            default_storage.delete(name)
    return bool(done)


def _store(field: str, row: Printout, name: str, content: bytes) -> str:
    where = Printout._meta.get_field(field).generate_filename(row, name)  # type: ignore[union-attr]
    return default_storage.save(where, ContentFile(content))


def forget_printouts() -> int:
    """Deletes what has been kept long enough, with its files. Returns how many."""
    rows = list(Printout.objects.forgotten(timezone.now()))
    for row in rows:
        for file in (row.file, row.picture):
            if file:
                default_storage.delete(file.name)
    return Printout.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]
