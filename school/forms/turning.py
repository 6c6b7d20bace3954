"""The year's turn and regrouping."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.forms.office import UploadForm
from school.models.office import grades_here
from school.turning import Turn
from web.forms import date_input


class TurnForm(forms.Form):
    """How many classes the new first grade has, and which grade heads leave their grade."""

    new_classes = forms.IntegerField(label=_("Classes of the new first grade"), min_value=0, max_value=30)
    end_posts = forms.TypedMultipleChoiceField(
        label=_("Grade heads whose post ends"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, turn: Turn, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["new_classes"].initial = len(turn.first_grade) or len(turn.graduating)
        fields["end_posts"].choices = [(post.pk, str(post)) for post in turn.posts_to_choose]
        if not turn.posts_to_choose:
            del fields["end_posts"]


class GradeForm(forms.Form):
    """A grade as it is on a day, and the day from which the new classes hold."""

    grade = forms.TypedChoiceField(label=_("Grade"), choices=grades_here, coerce=int)
    day = forms.DateField(label=_("From which day?"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["day"].initial = timezone.localdate() + dt.timedelta(days=1)


class RegroupForm(GradeForm, UploadForm):
    field_order = ["grade", "day", "file"]
