"""A pile of applications on paper with the same days."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollment.forms.family import WeekdaysField
from enrollment.models import ServiceOption
from enrollment.services.applying import Choices, CollectorEntry
from enrollment.services.signing import Signing
from school.models import Guardianship, Student
from web.forms import date_input
from web.templatetags.formats import bracketed

Family = tuple[Student, list[Guardianship]]


class PapersForm(forms.Form):
    """Days, first day and folder for all, and for each child who signed. The guardians on file collect."""

    def __init__(self, option: ServiceOption, families: list[Family], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = families
        self.fields["weekdays"] = WeekdaysField(
            option.weekdays, label=_("Which weekdays?"), initial=list(option.weekdays)
        )
        self.fields["starts_on"] = forms.DateField(
            label=_("From which day?"),
            initial=max(option.starts_on, timezone.localdate()),
            widget=date_input(min=option.starts_on, max=option.ends_on),
        )
        self.fields["filed_in"] = forms.CharField(label=_("Where the papers are filed"), max_length=80)
        for student, guardianships in families:
            signers = [(row.guardian.name, f"{row.guardian.name}{bracketed(row.relation)}") for row in guardianships]
            self.fields[self.name_of(student)] = forms.ChoiceField(
                label=_("%(child)s, %(label)s: signed by") % {"child": student.name, "label": student.class_label},
                choices=[("", _("no paper: leave out")), *signers],
                initial=signers[0][0] if signers else "",
                required=False,
            )

    @staticmethod
    def name_of(student: Student) -> str:
        return f"signed_{student.pk}"

    def papers(self) -> Iterator[tuple[Student, Choices, Signing]]:
        """Each child whose paper is there, with what it says."""
        data = dict(self.cleaned_data)
        for student, guardianships in list(self.families):
            if signer := data[self.name_of(student)]:
                adults = [
                    CollectorEntry(row.guardian.name, row.relation, row.guardian.phone, row.guardian)
                    for row in guardianships
                ]
                choices = Choices(data["weekdays"], data["starts_on"], adults)
                yield student, choices, Signing(signer, None, "", on_paper=True, filed_in=data["filed_in"].strip())

    def leave_out(self, student: Student) -> None:
        """The paper is entered: its child is no line of the form any more."""
        self.families = [family for family in self.families if family[0].pk != student.pk]
        del self.fields[self.name_of(student)]
