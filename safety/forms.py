"""Forms of the afternoon."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.forms.places import ClassFilter
from enrollment.models import Collector
from enrollment.models.telling import Told
from enrollment.services.telling import Telling
from school.models import Guardianship, Period, Staff
from web.fields import MobileField
from web.forms import date_input, near_today
from web.templatetags.formats import bracketed


class WhereFilter(ClassFilter):
    day = forms.DateField(label=_("Day"), required=False, widget=date_input())
    period = forms.ModelChoiceField(Period.objects.order_by("number"), label=_("Period"), required=False)

    field_order = ["day", "period", "school_class"]


class LeaveForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=date_input(), validators=[near_today])
    reason = forms.CharField(label=_("Reason (optional)"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()


class TellingMixin(forms.Form):
    """Who of the family told it, how and when: for what a colleague enters."""

    def add_telling(self, guardianships: list[Guardianship]) -> None:
        self.guardians = {str(row.guardian_id): row.guardian for row in guardianships}
        told = [(str(row.guardian_id), f"{row.guardian.name}{bracketed(row.relation)}") for row in guardianships]
        self.fields["told_by"] = forms.ChoiceField(label=_("Who said it?"), choices=told)
        self.fields["told_how"] = forms.ChoiceField(label=_("How?"), choices=Told.How.choices)
        self.fields["told_at"] = forms.DateTimeField(
            label=_("When?"),
            initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        )

    def telling(self) -> Telling:
        data = self.cleaned_data
        return Telling(self.guardians[data["told_by"]], data["told_how"], data["told_at"])


class ToldLeaveForm(TellingMixin, LeaveForm):
    """Leave that was told to a colleague."""

    def __init__(self, guardianships: list[Guardianship], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_telling(guardianships)


class ProxyForm(forms.ModelForm):
    """A guardian names somebody who collects the child on one day."""

    phone = MobileField(label=_("Mobile phone"))

    class Meta:
        model = Collector
        fields = ["name", "relation", "phone", "starts_on"]
        labels = {"starts_on": _("On which day?")}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day is over."))
        near_today(day)
        return day


class ToldProxyForm(TellingMixin, ProxyForm):
    """A proxy that was told to a colleague."""

    def __init__(self, guardianships: list[Guardianship], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_telling(guardianships)


class CloseForm(forms.Form):
    note = forms.CharField(
        label=_("Note of the day (optional)"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AbsenceWho(forms.Form):
    """Whose sessions of which day: the first step, by GET."""

    staff = forms.ModelChoiceField(label=_("Who cannot come"), queryset=Staff.objects.none(), required=False)
    day = forms.DateField(label=_("Day"), widget=date_input())

    def __init__(self, *args: Any, decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["day"].initial = today
        if decides:
            people: Any = self.fields["staff"]
            people.queryset = (
                Staff.objects.active(today).filter(sessions__day__gte=today).distinct().order_by("name_key")
            )
        else:
            del self.fields["staff"]


class AbsenceForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=100, help_text=_("As for a leave: no diagnosis is needed."))
