"""Agreement texts in versions, what was signed, and the signatures."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.uploads import DocumentColumn
from enrollment.models.applications import Application
from web.fields import CleanColumn
from web.templatetags.formats import bracketed

if TYPE_CHECKING:
    from school.models import Student, User


class AgreementTemplate(models.Model):
    """One version of a text. Once published it never changes; a new wording is a new version.

    Merge fields in `body`: {school} {term} {student} {class} {guardian} {option} {weekdays} {times} {fee}
    {from} {collectors}.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", _("service agreement")
        PICK_UP = "pick_up", _("pick-up undertaking")
        PRIVACY = "privacy", _("consent to the processing of the child's data")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=80)
    body = models.TextField(_("text"))
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement text")
        verbose_name_plural = _("agreement texts")
        ordering = ["kind", "-version"]
        constraints = [models.UniqueConstraint(name="agreementtemplate_once", fields=["kind", "version"])]
        triggers = [
            pgtrigger.Protect(
                name="published_is_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


def new_code() -> str:
    return secrets.token_urlsafe(12)


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(application__in=Application.objects.visible_to(user))

    def for_paper(self) -> Self:
        """With what is printed: text, child, signatures, and when the child began."""
        return self.select_related("template", "application__student").prefetch_related(
            "signatures__signed_by", "application__enrolments"
        )

    def by_state(self) -> dict[str, Self]:
        """The code of each Agreement.State → the rows of that state now."""
        ended = Q(withdrawn_at__isnull=False, withdrawn_at__lte=timezone.now())
        open_now = Q(application__status__in=Application.OPEN)
        not_yet = self.filter(in_force_at=None).exclude(ended)
        return {
            Agreement.State.WAITING: not_yet.filter(open_now),
            Agreement.State.IN_FORCE: self.filter(in_force_at__isnull=False).exclude(ended),
            Agreement.State.NEVER: not_yet.exclude(open_now),
            Agreement.State.ENDED: self.filter(ended),
        }


class Agreement(models.Model):
    """A text as it was signed for one child. In force only when every party has signed."""

    class State(models.TextChoices):
        """Where it stands now; nothing of it is stored."""

        WAITING = "waiting", _("not in force yet")
        IN_FORCE = "in_force", _("in force")
        NEVER = "never", _("did not come into force")
        ENDED = "withdrawn", _("ended")

    application = models.ForeignKey(Application, models.PROTECT, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=10, choices=AgreementTemplate.Kind)
    number = models.CharField(_("number"), max_length=30, unique=True)
    code = models.CharField(max_length=24, default=new_code, unique=True)
    template = models.ForeignKey(AgreementTemplate, models.PROTECT, related_name="agreements")
    text = models.TextField(_("text as signed"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(pgettext_lazy("moment", "withdrawn"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-created_at"]
        constraints = [
            # A withdrawn undertaking is replaced when the new one comes into force.
            models.UniqueConstraint(
                name="agreement_one_to_sign",
                fields=["application", "kind"],
                condition=Q(in_force_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="agreement_one_in_force",
                fields=["application", "kind"],
                condition=Q(in_force_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="text_is_fixed",
                fields=["application", "kind", "number", "code", "template", "text", "sha256", "created_at"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> "Agreement.State":
        """One row's state, as `by_state` finds the rows: an application that is over brings none into force."""
        if self.withdrawn_at is not None and self.withdrawn_at <= timezone.now():
            return self.State.ENDED
        if self.in_force_at is not None:
            return self.State.IN_FORCE
        return self.State.WAITING if self.application.status in Application.OPEN else self.State.NEVER


class Signature(models.Model):
    """One party's signature, written once: drawn on a phone (name, drawing, time, device) or on paper.

    A signature on paper counts the same: its scan or photo, or the place where the paper is filed, replaces the drawing.
    """

    class Party(models.TextChoices):
        GUARDIAN = "guardian", _("guardian")
        PUPIL = "pupil", _("pupil")
        SCHOOL = "school", _("school")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.CharField(_("party"), max_length=10, choices=Party)
    name = CleanColumn(_("name"), max_length=50)
    image = models.BinaryField(_("drawing (PNG)"), null=True, blank=True)
    signed_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("signed by"))
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)
    device = models.CharField(_("device"), max_length=200, blank=True)
    on_paper = models.BooleanField(_("on paper"), default=False)
    scan = DocumentColumn(_("scan or photo"), upload_to="signatures/%Y/%m/", blank=True)
    filed_in = models.CharField(_("where the paper is filed"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(name="signature_one_a_party", fields=["agreement", "party"]),
            models.CheckConstraint(name="signature_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="signature_paper_is_somewhere",
                condition=Q(on_paper=False) | ~Q(scan="") | ~Q(filed_in=""),
                violation_error_message=_("Add a photo of the paper, or say where it is filed."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name}{bracketed(self.get_party_display())}"


class ConsentQuerySet(models.QuerySet):
    def latest_of(self, students: "Iterable[Student]") -> "dict[int, Consent]":
        """Student pk → the newest decision."""
        rows = Consent.objects.filter(student__in=students).order_by("student_id", "-at", "-pk")
        return {row.student_id: row for row in rows.distinct("student_id").select_related("template", "by")}

    def decisions(self, students: "models.QuerySet[Student]") -> dict[int, str]:
        """Student pk → the newest decision, of those who decided."""
        rows = Consent.objects.filter(student__in=students.order_by()).order_by("student_id", "-at", "-pk")
        return dict(rows.distinct("student_id").values_list("student", "decision"))


class Consent(models.Model):
    """A guardian's decision on the processing of a child's data: a ledger, the newest row counts.

    Source: 个人信息保护法 29, 31; 儿童个人信息网络保护规定.
    A refusal closes the functions that need the consent, never the service.
    """

    class Decision(models.TextChoices):
        GIVEN = "given", _("consent given")
        REFUSED = "refused", _("consent refused")
        WITHDRAWN = "withdrawn", _("consent withdrawn")

    student = models.ForeignKey("school.Student", models.PROTECT, related_name="consents", verbose_name=_("student"))
    template = models.ForeignKey(
        AgreementTemplate, models.PROTECT, related_name="consents", verbose_name=_("version of the text")
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    text = models.TextField(_("text as shown"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    name = CleanColumn(_("name"), max_length=50)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    device = models.CharField(_("device"), max_length=200, blank=True)
    on_paper = models.BooleanField(_("on paper"), default=False)
    filed_in = models.CharField(_("where the paper is filed"), max_length=80, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["student", "-at"], name="consent_newest")]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.student} · {self.get_decision_display()}"
