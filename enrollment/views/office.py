"""The options of a term, the letter and the texts, the steps of the review, who takes part and what changes."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollment import defaults
from enrollment.forms.office import (
    ApplicationFilter,
    ChangeDecisionForm,
    EndForm,
    LetterForm,
    OpenForm,
    OptionForm,
    StageForm,
    TemplateForm,
)
from enrollment.merging import merge
from enrollment.models import AgreementTemplate, ChangeRequest, Enrolment, Letter, ReviewStage, ServiceOption
from enrollment.participation import goes_on
from enrollment.preparing import back_from, of_term, term_asked
from enrollment.services import decide_change, end_enrolment, open_sign_up, publish_letter
from enrollment.tables.applications import ChangeTable, EnrolmentTable, StageTable
from enrollment.tables.offers import OptionTable
from school.access import lost_by_days, role_required
from school.models import SchoolSettings, Student, Term
from school.rows import with_children
from web.tables import WHOLE, Batch, list_page, paged
from web.templatetags.components import CountTab

OFFICE = ("service_office", "academic_office")
SEES_ENROLMENTS = (*OFFICE, "principal", "duty_leader", "homeroom_teacher")


@role_required(*OFFICE)
def option_list(request: HttpRequest) -> HttpResponse:
    """The term's sign-up on one page: texts, letter, options, each with its state."""
    term = term_asked(request)
    options = ServiceOption.objects.filter(term=term).select_related("letter")
    options = options.annotate(applied=Count("applications", distinct=True))
    context = {
        "term": term,
        "add_url": of_term("enrollment:option_add", term) if term else reverse("enrollment:option_add"),
        "table": paged(request, OptionTable(options), WHOLE),
        "letter": Letter.objects.filter(term=term).first(),
        "templates": AgreementTemplate.objects.order_by("kind", "-version").distinct("kind"),
    }
    return render(request, "enrollment/option_list.html", context)


@role_required(*OFFICE)
def option_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    option = get_object_or_404(ServiceOption, pk=pk) if pk else None
    term = term_asked(request)
    initial = {
        "term": term,
        "name": _("Weekday after-school care"),
        "starts_on": term and term.starts_on,
        "ends_on": term and term.ends_on,
    }
    form = OptionForm(request.POST or None, instance=option, initial=None if option else initial)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect(of_term("enrollment:option_list", saved.term))
    return render(request, "enrollment/option_edit.html", {"form": form, "option": option})


@role_required(*OFFICE)
def option_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the option to families from a moment to a moment."""
    option = get_object_or_404(ServiceOption.objects.select_related("term", "letter"), pk=pk)
    now = timezone.localtime().replace(second=0, microsecond=0)
    initial = {"opens_at": option.opens_at or now, "closes_at": option.closes_at or now + dt.timedelta(days=7)}
    form = OpenForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if option.letter is None:
            option.letter = Letter.objects.filter(term=option.term, published_at__isnull=False).first()
        try:
            open_sign_up(option=option, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Sign-up for %s is open to families.") % option.name)
            return redirect(back_from(option.term, "enrollment:option_list"))
    return render(request, "enrollment/option_open.html", {"form": form, "option": option})


@role_required(*OFFICE)
def letter_edit(request: HttpRequest) -> HttpResponse:
    """The current term's letter: a draft to start from, saved as often as wanted, published once."""
    term = get_object_or_404(Term, pk=getattr(term_asked(request), "pk", None))
    latest = Letter.objects.filter(term=term).first()
    letter = latest or defaults.new_letter(term)
    if letter.published_at and request.method == "POST":
        letter = Letter(term=term, version=letter.version + 1)
    form = LetterForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        letter = form.save()
        if "publish" in request.POST:
            try:
                publish_letter(letter=letter, by=request.user)
                ServiceOption.objects.filter(term=term).update(letter=letter)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return redirect(of_term("enrollment:letter_edit", term))
        messages.success(request, _("Published.") if letter.published_at else _("Saved as a draft."))
        return redirect(back_from(term, "enrollment:option_list"))
    return render(request, "enrollment/letter_edit.html", {"form": form, "letter": letter})


@role_required(*OFFICE)
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An agreement's text. A published version stays; saving a change to it begins the next one."""
    template = get_object_or_404(AgreementTemplate, pk=pk)
    published = template.published_at is not None
    if published and request.method == "POST":
        newest = AgreementTemplate.objects.filter(kind=template.kind).aggregate(v=Max("version"))["v"]
        template = AgreementTemplate(kind=template.kind, version=newest + 1)
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        template = form.save(commit=False)
        template.published_at = timezone.now() if "publish" in request.POST else None
        template.save()
        messages.success(request, _("Published.") if template.published_at else _("Saved as a draft."))
        return redirect("enrollment:option_list")
    return render(
        request, "enrollment/template_edit.html", {"form": form, "template": template, "published": published}
    )


@role_required(*SEES_ENROLMENTS)
def enrolment_list(request: HttpRequest) -> HttpResponse:
    """Who takes part and goes on, begins later, or ends; a homeroom teacher's own class.

    The summary counts a child no longer on the day that is its last; nor does the first of these lists.
    """
    today = timezone.localdate()
    visible = Enrolment.objects.visible_to(request.user)
    going_on = visible.on(today).filter(goes_on(Enrolment.objects.all(), today, "option"))
    by_status = {
        "": going_on,
        "later": visible.filter(starts_on__gt=today).not_continuing(),
        "ended": visible.filter(ends_on__lte=today).not_continued().exclude(pk__in=going_on.values("pk")),
    }
    labels = {"": _("Taking part"), "later": _("Beginning later"), "ended": _("Ended or ending today")}
    tabs = [CountTab(code, labels[code], part.count()) for code, part in by_status.items()]
    form = ApplicationFilter(request.GET)
    rows = form.narrowed(by_status.get(request.GET.get("status", ""), by_status[""]))
    may_end = request.user.has_role(*OFFICE)
    table = EnrolmentTable(with_children(rows.select_related("option")), exclude=() if may_end else ("actions",))
    return list_page(request, table, form=form, tabs=tabs)


@role_required(*OFFICE)
def change_list(request: HttpRequest) -> HttpResponse:
    """Changes that families ask for, the oldest first; several can be carried out at once."""
    counts = dict(ChangeRequest.objects.order_by().values_list("state").annotate(n=Count("pk")))
    tabs = [
        CountTab("" if code == ChangeRequest.State.WAITING else code, label, counts.get(code, 0))
        for code, label in ChangeRequest.State.choices
    ]
    state = request.GET.get("status", "")
    rows = ChangeRequest.objects.filter(state=state or ChangeRequest.State.WAITING)
    rows = rows.select_related("enrolment__option", "requested_by", "decided_by")
    rows = rows.prefetch_related(
        Prefetch("enrolment__student", Student.objects.with_class_to_come(timezone.localdate()))
    )
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(enrolment__student__in=Student.objects.search(words))
    table = ChangeTable(rows, exclude=("select",) if state else ())
    batch = [] if state else [Batch("approve", _("Carry out the selected"), carry_out_many)]
    return list_page(request, table, tabs=tabs, batch=batch, back=reverse("enrollment:enrolment_list"))


def carry_out_many(request: HttpRequest, keys: list[int]) -> None:
    """Carries out those that cost no child a club; the others are named, to be looked at one by one."""
    done = 0
    for change in ChangeRequest.objects.waiting().filter(pk__in=keys).select_related("enrolment__student"):
        student = change.enrolment.student
        if lost := lost_by_days(student, change.weekdays, change.leaves_after):
            facts = {"child": student.name, "clubs": "、".join(lost)}
            messages.warning(request, _("%(child)s would lose %(clubs)s: look at this change by itself.") % facts)
            continue
        try:
            decide_change(change=change, agree=True, by=request.user)
            done += 1
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    if done:
        messages.success(request, ngettext("%d change carried out.", "%d changes carried out.", done) % done)


@role_required(*OFFICE)
def change_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: carried out, or refused with a reason."""
    rows = ChangeRequest.objects.waiting().select_related("enrolment__student", "enrolment__option", "requested_by")
    change = get_object_or_404(rows, pk=pk)
    form = ChangeDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agree = request.POST.get("decision") == "approve"
        try:
            decide_change(change=change, agree=agree, opinion=form.cleaned_data["opinion"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Decided. The family sees it on its page."))
            return redirect("enrollment:change_list")
    lost = lost_by_days(change.enrolment.student, change.weekdays, change.leaves_after)
    return render(request, "enrollment/change_decide.html", {"form": form, "change": change, "lost": lost})


@role_required(*OFFICE)
def stage_list(request: HttpRequest) -> HttpResponse:
    """The steps of the review as this school has them."""
    return list_page(request, StageTable(ReviewStage.objects.all()), back=reverse("enrollment:option_list"))


@role_required(*OFFICE)
def stage_edit(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(ReviewStage, pk=pk)
    form = StageForm(request.POST or None, instance=stage)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("enrollment:stage_list")
    return render(request, "enrollment/stage_edit.html", {"form": form, "stage": stage})


SAMPLE = {
    "term": "2026—2027学年第一学期",
    "student": "示例学生",
    "class": "三(2)班",
    "guardian": "示例家长",
    "option": "周一至周五课后托管",
    "weekdays": "周一、周三",
    "times": "15:40–17:30",
    "fee": "100 元/月",
    "from": "2026年9月1日",
    "collectors": "示例家长(母亲)",
    "alone": "无",
    "leaving": "周三第1节后",
}


@role_required(*OFFICE)
def template_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as a family would read it, filled in for an invented child."""
    template = get_object_or_404(AgreementTemplate, pk=pk)
    text = merge(template.body, SAMPLE | {"school": SchoolSettings.load().name})
    return render(request, "enrollment/template_preview.html", {"template": template, "text": text})


@role_required(*OFFICE)
def enrolment_end(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(Enrolment.objects.select_related("student", "option"), pk=pk)
    form = EndForm(enrolment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_enrolment(enrolment=enrolment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("%s no longer takes part after that day; the history is kept.") % enrolment.student.name
            )
            return redirect("enrollment:enrolment_list")
    return render(request, "enrollment/enrolment_end.html", {"form": form, "enrolment": enrolment})
