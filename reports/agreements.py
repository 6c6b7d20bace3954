"""A class's or a grade's agreements as one PDF with a register: printed in batches by two processes."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from documents.pdf import render_many
from documents.workbooks import Column, Watermark, Worksheet, write_workbook
from enrollment.models import Agreement
from enrollment.papers import AGREEMENT, agreement_paper
from reports.choices import chosen
from reports.models import ReportRun
from school.models import ClassMembership, SchoolSettings

BATCH = 100

Tell = Callable[[int, str], None]


def print_agreements(run: ReportRun, tell: Tell) -> tuple[bytes, bytes]:
    """PDF and register of the agreements that `run.arguments` choose, class by class."""
    rows = in_class_order(run)
    total = max(1, -(-len(rows) // BATCH))
    site = run.arguments.get("site", "")
    pdf = render_many(
        AGREEMENT.template,
        batches([row for _label, row in rows], site),
        tell=lambda done: tell(5 + 85 * done // total, "pdf"),
    )
    tell(92, "xlsx")
    return pdf, register(run, rows)


def in_class_order(run: ReportRun) -> list[tuple[str, Agreement]]:
    """(class label, agreement), the classes in the order of the school, names within them."""
    agreements = list(chosen(run.term, run.arguments).for_paper())
    students = {a.application.student_id for a in agreements}
    memberships = ClassMembership.objects.filter(student__in=students, starts_on__lte=run.term.ends_on)
    classes = {m.student_id: m.school_class for m in memberships.select_related("school_class").order_by("starts_on")}
    day = run.term.starts_on

    def place(row: Agreement) -> tuple[int, int]:
        found = classes[row.application.student_id]
        return found.grade(day), found.number

    agreements.sort(key=place)
    return [(classes[a.application.student_id].label(day), a) for a in agreements]


def batches(agreements: list[Agreement], site: str) -> Iterator[dict[str, Any]]:
    """Contexts of the template, BATCH papers each; `site` is the address before a path (https://…)."""
    school_name = SchoolSettings.load().name
    for first in range(0, len(agreements), BATCH):
        part = agreements[first : first + BATCH]
        papers = [agreement_paper(agreement, lambda path: urljoin(site, path)) for agreement in part]
        yield {"papers": papers, "school_name": school_name}


def register(run: ReportRun, rows: list[tuple[str, Agreement]]) -> bytes:
    columns = [
        Column(name) for name in (_("Class"), _("Child"), _("Kind"), _("Number"), _("In force since"), _("Fingerprint"))
    ]
    lines = [
        (
            label,
            a.application.student.name,
            a.get_kind_display(),
            a.number,
            a.in_force_at.date() if a.in_force_at else "",
            a.sha256,
        )
        for label, a in rows
    ]
    who = run.requested_by.name if run.requested_by else ""
    return write_workbook(
        [Worksheet(_("Register"), columns, lines)], watermark=Watermark(who=who, why=_("Agreements on paper"))
    )
