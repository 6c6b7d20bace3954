"""What of the money waits for the office."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from fees.models import BankFile, Entry, Refund, RosterDifference, Waiver
from school.inbox import Task, waiting_rows
from school.models import Role, User

OFFICE, PRINCIPAL = Role.Code.SERVICE_OFFICE, Role.Code.PRINCIPAL


def waiting_for(user: User) -> Iterator[Task]:
    """For the office, and for the principal, who sees what waits for it."""
    if not user.has_role(OFFICE, PRINCIPAL):
        return
    for rows, title, url, since, action in (
        (
            Waiver.objects.filter(status__in=Waiver.OPEN),
            ngettext_lazy("%(n)d waiver of a fee", "%(n)d waivers of fees", "n"),
            reverse("fees:waiver_list"),
            "asked_at",
            _("Decide"),
        ),
        (
            Refund.objects.filter(status__in=["proposed", "approved"]),
            ngettext_lazy("%(n)d refund to decide or pay out", "%(n)d refunds to decide or pay out", "n"),
            reverse("fees:refund_list"),
            "proposed_at",
            _("Decide"),
        ),
        (
            Entry.objects.receipts().filter(receipt_number=""),
            ngettext_lazy(
                "%(n)d payment without its official receipt", "%(n)d payments without their official receipts", "n"
            ),
            f"{reverse('fees:payment_list')}?status=missing",
            "day",
            _("Enter"),
        ),
        (
            RosterDifference.objects.filter(settled_at=None),
            ngettext_lazy("%(n)d difference of rosters to settle", "%(n)d differences of rosters to settle", "n"),
            reverse("fees:roster_list"),
            "found_at",
            _("Settle"),
        ),
        (
            BankFile.objects.to_book(),
            ngettext_lazy("%(n)d bank file to confirm", "%(n)d bank files to confirm", "n"),
            reverse("fees:bank_list"),
            "uploaded_at",
            _("Confirm"),
        ),
    ):
        yield from waiting_rows(rows, title, url, since=since, role=OFFICE, action=action)
