"""The school's own settings."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from school.history import track
from school.models.places import grade_name
from web.caching import cached_briefly


@track()
class SchoolSettings(models.Model):
    """One row. A setting that a policy rule also speaks of lives in PolicyRule, not here."""

    class ListNames(models.TextChoices):
        FULL = "full", _("full name")
        MASKED = "masked", _("family name and the last character")
        NUMBER = "number", _("number in the class")

    class SignWhen(models.TextChoices):
        WITH_APPLICATION = "with_application", _("with the application, in one sitting")
        AFTER_APPROVAL = "after_approval", _("after the school has approved")

    # A placeholder; the term's checklist asks for the real name.
    UNNAMED = "本校"

    name = models.CharField(_("name of the school"), max_length=60, default=UNNAMED)
    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)
    office_phone = models.CharField(_("phone of the office"), max_length=20, blank=True)
    top_grade = models.PositiveSmallIntegerField(_("highest grade"), default=6)
    sign_when = models.CharField(
        _("guardians sign"), max_length=20, choices=SignWhen, default=SignWhen.WITH_APPLICATION
    )
    group_threshold = models.PositiveSmallIntegerField(
        _("a class stays on its own from"), default=30, help_text=_("children; smaller classes merge in the grade")
    )
    group_threshold_included = models.BooleanField(_("a class of exactly that many stays on its own"), default=True)
    group_capacity = models.PositiveSmallIntegerField(_("most children in a care group"), default=45)
    adults_at_once = models.PositiveSmallIntegerField(_("adults with a group at once"), default=1)
    alone_from_grade = models.PositiveSmallIntegerField(_("children may go home alone from grade"), default=4)
    list_names = models.CharField(
        _("names on lists for the wall"), max_length=10, choices=ListNames, default=ListNames.MASKED
    )
    pupil_signs = models.BooleanField(
        _("the pupil signs too"), default=False, help_text=_("Three signatures instead of two.")
    )
    late_after_minutes = models.PositiveSmallIntegerField(_("collected late after (minutes)"), default=15)

    class Meta:
        verbose_name = _("school settings")
        verbose_name_plural = _("school settings")
        constraints = [models.CheckConstraint(name="schoolsettings_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "SchoolSettings":
        """For reading (cached briefly); use `fresh` to change the row."""
        return cached_briefly("settings", cls.fresh)

    @classmethod
    def fresh(cls) -> "SchoolSettings":
        return cls.objects.get_or_create(pk=1)[0]


def grades_here() -> list[tuple[int | str, str]]:
    """The grades of this school, to choose one: (number, name)."""
    return [(grade, grade_name(grade)) for grade in range(1, SchoolSettings.load().top_grade + 1)]


def grades_or_all() -> list[tuple[int | str, str]]:
    """The same, after «all»: to filter a list."""
    return [("", gettext("All grades")), *grades_here()]
