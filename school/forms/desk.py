"""A list as somebody looks at it."""

from django import forms

from school.models import SavedView


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "query", "is_shared"]

    query = forms.CharField(max_length=500, required=False)
