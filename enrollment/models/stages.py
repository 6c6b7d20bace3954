"""The steps of the review as the school has configured them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.history import track
from school.models import PolicyRule, Role


@track()
class ReviewStage(models.Model):
    """One step of the chain 申请 → 班级审核 → 年段汇总 → 学校核准 → 统筹安排, who takes it, and whether the school has it.

    Source of the order: S6 (R009, R010). While S6 blocks, class review and approval cannot be switched off.
    """

    class Step(models.TextChoices):
        CLASS_REVIEW = "class_review", _("review by the class")
        YEAR_COLLATION = "year_collation", _("collation by the grade")
        SCHOOL_APPROVAL = "school_approval", _("approval by the school")
        PLACEMENT = "placement", _("placement by the office")

    ORDER = (Step.CLASS_REVIEW, Step.YEAR_COLLATION, Step.SCHOOL_APPROVAL, Step.PLACEMENT)
    # status of an application → the steps that may come next, in order
    AFTER = {
        "submitted": ORDER[:3],
        "reviewed": ORDER[1:3],
        "collated": ORDER[2:3],
    }
    REVIEWERS = (
        Role.Code.HOMEROOM_TEACHER,
        Role.Code.GRADE_HEAD,
        Role.Code.ACADEMIC_OFFICE,
        Role.Code.SERVICE_OFFICE,
        Role.Code.PRINCIPAL,
    )

    step = models.CharField(_("step"), max_length=20, choices=Step, unique=True)
    role = models.CharField(_("who takes it"), max_length=20, choices=[(code.value, code.label) for code in REVIEWERS])
    active = models.BooleanField(_("the school has this step"), default=True)

    class Meta:
        verbose_name = _("step of the review")
        verbose_name_plural = _("steps of the review")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_step_display()

    def clean(self) -> None:
        needed = (self.Step.CLASS_REVIEW, self.Step.SCHOOL_APPROVAL)
        if not self.active and self.step in needed:
            if self.step == self.Step.SCHOOL_APPROVAL:
                raise ValidationError({"active": _("Without the school's approval nobody would take part.")})
            rule = PolicyRule.objects.blocking("S6", day=timezone.localdate())
            if rule:
                raise ValidationError({"active": rule.refusal(str(_("The class reviews before the school decides.")))})

    @classmethod
    def next_stages(cls) -> "dict[str, ReviewStage]":
        """Status of an application → the stage that takes it next. One query."""
        active = {stage.step: stage for stage in cls.objects.filter(active=True)}
        found = {status: [active[s] for s in steps if s in active] for status, steps in cls.AFTER.items()}
        return {status: stages[0] for status, stages in found.items() if stages}
