"""What families and the office type in."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.models import AgreementTemplate, Application, Enrolment, Letter, ServiceOption
from enrollment.services.applying import CollectorEntry
from enrollment.services.signing import Signing, read_drawing
from school.cleaning import clean_phone
from school.models import Guardianship, Period, Student, User, Weekday


class WeekdaysField(forms.TypedMultipleChoiceField):
    def __init__(self, weekdays: list[int] | None = None, **kwargs: Any) -> None:
        choices = [c for c in Weekday.choices if weekdays is None or c[0] in weekdays]
        super().__init__(choices=choices, coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)


class DaysForm(forms.Form):
    """Step 2 of an application: weekdays, first day, weekdays on which the child goes home alone."""

    def __init__(self, option: ServiceOption, *args: Any, alone_allowed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.option = option
        self.fields["weekdays"] = WeekdaysField(
            option.weekdays, label=_("Which weekdays?"), initial=list(option.weekdays)
        )
        first = max(option.starts_on, timezone.localdate())
        self.fields["starts_on"] = forms.DateField(
            label=_("From which day?"),
            initial=first,
            widget=forms.DateInput(attrs={"type": "date", "min": first, "max": option.ends_on}, format="%Y-%m-%d"),
        )
        if alone_allowed:
            self.fields["alone"] = WeekdaysField(
                option.weekdays, label=_("On which weekdays does your child go home alone?"), required=False
            )
        self.fields["note"] = forms.CharField(
            label=_("Anything the school should know (optional)"), max_length=200, required=False
        )

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if not self.option.starts_on <= day <= self.option.ends_on:
            raise forms.ValidationError(
                _("The first day lies between %(first)s and %(last)s."),
                params={"first": self.option.starts_on, "last": self.option.ends_on},
            )
        return day


class CollectorsForm(forms.Form):
    """Step 3: which of the guardians collect, and one further adult."""

    def __init__(self, student: Student, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.guardianships = list(Guardianship.objects.filter(student=student, barred=False).select_related("guardian"))
        self.fields["guardians"] = forms.TypedMultipleChoiceField(
            label=_("Who collects your child?"),
            choices=[(g.guardian_id, f"{g.guardian.name}({g.relation})") for g in self.guardianships],
            coerce=int,
            initial=[g.guardian_id for g in self.guardianships],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["other_name"] = forms.CharField(label=_("Another adult: name"), max_length=50, required=False)
        self.fields["other_relation"] = forms.CharField(label=_("Relation to the child"), max_length=20, required=False)
        self.fields["other_phone"] = forms.CharField(
            label=_("Mobile phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("other_name"):
            if not data.get("other_relation"):
                self.add_error("other_relation", _("Say what this adult is to the child."))
            phone = clean_phone(data.get("other_phone"))
            if phone is None:
                self.add_error("other_phone", _("Please enter a mobile phone number of eleven digits."))
            data["other_phone"] = phone
        elif not data.get("guardians"):
            self.add_error("guardians", _("Name at least one adult who collects the child."))
        return data

    def entries(self) -> list[dict[str, Any]]:
        """The adults chosen, as plain values that a session can keep."""
        chosen = self.cleaned_data["guardians"]
        adults = [
            {"name": g.guardian.name, "relation": g.relation, "phone": g.guardian.phone, "guardian": g.guardian_id}
            for g in self.guardianships
            if g.guardian_id in chosen
        ]
        if self.cleaned_data["other_name"]:
            adults.append(
                {
                    "name": self.cleaned_data["other_name"],
                    "relation": self.cleaned_data["other_relation"],
                    "phone": self.cleaned_data["other_phone"],
                    "guardian": None,
                }
            )
        return adults


def collector_entries(stored: list[dict[str, Any]], student: Student) -> list[CollectorEntry]:
    guardians = {g.guardian_id: g.guardian for g in student.guardianships.select_related("guardian")}
    return [CollectorEntry(a["name"], a["relation"], a["phone"], guardians.get(a["guardian"])) for a in stored]


class SignForm(forms.Form):
    """Step 4: the name typed, the drawing, and the tick that says it was read."""

    read = forms.BooleanField(label=_("I have read both texts and agree."))
    name = forms.CharField(label=_("Your name"), max_length=50)
    signature = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_signature(self) -> bytes | None:
        return read_drawing(self.cleaned_data["signature"])

    def signing(self, user: User, device: str) -> Signing:
        return Signing(self.cleaned_data["name"], self.cleaned_data["signature"], device)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", _("Agree")), ("decline", _("Decline"))])
    opinion = forms.CharField(
        label=_("Opinion (needed when you decline)"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ApplicationFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False)


class OptionForm(forms.ModelForm):
    weekdays = WeekdaysField(label=_("Weekdays"), initial=[1, 2, 3, 4, 5])

    class Meta:
        model = ServiceOption
        fields = [
            "term",
            "name",
            "service",
            "weekdays",
            "periods",
            "grade_from",
            "grade_to",
            "fee_mode",
            "fee_amount",
            "fee_document",
            "starts_on",
            "ends_on",
        ]
        widgets = {
            "periods": forms.CheckboxSelectMultiple,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["periods"].initial = list(Period.objects.values_list("pk", flat=True))


class OpenForm(forms.Form):
    """From when to when families can apply."""

    opens_at = forms.DateTimeField(
        label=_("Opens"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("Sign-up closes before it opens."))
        return data


class LetterForm(forms.ModelForm):
    class Meta:
        model = Letter
        fields = ["title", *Letter.FACTS]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in Letter.FACTS}


class TemplateForm(forms.ModelForm):
    class Meta:
        model = AgreementTemplate
        fields = ["title", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 18})}


class EndForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, enrolment: Enrolment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = max(timezone.localdate(), enrolment.starts_on)


STATUS_KIND = {
    Application.Status.SUBMITTED: "wait",
    Application.Status.REVIEWED: "wait",
    Application.Status.TO_SIGN: "attention",
    Application.Status.APPROVED: "ok",
    Application.Status.DECLINED: "danger",
    Application.Status.WITHDRAWN: "neutral",
}
