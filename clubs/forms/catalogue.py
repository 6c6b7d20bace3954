"""Forms of the catalogue, for teachers' proposals and the office."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, ClubPicture, ClubWeek
from clubs.services.catalogue import set_slots
from clubs.services.publishing import check_adult, check_publishable
from school.models import Period, Room, SchoolClass, Staff, Student, Term, Weekday
from school.models.calendar import school_year_of
from school.models.office import grades_here, grades_or_all
from school.models.places import MAX_GRADE
from web.forms import RowForm

LAST_WEEK = 25
PICTURE_SIDE = 1200


class CapacityForm(RowForm):
    """The places of a club alone: never fewer than are taken or offered."""

    class Meta:
        model = Club
        fields = ["capacity"]

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        used = self.instance.taken + self.instance.held if self.instance.pk else 0
        if capacity < used:
            raise forms.ValidationError(_("%(n)d places are taken or offered already."), params={"n": used})
        return capacity


class ClubForm(CapacityForm):
    """A club with its weekly content and its slots; clashes of room and adults are refused with a sentence."""

    belongs_to = ("term",)

    grade_from = forms.TypedChoiceField(label=_("From grade"), choices=grades_here, coerce=int)
    grade_to = forms.TypedChoiceField(label=_("To grade"), choices=grades_here, coerce=int)
    wished_days = forms.TypedMultipleChoiceField(
        label=_("Days wished for"),
        choices=Weekday.choices[:5],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The proposal of the timetable keeps to them where it can."),
    )
    slots = forms.MultipleChoiceField(
        label=_("Times in the week"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Left empty, the timetable decides."),
    )
    weeks = forms.CharField(
        label=_("Content by week"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line a week, the first line for week 1."),
    )

    class Meta:
        model = Club
        fields = [
            "name",
            "category",
            "kind",
            "school_class",
            "part",
            "strand",
            "aim",
            "adaptation",
            "grade_from",
            "grade_to",
            "least",
            "capacity",
            "instructor",
            "assistant",
            "room",
            "other_rooms",
            "rain_room",
            "rain_stay",
            "times_a_week",
            "materials",
            "materials_fee",
        ]
        widgets = {"aim": forms.Textarea(attrs={"rows": 3}), "other_rooms": forms.SelectMultiple(attrs={"size": 4})}

    def __init__(self, *args: Any, own: Staff | None = None, **kwargs: Any) -> None:
        """`own`: who proposes leads the club; without it the office says who."""
        self.followed = 0  # meetings that took a new room or adult from the form
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        today = timezone.localdate()
        fields["school_class"].queryset = SchoolClass.objects.in_year(school_year_of(today))
        here = Staff.objects.active(today).filter(Q(left_on=None) | Q(left_on__gte=today))
        fields["instructor"].queryset = fields["assistant"].queryset = here
        term = self.instance.term if self.instance.term_id else Term.objects.current(today)
        for name in ("room", "other_rooms", "rain_room"):
            fields[name].queryset = Room.objects.usable(term.ends_on if term else today)
        if own is not None:
            fields["instructor"].queryset = here.filter(pk=own.pk)
        periods = list(Period.objects.order_by("number"))
        self.times = {f"{day}-{period.pk}": (day, period) for day in Weekday.values[:5] for period in periods}
        fields["slots"].choices = [(key, f"{Weekday(day).label} {period}") for key, (day, period) in self.times.items()]
        if self.instance.pk:
            fields["slots"].initial = [f"{s.weekday}-{s.period_id}" for s in self.instance.slots.all()]
            fields["weeks"].initial = written(self.instance)
        fields["wished_days"].initial = self.instance.wished_days

    def clean_materials_fee(self) -> Decimal:
        fee: Decimal = self.cleaned_data["materials_fee"]
        before: Decimal = self.initial.get("materials_fee", fee)
        if self.instance.taken and fee > before:
            facts = {"n": self.instance.taken, "fee": before}
            raise forms.ValidationError(
                _("%(n)d children took their place at %(fee)s yuan; it does not rise."), params=facts
            )
        return fee

    def clean_weeks(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["weeks"].splitlines()]
        while lines and not lines[-1]:
            lines.pop()
        if len(lines) > LAST_WEEK:
            raise forms.ValidationError(_("A term has at most %(n)d weeks."), params={"n": LAST_WEEK})
        if long := next((n for n, line in enumerate(lines, start=1) if len(line) > 200), None):
            raise forms.ValidationError(_("Week %(n)d: at most 200 signs."), params={"n": long})
        return lines

    def clean_instructor(self) -> Staff:
        staff: Staff = self.cleaned_data["instructor"]
        check_adult(self.instance, staff, leads=True)
        return staff

    def clean_assistant(self) -> Staff | None:
        staff: Staff | None = self.cleaned_data["assistant"]
        check_adult(self.instance, staff, leads=False)
        return staff

    def _post_clean(self) -> None:
        """With everything in its place, and only when it goes into the catalogue: what a published club must have."""
        super()._post_clean()
        if not self.errors and self.instance.status == Club.Status.PUBLISHED:
            try:
                check_publishable(self.instance)
            except ValidationError as error:
                self.add_error(None, error)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Club.Kind.CLASS and not data.get("school_class"):
            self.add_error("school_class", _("Which class is it?"))
        elif data.get("kind") != Club.Kind.CLASS:
            data["school_class"] = None
        self.instance.wished_days = data.get("wished_days", [])
        if self.instance.taken and (outside := self._members_outside(data)):
            self.add_error("grade_to", _("%d children in the club would be of other grades.") % outside)
        return data

    def _members_outside(self, data: dict[str, Any]) -> int:
        """Children in the club whom the grades as entered would leave out."""
        grades = range(data.get("grade_from") or 1, (data.get("grade_to") or MAX_GRADE) + 1)
        members = self.instance.memberships.filter(ends_on=None).values("student")
        students = Student.objects.filter(pk__in=members).with_class_to_come(
            self.instance.term.nearest(timezone.localdate())
        )
        return sum(1 for student in students if (known := student.class_today()) and known[0] not in grades)

    def save_all(self) -> Club | None:
        """The saved club with weeks and times, or None with an error on the form when somebody else is there then."""
        chosen = [self.times[key] for key in self.cleaned_data["slots"]]
        try:
            with transaction.atomic():
                club: Club = self.save()
                club.weeks.all().delete()
                lines = enumerate(self.cleaned_data["weeks"], start=1)
                ClubWeek.objects.bulk_create(ClubWeek(club=club, number=n, content=line) for n, line in lines if line)
                self.followed = set_slots(club=club, slots=chosen)
        except ValidationError as error:
            refused = error.message_dict if hasattr(error, "error_dict") else {"slots": error.messages}
            for field, sentences in refused.items():
                self.add_error(field, sentences)
            return None
        return club


def written(club: Club) -> str:
    """The weeks as lines; empty ones stand for weeks without a word."""
    known = {week.number: week.content for week in club.weeks.all()}
    return "\n".join(known.get(n, "") for n in range(1, max(known, default=0) + 1))


class OpinionForm(forms.Form):
    opinion = forms.CharField(
        label=_("What is to be changed"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    )


class PictureForm(forms.ModelForm):
    """A picture of works, rooms or things, made small; what a camera noted in it is left out."""

    no_faces = forms.BooleanField(label=_("No face of a child can be recognised"))

    class Meta:
        model = ClubPicture
        fields = ["image", "caption"]


class ClubFilter(forms.Form):
    """What families and the school look for alike."""

    q = forms.CharField(label=_("Search"), required=False)
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("All categories")), *Club.Category.choices]
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All days")), *Weekday.choices],
    )

    def narrow(self, clubs: Any) -> Any:
        """The clubs that are asked for; all of them where the address makes no sense."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if words := (wanted.get("q") or "").strip():
            clubs = clubs.filter(name__icontains=words)
        if wanted.get("category"):
            clubs = clubs.filter(category=wanted["category"])
        if wanted.get("weekday"):
            clubs = clubs.filter(slots__weekday=wanted["weekday"]).distinct()
        if grade := wanted.get("grade"):
            clubs = clubs.filter(grade_from__lte=grade, grade_to__gte=grade)
        return clubs


class MenuFilter(ClubFilter):
    fits = forms.BooleanField(label=_("Only what fits my child"), required=False)


class CatalogueFilter(ClubFilter):
    grade = forms.TypedChoiceField(
        label=_("grade"), choices=grades_or_all, required=False, coerce=int, empty_value=None
    )
