"""Forms of the office for preparing a term."""

from django import forms

from enrollment.models import TermPreparation
from web.forms import date_input


class PreparationForm(forms.ModelForm):
    class Meta:
        model = TermPreparation
        fields = [
            "group_members",
            "group_document",
            "group_date",
            "group_file",
            "plan_number",
            "plan_filed_on",
            "plan_authority",
            "plan_file",
            "approval_number",
            "approved_on",
            "approval_issuer",
            "approval_file",
        ]
        widgets = {
            "group_members": forms.Textarea(attrs={"rows": 6}),
            "group_date": date_input(),
            "plan_filed_on": date_input(),
            "approved_on": date_input(),
        }
