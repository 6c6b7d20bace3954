"""Calendar, rules, settings, imports and exports."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.uploads import WorkbookField
from school.models import PolicyRule, Post, Role, SchoolClass, SchoolDay, SchoolSettings, Term, User
from school.models.calendar import school_year_of
from school.models.office import grades_or_all
from school.models.people import StudentQuerySet
from web.forms import date_input, near_today
from web.templatetags.formats import bracketed


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or number"), required=False)


class StaffFilter(SearchForm):
    role = forms.ChoiceField(label=_("Posts"), required=False, choices=[("", _("all")), *Role.Code.choices])

    def narrowed(self, rows: Any, day: dt.date) -> Any:
        """Colleagues by name or number, and by a post they hold on the day."""
        data = self.cleaned_data if self.is_valid() else {}
        if words := (data.get("q") or "").strip():
            rows = rows.search(words) | rows.filter(number=words.upper())
        if role := data.get("role"):
            rows = rows.filter(pk__in=Post.objects.on(day).filter(role=role).values("staff"))
        return rows


class StudentFilter(SearchForm):
    grade = forms.TypedChoiceField(
        label=_("Grade"), choices=grades_or_all, required=False, coerce=int, empty_value=None
    )
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label=_("Class"), required=False, empty_label=_("All classes")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school_class"]
        field.queryset = SchoolClass.objects.visible_to(user).filter(graduated_on=None)

    def narrowed(self, rows: StudentQuerySet, day: dt.date) -> StudentQuerySet:
        """Rows with the annotations of a class."""
        data = self.cleaned_data if self.is_valid() else {}
        if words := data.get("q"):
            rows = rows.search(words) | rows.filter(number=words.upper())
        rows = rows.with_class_to_come(day)
        if grade := data.get("grade"):
            rows = rows.filter(entry_year=school_year_of(day) - grade + 1)
        return rows.filter(class_id=data["school_class"].pk) if data.get("school_class") else rows


class UploadForm(forms.Form):
    file = WorkbookField(label=_("File (Excel, WPS or CSV)"))


class DaysRangeForm(forms.Form):
    """The office says that Monday to Friday of a range are school days."""

    first = forms.DateField(label=_("From"), widget=date_input())
    last = forms.DateField(label=_("To"), widget=date_input())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and not dt.timedelta(0) <= last - first <= dt.timedelta(days=250):
            self.add_error("last", _("Choose a range of at most 250 days, first day first."))
        return data


class SchoolDayForm(forms.ModelForm):
    class Meta:
        model = SchoolDay
        fields = ["kind", "follows_weekday", "note"]


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["school_year", "half", "starts_on", "ends_on", "winter_from", "winter_until"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on", "winter_from", "winter_until")
        }


class NewTermForm(TermForm):
    fill = forms.BooleanField(
        label=_("Enter the days whose calendar is not published: Monday to Friday are school days"),
        help_text=_("New Year, Labour Day and the National Day are days off; set the other festivals day by day."),
        required=False,
        initial=True,
    )


def value_field(value: Any, unit: str) -> forms.Field:
    """For a rule's value: yes or no, a number, or a time of day as 17:30."""
    if isinstance(value, bool):
        choices = [(True, _("required")), (False, _("not required"))]
        return forms.TypedChoiceField(label=_("value"), choices=choices, coerce=lambda chosen: chosen == "True")
    label = f"{_('value')}{bracketed(unit)}"
    if isinstance(value, int):
        return forms.IntegerField(label=label, min_value=0)
    if isinstance(value, float):
        return forms.FloatField(label=label, min_value=0)
    clock = forms.TextInput(attrs={"type": "time"})
    return forms.RegexField(r"^([01]\d|2[0-3]):[0-5]\d$", label=label, widget=clock)


class RuleForm(forms.ModelForm):
    """A school's own rule, tighter than the one above it; PolicyRule.clean refuses a looser one."""

    class Meta:
        model = PolicyRule
        fields = [
            "value",
            "grade_from",
            "grade_to",
            "weekday",
            "subjects",
            "layer",
            "severity",
            "enabled",
            "source_title",
            "source_number",
            "starts_on",
            "ends_on",
        ]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")
        } | {"subjects": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(self.instance.value, self.instance.unit)


class SeverityForm(forms.ModelForm):
    """What the office may change of a rule from above: whether it is in force, and what a breach does."""

    class Meta:
        model = PolicyRule
        fields = ["severity", "enabled"]


class SettingsForm(forms.ModelForm):
    class Meta:
        model = SchoolSettings
        fields = [
            "name",
            "office_phone",
            "top_grade",
            "sign_when",
            "group_threshold",
            "group_threshold_included",
            "pupil_signs",
            "group_capacity",
            "adults_at_once",
            "alone_from_grade",
            "list_names",
            "late_after_minutes",
        ]


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Last day at the school"), widget=date_input(), validators=[near_today])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
