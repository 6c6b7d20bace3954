"""Forms of reviewers and the office."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.uploads import DocumentField
from enrollment.children import Rows, of_grade
from enrollment.forms.family import WeekdaysField
from enrollment.merging import unknown_fields
from enrollment.models import (
    AgreementTemplate,
    Application,
    Enrolment,
    Letter,
    ReviewStage,
    ReviewStep,
    ServiceOption,
)
from enrollment.models.agreements import AgreementQuerySet
from enrollment.services.signing import Signing
from school.models import Guardianship, Period, SchoolClass, Student, Term, User
from school.models.dated import on_day
from school.models.office import grades_or_all
from web.forms import date_input, near_today
from web.templatetags.formats import bracketed


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", _("Agree")), ("decline", _("Decline"))])
    ground = forms.ChoiceField(
        label=_("Ground (when you decline)"), choices=[("", "–"), *ReviewStep.Ground.choices], required=False
    )
    opinion = forms.CharField(
        label=_("Opinion (needed when you decline)"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ApplicationFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False)
    option = forms.ModelChoiceField(ServiceOption.objects.none(), label=_("Service"), required=False)
    grade = forms.TypedChoiceField(
        label=_("grade"), choices=grades_or_all, required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        current = Term.objects.current(timezone.localdate())
        fields["option"].queryset = ServiceOption.objects.filter(term=current)

    def narrowed(self, rows: Rows) -> Rows:
        """The rows of a child that are asked for: by name, option, grade."""
        data = self.cleaned_data if self.is_valid() else {}
        if words := (data.get("q") or "").strip():
            rows = rows.filter(student__in=Student.objects.search(words))
        if data.get("option"):
            rows = rows.filter(option=data["option"])
        return of_grade(rows, data.get("grade"))


class PaperFilter(forms.Form):
    """For which option papers are entered, and a child's name."""

    q = forms.CharField(label=_("Name"), required=False)
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label=_("Class"), required=False, empty_label=_("All classes")
    )
    option = forms.ModelChoiceField(ServiceOption.objects.none(), label=_("Service"), required=False, empty_label=None)

    def __init__(self, user: User, options: "QuerySet[ServiceOption]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_class: Any = self.fields["school_class"]
        of_class.queryset = SchoolClass.objects.visible_to(user).filter(graduated_on=None)
        choice: Any = self.fields["option"]
        choice.queryset = options
        choice.label_from_instance = lambda option: f"{option} · {option.term}"
        self.options = list(options.order_by("term__starts_on", "pk"))
        if len(self.options) < 2:
            del self.fields["option"]

    def option_asked(self) -> ServiceOption | None:
        """The one in the address, else the first."""
        asked = self.cleaned_data.get("option") if self.is_valid() else None
        return asked or next(iter(self.options), None)


class AgreementFilter(forms.Form):
    q = forms.CharField(label=_("Name or number"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label=_("class"), required=False)
    grade = forms.TypedChoiceField(
        label=_("grade"), choices=grades_or_all, required=False, coerce=int, empty_value=None
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.today = self.day()
        signed = (AgreementTemplate.Kind.SERVICE, AgreementTemplate.Kind.PICK_UP)
        fields["kind"].choices = [("", _("All kinds")), *((kind.value, kind.label) for kind in signed)]
        fields["school_class"].queryset = SchoolClass.objects.visible_to(user).filter(graduated_on=None)

    @staticmethod
    def day() -> dt.date:
        return timezone.localdate()

    def narrowed(self, rows: AgreementQuerySet) -> AgreementQuerySet:
        """Those that are asked for: by name or number, kind, class, grade."""
        data = self.cleaned_data if self.is_valid() else {}
        if words := (data.get("q") or "").strip():
            rows = rows.filter(application__student__in=Student.objects.search(words)) | rows.filter(number=words)
        if data.get("kind"):
            rows = rows.filter(kind=data["kind"])
        if data.get("school_class"):
            members = data["school_class"].memberships.filter(on_day(self.today)).values("student")
            rows = rows.filter(application__student__in=members)
        return of_grade(rows, data.get("grade"), "application__student")


class OptionForm(forms.ModelForm):
    weekdays = WeekdaysField(label=_("Weekdays"), initial=[1, 2, 3, 4, 5])

    class Meta:
        model = ServiceOption
        fields = [
            "term",
            "name",
            "service",
            "weekdays",
            "periods",
            "grade_from",
            "grade_to",
            "fee_mode",
            "fee_amount",
            "half_under_half",
            "fee_document",
            "capacity",
            "starts_on",
            "ends_on",
        ]
        widgets = {
            "periods": forms.CheckboxSelectMultiple,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["periods"].initial = list(Period.objects.values_list("pk", flat=True))


class OpenForm(forms.Form):
    """The window in which families can apply."""

    opens_at = forms.DateTimeField(
        label=_("Opens"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("Sign-up closes before it opens."))
        return data


class LetterForm(forms.ModelForm):
    class Meta:
        model = Letter
        fields = ["title", *Letter.FACTS]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in Letter.FACTS}


class TemplateForm(forms.ModelForm):
    class Meta:
        model = AgreementTemplate
        fields = ["title", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 18})}

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if unknown := unknown_fields(self.instance.kind, body):
            words = "、".join(f"{{{name}}}" for name in unknown)
            raise forms.ValidationError(_("Nothing is filled in for %(words)s."), params={"words": words})
        return body


class StageForm(forms.ModelForm):
    class Meta:
        model = ReviewStage
        fields = ["active", "role"]


class AlternativeForm(forms.Form):
    """Another option, or other weekdays of the same."""

    weekdays = WeekdaysField(label=_("Weekdays"))
    message = forms.CharField(
        label=_("Why, and what the other place offers"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = ServiceOption.objects.filter(term=application.option.term_id, letter__isnull=False)
        option = forms.ModelChoiceField(options, label=_("Option"), initial=application.option_id, empty_label=None)
        self.fields = {"option": option, **self.fields}
        self.fields["weekdays"].initial = application.weekdays


class PaperForm(forms.Form):
    """A signed application on paper: who signed it, a photo of it or where it is filed."""

    signed_by = forms.ChoiceField(label=_("Signed by"))
    scan = DocumentField(label=_("Photo or scan of the paper"), required=False)
    filed_in = forms.CharField(label=_("Where the paper is filed"), max_length=80, required=False)

    def __init__(self, guardianships: list[Guardianship], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["signed_by"].choices = [
            (g.guardian.name, f"{g.guardian.name}{bracketed(g.relation)}") for g in guardianships
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("scan") and not data.get("filed_in", "").strip():
            self.add_error("filed_in", _("Add a photo of the paper, or say where it is filed."))
        return data

    def signing(self) -> Signing:
        data = self.cleaned_data
        return Signing(data["signed_by"], None, "", True, data["scan"] or None, data["filed_in"].strip())


class EndForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=date_input(), validators=[near_today])
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, enrolment: Enrolment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = max(timezone.localdate(), enrolment.starts_on)


class ChangeDecisionForm(forms.Form):
    opinion = forms.CharField(label=_("Reason (when you refuse)"), max_length=200, required=False)


STATUS_KIND: dict[str, str] = {
    Application.Status.SUBMITTED: "wait",
    Application.Status.REVIEWED: "wait",
    Application.Status.COLLATED: "wait",
    Application.Status.OFFERED: "attention",
    Application.Status.TO_SIGN: "attention",
    Application.Status.APPROVED: "ok",
    Application.Status.DECLINED: "danger",
    Application.Status.WITHDRAWN: "neutral",
    Application.Status.ENDED: "neutral",
}
