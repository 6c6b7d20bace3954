"""The register of the adults' skills (教师特长备案)."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models.catalogue import Club
from school.history import track


@track()
class Skill(models.Model):
    """Something that a club may need: calligraphy, basketball; of one of the catalogue's categories."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=30, unique=True)
    category = models.CharField(_("category"), max_length=10, choices=Club.Category, default=Club.Category.OTHER)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["category", "name"]

    def __str__(self) -> str:
        return self.name


class StaffSkillQuerySet(models.QuerySet):
    def filed(self) -> Self:
        """Skills that the office has confirmed, without proposals."""
        return self.filter(filed_by__isnull=False)

    def proposed(self) -> Self:
        return self.filter(filed_by__isnull=True)


@track()
class StaffSkill(models.Model):
    """One skill of one adult: proposed by herself, filed by the office."""

    class Level(models.TextChoices):
        LEADS = "leads", _("can lead a club")
        HELPS = "helps", _("can help in one")

    staff = models.ForeignKey("school.Staff", models.CASCADE, related_name="skills", verbose_name=_("member of staff"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="holders", verbose_name=_("skill"))
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.LEADS)
    note = models.CharField(_("note"), max_length=100, blank=True, help_text=_("Certificate, experience."))
    since = models.DateField(_("known since"), null=True, blank=True)
    proposed_at = models.DateTimeField(pgettext_lazy("moment", "proposed"), default=timezone.now)
    filed_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filed by")
    )

    objects = StaffSkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill of an adult")
        verbose_name_plural = _("skills of adults")
        ordering = ["skill", "staff__name_key"]
        constraints = [
            models.UniqueConstraint(
                name="staffskill_once",
                fields=["staff", "skill"],
                violation_error_message=_("This skill is entered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.skill}"
