"""Week plans, the bank, learning points."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from homework.models import BankItem, LearningPoint, WeekPlanItem
from school.models import Subject, Weekday
from school.models.office import grades_here, grades_or_all
from school.models.places import GRADE_CHOICES

WEEKDAYS = Weekday.choices[:5]


class BankForm(forms.ModelForm):
    grade = forms.TypedChoiceField(label=_("Grade"), choices=grades_here, coerce=int)

    class Meta:
        model = BankItem
        fields = ["subject", "grade", "unit", "content", "kind", "tier", "minutes", "place", "abilities"]
        widgets = {"content": forms.Textarea(attrs={"rows": 2})}


class BankFilter(forms.Form):
    q = forms.CharField(label=_("Words"), required=False)
    grade = forms.ChoiceField(label=_("Grade"), choices=grades_or_all, required=False)
    subject = forms.ModelChoiceField(
        label=_("Subject"), queryset=Subject.objects.all(), required=False, empty_label=_("All subjects")
    )

    def apply(self, rows: Any) -> Any:
        data = self.cleaned_data if self.is_valid() else {}
        if words := data.get("q"):
            rows = rows.filter(Q(content__icontains=words) | Q(unit__icontains=words))
        return rows.filter(**{name: data[name] for name in ("grade", "subject") if data.get(name)})


class PlanStartForm(forms.Form):
    """Which plan: a grade, a subject, a week."""

    grade = forms.TypedChoiceField(label=_("Grade"), choices=grades_here, coerce=int)
    subject = forms.ModelChoiceField(label=_("Subject"), queryset=Subject.objects.all())


class PlanRowForm(forms.ModelForm):
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=[("", "–"), *WEEKDAYS], coerce=int)

    class Meta:
        model = WeekPlanItem
        fields = ["weekday", "content", "kind", "tier", "minutes", "place"]


PlanFormSet = forms.modelformset_factory(WeekPlanItem, form=PlanRowForm, extra=3, can_delete=True, max_num=30)


class PlanReviewForm(forms.Form):
    text = forms.CharField(label=_("Note"), max_length=200, required=False)


class PointForm(forms.ModelForm):
    class Meta:
        model = LearningPoint
        fields = ["grade", "subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["grade"].choices = GRADE_CHOICES[:2]
        fields["grade"].widget.choices = GRADE_CHOICES[:2]
