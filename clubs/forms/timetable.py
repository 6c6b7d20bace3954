"""What the office enters around the timetable of clubs."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Unavailable
from clubs.timetabling.shapes import ClubFacts, Facts, Place
from school.models import Staff, Weekday
from web.templatetags.formats import bracketed, weekdays


class ProposeForm(forms.Form):
    """From what a proposal begins."""

    start = forms.ChoiceField(
        label=_("Begin with"),
        choices=[
            ("best", _("the best timetable that is found")),
            ("now", _("the timetable in force, to move by hand")),
        ],
    )
    duties_allowed = forms.BooleanField(
        label=_("Clubs may be put over care duties"),
        required=False,
        help_text=_("Somebody else then has to be found for those duties."),
    )


class PlaceForm(forms.Form):
    """Where a club meets: a slot of the week and a room, each with what it holds."""

    slot = forms.ChoiceField(label=_("When"))
    room = forms.TypedChoiceField(label=_("Where"), coerce=int)

    def __init__(self, facts: Facts, club: ClubFacts, place: Place | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = sorted(facts.periods.values(), key=lambda period: period.number)
        slot: Any = self.fields["slot"]
        slot.choices = [
            (f"{day}-{period.pk}", f"{weekdays([day])} {period.name}")
            for day in facts.weekdays
            for period in periods
            if not period.learning
        ]
        if place:
            here = (
                f"{place.weekday}-{place.period}",
                f"{weekdays([place.weekday])} {facts.periods[place.period].name}",
            )
            if here not in slot.choices:
                slot.choices = [here, *slot.choices]
            slot.initial = here[0]
        room: Any = self.fields["room"]
        first = list(dict.fromkeys((club.room, *club.rooms)))
        named = sorted(facts.rooms, key=lambda pk: facts.rooms[pk].name)
        others = [pk for pk in named if pk not in first and pk not in facts.closed_rooms]
        choices = [(pk, f"{facts.rooms[pk].name}{bracketed(facts.rooms[pk].capacity)}") for pk in [*first, *others]]
        room.choices = [(_("The club's rooms"), choices[: len(first)]), (_("Other rooms"), choices[len(first) :])]
        room.initial = place.room if place else club.room

    def place(self, club: int) -> Place:
        weekday, period = (int(part) for part in self.cleaned_data["slot"].split("-"))
        return Place(club, weekday, period, self.cleaned_data["room"])


class UnavailableForm(forms.ModelForm):
    class Meta:
        model = Unavailable
        fields = ["staff", "weekday", "period", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["staff"].queryset = Staff.objects.active(timezone.localdate()).order_by("name_key")
        fields["weekday"].choices = Weekday.choices[:5]
        fields["period"].empty_label = _("the whole afternoon")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # The term is not on the form, so its constraint is looked at here.
        if self.instance.term_id and not self.errors:
            again = Unavailable.objects.filter(
                term=self.instance.term_id,
                staff=data["staff"],
                weekday=data["weekday"],
                period=data["period"],
            )
            if again.exists():
                raise forms.ValidationError(_("This is entered already."))
        return data
