"""Forms of teachers who enter homework, and of those who coordinate a class."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from homework.models import HomeworkItem, HomeworkSettings, SheetAction
from homework.services.entering import STATEMENT
from school.models import SchoolClass, Staff, Subject
from web.addresses import read_number
from web.forms import date_input

# What most entries are.
USUAL = {"kind": HomeworkItem.Kind.WRITTEN, "place": HomeworkItem.Place.HOME, "tier": HomeworkItem.Tier.ALL}
MINUTES = {"inputmode": "numeric", "min": 1, "max": 240}


class ItemForm(forms.ModelForm):
    """One item; the teacher's own subject comes first."""

    confirmed = forms.BooleanField(label=_("I have read this and enter it all the same."), required=False)

    class Meta:
        model = HomeworkItem
        fields = ["subject", "content", "kind", "minutes", "place", "tier", "due_on", "lesson", "tried_minutes"]
        widgets = {
            "content": forms.Textarea(attrs={"rows": 2}),
            "minutes": forms.NumberInput(attrs=MINUTES),
            "tried_minutes": forms.NumberInput(attrs=MINUTES),
            "lesson": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 10}),
            "kind": forms.RadioSelect,
            "place": forms.RadioSelect,
            "due_on": date_input(),
        }

    def __init__(self, staff: Staff | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        fields: dict[str, Any] = self.fields
        fields["subject"].queryset = Subject.objects.all()
        for name in USUAL:
            fields[name].required = False  # what most entries are needs no tap
        fields["tried_minutes"].required = HomeworkSettings.load().trial_required
        if staff and not self.instance.pk:
            self.initial["subject"] = self.initial.get("subject") or staff.subject_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, usual in USUAL.items():
            data[name] = data.get(name) or usual
        return data

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"sheet", "teacher"}


class EntryForm(ItemForm):
    """The same work for one or several classes, with the day's declaration and, above the cap, the reason for a release."""

    classes = forms.ModelMultipleChoiceField(
        label=_("Classes"), queryset=SchoolClass.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    declared = forms.BooleanField(label=STATEMENT, required=True)
    reason = forms.CharField(label=_("Why should it go beyond the cap?"), max_length=200, required=False)

    def __init__(
        self, staff: Staff | None, *args: Any, classes: QuerySet[SchoolClass], declared: bool, **kwargs: Any
    ) -> None:
        super().__init__(staff, *args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["classes"].queryset = classes
        if declared:
            del self.fields["declared"]

    def ticked(self) -> QuerySet[SchoolClass]:
        """The classes that are ticked now, valid or not."""
        chosen = [str(pk) for pk in self["classes"].value() or []]
        return SchoolClass.objects.filter(pk__in=[pk for pk in chosen if read_number(pk)])


class RowForm(forms.Form):
    """One subject on the homeroom teacher's sheet; a row without content is skipped."""

    content = forms.CharField(label=_("Content"), max_length=300, required=False)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=240, required=False, widget=forms.NumberInput(attrs=MINUTES)
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=HomeworkItem.Kind.choices)
    place = forms.ChoiceField(label=_("Where it is done"), choices=HomeworkItem.Place.choices)
    tier = forms.ChoiceField(label=_("Tier"), choices=HomeworkItem.Tier.choices)
    tried_minutes = forms.IntegerField(
        label=_("Own minutes"), min_value=1, max_value=240, required=False, widget=forms.NumberInput(attrs=MINUTES)
    )
    plan_item = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not HomeworkSettings.load().trial_required:
            del self.fields["tried_minutes"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("content") and not data.get("minutes"):
            self.add_error("minutes", _("How many minutes does it take?"))
        return data


class AllForm(forms.Form):
    """The fields below the rows of all subjects."""

    declared = forms.BooleanField(label=STATEMENT)
    confirmed = forms.BooleanField(label=_("I have read this and enter it all the same."), required=False)

    def __init__(self, *args: Any, declared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if declared:
            del self.fields["declared"]


class ReleaseForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes on top of the cap"), min_value=0, max_value=120)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class CutForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes from now on"), min_value=1, max_value=240)
    text = forms.CharField(label=_("Note to the teacher"), max_length=150)


class ReturnForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[c for c in SheetAction.Ground.choices if c[0]], widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What is to be changed?"), max_length=200, required=False)


class DecisionForm(forms.Form):
    """Grants or refuses a request, with a sentence."""

    answer = forms.CharField(label=_("Answer"), max_length=200, required=False)
