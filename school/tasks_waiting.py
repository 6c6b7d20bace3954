"""Papers of staff that expire, for the offices and for the person whose paper it is; files that nobody has confirmed."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from school.inbox import Task, waiting_rows
from school.models import Credential, ImportBatch, Staff, User
from web.templatetags.formats import cn_date

OFFICE = ("service_office", "academic_office")


def paper_tasks(user: User) -> Iterator[Task]:
    """For the offices the number of papers that end within 30 days; for a member of staff each of their own."""
    today = timezone.localdate()
    if user.has_role(*OFFICE):
        papers = Credential.objects.expiring(today).filter(staff__in=Staff.objects.active(today))
        if count := papers.count():
            title = ngettext(
                "%d paper of staff expires within 30 days", "%d papers of staff expire within 30 days", count
            )
            yield Task(title % count, reverse("school:credential_list") + "?status=soon")
    yield from own_papers(user, today)


def own_papers(user: User, today: dt.date) -> Iterator[Task]:
    for paper in Credential.objects.expiring(today).filter(staff__in=Staff.objects.of_user(user)):
        facts = {"paper": paper.get_kind_display(), "day": cn_date(paper.ends_on)}
        yield Task(_("Your paper expires on %(day)s: %(paper)s. Bring the new one to the office.") % facts, "")


def import_tasks(user: User) -> Iterator[Task]:
    """The person's own uploads that wait to be named or confirmed."""
    if user.has_role(*OFFICE):
        status = ImportBatch.Status
        rows = ImportBatch.objects.filter(uploaded_by=user, status__in=[status.UNREAD, status.PREVIEWED])
        title = ngettext_lazy(
            "%(n)d uploaded file is not confirmed: go on, or discard it",
            "%(n)d uploaded files are not confirmed: go on, or discard them",
            "n",
        )
        yield from waiting_rows(rows, title, reverse("school:import_list"), since="uploaded_at", action=_("Go on"))
