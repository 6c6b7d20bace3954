"""What a teacher enters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homework.models import HomeworkItem
from school.models import Staff, Subject


class ItemForm(forms.ModelForm):
    """One entry; the teacher's own subject comes first."""

    class Meta:
        model = HomeworkItem
        fields = ["subject", "content", "kind", "minutes", "place", "tier", "due_on"]
        widgets = {
            "content": forms.Textarea(attrs={"rows": 2}),
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 240}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, staff: Staff | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        self.fields["subject"].queryset = Subject.objects.all()  # type: ignore[attr-defined]
        if staff and staff.subject_id and not self.instance.pk:
            self.fields["subject"].initial = staff.subject_id

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"sheet", "teacher"}


class ReleaseForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes on top of the cap"), min_value=0, max_value=120)
    reason = forms.CharField(label=_("Reason"), max_length=200)
