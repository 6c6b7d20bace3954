"""Changes of the duty table: who looks after a group at a time of the week, and what passes from one adult to another."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from clubs.services.handing_over import held_from
from enrollment.models import CareDuty, CareGroup
from school.access import staff_busy
from school.models import Period, Staff, Term
from school.models.staffing import exempt_staff
from web.forms import date_input


class DutySlotForm(forms.Form):
    """The adults of one group on a weekday and period, from a day on: those there now, and all who are free then."""

    day = forms.DateField(label=_("From"), widget=date_input())
    adults = forms.ModelMultipleChoiceField(
        Staff.objects.none(), label=_("Adults"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, group: CareGroup, weekday: int, period: Period, day: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = group.duties.filter(weekday=weekday, period=period)
        there = list(duties.on(day).values_list("staff", flat=True))
        busy = staff_busy(group.term, weekday, period.pk, day) | exempt_staff(day)
        able = Staff.objects.active(day).exclude(kind=Staff.Kind.VOLUNTEER).exclude(pk__in=busy - set(there))
        people: Any = self.fields["adults"]
        # A form that was sent may name somebody who is busy by now: the service says so by name.
        people.queryset = (
            Staff.objects.active(day)
            if self.is_bound
            else able.order_by(Case(When(pk__in=there, then=0), default=1), "name_key")
        )
        people.label_from_instance = lambda person: (
            f"{person.name} · {person.subject}" if person.subject else person.name
        )
        self.fields["day"].initial, people.initial = day, there


class HandOverForm(forms.Form):
    """What passes from one adult to another from a day on, and what comes back in exchange."""

    giver = forms.ModelChoiceField(Staff.objects.none(), label=_("Who hands over"))
    taker = forms.ModelChoiceField(Staff.objects.none(), label=_("Who takes over"))
    day = forms.DateField(label=_("From"), widget=date_input())
    duties = forms.ModelMultipleChoiceField(
        CareDuty.objects.none(), label=_("Care duties"), widget=forms.CheckboxSelectMultiple, required=False
    )
    clubs = forms.ModelMultipleChoiceField(
        Club.objects.none(), label=_("Clubs"), widget=forms.CheckboxSelectMultiple, required=False
    )
    back = forms.ModelMultipleChoiceField(
        CareDuty.objects.none(), label=_("In exchange"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, term: Term, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        people = Staff.objects.active(timezone.localdate()).order_by("name_key")
        fields["giver"].queryset = fields["taker"].queryset = people
        self.who_gives, self.who_takes = self._person("giver"), self._person("taker")
        day = self._day()
        if self.who_gives:
            fields["duties"].queryset, fields["clubs"].queryset = held_from(self.who_gives, term, day)
        if self.who_takes:
            fields["back"].queryset = held_from(self.who_takes, term, day)[0]
        fields["duties"].initial = fields["duties"].queryset
        fields["clubs"].initial = fields["clubs"].queryset

    @property
    def chosen(self) -> list[tuple[str, Any]]:
        """(name, value) of what was chosen above the list of duties, to send along with it."""
        values = {name: self[name].value() for name in ("giver", "taker", "day")}
        return [(name, "" if value is None else str(value)) for name, value in values.items()]

    @property
    def refusals(self) -> list[str]:
        """Why it was not done: of the whole, and of what stands above the list."""
        return [str(sentence) for errors in self.errors.values() for sentence in errors]

    def _person(self, name: str) -> Staff | None:
        value = self[name].value()
        return self.fields[name].queryset.filter(pk=value).first() if str(value or "").isdigit() else None  # type: ignore[attr-defined]

    def _day(self) -> dt.date:
        try:
            return self.fields["day"].clean(self["day"].value())
        except forms.ValidationError:
            return timezone.localdate()
