"""Skills and exemptions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models.people import Skill, StaffSkill
from school.models import ExemptionRequest, Staff
from web.forms import RowForm, date_input


class SkillForm(forms.ModelForm):
    class Meta:
        model = Skill
        fields = ["name", "category"]


class StaffSkillForm(RowForm):
    """By the office for anybody, by a teacher for herself."""

    belongs_to = ("staff",)

    class Meta:
        model = StaffSkill
        fields = ["staff", "skill", "level", "since", "note"]
        widgets = {"since": date_input()}

    def __init__(self, *args: Any, decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decides:
            people: Any = self.fields["staff"]
            people.queryset = Staff.objects.active(timezone.localdate()).order_by("name_key")
        else:
            del self.fields["staff"]


class ExemptionForm(RowForm):
    belongs_to = ("staff", "term")

    class Meta:
        model = ExemptionRequest
        fields = ["ground", "document"]
        widgets = {"ground": forms.Textarea(attrs={"rows": 3})}


class DecisionForm(forms.Form):
    opinion = forms.CharField(
        label=_("Opinion of the working group"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
