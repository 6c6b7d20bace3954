"""Papers are printed by a worker, one at a time, and kept for a while: the second who wants the same waits for nothing."""

import logging
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from documents.papers import PAPERS, PRINTED_AT, Paper, Sheet
from documents.pdf import Printed, print_html
from school.models import Printout, SchoolSettings
from web import jobs

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
    html = html.replace(PRINTED_AT, f"{timezone.localtime():%Y-%m-%d %H:%M}")
    return print_html(html, paper.layout, fit=paper.fit, **options)


@transaction.atomic
def order_printout(*, sheet: Sheet) -> Printout:
    """The printout of this content: kept from before, being printed, or ordered now. It is kept anew from now on."""
    now = timezone.now()
    fresh = {
        "paper": sheet.paper.name,
        "file_name": sheet.file_name[:150],
        "html": sheet.html,
        "kept_until": now + sheet.paper.keep,
    }
    row, created = Printout.objects.get_or_create(digest=sheet.digest, defaults=fresh)
    if not created:
        row = Printout.objects.select_for_update().defer("html").get(pk=row.pk)
        lost = row.status == Status.DONE and not default_storage.exists(row.file.name or "")
        if lost or row.status == Status.FAILED:
            _delete_files(row)
            fresh |= {"status": Status.QUEUED, "attempt": 0, "asked_at": now, "finished_at": None}
            fresh |= {"file": "", "picture": "", "pages": 0}
            created = True
        else:
            fresh = {"kept_until": fresh["kept_until"]}
        Printout.objects.filter(pk=row.pk).update(**fresh)
        row.refresh_from_db(fields=[*fresh.keys() - {"html"}])
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
        return _finish(row, _print(PAPERS[row.paper], row.html, picture=True, tell=tell))
    except Exception:
        # Whatever is wrong with one paper, the ones behind it are printed.
        logger.exception("the paper %s could not be printed", row.paper)
        mine.update(status=Status.FAILED, lease_until=None)
        return False
    except BaseException:  # the worker is asked to stop: the next one prints it
        mine.update(status=Status.QUEUED, attempt=F("attempt") - 1, lease_until=None)
        raise


def _finish(row: Printout, printed: Printed) -> bool:
    now, name = timezone.now(), f"{row.digest}-{row.attempt}"
    mine = Printout.objects.filter(pk=row.pk, status=Status.RUNNING, attempt=row.attempt)
    done = {"status": Status.DONE, "html": "", "pages": printed.pages, "finished_at": now, "lease_until": None}
    done["kept_until"] = now + PAPERS[row.paper].keep
    files = {"file": (f"{name}.pdf", printed.pdf), "picture": (f"{name}.png", printed.picture)}
    return jobs.keep_files(row, files, lambda names: mine.update(**names, **done))


def _delete_files(row: Printout) -> None:
    for file in (row.file, row.picture):
        if file.name:
            default_storage.delete(file.name)


def forget_printouts() -> int:
    """Deletes what has been kept long enough, with its files. Returns how many."""
    with transaction.atomic():
        # Who orders one of them at this moment waits, and then orders it anew.
        gone = list(Printout.objects.forgotten(timezone.now()).select_for_update(skip_locked=True).defer("html"))
        Printout.objects.filter(pk__in=[row.pk for row in gone]).delete()
    for row in gone:
        _delete_files(row)
    return len(gone)
