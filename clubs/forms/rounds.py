"""Rounds, rehearsals, auditions."""

import datetime as dt
import secrets
from hashlib import sha256
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Choice, ChoiceRound, Club, Draw
from clubs.services.rehearsing import sources
from web.forms import RowForm
from web.templatetags.formats import cn_date


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def check_end(form: Any, end: dt.datetime | None) -> None:
    """Choosing ends after now and within the term."""
    last = form.instance.term.ends_on
    if end is not None and not (timezone.now() < end and timezone.localdate(end) <= last):
        form.add_error(
            "closes_at", _("Choosing ends after now, and on %(day)s at the latest.") % {"day": cn_date(last)}
        )


class RoundForm(RowForm):
    """A round before it is announced; its seed is made here, once."""

    belongs_to = ("term",)

    class Meta:
        model = ChoiceRound
        fields = ["name", "way", "clubs", "opens_at", "closes_at", "most_choices", "most_places", "priority"]
        widgets = {"clubs": forms.CheckboxSelectMultiple, "opens_at": moment_input(), "closes_at": moment_input()}
        help_texts = {"way": _("For all clubs of the round.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        clubs = Club.objects.published().filter(term=self.instance.term)
        fields["clubs"].queryset = clubs.order_by("category", "name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_end(self, data.get("closes_at"))
        return data

    def save(self, commit: bool = True) -> Any:
        if not self.instance.seed:
            self.instance.seed = secrets.token_hex(16)
            self.instance.seed_sha256 = sha256(self.instance.seed.encode()).hexdigest()
        return super().save(commit)


class ExtendForm(forms.ModelForm):
    """After the announcement only its end can be put off."""

    class Meta:
        model = ChoiceRound
        fields = ["closes_at"]
        widgets = {"closes_at": moment_input()}

    def clean_closes_at(self) -> Any:
        end = self.cleaned_data["closes_at"]
        if end < self.initial["closes_at"]:
            raise forms.ValidationError(_("Families rely on the end that was announced: it can only be put off."))
        check_end(self, end)
        return end


class RehearsalForm(forms.Form):
    source = forms.ChoiceField(label=_("Wishes from"))
    rule = forms.ChoiceField(label=_("Rule"), choices=Draw.Rule.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["source"].choices = sources()


class VerdictForm(forms.Form):
    """One child of an audition."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=Choice.Verdict.choices,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = forms.CharField(
        label=_("Note"), max_length=100, required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )

    def __init__(self, choice: Choice, *args: Any, **kwargs: Any) -> None:
        initial = {"verdict": choice.verdict, "note": choice.verdict_note}
        super().__init__(*args, prefix=f"c{choice.pk}", initial=initial, **kwargs)
        self.choice = choice
