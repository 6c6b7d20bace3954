"""Coaching: child, subject and reason; and the sessions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.models import Student, Subject
from web.forms import date_input


class CoachingForm(forms.Form):
    student = forms.ModelChoiceField(label=_("Child"), queryset=Student.objects.none())
    subject = forms.ModelChoiceField(label=_("Subject"), queryset=Subject.objects.all())
    aim = forms.CharField(label=_("What for"), max_length=200)

    def __init__(self, *args: Any, students: "QuerySet[Student]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["student"].queryset = students
        fields["student"].label_from_instance = lambda child: f"{child.class_label} {child.name}"


class MeetingForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=date_input(), initial=timezone.localdate)
    text = forms.CharField(label=_("What was done"), max_length=200)
