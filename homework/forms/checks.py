"""The class monitor's form, results of spot checks, rectification notices, letters."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homework.models import MonitorEntry, Rectification, ResponsibilityLetter, SpotCheckClass
from school.models import SchoolClass, Staff, Subject
from web.fields import CleanCharField
from web.forms import RowForm, date_input


class MonitorRowForm(forms.Form):
    """One subject; empty rows are skipped."""

    content = forms.CharField(label=_("What was set"), max_length=200, required=False)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=0,
        max_value=300,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"s{subject.pk}", **kwargs)
        self.subject = subject

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("content") and data.get("minutes") is None:
            self.add_error("minutes", _("How many minutes does it take?"))
        if data.get("minutes") and not data.get("content"):
            self.add_error("content", _("What was set?"))
        return data

    def line(self) -> tuple[Subject, str, int]:
        return self.subject, self.cleaned_data["content"], self.cleaned_data["minutes"]


def monitor_rows(school_class: SchoolClass, day: dt.date, data: Any) -> list[MonitorRowForm]:
    """A row for each subject, with what was written down that day already."""
    known = {row.subject_id: row for row in MonitorEntry.objects.filter(school_class=school_class, day=day)}
    rows = []
    for subject in Subject.objects.all():
        entry = known.get(subject.pk)
        initial = {"content": entry.content, "minutes": entry.minutes} if entry else {}
        rows.append(MonitorRowForm(subject, data, initial=initial))
    return rows


class SpotResultForm(forms.Form):
    result = forms.ChoiceField(
        label=_("What the families said"), choices=SpotCheckClass.Result.choices[1:], widget=forms.RadioSelect
    )
    asked = forms.IntegerField(label=_("Families asked"), min_value=1, max_value=60)
    minutes = forms.IntegerField(
        label=_("Written minutes they said"), min_value=0, max_value=300, required=False, help_text=_("in the middle")
    )
    text = forms.CharField(label=_("Note"), max_length=200, required=False, help_text=_("Without names."))


class RectificationForm(RowForm):
    belongs_to = ("day", "school_class")

    class Meta:
        model = Rectification
        fields = ["school_class", "subject", "teacher", "day", "origin", "finding", "demand"]
        widgets = {
            "day": date_input(),
            "finding": forms.Textarea(attrs={"rows": 3}),
            "demand": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["teacher"].queryset = Staff.objects.filter(left_on=None, kind=Staff.Kind.EMPLOYEE)


class SentenceForm(forms.Form):
    text = forms.CharField(label=_("In a few sentences"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RecheckForm(SentenceForm):
    good = forms.TypedChoiceField(
        label=_("What the recheck found"),
        choices=[("1", _("put right")), ("0", _("not put right yet"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


class ResponsibilityForm(forms.ModelForm):
    class Meta:
        model = ResponsibilityLetter
        fields = ["title", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 16})}


class SignForm(forms.Form):
    name = CleanCharField(label=_("Your full name"), max_length=50)
