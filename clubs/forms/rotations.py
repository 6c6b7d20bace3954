"""Setting up a rotation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, Rotation
from enrollment.models import CareGroup
from web.forms import RowForm, date_input, near_today


class RotationForm(RowForm):
    belongs_to = ("term",)

    clubs = forms.ModelMultipleChoiceField(
        Club.objects.none(),
        label=_("Clubs it goes round"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Clubs without a time of their own stand here; it goes round them in the order of the list."),
    )
    groups = forms.ModelMultipleChoiceField(
        CareGroup.objects.none(), label=_("Care groups that go round"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Rotation
        fields = ["name", "weekday", "period", "every_weeks", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        clubs = Club.objects.published().filter(term=self.instance.term).exclude(kind=Club.Kind.PUPILS)
        fields["clubs"].queryset = clubs.filter(slots=None).select_related("room", "instructor").order_by("name")
        fields["clubs"].label_from_instance = lambda club: f"{club.name} · {club.room} · {club.instructor}"
        fields["groups"].queryset = CareGroup.objects.filter(term=self.instance.term)


class EndForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=date_input(), validators=[near_today])
