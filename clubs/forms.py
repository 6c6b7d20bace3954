"""What the office enters of a club."""

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, ClubSlot
from school.models import Period, Weekday


class ClubForm(forms.ModelForm):
    """A club with its weekly slots; room and instructor clashes are refused with a sentence."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=Weekday.choices[:5], coerce=int, widget=forms.CheckboxSelectMultiple
    )
    period = forms.ModelChoiceField(label=_("Period"), queryset=Period.objects.all())

    class Meta:
        model = Club
        fields = [
            "name",
            "category",
            "aim",
            "grade_from",
            "grade_to",
            "capacity",
            "room",
            "instructor",
            "materials_fee",
            "status",
        ]
        widgets = {"aim": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = list(self.instance.slots.all()) if self.instance.pk else []
        self.fields["weekdays"].initial = [slot.weekday for slot in slots]
        self.fields["period"].initial = slots[0].period_id if slots else Period.objects.order_by("-number").first()

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if self.instance.pk and capacity < self.instance.taken:
            raise forms.ValidationError(_("%(n)d children have a place already."), params={"n": self.instance.taken})
        return capacity

    def save_with_slots(self) -> Club | None:
        """The saved club, or None with an error on the form when somebody else is there then.

        Slots of a club that has members keep their days: those are what the families chose.
        """
        try:
            with transaction.atomic():
                club: Club = self.save()
                if not club.taken:
                    club.slots.all().delete()
                    ClubSlot.objects.bulk_create(
                        ClubSlot(
                            term=club.term,
                            club=club,
                            weekday=weekday,
                            period=self.cleaned_data["period"],
                            room=club.room,
                            instructor=club.instructor,
                        )
                        for weekday in self.cleaned_data["weekdays"]
                    )
                else:
                    club.slots.update(room=club.room, instructor=club.instructor)
        except IntegrityError as error:
            taken = "room" if "clubslot_room" in str(error) else "instructor"
            self.add_error(taken, _("Another club is there at that time."))
            return None
        return club
