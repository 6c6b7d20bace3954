"""Forms for guardians, homeroom teachers and the offices."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.models import CareFile, CareRecord, CommitteeMember, FamilySettings, HomeVisit, Meeting, Opinion
from school.models import Guardian, SchoolClass, SpecialGroup, SpecialGroupMembership, Staff, Student, Term
from web.fields import MobileField
from web.forms import LastDayOfRowForm, date_input

ALL = [("", _("all"))]


def textarea(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NameFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=40)


class ListFilter(NameFilter):
    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label=_("Class"), required=False)

    def __init__(self, classes: "QuerySet[SchoolClass]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["school_class"]
        choice.queryset, choice.empty_label = classes, _("all")

    def apply(self, rows: Any, people: Any, field: str) -> Any:
        """Those of the wanted class whose `field` is one of the people (a manager) whom the words find."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("q"):
            rows = rows.filter(**{f"{field}__in": people.search(data["q"])})
        return rows.filter(school_class=data["school_class"]) if data.get("school_class") else rows


class SeatForm(forms.Form):
    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label=_("Class"))
    phone = MobileField(label=_("Mobile phone of the guardian"))
    function = forms.ChoiceField(label=_("Function"), choices=CommitteeMember.Function.choices, initial="member")
    starts_on = forms.DateField(label=_("From"), widget=date_input(), initial=timezone.localdate)

    def __init__(self, classes: "QuerySet[SchoolClass]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["school_class"]
        choice.queryset = classes

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not Guardian.objects.filter(phone=phone).exists():
            raise forms.ValidationError(_("No guardian has this phone."))
        return phone


class SeatEndForm(LastDayOfRowForm):
    class Meta:
        model = CommitteeMember
        fields = ["ends_on"]


class MeetingFilter(forms.Form):
    q = forms.CharField(label=_("Topic or decision"), required=False, max_length=40)
    term = forms.ModelChoiceField(Term.objects.all(), label=_("Term"), required=False, empty_label=_("all"))

    def apply(self, rows: Any) -> Any:
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("term"):
            rows = rows.filter(term=data["term"])
        words = data.get("q")
        return rows.filter(Q(topics__icontains=words) | Q(decisions__icontains=words)) if words else rows


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = [
            "kind",
            "school_class",
            "day",
            "place",
            "chair",
            "topics",
            "decisions",
            "invited",
            "attended",
            "attendees",
        ]
        widgets = {
            "day": date_input(),
            "topics": textarea(),
            "decisions": textarea(),
            "attendees": forms.CheckboxSelectMultiple,
        }

    def __init__(
        self, *args: Any, classes: "QuerySet[SchoolClass]", any_kind: bool, guests: "QuerySet[Guardian]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["school_class"].queryset = classes
        fields["attendees"].queryset = guests
        if not any_kind:
            fields["kind"].choices = [("class", Meeting.Kind.CLASS.label)]
            fields["school_class"].required = True
        if not self.instance.pk:
            del fields["attendees"]

    def clean(self) -> dict[str, Any]:
        """Those named are among those present: the count is never smaller than the list."""
        data = super().clean() or {}
        named = len(data.get("attendees") or [])
        data["attended"] = max(data.get("attended") or 0, named)
        if data.get("invited") and data["attended"] > data["invited"]:
            self.add_error("attended", _("More were present than were invited: check both numbers."))
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("What is it for?"), max_length=200)


class OpinionForm(forms.Form):
    """A guardian's, on the phone."""

    about = forms.ChoiceField(label=_("About"), choices=Opinion.About.choices)
    to = forms.ChoiceField(
        label=_("Addressed to"), choices=Opinion.Addressee.choices, widget=forms.RadioSelect, initial="homeroom"
    )
    text = forms.CharField(label=_("What would you like to say?"), max_length=1000, widget=textarea(6))


class OpinionEntryForm(forms.ModelForm):
    class Meta:
        model = Opinion
        fields = ["source", "meeting", "about", "to", "school_class", "text"]
        widgets = {"text": textarea(5)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.choices = [pair for pair in Opinion.Source.choices if pair[0] != Opinion.Source.PHONE]
        today = timezone.localdate()
        meeting: Any = self.fields["meeting"]
        meeting.queryset = Meeting.objects.filter(term=Term.objects.current(today))


class OpinionFilter(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=40)
    about = forms.ChoiceField(label=_("About"), choices=[*ALL, *Opinion.About.choices], required=False)
    to = forms.ChoiceField(label=_("Addressed to"), choices=[*ALL, *Opinion.Addressee.choices], required=False)

    def apply(self, rows: Any) -> Any:
        data = self.cleaned_data if self.is_valid() else {}
        wanted = {"about": data.get("about"), "to": data.get("to"), "text__icontains": data.get("q")}
        return rows.filter(**{name: value for name, value in wanted.items() if value})


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=1000, widget=textarea(5))


class FollowUpForm(forms.Form):
    follow_up = forms.CharField(label=_("What was changed"), max_length=500, widget=textarea(3))
    followed_on = forms.DateField(label=_("Changed on"), widget=date_input(), initial=timezone.localdate)


class PublicForm(forms.Form):
    public_text = forms.CharField(label=_("Opinion, in public words"), max_length=1000, widget=textarea(4))
    public_answer = forms.CharField(label=_("Answer, in public words"), max_length=1000, widget=textarea(4))


class SettingsForm(forms.ModelForm):
    class Meta:
        model = FamilySettings
        fields = ["answer_days", "members_a_class"]


class CareFilter(NameFilter):
    group = forms.ModelChoiceField(
        SpecialGroup.objects.all(), label=_("Special group"), required=False, empty_label=_("all")
    )

    def care_files(self, rows: Any) -> Any:
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("group"):
            rows = rows.filter(student__in=data["group"].memberships.values("student"))
        return rows.filter(student__in=Student.objects.search(data["q"])) if data.get("q") else rows

    def without_file(self, children: Any) -> Any:
        """Children of the special groups without an open file. Words also find others: one at risk needs a file as well."""
        data = self.cleaned_data if self.is_valid() else {}
        children = children.filter(~Exists(CareFile.objects.open().filter(student=OuterRef("pk"))))
        if data.get("group"):
            children = children.filter(pk__in=data["group"].memberships.values("student"))
        if data.get("q"):
            return children.search(data["q"])
        return children.filter(Exists(SpecialGroupMembership.objects.filter(student=OuterRef("pk"))))


class CareFileForm(forms.ModelForm):
    class Meta:
        model = CareFile
        fields = ["helper", "helper_since", "at_risk", "plan"]
        widgets = {"helper_since": date_input(), "plan": textarea(6)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helper: Any = self.fields["helper"]
        helper.queryset = Staff.objects.active(timezone.localdate())
        if not self.instance.pk:
            self.initial["helper_since"] = timezone.localdate()


class CareRecordForm(forms.ModelForm):
    class Meta:
        model = CareRecord
        fields = ["kind", "day", "seen", "follows", "aid", "aid_from", "aid_to", "evidence"]
        widgets = {"day": date_input(), "aid_from": date_input(), "aid_to": date_input(), "seen": textarea(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("day", timezone.localdate())
        self.fields["aid"].help_text = _(
            "Only for an aid: what the child receives, from when to when, and the evidence."
        )


class VisitForm(forms.ModelForm):
    class Meta:
        model = HomeVisit
        fields = ["way", "day", "visitors", "findings", "follows"]
        widgets = {"day": date_input(), "findings": textarea(4), "visitors": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, staff: "QuerySet[Staff]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visitors: Any = self.fields["visitors"]
        visitors.queryset = staff
        self.initial.setdefault("day", timezone.localdate())
        self.fields["findings"].help_text = _("Leave empty while the visit is planned.")
