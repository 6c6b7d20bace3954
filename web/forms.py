"""Fields and mixins that several forms share."""

import datetime as dt
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

YEAR = 366


def date_input(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class GroupedChoice(forms.SelectMultiple):
    """Boxes under the headings of their groups, each with a box for the whole group: classes by grade."""

    template_name = "components/grouped_choice.html"

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """With the project's templates: the renderer of forms knows only those of the packages."""
        return render_to_string(template_name, context)


def near_today(day: dt.date) -> None:
    """A validator: a day more than a year away is a slip of the hand."""
    if abs((day - timezone.localdate()).days) > YEAR:
        raise forms.ValidationError(_("This day is more than a year away. Look at the year."))


class RowForm(forms.ModelForm):
    """A form for a row that belongs to another one: `belongs_to` names fields that the view has set and the model's rules
    must check.
    """

    belongs_to: tuple[str, ...] = ()
    # A new row begins today unless somebody says otherwise. A field's own `initial` would lose against the empty instance.
    begins_today = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.begins_today and self.instance.starts_on is None:
            self.initial["starts_on"] = timezone.localdate()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.belongs_to)


class LastDayOfRowForm(forms.ModelForm):
    """Ends a dated row (a post, a teaching assignment); its history is kept."""

    ends_on = forms.DateField(label=_("Last day"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.ends_on is None:
            self.initial["ends_on"] = timezone.localdate()

    def clean_ends_on(self) -> dt.date:
        last: dt.date = self.cleaned_data["ends_on"]
        if last < self.instance.starts_on:
            raise forms.ValidationError(_("The last day is before the first."))
        return last
