"""Waiting lists, places given by the office, lists of who is where, and the settings."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, ClubSettings
from clubs.participation import goes_round
from school.models import SchoolClass, User
from school.models.calendar import school_year_of
from web.forms import date_input, near_today, time_input


class MoveForm(forms.Form):
    """Another position in a waiting list, never without a reason."""

    position = forms.IntegerField(label=_("New position"), min_value=1)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays on file with your name."))


class PlaceForm(forms.Form):
    """A child that the office puts into the club."""

    q = forms.CharField(label=_("Name or pinyin of the child"), max_length=50)


class ChangeForm(forms.Form):
    """Into another club, or out, from a day on."""

    club = forms.ModelChoiceField(
        Club.objects.none(), label=_("New club"), required=False, empty_label=_("none: the child leaves")
    )
    last_day = forms.DateField(label=_("Last day in the old club"), widget=date_input(), validators=[near_today])
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, old: Club, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["club"].queryset = (
            Club.objects.with_free_places()
            .filter(term=old.term_id)
            .exclude(Q(pk=old.pk) | goes_round(old.term))
            .order_by("name")
        )
        fields["last_day"].initial = timezone.localdate()


class SettingsForm(forms.ModelForm):
    class Meta:
        model = ClubSettings
        fields = [
            "two_adults",
            "offer_hours",
            "trial_days",
            "credit_for_losses",
            "photos",
            "children_per_adult",
            "family_evaluations",
            "direct_from",
            "answer_minutes",
            "rain_point",
        ]
        widgets = {"direct_from": time_input()}


class ClassFilter(forms.Form):
    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label=_("class"), required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        year = school_year_of(timezone.localdate())
        fields["school_class"].queryset = SchoolClass.objects.visible_to(user).in_year(year)
        fields["school_class"].empty_label = _("All classes")
