"""The Monday and Friday editions of the board as PDF for the wall; making one again replaces it."""

import datetime as dt

from django.core.files.base import ContentFile

from homework import papers
from homework.models import BoardEdition
from school.services.printing import filled, print_now


def make_edition(*, kind: str, week: dt.date) -> BoardEdition | None:
    """The edition of the week that begins on the Monday `week`; None where there is nothing to print."""
    parts = papers.parts_of(kind, week)
    count = sum(len(rows) for _name, rows in parts)
    if not count:
        return None
    pdf = print_now(filled(papers.EDITION, kind, week, parts)).pdf
    edition = BoardEdition.objects.filter(kind=kind, week=week).first() or BoardEdition(kind=kind, week=week)
    storage, old = edition.file.storage, edition.file.name
    edition.entries = count
    edition.file.save(f"{kind}-{week:%Y-%m-%d}.pdf", ContentFile(pdf), save=False)
    edition.save()
    if old and old != edition.file.name:
        storage.delete(old)
    return edition
