"""Staff with their posts and papers, guardians, special groups."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.models import (
    Credential,
    CredentialException,
    Guardian,
    Guardianship,
    Post,
    Role,
    SchoolClass,
    SpecialGroup,
    Staff,
    Student,
)
from school.models.office import grades_or_all
from web.fields import CleanCharField, MobileField
from web.forms import LastDayOfRowForm, RowForm, date_input, near_today


class StudentForm(forms.ModelForm):
    class Meta:
        model = Student
        fields = ["name", "sex", "birth_date", "number", "health_note"]
        widgets = {"birth_date": date_input()}

    def clean_birth_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["birth_date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This date of birth is in the future."))
        return day


class NewStudentForm(StudentForm):
    """A child with its class, and the first guardian at once; the guardian may come later."""

    school_class = forms.ModelChoiceField(label=_("Class"), queryset=SchoolClass.objects.filter(graduated_on=None))
    starts_on = forms.DateField(label=_("First day in the class"), widget=date_input())
    guardian = CleanCharField(label=_("Guardian: name"), max_length=50, required=False)
    relation = forms.CharField(label=_("Relation to the child"), max_length=20, required=False)
    phone = MobileField(label=_("Mobile phone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        facts = ("guardian", "relation", "phone")
        missing = [name for name in facts if not data.get(name) and name not in self.errors]
        if len(missing) < len(facts):
            for name in missing:
                self.add_error(name, _("Name, relation and phone of a guardian go together."))
        return data


class StaffForm(forms.ModelForm):
    class Meta:
        model = Staff
        fields = [
            "number",
            "name",
            "sex",
            "phone",
            "kind",
            "organisation",
            "subject",
            "title",
            "hours_fixed",
            "barred_note",
        ]


class PostForm(RowForm):
    """A post from a day on: homeroom teachers of a class, grade heads of a grade, the others of the whole school."""

    belongs_to = ("staff",)
    begins_today = True
    grade = forms.TypedChoiceField(
        label=_("Grade"), choices=grades_or_all, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Post
        fields = ["role", "school_class", "grade", "starts_on", "ends_on"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        derived = {Role.Code.GUARDIAN, Role.Code.TEACHER}
        fields["role"].choices = [c for c in Role.Code.choices if c[0] not in derived]
        fields["school_class"].queryset = SchoolClass.objects.filter(graduated_on=None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        school_class, first = data.get("school_class"), data.get("starts_on")
        if data.get("role") == Role.Code.HOMEROOM_TEACHER and school_class and first:
            held = Post.objects.filter(role=Role.Code.HOMEROOM_TEACHER, school_class=school_class)
            held = held.filter(Q(ends_on=None) | Q(ends_on__gte=first))
            if other := held.exclude(staff=self.instance.staff).select_related("staff").first():
                message = _("%(name)s is homeroom teacher of this class. End that post first.")
                self.add_error("school_class", message % {"name": other.staff.name})
        return data


class PostEndForm(LastDayOfRowForm):
    class Meta:
        model = Post
        fields = ["ends_on"]

    def clean_ends_on(self) -> dt.date:
        last = super().clean_ends_on()
        office = Role.Code.SERVICE_OFFICE
        others = (
            Post.objects.filter(role=office).filter(Q(ends_on=None) | Q(ends_on__gt=last)).exclude(pk=self.instance.pk)
        )
        if self.instance.role == office and not others.exists():
            raise forms.ValidationError(
                _("Nobody would be left in the service office. Give the post to somebody first.")
            )
        return last


class CredentialForm(RowForm):
    belongs_to = ("staff",)

    class Meta:
        model = Credential
        fields = ["kind", "number", "note", "starts_on", "ends_on"]
        labels = {"starts_on": _("Valid from"), "ends_on": _("Valid until")}
        widgets = {"starts_on": date_input(), "ends_on": date_input()}


class CredentialExceptionForm(RowForm):
    """One missing paper is lifted for some days; it always ends."""

    belongs_to = ("staff",)
    begins_today = True
    ends_on = forms.DateField(label=_("Last day"), widget=date_input())

    class Meta:
        model = CredentialException
        fields = ["kind", "reason", "document", "starts_on", "ends_on"]
        labels = {"starts_on": _("Valid from")}
        widgets = {"starts_on": date_input()}


class CredentialExceptionEndForm(LastDayOfRowForm):
    class Meta:
        model = CredentialException
        fields = ["ends_on"]


class NewGuardianForm(forms.Form):
    name = CleanCharField(label=_("Name"), max_length=50)
    phone = MobileField(label=_("Mobile phone"))
    relation = forms.CharField(label=_("Relation to the child"), max_length=20)
    barred = forms.BooleanField(label=_("May neither see nor collect the child; needs a document."), required=False)
    barred_note = forms.CharField(
        label=_("Document behind it (judgment, protection order …)"), max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("barred") and not data.get("barred_note", "").strip():
            self.add_error("barred_note", _("Name the document that bars this adult."))
        return data


class GuardianshipForm(RowForm):
    belongs_to = ("student", "guardian")

    class Meta:
        model = Guardianship
        fields = ["relation", "order", "barred", "barred_note"]


class GuardianForm(forms.ModelForm):
    class Meta:
        model = Guardian
        fields = ["name", "phone", "other_phone"]


class SpecialGroupForm(forms.ModelForm):
    class Meta:
        model = SpecialGroup
        fields = ["name", "has_priority"]


class ChangeClassForm(forms.Form):
    """To which class a child changes, and from which day."""

    day = forms.DateField(label=_("From which day?"), widget=date_input(), validators=[near_today])

    def __init__(self, classes: QuerySet[SchoolClass], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"] = forms.ModelChoiceField(classes, label=_("To which class?"))
        self.order_fields(["school_class", "day"])
        self.fields["day"].initial = timezone.localdate()


class StudentGroupsForm(forms.Form):
    groups = forms.ModelMultipleChoiceField(
        label=_("Special groups"),
        queryset=SpecialGroup.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
