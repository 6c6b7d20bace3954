"""The papers of notices."""

from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import Filled, Paper
from documents.qr import qr_on_paper
from school.notices import Notice, current_notices


def notice_poster(notice: Notice, address: str) -> Filled:
    """An A4 page for the classroom's door: title, QR code, closing date, three lines."""
    context = {"notice": notice, "qr": qr_on_paper(address, _("Opens what is to be answered"))}
    return f"{notice.title}{_('poster')}", context


def some_notice(site: str) -> tuple[Any, ...] | None:
    notice = next(iter(current_notices()), None)
    return (notice, urljoin(site, notice.path)) if notice else None


NOTICE_POSTER = Paper(
    "notice_poster",
    gettext_lazy("Poster of a notice"),
    gettext_lazy("hangs at the classroom's door"),
    notice_poster,
    some_notice,
    "pdf/notice_poster.html",
)


def register() -> None:
    papers.register(NOTICE_POSTER)
