"""Forms of the office about care groups."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.models import CareGroup
from school.models import Term


class ProposalForm(forms.Form):
    """The day from which the proposal holds, and what it starts from."""

    day = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.ChoiceField(
        label=_("Begin with"), choices=[("rule", _("the rule")), ("now", _("the groups as they are"))]
    )

    def __init__(self, term: Term, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not self.term.starts_on <= day <= self.term.ends_on:
            raise forms.ValidationError(_("The day lies in the term."))
        if day < timezone.localdate():
            raise forms.ValidationError(_("Groups begin today at the earliest: what was is not rewritten."))
        return day


class MoveForm(forms.Form):
    """A transfer in mid-term."""

    day = forms.DateField(label=_("From which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, groups: QuerySet[CareGroup], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.ModelChoiceField(groups, label=_("To which group?"))
        self.order_fields(["group", "day", "reason"])
        self.fields["day"].initial = timezone.localdate() + dt.timedelta(days=1)
