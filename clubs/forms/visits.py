"""Planning a visit outside, and deciding about it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, Visit
from school.models import SchoolClass, Staff, Student, User
from school.models.calendar import school_year_of
from web.forms import RowForm, date_input, time_input


class VisitForm(RowForm):
    belongs_to = ("term",)

    leaders = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label=_("Adults who come along"),
        help_text=_("At least two. Hold Ctrl to choose several."),
    )
    names = forms.CharField(
        label=_("Single children"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Beside those of the club or class: names, one a line."),
    )

    class Meta:
        model = Visit
        fields = ["name", "purpose", "place", "day", "leaves_at", "returns_at", "club", "school_class", *Visit.PLAN]
        widgets = {
            "day": date_input(),
            "leaves_at": time_input(),
            "returns_at": time_input(),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in Visit.PLAN},
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        today = timezone.localdate()
        office = user.has_role("service_office", "academic_office")
        clubs = Club.objects.published().filter(term=self.instance.term)
        fields["club"].queryset = (clubs if office else clubs.led_by(user)).order_by("name")
        classes = SchoolClass.objects.in_year(school_year_of(today))
        fields["school_class"].queryset = classes if office else classes.visible_to(user)
        fields["leaders"].queryset = Staff.objects.active(today).order_by("name_key")
        self.visible = Student.objects.visible_to(user).with_class(today)
        if self.instance.pk:
            self.initial["leaders"] = list(self.instance.leaders.values_list("staff", flat=True))
            self.initial["names"] = "\n".join(self.single())

    def single(self) -> list[str]:
        """Who was chosen by name: neither of the club nor of the class."""
        rows = self.instance.children.all()
        if self.instance.club_id:
            rows = rows.exclude(student__club_memberships__club=self.instance.club_id)
        if self.instance.school_class_id:
            rows = rows.exclude(student__class_memberships__school_class=self.instance.school_class_id)
        return list(rows.values_list("student__name", flat=True))

    def clean_names(self) -> list[Student]:
        found = []
        for name in dict.fromkeys(line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()):
            same = list(self.visible.filter(name=name)[:2])
            if len(same) != 1:
                words = (
                    _("No child of this name: %s.") if not same else _("Two children are called %s: ask the office.")
                )
                raise forms.ValidationError(words % name)
            found += same
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("club") or data.get("school_class") or data.get("names")) and "names" not in self.errors:
            self.add_error(None, _("Which children? Choose a club or a class, or name them."))
        day, term = data.get("day"), self.instance.term
        if day and not term.starts_on <= day <= term.ends_on:
            self.add_error("day", _("The day lies outside the term."))
        return data
