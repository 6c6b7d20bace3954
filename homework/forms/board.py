"""Searching the archive of the board, and the form behind the QR code."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homework.models import HomeworkItem
from school.models import SchoolClass, Subject
from school.models.office import grades_or_all
from web.forms import date_input


class ArchiveForm(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=50)
    grade = forms.ChoiceField(label=_("Grade"), choices=grades_or_all, required=False)
    school_class = forms.ModelChoiceField(
        label=_("Class"), queryset=SchoolClass.objects.none(), required=False, empty_label=_("All classes")
    )
    subject = forms.ModelChoiceField(
        label=_("Subject"), queryset=Subject.objects.all(), required=False, empty_label=_("All subjects")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    first = forms.DateField(label=_("From"), required=False, widget=date_input())
    last = forms.DateField(label=_("To"), required=False, widget=date_input())

    def __init__(self, *args: Any, classes: QuerySet[SchoolClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school_class"].queryset = classes
        fields["kind"].choices = [("", _("All kinds")), *HomeworkItem.Kind.choices]

    def apply(self, items: Any) -> Any:
        if not self.is_valid():
            return items
        data = self.cleaned_data
        items = items.search(data["q"])
        names = {
            "school_class": "sheet__school_class",
            "subject": "subject",
            "kind": "kind",
            "first": "sheet__day__gte",
            "last": "sheet__day__lte",
        }
        items = items.filter(**{path: data[name] for name, path in names.items() if data[name]})
        return items.of_grade(int(data["grade"])) if data["grade"] else items


class ReportForm(forms.Form):
    """A parent's report without sign-in; the last field is a honeypot."""

    school_class = forms.ModelChoiceField(label=_("Class"), queryset=SchoolClass.objects.none())
    day = forms.DateField(label=_("Day"), widget=date_input())
    subject = forms.ModelChoiceField(label=_("Subject"), queryset=Subject.objects.all())
    content = forms.CharField(label=_("What was set"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    minutes = forms.IntegerField(
        label=_("Minutes it took"),
        min_value=1,
        max_value=300,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, classes: QuerySet[SchoolClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school_class"].queryset = classes
        fields["day"].initial = timezone.localdate()

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if not today - dt.timedelta(days=7) <= day <= today:
            raise forms.ValidationError(_("Report homework of the last seven days."))
        return day
