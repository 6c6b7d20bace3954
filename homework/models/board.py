"""The printed editions of the board."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoardEdition(models.Model):
    """A PDF for the wall, made automatically: on Monday the week's plan, on Friday the homework set (R072, R073)."""

    class Kind(models.TextChoices):
        MONDAY = "monday", _("Monday edition")
        FRIDAY = "friday", _("Friday edition")

    kind = models.CharField(_("edition"), max_length=10, choices=Kind)
    week = models.DateField(_("week from"))
    file = models.FileField(upload_to="editions/%Y/")
    entries = models.PositiveIntegerField(_("number of entries"))
    made_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        verbose_name = _("edition of the board")
        verbose_name_plural = _("editions of the board")
        ordering = ["-week", "kind"]
        constraints = [models.UniqueConstraint(name="boardedition_once", fields=["kind", "week"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.week:%Y-%m-%d}"
