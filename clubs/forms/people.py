"""Skills and exemptions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models.people import Skill, StaffSkill
from school.models import ExemptionRequest, Staff
from web.forms import RowForm, date_input

MOST_BYTES = 8 * 1024 * 1024
BEGINNINGS = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


def kind_of_file(file: Any) -> str:
    """The content type by the first bytes; empty for what is neither a photo nor a PDF."""
    file.seek(0)
    first = file.read(4)
    file.seek(0)
    return next((kind for beginning, kind in BEGINNINGS.items() if first.startswith(beginning)), "")


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

    def clean_document(self) -> Any:
        """A photo or a PDF by its first bytes, whatever its name says."""
        document = self.cleaned_data.get("document")
        if document:
            if document.size > MOST_BYTES:
                raise forms.ValidationError(
                    _("The file is larger than 8 MB. Please take the photo once more, smaller.")
                )
            if not kind_of_file(document):
                raise forms.ValidationError(_("Please choose a photo (JPEG, PNG) or a PDF."))
        return document


class DecisionForm(forms.Form):
    opinion = forms.CharField(
        label=_("Opinion of the working group"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
