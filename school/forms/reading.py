"""Forms about who opened what."""

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.models import AccessLog
from web.forms import date_input

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AccessFilter(forms.Form):
    q = forms.CharField(label=_("Name of an adult or a child"), required=False)
    action = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("opened and exported")), *AccessLog.Action.choices]
    )
    first = forms.DateField(label=_("From"), required=False, widget=date_input())
    last = forms.DateField(label=_("To"), required=False, widget=date_input())

    def apply(self, rows: "QuerySet[AccessLog]") -> "QuerySet[AccessLog]":
        data = self.cleaned_data if self.is_valid() else {}
        if words := data.get("q", "").strip():
            rows = rows.filter(Q(user__name__icontains=words) | Q(student__name__icontains=words))
        if data.get("action"):
            rows = rows.filter(action=data["action"])
        if data.get("first"):
            rows = rows.filter(at__date__gte=data["first"])
        if data.get("last"):
            rows = rows.filter(at__date__lte=data["last"])
        return rows


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What was it?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays with the log."),
    )
