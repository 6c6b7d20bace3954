"""The ledger of special groups: care files, what was done, visits (R039–R041, R043). Need-to-know: see families.rows."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from school.access import rows_for
from school.history import track
from school.models import User


class CareFileQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(rows_for("families.CareFile", user))

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


@track()
class CareFile(models.Model):
    """One file a child: who helps, since when, and the plan (一人一案)."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="care_files", verbose_name=_("child"))
    helper = models.ForeignKey(
        "school.Staff", models.PROTECT, related_name="care_files", verbose_name=_("helper, one to one")
    )
    helper_since = models.DateField(_("helper since"))
    plan = models.TextField(_("plan of care"), max_length=2000, blank=True)
    at_risk = models.BooleanField(
        _("at risk of dropping out"), default=False, help_text=_("The file is then the child's own case (一人一案).")
    )
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_reason = models.CharField(_("why it was closed"), max_length=200, blank=True)

    objects = CareFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("care file")
        verbose_name_plural = _("care files")
        ordering = ["student__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="carefile_one_open",
                fields=["student"],
                condition=Q(closed_on__isnull=True),
                violation_error_message=_("This child has an open care file already."),
            ),
            models.CheckConstraint(
                name="carefile_closed_with_reason",
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""),
                violation_error_message=_("Say why the file is closed."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.student)


class CareRecord(models.Model):
    """One record of support for the child. Append-only: mistakes are corrected by another record."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        HELP = "help", _("help with learning or life")
        PHONE = "phone", _("telephone call")
        DROPOUT = "dropout", _("dropout prevention")
        AID = "aid", _("aid")

    file = models.ForeignKey(CareFile, models.CASCADE, related_name="records", verbose_name=_("care file"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    day = models.DateField(_("day"))
    seen = models.TextField(_("what was seen and done"), max_length=1000)
    follows = models.CharField(_("what follows"), max_length=300, blank=True)
    aid = models.CharField(_("kind of aid"), max_length=60, blank=True)
    aid_from = models.DateField(_("aid from"), null=True, blank=True)
    aid_to = models.DateField(_("aid to"), null=True, blank=True)
    evidence = models.CharField(_("number of the evidence"), max_length=60, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("care record")
        verbose_name_plural = _("care records")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="carerecord_aid_has_facts",
                condition=(Q(kind="aid", aid_from__isnull=False) & ~Q(aid=""))
                | (~Q(kind="aid") & Q(aid="", aid_from__isnull=True, aid_to__isnull=True, evidence="")),
                violation_error_message=_("An aid names its kind and since when; other records name neither."),
            ),
            models.CheckConstraint(
                name="carerecord_aid_in_order",
                condition=Q(aid_to__isnull=True) | Q(aid_to__gte=F("aid_from")),
                violation_error_message=_("The last day is before the first."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day:%Y-%m-%d}"


class HomeVisitQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(rows_for("families.HomeVisit", user))

    def done(self) -> Self:
        return self.filter(state=HomeVisit.State.DONE)


class HomeVisit(models.Model):
    """A visit to a family: planned, then done with its findings (R043)."""

    class Way(models.TextChoices):
        HOME = "home", _("at the family's home")
        ONLINE = "online", _("online")
        SCHOOL = "school", _("at school")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DONE = "done", _("visited")
        CANCELLED = "cancelled", _("cancelled")

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="visits", verbose_name=_("child"))
    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, related_name="visits", verbose_name=_("class")
    )
    way = models.CharField(_("way of the visit"), max_length=10, choices=Way, default=Way.HOME)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.PLANNED)
    day = models.DateField(_("day"), help_text=_("Planned for, then held on."))
    visitors: models.ManyToManyField = models.ManyToManyField(
        "school.Staff", related_name="visits", verbose_name=_("visitors")
    )
    findings = models.TextField(_("findings"), max_length=1000, blank=True)
    follows = models.CharField(_("what follows"), max_length=300, blank=True)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = HomeVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("home visit")
        verbose_name_plural = _("home visits")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="homevisit_done_has_findings",
                condition=~Q(state="done") | ~Q(findings=""),
                violation_error_message=_("Write down what the visit found."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.day:%Y-%m-%d}"

    @property
    def visitor_names(self) -> str:
        return "、".join(one.name for one in self.visitors.all())
