"""The published scale: notices, the sheet for the wall, refund rules, who pays."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clubs.models import Club
from enrollment.models import ServiceOption
from enrollment.preparing import back_from
from fees import papers
from fees.forms import FundingForm, NoticeForm, RuleForm
from fees.models import FeeNotice, RefundRule, TermFunding
from fees.scale import scale_of, unpublished_in
from fees.services import draft_notice, follow_option, publish_notice
from fees.tables.office import NoticeTable
from fees.views.common import OFFICE, READERS, current_term, term_asked
from school.access import role_required
from school.models import Term
from school.views.papers import print_paper
from web.editing import edit_row
from web.tables import WHOLE, Link, list_page


@role_required(*READERS)
def notice_list(request: HttpRequest) -> HttpResponse:
    """What may be charged in a term, published or not, and what is missing before charging."""
    term = term_asked(request)
    may_edit = request.user.has_role(*OFFICE)
    table = NoticeTable(scale_of(term), exclude=() if may_edit else ("actions",))
    table.subtitle = str(term)
    return list_page(
        request,
        table,
        template="fees/notice_list.html",
        links=[Link(_("Sheet for the wall"), reverse("fees:notice_sheet"), "printer")],
        per_page=WHOLE,
        here="scale",
        funding=TermFunding.objects.filter(term=term).first(),
        rules=RefundRule.objects.filter(term=term).select_related("option").with_effect(),
        may_edit=may_edit,
    )


@role_required(*OFFICE)
def notice_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A new notice from what the option (or the club) costs now; `kind` is option or club."""
    if kind == "club":
        notice = draft_notice(club=get_object_or_404(Club.objects.select_related("term"), pk=pk))
    else:
        notice = draft_notice(option=get_object_or_404(ServiceOption, pk=pk))
    return edit_notice(request, notice)


@role_required(*OFFICE)
def notice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is changed or published; a published notice is frozen, its successor begins from the option."""
    notice = get_object_or_404(FeeNotice.objects.select_related("option", "club__term"), pk=pk)
    if notice.published_at:
        return render(request, "fees/notice_detail.html", {"notice": notice, "may_edit": True})
    return edit_notice(request, follow_option(notice))


def term_of_notice(notice: FeeNotice) -> Term:
    owner = notice.option or notice.club
    assert owner is not None  # noqa: S101 - one of the two, by the table's own rule
    return owner.term


def edit_notice(request: HttpRequest, notice: FeeNotice) -> HttpResponse:
    form = NoticeForm(request.POST or None, instance=notice)
    if request.method == "POST" and form.is_valid():
        notice = form.save(commit=False)
        try:
            if "publish" in request.POST:
                publish_notice(notice=notice, by=request.user)
            else:
                notice.save()
        except ValidationError as error:
            notice.published_at = notice.published_by = None
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Published.") if notice.published_at else _("Saved as a draft."))
            return redirect(back_from(term_of_notice(notice), "fees:notice_list"))
    return render(request, "fees/notice_edit.html", {"form": form, "notice": notice})


@role_required(*READERS, "guardian")
def notice_sheet(request: HttpRequest) -> HttpResponse:
    """The sheet for the wall of each class (收费公示): all published lines of the term on one A4 page.

    It is refused while something takes money that it would not name.
    """
    term = current_term()
    if missing := unpublished_in(term):
        names = "、".join(str(one) for one in missing)
        messages.error(request, _("The sheet would not be complete. Not published yet: %s.") % names)
        return redirect("fees:notice_list" if request.user.has_role(*READERS) else "fees:family_fees")
    return print_paper(request, papers.NOTICE_SHEET, term)


@role_required(*OFFICE)
def rule_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    term = current_term()
    rule = get_object_or_404(RefundRule, pk=pk, term=term) if pk else RefundRule(term=term)
    return edit_row(
        request,
        RuleForm(request.POST or None, instance=rule),
        template="fees/_edit.html",
        title=_("Refund rule"),
        back=reverse("fees:notice_list"),
        note=_("The rules that can have an effect stand on the fee notice for the wall."),
    )


@role_required(*OFFICE)
def fee_settings(request: HttpRequest) -> HttpResponse:
    """Who pays for the service this term, and which groups are the aid list."""
    term = current_term()
    funding = TermFunding.objects.filter(term=term).first() or TermFunding(term=term)
    return edit_row(
        request,
        FundingForm(request.POST or None, instance=funding),
        template="fees/_edit.html",
        title=_("Settings of fees"),
        back=reverse("fees:notice_list"),
        note=_("Where families do not pay, charges are made all the same and come to nothing."),
    )
