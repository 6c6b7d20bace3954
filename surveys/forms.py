"""Forms of the office that makes surveys, and the questionnaire that families fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.models import Term
from surveys.models import Question, Section, Survey

MOMENT = "%Y-%m-%dT%H:%M"


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class NewSurveyForm(forms.Form):
    """A starter of some kind, or a copy of an earlier survey."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Survey.Kind.choices, widget=forms.RadioSelect)
    term = forms.ModelChoiceField(label=_("Term"), queryset=Term.objects.all(), empty_label=None)
    copy_of = forms.ModelChoiceField(
        label=_("Copy the questions of"),
        queryset=Survey.objects.all(),
        required=False,
        empty_label=_("no earlier survey: begin with the starter questionnaire"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["term"].initial = Term.objects.current(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("kind") and not data.get("copy_of"):
            self.add_error("kind", _("Choose a kind, or an earlier survey to copy."))
        return data


class SurveyForm(forms.ModelForm):
    class Meta:
        model = Survey
        fields = ["title", "intro", "grade_from", "grade_to", "anonymous", "opens_at", "closes_at"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 4}), "opens_at": moment_input(), "closes_at": moment_input()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        closes_at = data.get("closes_at")
        if closes_at and closes_at <= timezone.now():
            self.add_error("closes_at", _("The survey would close in the past."))
        return data


class ExtendForm(forms.Form):
    closes_at = forms.DateTimeField(label=_("Closes"), widget=moment_input())


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title", "grade_from", "grade_to"]


class QuestionForm(forms.ModelForm):
    texts = forms.CharField(
        label=_("Options, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=2000
    )

    class Meta:
        model = Question
        fields = ["text", "help", "kind", "texts", "required", "low", "high", "meaning"]
        help_texts = {
            "meaning": _(
                "For the table of demand. Weekdays, periods, service options and yes or no make their options themselves."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meaning = self.fields["meaning"]
        assert isinstance(meaning, forms.ChoiceField)  # noqa: S101 - for the type checker
        meaning.choices = [("", _("not counted in the demand")), *Question.Meaning.choices]
        if self.instance.pk:
            self.fields["texts"].initial = "\n".join(option.text for option in self.instance.options.all())

    def clean_texts(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if len(set(lines)) != len(lines):
            raise forms.ValidationError(_("The same option stands twice."))
        if any(len(line) > 80 for line in lines):
            raise forms.ValidationError(_("An option has at most 80 characters."))
        return lines

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, meaning = data.get("kind"), data.get("meaning")
        if meaning == Question.Meaning.TAKES_PART and kind != Question.Kind.CHOICE:
            self.add_error("kind", _("Taking part or not is one of two: choose «one of several»."))
        elif meaning in (Question.Meaning.WEEKDAYS, Question.Meaning.PERIODS) and kind != Question.Kind.MANY:
            self.add_error("kind", _("Weekdays and periods are several: choose «several of several»."))
        elif meaning and kind not in Question.WITH_OPTIONS:
            self.add_error("kind", _("What counts in the table of demand needs options to choose from."))
        made = meaning in Question.MAKES_OPTIONS
        if (
            kind in Question.WITH_OPTIONS
            and not made
            and len(data.get("texts") or []) < 2
            and "texts" not in self.errors
        ):
            self.add_error("texts", _("Write at least two options, one a line."))
        return data


class SurveyFilter(forms.Form):
    q = forms.CharField(label=_("Title"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Survey.Kind.choices])
    term = forms.ModelChoiceField(
        label=_("Term"), required=False, queryset=Term.objects.all(), empty_label=_("All terms")
    )

    def apply(self, rows: Any) -> Any:
        if not self.is_valid():
            return rows
        wanted = Q(title__icontains=self.cleaned_data["q"].strip())
        for name in ("kind", "term"):
            if self.cleaned_data[name]:
                wanted &= Q(**{name: self.cleaned_data[name]})
        return rows.filter(wanted)


class AnswerForm(forms.Form):
    """The questionnaire: a field a question, in its sections. `answers()` gives question's key → answer."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, questions: Iterable[Question], *args: Any, answers: dict[str, Any] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            field = answer_field(question)
            field.initial = (answers or {}).get(question.key)
            self.fields[question.field_name] = field

    def sections(self) -> list[tuple[Section, list[tuple[Question, forms.BoundField]]]]:
        found: dict[Section, list[tuple[Question, forms.BoundField]]] = {}
        for question in self.questions:
            found.setdefault(question.section, []).append((question, self[question.field_name]))
        return list(found.items())

    def answers(self) -> dict[str, Any]:
        return {question.key: self.cleaned_data[question.field_name] for question in self.questions}


def answer_field(question: Question) -> forms.Field:
    options = [(option.pk, option.text) for option in question.options.all()]
    messages = {"required": _("Please answer this question.")}
    common: dict[str, Any] = {"label": question.text, "required": question.required, "error_messages": messages}
    if question.kind == Question.Kind.MANY:
        return forms.TypedMultipleChoiceField(
            choices=options, coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple, **common
        )
    if question.kind == Question.Kind.CHOICE:
        return forms.TypedChoiceField(choices=options, coerce=int, empty_value=None, widget=forms.RadioSelect, **common)
    if question.kind == Question.Kind.SCALE:
        choices = [(n, str(n)) for n in range(1, 6)]
        return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **common)
    widget = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
    return forms.CharField(max_length=2000, widget=widget, **common)
