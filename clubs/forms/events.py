"""Shows and their results, parents' lectures, zones of labour day."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.forms.activities import NewPhotoForm
from clubs.forms.changing import check_room_open
from clubs.models import CampusZone, Club, Lecture, Show
from clubs.models.events import OFFICE
from school.models import Period, Room, SchoolClass, Staff, Term, User
from school.models.calendar import school_year_of
from web.forms import RowForm, date_input


class ShowForm(NewPhotoForm, RowForm):
    """The day says in which term it is. An instructor enters shows of the own clubs only."""

    belongs_to = ("term",)

    class Meta:
        model = Show
        fields = ["day", "kind", "title", "club", "result"]
        widgets = {"day": date_input(), "result": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        clubs = Club.objects.published().filter(term=self.instance.term)
        office = user.has_role(*OFFICE)
        fields["club"].queryset = (
            clubs if office else clubs.filter(instructor__in=Staff.objects.of_user(user))
        ).order_by("name")
        fields["club"].required = not office
        if office:
            fields["club"].empty_label = _("of the whole school")

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        term = self.instance.term
        if not term.starts_on <= day <= term.ends_on:
            raise forms.ValidationError(_("This day is not in the term."))
        return day

    def save(self, commit: bool = True) -> Show:
        show: Show = super().save(commit=False)
        if photo := self.cleaned_data.get("new_photo"):
            show.picture.save("picture.jpg", photo, save=False)
        show.save()
        return show


class ShowFilter(forms.Form):
    term = forms.ModelChoiceField(Term.objects.order_by("-starts_on"), label=_("Term"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["term"].empty_label = _("This term")


class LectureForm(RowForm):
    """What is kept of an offer; the same for a family and for the office."""

    class Meta:
        model = Lecture
        fields = ["topic", "about", "grade_from", "grade_to", "speaker", "relation", "phone"]
        widgets = {"about": forms.Textarea(attrs={"rows": 2})}


class LectureDateForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=date_input())
    period = forms.ModelChoiceField(Period.objects.all(), label=_("Period"))
    room = forms.ModelChoiceField(Room.objects.all(), label=_("Room"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_room_open(self, data)
        return data


class LectureFilter(forms.Form):
    q = forms.CharField(label=_("Search"), required=False)

    def found(self, rows: QuerySet[Lecture]) -> QuerySet[Lecture]:
        words = self.cleaned_data["q"].strip() if self.is_valid() else ""
        wanted = Q(topic__icontains=words) | Q(about__icontains=words) | Q(speaker__icontains=words)
        return rows.filter(wanted) if words else rows


class ZoneForm(RowForm):
    belongs_to = ("term",)

    class Meta:
        model = CampusZone
        fields = ["name", "aim", "weekday", "school_class", "adult"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        today = timezone.localdate()
        fields["school_class"].queryset = SchoolClass.objects.in_year(school_year_of(today))
        fields["adult"].queryset = Staff.objects.active(today).order_by("name_key")
