"""Exceptions to required papers, and teachers' exemptions from the service."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.uploads import DocumentColumn
from school.history import track
from school.models.dated import Dated, DatedQuerySet, ordered_days
from school.models.people import Credential, Staff

if TYPE_CHECKING:
    from school.models.calendar import Term


@track()
class CredentialException(Dated):
    """Lifts one missing paper of one person for some days, with its document. It never lifts a bar. Counted (R135)."""

    staff = models.ForeignKey(
        Staff, models.PROTECT, related_name="credential_exceptions", verbose_name=_("member of staff")
    )
    kind = models.CharField(_("paper that is missing"), max_length=20, choices=Credential.Kind)
    reason = models.CharField(_("reason"), max_length=200)
    document = models.CharField(_("document behind it"), max_length=200)
    granted_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("granted by"))
    granted_at = models.DateTimeField(_("granted on"), default=timezone.now)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception to papers")
        verbose_name_plural = _("exceptions to papers")
        ordering = ["-starts_on", "pk"]
        constraints = [
            ordered_days("credentialexception"),
            models.CheckConstraint(
                name="credentialexception_ends",
                condition=Q(ends_on__isnull=False),
                violation_error_message=_("An exception has a last day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.get_kind_display()}"


class ExemptionRequestQuerySet(models.QuerySet):
    def asked(self) -> Self:
        return self.filter(state=ExemptionRequest.State.ASKED)

    def granted(self, term: "Term") -> Self:
        return self.filter(state=ExemptionRequest.State.GRANTED, term=term)


@track()
class ExemptionRequest(models.Model):
    """A teacher asks not to take part in the service for a term; decided after study by the working group (R138)."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for the working group")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="exemptions", verbose_name=_("member of staff"))
    term = models.ForeignKey("school.Term", models.PROTECT, related_name="exemptions", verbose_name=_("term"))
    ground = models.CharField(_("ground"), max_length=300)
    document = DocumentColumn(_("document (optional)"), upload_to="exemptions/%Y/", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    opinion = models.CharField(_("opinion of the working group"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    decided_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ExemptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for exemption")
        verbose_name_plural = _("requests for exemption")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="exemptionrequest_one_a_term",
                fields=["staff", "term"],
                condition=~Q(state="declined"),
                violation_error_message=_("An exemption has been asked for this term already."),
            ),
            models.CheckConstraint(
                name="exemptionrequest_decided_with_opinion",
                condition=Q(state="asked", decided_at__isnull=True)
                | (~Q(state="asked") & ~Q(opinion="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("A decision carries the opinion of the working group."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.term}"


def exempt_staff(day: dt.date) -> set[int]:
    """Pks of those who need not take part in the term of that day."""
    granted = ExemptionRequest.objects.filter(
        state=ExemptionRequest.State.GRANTED, term__starts_on__lte=day, term__ends_on__gte=day
    )
    return set(granted.values_list("staff", flat=True))
