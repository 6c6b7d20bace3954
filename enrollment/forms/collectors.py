"""Forms about who collects a child, for families, the office and the duty leader."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.uploads import PHOTO_SIDE, DocumentField, PictureField
from enrollment.models import Collector, Institution, InstitutionPerson
from web.fields import CleanCharField, MobileField
from web.forms import date_input


def photo_field() -> PictureField:
    return PictureField(
        side=PHOTO_SIDE,
        label=_("Photo (optional)"),
        required=False,
        help_text=_("Only your family, the adult on duty, the gate and the office see it."),
    )


class CollectorForm(forms.ModelForm):
    """An adult who may collect, with the days on which that holds; the photo only where the family consented."""

    phone = MobileField(label=_("Mobile phone"))
    photo_file = photo_field()

    class Meta:
        model = Collector
        fields = ["name", "relation", "phone", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}
        help_texts = {"ends_on": _("Empty: until you end it.")}

    def __init__(self, *args: Any, may_have_photo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_have_photo:
            del self.fields["photo_file"]
        if self.instance.pk is None:
            self.initial["starts_on"] = timezone.localdate()

    def clean_ends_on(self) -> dt.date | None:
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("That day is over."))
        return day


class CollectorFilter(forms.Form):
    q = forms.CharField(label=_("Child or adult"), required=False)


class BarForm(forms.Form):
    """A restriction with its document."""

    name = CleanCharField(label=_("Name of the adult"), max_length=50)
    relation = forms.CharField(label=_("Relation to the child"), max_length=20)
    phone = MobileField(label=_("Mobile phone"), required=False)
    document = forms.CharField(
        label=_("Document (court, date, number)"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    document_file = DocumentField(label=_("Document as a file (optional)"), required=False)


class ConcernForm(forms.Form):
    about = CleanCharField(
        label=_("About whom? (name)"),
        max_length=50,
        required=False,
        help_text=_("Empty: nobody takes the child before the duty leader has decided."),
    )
    words = forms.CharField(
        label=_("What worries you?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the duty leader and the office read it."),
    )


class ConcernDecisionForm(forms.Form):
    hold = forms.TypedChoiceField(
        label=_("For today"),
        choices=[("1", _("Hold back: does not get the child today")), ("0", _("May collect"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class InstitutionForm(forms.ModelForm):
    class Meta:
        model = Institution
        fields = ["name", "address", "contact", "phone", "licence_number", "licence_until", "ended_on"]
        widgets = {"licence_until": date_input(), "ended_on": date_input()}
        help_texts = {"ended_on": _("From this day on nobody of it gets a child.")}


class PersonForm(forms.ModelForm):
    photo_file = photo_field()

    class Meta:
        model = InstitutionPerson
        fields = ["name", "phone", "document_end", "removed_on"]
        widgets = {"removed_on": date_input()}

    def clean_document_end(self) -> str:
        end = self.cleaned_data["document_end"].strip().upper()
        if len(end) != 4 or not end[:3].isdigit() or not (end[3].isdigit() or end[3] == "X"):
            raise forms.ValidationError(_("Four characters: digits, the last may be X. Never the whole number."))
        return end


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: InstitutionPerson) -> str:
        return f"{person.institution.name} · {person.name}"


class PeopleForm(forms.Form):
    """Which people of which care institutions may collect the child."""

    def __init__(self, people: Iterable[InstitutionPerson], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = InstitutionPerson.objects.filter(pk__in=[person.pk for person in people])
        self.fields["people"] = PeopleField(
            rows.select_related("institution").order_by("institution__name", "name"),
            label=_("May collect"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
