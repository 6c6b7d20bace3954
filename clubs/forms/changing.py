"""Changing one meeting: why, and where it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.models import Meeting
from school.models import Period, Room
from web.forms import date_input


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Families and colleagues read it: no child's name, no diagnosis."),
    )


def check_room_open(form: forms.Form, data: dict[str, Any]) -> None:
    """An error at the room where it is closed on the day."""
    room, day = data.get("room"), data.get("day")
    if room and day and room.is_closed_on(day):
        form.add_error("room", _("%(room)s is closed on that day.") % {"room": room.name})


class MoveForm(ReasonForm):
    """Another day, period or room. What stands there now is filled in."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    period = forms.ModelChoiceField(label=_("Period"), queryset=Period.objects.all())
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.all())
    without_absent = forms.BooleanField(
        label=_("Move it although some of its children do not take part then"), required=False
    )
    field_order = ["day", "period", "room", "reason", "without_absent"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        initial = {"day": meeting.day, "period": meeting.period_id, "room": meeting.room_id}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_room_open(self, data)
        return data
