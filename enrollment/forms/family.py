"""Forms of a guardian: the choices of an application, the signature, a change, the consent."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.models import Consent, Enrolment, ServiceOption
from enrollment.services.applying import Choices, CollectorEntry
from enrollment.services.signing import Signing, read_drawing
from school.models import Guardianship, Period, Student, User, Weekday
from web.fields import CleanCharField, MobileField
from web.forms import date_input, near_today
from web.templatetags.formats import bracketed


class WeekdaysField(forms.TypedMultipleChoiceField):
    def __init__(self, weekdays: list[int] | None = None, **kwargs: Any) -> None:
        choices = [c for c in Weekday.choices if weekdays is None or c[0] in weekdays]
        super().__init__(choices=choices, coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)


class LeavingMixin(forms.Form):
    """A choice «leaves after period n» for each weekday (R019); no choice means that the child stays until the end."""

    periods: list[Period]

    def add_leaving(self, weekdays: list[int], periods: list[Period], now: dict[str, int] | None = None) -> None:
        self.periods = periods
        for day in weekdays:
            choices = [("", _("stays until the end"))]
            choices += [(p.number, _("leaves after %s") % p.name) for p in periods[:-1]]
            self.fields[f"leaves_{day}"] = forms.TypedChoiceField(
                label=Weekday(day).label,
                choices=choices,
                coerce=int,
                required=False,
                empty_value=None,
                initial=(now or {}).get(str(day)),
                widget=forms.Select({"class": "form-select"}),
            )

    def leaving_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("leaves_")] if len(self.periods) > 1 else []

    def leaving_rows(self) -> list[tuple[Any, str, list[tuple[Any, Any, bool]]]]:
        """(weekday, name, [(value, words, chosen)]) of each field, rendered by hand for a page that thousands open in an hour."""
        rows = []
        for field in self.leaving_fields():
            now = str(field.value() or "")
            offered: Any = field.field
            choices = [(value, words, str(value) == now) for value, words in offered.choices]
            rows.append((field.label, field.html_name, choices))
        return rows

    def leaves_after(self) -> dict[int, int]:
        """Weekday → number of the last period, for the weekdays that were chosen."""
        data = self.cleaned_data
        return {day: data[f"leaves_{day}"] for day in data.get("weekdays", []) if data.get(f"leaves_{day}")}


class ChoicesForm(LeavingMixin):
    """Weekdays, first day, leaving times, who collects, on which days the child goes home alone."""

    def __init__(
        self,
        option: ServiceOption,
        guardianships: list[Guardianship],
        *args: Any,
        periods: list[Period],
        alone_allowed: bool = False,
        any_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.option, self.guardianships = option, guardianships
        self.fields["weekdays"] = WeekdaysField(
            option.weekdays, label=_("Which weekdays?"), initial=list(option.weekdays)
        )
        first = option.starts_on if any_day else max(option.starts_on, timezone.localdate())
        self.fields["starts_on"] = forms.DateField(
            label=_("From which day?"),
            initial=max(option.starts_on, timezone.localdate()),
            widget=date_input(min=first, max=option.ends_on),
        )
        self.add_leaving(option.weekdays, periods)
        if alone_allowed:
            self.fields["alone"] = WeekdaysField(
                option.weekdays, label=_("On which weekdays does your child go home alone?"), required=False
            )
        self.fields["note"] = forms.CharField(
            label=_("Anything the school should know (optional)"), max_length=200, required=False
        )
        self.add_collectors(guardianships)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "form-control"

    def add_collectors(self, guardianships: list[Guardianship]) -> None:
        """The guardians to tick, and one further adult."""
        self.fields["guardians"] = forms.TypedMultipleChoiceField(
            label=_("Who collects your child?"),
            choices=[(g.guardian_id, f"{g.guardian.name}{bracketed(g.relation)}") for g in guardianships],
            coerce=int,
            initial=[g.guardian_id for g in guardianships],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["other_name"] = CleanCharField(label=_("Another adult: name"), max_length=50, required=False)
        self.fields["other_relation"] = forms.CharField(label=_("Relation to the child"), max_length=20, required=False)
        self.fields["other_phone"] = MobileField(label=_("Mobile phone"), required=False)

    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("other_name", "other_relation", "other_phone")]

    def has_leaving(self) -> bool:
        return any(field.value() for field in self.leaving_fields())

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if not self.option.starts_on <= day <= self.option.ends_on:
            raise forms.ValidationError(
                _("The first day lies between %(first)s and %(last)s."),
                params={"first": self.option.starts_on, "last": self.option.ends_on},
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("other_name"):
            if not data.get("other_relation"):
                self.add_error("other_relation", _("Say what this adult is to the child."))
            if not data.get("other_phone") and "other_phone" not in self.errors:
                self.add_error("other_phone", _("Please enter a mobile phone number of eleven digits."))
        elif not data.get("guardians"):
            self.add_error("guardians", _("Name at least one adult who collects the child."))
        return data

    def choices(self) -> Choices:
        data = self.cleaned_data
        adults = [
            CollectorEntry(g.guardian.name, g.relation, g.guardian.phone, g.guardian)
            for g in self.guardianships
            if g.guardian_id in data["guardians"]
        ]
        if data["other_name"]:
            adults.append(CollectorEntry(data["other_name"], data["other_relation"], data["other_phone"]))
        alone = [day for day in data.get("alone", []) if day in data["weekdays"]]
        return Choices(data["weekdays"], data["starts_on"], adults, alone, data["note"], self.leaves_after())


class SignForm(forms.Form):
    """The typed name, the drawing, the pupil's drawing where the school wants it, and the confirmation of having read."""

    read = forms.BooleanField(label=_("I have read both texts and agree."))
    name = CleanCharField(label=_("Your name"), max_length=50)
    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    pupil_signature = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pupil_signs: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pupil_signs:
            del self.fields["pupil_signature"]

    def clean_signature(self) -> bytes | None:
        return read_drawing(self.cleaned_data["signature"])

    def clean_pupil_signature(self) -> bytes:
        image = read_drawing(self.cleaned_data["pupil_signature"])
        if image is None:
            raise forms.ValidationError(_("Your child signs too: please let it sign in its own field."))
        return image

    def signing(self, user: User, device: str) -> Signing:
        return Signing(self.cleaned_data["name"], self.cleaned_data["signature"], device)

    def pupil_signing(self, student: Student, device: str) -> Signing | None:
        image = self.cleaned_data.get("pupil_signature")
        return Signing(student.name, image, device) if image else None


class AloneForm(SignForm):
    """The signature under the undertaking alone."""

    read = forms.BooleanField(label=_("I have read the text and agree."))


class ChangeForm(LeavingMixin):
    """Other days or times from a day on; `for_family` is for the office, which says who of the family asked for it."""

    def __init__(
        self, enrolment: Enrolment, periods: list[Period], *args: Any, for_family: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        option = enrolment.option
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        self.fields["weekdays"] = WeekdaysField(
            option.weekdays, label=_("Which weekdays?"), initial=enrolment.weekdays, required=True
        )
        self.add_leaving(option.weekdays, periods, enrolment.leaves_after)
        self.fields["effective_on"] = forms.DateField(
            label=_("From which day?"),
            initial=max(tomorrow, enrolment.starts_on),
            widget=date_input(min=tomorrow, max=enrolment.ends_on or "", **{"class": "form-control"}),
            validators=[near_today],
        )
        label = _("Who of the family asked for it, how and when?") if for_family else _("Reason (optional)")
        self.fields["reason"] = forms.CharField(
            label=label, max_length=200, required=for_family, widget=forms.TextInput({"class": "form-control"})
        )

    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("effective_on", "weekdays", "reason")}


class StopForm(forms.Form):
    """The last day of taking part."""

    def __init__(self, enrolment: Enrolment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["last_day"] = forms.DateField(
            label=_("Last day"), initial=end_of_month(today), widget=date_input(min=today, max=enrolment.ends_on or "")
        )
        self.fields["reason"] = forms.CharField(label=_("Reason (optional)"), max_length=200, required=False)


def end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


class ConsentForm(forms.Form):
    decision = forms.ChoiceField(choices=Consent.Decision)
    name = CleanCharField(label=_("Your name"), max_length=50)
