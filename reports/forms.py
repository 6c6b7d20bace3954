"""What the office types in: the period of a summary, and when it is made by itself."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.services import default_until
from school.models import Term, Weekday


class SummaryForm(forms.Form):
    term = forms.ModelChoiceField(Term.objects.all(), label=_("Term"), empty_label=None)
    until = forms.DateField(
        label=_("Figures up to and with"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        term = Term.objects.current(timezone.localdate())
        if term is not None:
            self.fields["term"].initial, self.fields["until"].initial = term, default_until(term)


class ScheduleForm(forms.Form):
    enabled = forms.BooleanField(label=_("Make the term summary by itself"), required=False)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=Weekday.choices, coerce=int)
    time = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
