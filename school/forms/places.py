"""Rooms, classes, subjects, periods and who teaches what."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.access import used_from
from school.models import Period, PeriodTime, Room, SchoolClass, Staff, Subject, Teaching, Term, Weekday
from school.models.office import grades_or_all
from web.forms import LastDayOfRowForm, date_input, near_today, time_input


class RoomForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "kind", "capacity", "location", "closed_from"]
        widgets = {"closed_from": date_input()}

    def clean_closed_from(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["closed_from"]
        if day and self.instance.pk and (names := used_from(self.instance, day)):
            raise forms.ValidationError(_("Find another room first for: %s.") % "、".join(names))
        return day


class RoomSizeForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["capacity"]


class SubjectOrderForm(forms.ModelForm):
    class Meta:
        model = Subject
        fields = ["order"]


class ClassForm(forms.ModelForm):
    class Meta:
        model = SchoolClass
        fields = ["entry_year", "number", "room"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        room: Any = self.fields["room"]
        room.queryset = Room.objects.filter(closed_from=None)


class SubjectForm(forms.ModelForm):
    class Meta:
        model = Subject
        fields = ["name", "order"]


class PeriodForm(forms.ModelForm):
    """A period with its times in summer and in winter; a season left empty is one in which it is not held."""

    summer_starts = forms.TimeField(label=_("Begins in summer"), widget=time_input(), required=False)
    summer_ends = forms.TimeField(label=_("Ends in summer"), widget=time_input(), required=False)
    winter_starts = forms.TimeField(label=_("Begins in winter"), widget=time_input(), required=False)
    winter_ends = forms.TimeField(label=_("Ends in winter"), widget=time_input(), required=False)
    from_day = forms.DateField(
        label=_("These times hold from"),
        help_text=_(
            "Earlier days keep the times that they had. Empty: it was always so, earlier days are corrected too."
        ),
        widget=date_input(),
        required=False,
        validators=[near_today],
    )

    class Meta:
        model = Period
        fields = ["number", "name", "kind"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        rows = list(self.instance.period_times.filter(ends_on=None)) if self.instance.pk else []
        self._date(rows)
        for times in rows:
            if not times.is_exception:
                self.fields[f"{times.season}_starts"].initial = times.starts_at
                self.fields[f"{times.season}_ends"].initial = times.ends_at
        # A POST without exceptions keeps the existing ones.
        sent = data if data is not None and f"{EXCEPTIONS}-TOTAL_FORMS" in data else None
        self.exceptions = ExceptionFormSet(
            sent,
            instance=self.instance,
            prefix=EXCEPTIONS,
            queryset=PeriodTime.objects.exceptions().filter(ends_on=None),
        )

    def _date(self, rows: list[PeriodTime]) -> None:
        """Times that are changed in a term that has begun change from today, or from the day that was planned already."""
        today = timezone.localdate()
        if not rows:
            del self.fields["from_day"]
        elif Term.objects.current(today):
            self.fields["from_day"].initial = max([today, *(row.starts_on for row in rows if row.starts_on)])

    def is_valid(self) -> bool:
        whole = super().is_valid()
        return whole and (not self.exceptions.is_bound or self.exceptions.is_valid())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for season in PeriodTime.Season.values:
            starts, ends = data.get(f"{season}_starts"), data.get(f"{season}_ends")
            if starts and ends and ends <= starts:
                self.add_error(f"{season}_ends", _("A period ends after it begins."))
            elif bool(starts) != bool(ends) and not self.errors.keys() & {f"{season}_starts", f"{season}_ends"}:
                self.add_error(
                    f"{season}_{'ends' if starts else 'starts'}",
                    _("Enter begin and end, or leave both empty where it is not held."),
                )
        return data

    def times(self) -> list[PeriodTime]:
        """The times that shall hold, unsaved: of all and of the exceptions."""
        data = self.cleaned_data
        found = [
            PeriodTime(season=season, starts_at=data[f"{season}_starts"], ends_at=data[f"{season}_ends"])
            for season in PeriodTime.Season.values
            if data[f"{season}_starts"]
        ]
        return found + self.exceptions.rows()  # type: ignore[attr-defined]


EXCEPTIONS = "exceptions"


class ExceptionForm(forms.ModelForm):
    """Other times of a period for some grades, on one weekday, or both."""

    class Meta:
        model = PeriodTime
        fields = ["season", "weekday", "grade_from", "grade_to", "starts_at", "ends_at"]
        widgets = {
            "starts_at": time_input(),
            "ends_at": time_input(),
            "grade_from": forms.Select,
            "grade_to": forms.Select,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["weekday"].choices = [("", _("every weekday")), *Weekday.choices]
        for name in ("grade_from", "grade_to"):
            fields[name].widget.choices = grades_or_all()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("weekday") is None and data.get("grade_from") is None:
            raise forms.ValidationError(_("Name a weekday or grades; the times of all stand above."))
        return data


class BaseExceptionFormSet(forms.BaseInlineFormSet):
    def rows(self) -> list[PeriodTime]:
        """The exceptions as they are entered; a form that was not sent leaves them as they were."""
        if not self.is_bound:
            return list(self.get_queryset())
        return [form.instance for form in self.forms if _is_filled(form) and not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        """Two exceptions of one season and weekday must not cover the same grade."""
        super().clean()
        seen: list[PeriodTime] = []
        for form in self.forms:
            if not _is_filled(form) or form.errors or form.cleaned_data.get("DELETE"):
                continue
            row: PeriodTime = form.instance
            if any(overlap(row, other) for other in seen):
                form.add_error(None, _("Another exception speaks of these grades on this weekday already."))
            seen.append(row)


def _is_filled(form: forms.ModelForm) -> bool:
    return bool(form.has_changed() or form.instance.pk)


def overlap(one: PeriodTime, other: PeriodTime) -> bool:
    if (one.season, one.weekday) != (other.season, other.weekday):
        return False
    if one.grade_from is None or one.grade_to is None or other.grade_from is None or other.grade_to is None:
        return one.grade_from == other.grade_from
    return one.grade_from <= other.grade_to and other.grade_from <= one.grade_to


ExceptionFormSet = forms.inlineformset_factory(
    Period, PeriodTime, form=ExceptionForm, formset=BaseExceptionFormSet, extra=1, can_delete=True
)


class TeachingForm(forms.ModelForm):
    class Meta:
        model = Teaching
        fields = ["school_class", "subject", "staff", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school_class"].queryset = SchoolClass.objects.filter(graduated_on=None)
        fields["staff"].queryset = Staff.objects.active(timezone.localdate())
        fields["starts_on"].initial = timezone.localdate()


class TeachingEndForm(LastDayOfRowForm):
    class Meta:
        model = Teaching
        fields = ["ends_on"]


class TeachingFilter(forms.Form):
    school_class = forms.ModelChoiceField(
        label=_("Class"),
        queryset=SchoolClass.objects.filter(graduated_on=None),
        required=False,
        empty_label=_("All classes"),
    )
