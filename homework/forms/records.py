"""The record sheet, its answer, and the care teacher's entry."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homework.models import FinishedAtSchool, HomeworkItem
from homework.services.recording import Record
from web.forms import time_input


class RecordForm(forms.Form):
    """A field of minutes and a tick for each entry of the sheet, then own additions, bedtime and a remark."""

    extra_content = forms.CharField(label=_("Did the child do more?"), max_length=200, required=False)
    extra_minutes = forms.IntegerField(
        label=_("Minutes of it"),
        min_value=0,
        max_value=300,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    bedtime = forms.TimeField(label=_("Went to bed at"), required=False, widget=time_input())
    remark = forms.CharField(
        label=_("A remark for the teacher"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, items: list[HomeworkItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"minutes-{item.pk}"] = forms.IntegerField(
                label=_("Actual minutes"),
                min_value=0,
                max_value=300,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"school-{item.pk}"] = forms.BooleanField(label=_("finished at school"), required=False)

    def rows(self) -> list[tuple[HomeworkItem, Any, Any]]:
        return [(item, self[f"minutes-{item.pk}"], self[f"school-{item.pk}"]) for item in self.items]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("extra_minutes") and not data.get("extra_content"):
            self.add_error("extra_content", _("Say what was done on top."))
        if not self.errors and not any(
            value or (value == 0 and name.startswith("minutes-")) for name, value in data.items()
        ):
            raise forms.ValidationError(_("Nothing is filled in yet."))
        return data

    def record(self, *, on_paper: bool = False) -> Record:
        data = self.cleaned_data
        lines = {
            item.pk: (data[f"minutes-{item.pk}"], data[f"school-{item.pk}"])
            for item in self.items
            if data[f"minutes-{item.pk}"] is not None
        }
        return Record(
            lines,
            data["extra_content"],
            data["extra_minutes"] or 0 if data["extra_content"] else 0,
            data["bedtime"],
            data["remark"],
            on_paper,
        )


class ReplyForm(forms.Form):
    reply = forms.CharField(label=_("Answer"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FinishedForm(forms.Form):
    percent = forms.TypedChoiceField(
        label=_("How many have finished?"),
        choices=[(n, f"{n} %") for n in FinishedAtSchool.SHARES],
        coerce=int,
        widget=forms.RadioSelect,
    )
    rest_minutes = forms.TypedChoiceField(
        label=_("The others still need (minutes)"),
        choices=[(n, str(n)) for n in FinishedAtSchool.REST],
        coerce=int,
        widget=forms.RadioSelect,
        initial=10,
    )


class SpanForm(forms.Form):
    """From a day to a day: the last four weeks where nothing is said."""

    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def span(self, today: dt.date, *, weeks: int = 4) -> tuple[dt.date, dt.date]:
        data = self.cleaned_data if self.is_valid() else {}
        last = data.get("last") or today
        first = data.get("first") or last - dt.timedelta(weeks=weeks)
        return min(first, last), max(min(last, first + dt.timedelta(days=250)), min(first, last))
