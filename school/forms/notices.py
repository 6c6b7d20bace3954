"""The form for the channel by which a notice went out."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.models import NoticeLog, SchoolClass, grade_name
from web.forms import GroupedChoice, date_input


class ChannelForm(forms.Form):
    channel = forms.ChoiceField(label=_("Channel"), choices=NoticeLog.Channel.choices)
    school_classes = forms.ModelMultipleChoiceField(
        label=_("Classes"), queryset=SchoolClass.objects.none(), widget=GroupedChoice
    )
    day = forms.DateField(label=_("Day"), widget=date_input())
    reminder = forms.BooleanField(label=_("This is a reminder"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, classes: Iterable[SchoolClass], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(classes)
        field = self.fields["school_classes"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = SchoolClass.objects.filter(pk__in=[one.pk for one in choices])
        field.initial = choices
        grades: dict[str, list[tuple[int, str]]] = {}
        for one in choices:
            grades.setdefault(grade_name(one.grade()), []).append((one.pk, one.label()))
        field.choices = list(grades.items())
        self.fields["day"].initial = timezone.localdate()

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet: enter what has been sent."))
        return day


class NoticeLogFilter(forms.Form):
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[("", _("All channels")), *NoticeLog.Channel.choices]
    )
    q = forms.CharField(label=_("Title"), required=False)
