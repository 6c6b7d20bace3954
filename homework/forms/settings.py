"""The school's homework settings."""

from django import forms

from homework.models import Coordinator, HomeworkSettings, MarkingTime, SheetStage, WatchWord
from school.models import Staff
from web.forms import LastDayOfRowForm, date_input, time_input

GROUPS = {
    "hours": ["gather_by", "afternoon_by", "morning_lessons", "closes", "trial_required", "over_cap"],
    "board": ["monday_edition", "friday_edition", "screen_seconds", "screen_classes"],
    "records": ["records", "records_from", "records_until"],
    "checks": [
        "monitor_form",
        "parent_form",
        "spot_checks",
        "spot_classes",
        "spot_grades",
        "tolerance",
        "rectification_days",
    ],
}


class HomeworkSettingsForm(forms.ModelForm):
    class Meta:
        model = HomeworkSettings
        fields = [name for names in GROUPS.values() for name in names]
        widgets = {
            "gather_by": time_input(),
            "afternoon_by": time_input(),
            "records_from": date_input(),
            "records_until": date_input(),
        }


class StageForm(forms.ModelForm):
    class Meta:
        model = SheetStage
        fields = ["who", "active"]


class CoordinatorForm(forms.ModelForm):
    class Meta:
        model = Coordinator
        fields = ["school_class", "staff", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["staff"].queryset = Staff.objects.filter(left_on=None)  # type: ignore[attr-defined]


class CoordinatorEndForm(LastDayOfRowForm):
    class Meta:
        model = Coordinator
        fields = ["ends_on"]


class WordForm(forms.ModelForm):
    class Meta:
        model = WatchWord
        fields = ["rule_key", "word"]


class MarkingTimeForm(forms.ModelForm):
    class Meta:
        model = MarkingTime
        fields = ["kind", "days"]
