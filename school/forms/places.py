"""Rooms, classes, subjects, periods and who teaches what."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.forms.shapes import LastDayOfRowForm, date_input, time_input
from school.models import Period, PeriodTime, Room, SchoolClass, Staff, Subject, Teaching


class RoomForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "kind", "capacity", "location"]


class ClassForm(forms.ModelForm):
    class Meta:
        model = SchoolClass
        fields = ["entry_year", "number", "room"]


class SubjectForm(forms.ModelForm):
    class Meta:
        model = Subject
        fields = ["name", "order"]


class PeriodForm(forms.ModelForm):
    """A period with its times in summer and in winter."""

    summer_starts = forms.TimeField(label=_("Begins in summer"), widget=time_input())
    summer_ends = forms.TimeField(label=_("Ends in summer"), widget=time_input())
    winter_starts = forms.TimeField(label=_("Begins in winter"), widget=time_input())
    winter_ends = forms.TimeField(label=_("Ends in winter"), widget=time_input())

    class Meta:
        model = Period
        fields = ["number", "name", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {t.season: t for t in self.instance.period_times.all()} if self.instance.pk else {}
        for season, times in known.items():
            self.fields[f"{season}_starts"].initial = times.starts_at
            self.fields[f"{season}_ends"].initial = times.ends_at

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for season in PeriodTime.Season.values:
            starts, ends = data.get(f"{season}_starts"), data.get(f"{season}_ends")
            if starts and ends and ends <= starts:
                self.add_error(f"{season}_ends", _("A period ends after it begins."))
        return data

    def times(self) -> dict[str, tuple[dt.time, dt.time]]:
        data = self.cleaned_data
        return {season: (data[f"{season}_starts"], data[f"{season}_ends"]) for season in PeriodTime.Season.values}


class TeachingForm(forms.ModelForm):
    class Meta:
        model = Teaching
        fields = ["school_class", "subject", "staff", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school_class"].queryset = SchoolClass.objects.filter(graduated_on=None)
        fields["staff"].queryset = Staff.objects.active(timezone.localdate())
        fields["starts_on"].initial = timezone.localdate()


class TeachingEndForm(LastDayOfRowForm):
    class Meta:
        model = Teaching
        fields = ["ends_on"]


class TeachingFilter(forms.Form):
    school_class = forms.ModelChoiceField(
        label=_("Class"),
        queryset=SchoolClass.objects.filter(graduated_on=None),
        required=False,
        empty_label=_("All classes"),
    )
