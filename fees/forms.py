"""Forms about money, for the office and guardians."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.uploads import DocumentField, WorkbookField
from enrollment.models import ServiceOption
from fees.models import (
    AccountLine,
    DistributionPlan,
    Entry,
    FeeNotice,
    FeeSettings,
    PlanStep,
    RefundRule,
    RosterDifference,
    TermFunding,
    Waiver,
)
from school.models import ClassMembership, SchoolClass, SpecialGroup, Student
from web.asking import AskingForm
from web.forms import date_input
from web.templatetags.formats import cn_date, yuan

FEN = Decimal("0.01")


class ListFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=40)
    school_class = forms.ModelChoiceField(label=_("Class"), queryset=SchoolClass.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["school_class"]
        choice.queryset = SchoolClass.objects.order_by("-entry_year", "number")
        choice.empty_label = _("all")

    def narrowed(self, rows: QuerySet[Any], field: str = "student") -> QuerySet[Any]:
        """The rows whose child is asked for, by name and class."""
        data = self.cleaned_data if self.is_valid() else {}
        words, school_class = data.get("q"), data.get("school_class")
        if not words and not school_class:
            return rows
        students = Student.objects.search(words or "")
        if school_class:
            members = ClassMembership.objects.on(timezone.localdate()).filter(school_class=school_class)
            students = students.filter(pk__in=members.values("student"))
        return rows.filter(**{f"{field}__in": students})


class NameFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=40)


class NoticeForm(forms.ModelForm):
    class Meta:
        model = FeeNotice
        fields = [
            "document_number",
            "document_date",
            "basis",
            "period_rate",
            "partial_month",
            "cost",
            "payee",
            "complaints",
            "applies_from",
        ]
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 3}),
            "document_date": date_input(),
            "applies_from": date_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == FeeNotice.Kind.SERVICE:
            del self.fields["cost"]
        else:
            del self.fields["period_rate"], self.fields["partial_month"]


class RuleForm(forms.ModelForm):
    class Meta:
        model = RefundRule
        fields = ["option", "kind", "within", "unit", "percent", "document"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["option"]
        choice.queryset = ServiceOption.objects.filter(term=self.instance.term)


class FundingForm(forms.ModelForm):
    """Who pays for the term, and which groups are the aid list: one page."""

    aid_groups = forms.ModelMultipleChoiceField(
        label=_("Groups of the aid list"),
        queryset=SpecialGroup.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Waivers are proposed for their children."),
    )

    class Meta:
        model = TermFunding
        fields = ["source", "document", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aid_groups"].initial = FeeSettings.load().aid_groups.all()

    def save(self, commit: bool = True) -> TermFunding:
        FeeSettings.load().aid_groups.set(self.cleaned_data["aid_groups"])
        saved: TermFunding = super().save(commit)
        return saved


class PaymentForm(AskingForm):
    amount = forms.DecimalField(label=_("Amount (yuan)"), max_digits=8, decimal_places=2, min_value=FEN)
    day = forms.DateField(label=_("Paid on"), widget=date_input(), initial=timezone.localdate)
    method = forms.ChoiceField(
        label=_("Way"), choices=[(Entry.Method.CASH, _("cash")), (Entry.Method.TRANSFER, _("transfer"))]
    )
    receipt_number = forms.CharField(
        label=_("Number of the official receipt"),
        max_length=40,
        required=False,
        help_text=_("As printed on the 票据. It can be entered later."),
    )
    payer = forms.CharField(label=_("Paid by"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class LeaveOutForm(forms.Form):
    """Days without a roll call, with how many children each, to leave out of the charges."""

    days = forms.TypedMultipleChoiceField(
        label=_("Days that do not count"), coerce=dt.date.fromisoformat, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, days: dict[dt.date, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["days"]
        words = {day: ngettext("%d child", "%d children", n) % n for day, n in days.items()}
        choice.choices = [(day.isoformat(), f"{cn_date(day)} · {words[day]}") for day in days]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReceiptsForm(AskingForm):
    """The number of the official receipt for each payment; a line left empty is entered another time.

    Without numbers in `data`, `first` (the number on the first receipt of a pile) is counted on through the lines.
    """

    def __init__(self, payments: Sequence[Entry], *args: Any, first: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payments = {self.name_of(payment): payment for payment in payments}
        for (name, payment), number in zip(self.payments.items(), following(first), strict=False):
            facts = {"child": payment.student.name, "label": payment.student.class_label}
            facts |= {"day": cn_date(payment.day), "amount": yuan(-payment.amount)}
            label = _("%(child)s, %(label)s: %(amount)s on %(day)s") % facts
            self.fields[name] = forms.CharField(label=label, initial=number, max_length=40, required=False)
        self.order_fields([*self.payments, "another"])

    @staticmethod
    def name_of(payment: Entry) -> str:
        return f"receipt_{payment.pk}"

    def numbers(self) -> list[tuple[str, Entry, str]]:
        """Each line with a number: its field, the payment, the number."""
        return [(name, self.payments[name], number) for name in self.payments if (number := self.cleaned_data[name])]

    def leave_out(self, name: str) -> None:
        """The number is entered: its payment is no line of the form any more."""
        del self.payments[name], self.fields[name]


def following(first: str) -> Iterator[str]:
    """This number and those after it, with its leading zeros: 票 00129, 票 00130 …; empty ones where no digits end it."""
    digits = re.search(r"[0-9]*$", first).group()  # type: ignore[union-attr]
    start = first.removesuffix(digits)
    for n in count(int(digits or 0)):
        yield f"{start}{n:0{len(digits)}}" if digits else ""


class BankFileForm(forms.Form):
    file = WorkbookField(label=_("File of the bank (Excel, WPS or CSV)"))


class ChildForm(forms.Form):
    """A child by name, or by the code of the child."""

    student = forms.ModelChoiceField(label=_("Child"), queryset=Student.objects.none(), required=False)

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["student"]
        choice.queryset = candidates
        choice.label_from_instance = lambda child: f"{child.name} {child.class_label}"
        choice.empty_label = _("nobody: do not book")


class WaiverAskForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[pair for pair in Waiver.Ground.choices if pair[0] != Waiver.Ground.AID_LIST]
    )
    explanation = forms.CharField(
        label=_("Explanation"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = DocumentField(
        label=_("Photograph or PDF of the paper"),
        required=False,
        help_text=_("Seen by the after-school service office only."),
    )


class WaiverDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("grant")), ("decline", _("decline"))],
        widget=forms.RadioSelect,
        initial="grant",
    )
    share = forms.ChoiceField(label=_("Reduction"), choices=Waiver.Share.choices)
    amount = forms.DecimalField(
        label=_("Less by (yuan a month)"), max_digits=8, decimal_places=2, min_value=FEN, required=False
    )
    starts_on = forms.DateField(label=_("From"), widget=date_input())
    ends_on = forms.DateField(label=_("To"), widget=date_input())
    opinion = forms.CharField(label=_("Opinion"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "grant" and data.get("share") == Waiver.Share.AMOUNT and not data.get("amount"):
            self.add_error("amount", _("Say how many yuan less."))
        if data.get("share") != Waiver.Share.AMOUNT:
            data["amount"] = None
        return data


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=date_input(), initial=timezone.localdate)


class RefundDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("approve")), ("decline", _("decline"))],
        widget=forms.RadioSelect,
        initial="approve",
    )
    opinion = forms.CharField(label=_("Opinion"), max_length=200, required=False)


class GiveBackForm(forms.Form):
    amount = forms.DecimalField(label=_("Give back (yuan)"), max_digits=8, decimal_places=2, min_value=FEN)


class PayOutForm(AskingForm):
    """Without an amount where all is set off against what the family owes."""

    amount = forms.DecimalField(label=_("Pay out (yuan)"), max_digits=8, decimal_places=2, min_value=FEN)
    method = forms.ChoiceField(
        label=_("Way"), choices=[(Entry.Method.TRANSFER, _("transfer")), (Entry.Method.CASH, _("cash"))]
    )
    day = forms.DateField(label=_("Paid out on"), widget=date_input(), initial=timezone.localdate)
    voucher = forms.CharField(label=_("Number of the voucher"), max_length=60)

    def __init__(self, *args: Any, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, initial={"amount": most}, **kwargs)
        if not most:
            del self.fields["amount"]


class AccountLineForm(AskingForm):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=AccountLine.Purpose.choices)
    amount = forms.DecimalField(label=_("Amount (yuan)"), max_digits=10, decimal_places=2, min_value=FEN)
    day = forms.DateField(label=_("Day"), widget=date_input(), initial=timezone.localdate)
    document = forms.CharField(label=_("Number of the voucher"), max_length=60)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PlanForm(forms.ModelForm):
    class Meta:
        model = DistributionPlan
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=_("Step"), choices=PlanStep.Kind.choices)
    day = forms.DateField(label=_("Day"), widget=date_input(), initial=timezone.localdate)
    note = forms.CharField(label=_("What was said or decided"), max_length=300, required=False)


class SettleForm(forms.Form):
    settlement = forms.ChoiceField(label=_("How it was settled"), choices=RosterDifference.Settlement.choices)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
