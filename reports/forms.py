"""Forms of the office: the period of a summary, and its schedule."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.models import AgreementTemplate
from reports.services import default_until
from school.models import SchoolClass, Term, Weekday
from school.models.office import grades_or_all


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


class AgreementPrintForm(forms.Form):
    """Which agreements are printed together, and what for."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.filter(graduated_on=None), label=_("class"), required=False, empty_label=_("All classes")
    )
    grade = forms.TypedChoiceField(
        label=_("grade"), choices=grades_or_all, required=False, coerce=int, empty_value=None
    )
    state = forms.ChoiceField(
        label=_("Status"),
        choices=[("in_force", _("in force")), ("all", _("also those not in force yet"))],
        required=False,
    )
    reason = forms.CharField(label=_("What is the list for?"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        kinds = (AgreementTemplate.Kind.SERVICE, AgreementTemplate.Kind.PICK_UP)
        fields["kind"].choices = [("", _("All kinds")), *((kind.value, kind.label) for kind in kinds)]
