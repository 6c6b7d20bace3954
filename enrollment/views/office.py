"""Reviewing applications, the options of a term, the letter and the texts, and who takes part."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollment import defaults
from enrollment.forms import (
    STATUS_KIND,
    ApplicationFilter,
    DecisionForm,
    EndForm,
    LetterForm,
    OpenForm,
    OptionForm,
    TemplateForm,
)
from enrollment.models import AgreementTemplate, Application, Enrolment, Letter, ServiceOption
from enrollment.services import approve_application, end_enrolment, open_sign_up, publish_letter, review_application
from enrollment.views.family import timeline_of
from school.access import role_required, signed_in
from school.models import Student, Term
from school.templatetags.components import CountTab

OFFICE = ("service_office", "academic_office")
PAGE = 25


def students_named(words: str) -> "list[int]":
    return list(Student.objects.search(words).values_list("pk", flat=True))


@role_required("homeroom_teacher", "service_office", "academic_office", "principal")
def application_list(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first; the first tab is what waits for me. Several can be agreed to at once."""
    if request.method == "POST":
        return decide_many(request)
    visible = Application.objects.visible_to(request.user)
    waiting = Application.objects.waiting_for(request.user)
    status = request.GET.get("status", "mine" if waiting.exists() else "")
    rows = waiting if status == "mine" else visible.filter(status=status) if status else visible
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(student__in=students_named(words))
    today = timezone.localdate()
    counts = dict(visible.order_by().values_list("status").annotate(n=Count("pk")))
    tabs = [CountTab("mine", _("Waiting for me"), waiting.count())]
    tabs += [CountTab(code, label, counts.get(code, 0)) for code, label in Application.Status.choices]
    tabs.append(CountTab("all", _("All"), sum(counts.values())))
    if status == "all":
        rows = visible.filter(student__in=students_named(words)) if words else visible
    page_obj = Paginator(rows.select_related("student", "option", "submitted_by"), PAGE).get_page(
        request.GET.get("page")
    )
    label_classes([row.student for row in page_obj], today)
    context = {
        "page_obj": page_obj,
        "tabs": tabs,
        "form": ApplicationFilter(request.GET),
        "kinds": STATUS_KIND,
        "today": today,
        "can_decide": status == "mine",
    }
    return render(request, "enrollment/application_list.html", context)


def label_classes(students: list[Student], day) -> None:  # type: ignore[no-untyped-def]
    """Gives each student `.class_label`, in one query."""
    from school.models import ClassMembership

    rows = ClassMembership.objects.on(day).filter(student__in=students).select_related("school_class")
    labels = {m.student_id: m.school_class.label(day) for m in rows}
    for student in students:
        student.class_label = labels.get(student.pk, "")


def decide(request: HttpRequest, application: Application, decision: str, opinion: str) -> None:
    """The step that is this person's to take. Raises ValidationError where a rule refuses."""
    is_review = application.status == Application.Status.SUBMITTED and request.user.has_role("homeroom_teacher")
    service = review_application if is_review else approve_application
    service(application=application, decision=decision, opinion=opinion, by=request.user)


def decide_many(request: HttpRequest) -> HttpResponse:
    """Agrees to all that were ticked; those that a rule refuses are named and stay."""
    rows = Application.objects.waiting_for(request.user).filter(pk__in=request.POST.getlist("row"))
    agreed, refused = 0, []
    for application in rows.select_related("student", "option")[:200]:
        try:
            decide(request, application, "approve", "")
            agreed += 1
        except ValidationError as error:
            refused.append(f"{application.student.name}: {' '.join(error.messages)}")
    if agreed:
        messages.success(request, ngettext("%d application agreed to.", "%d applications agreed to.", agreed) % agreed)
    for text in refused[:10]:
        messages.error(request, text)
    return redirect(request.get_full_path())


@signed_in
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: what was chosen, what happened, and the decision where it is this person's."""
    visible = Application.objects.visible_to(request.user).select_related("student", "option__term", "submitted_by")
    application = get_object_or_404(visible, pk=pk)
    mine = Application.objects.waiting_for(request.user).filter(pk=pk).exists()
    form = DecisionForm(request.POST or None) if mine else None
    if request.method == "POST" and form and form.is_valid():
        try:
            decide(request, application, form.cleaned_data["decision"], form.cleaned_data["opinion"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Decided. The family sees it on its page."))
            return redirect("enrollment:application_list")
    agreements = list(application.agreements.select_related("template"))
    label_classes([application.student], timezone.localdate())
    context = {
        "application": application,
        "agreements": agreements,
        "collectors": application.student.collectors.all(),
        "entries": timeline_of(application, agreements),
        "form": form,
        "kind": STATUS_KIND[Application.Status(application.status)],
        "is_family": application.student.guardianships.filter(guardian__user=request.user).exists(),
    }
    return render(request, "enrollment/application_detail.html", context)


@role_required(*OFFICE)
def option_list(request: HttpRequest) -> HttpResponse:
    """The term's sign-up on one page: texts, letter, options, each with its state."""
    term = Term.objects.current(timezone.localdate())
    options = (
        ServiceOption.objects.filter(term=term)
        .select_related("letter")
        .annotate(applied=Count("applications", distinct=True))
    )
    context = {
        "term": term,
        "options": options,
        "letter": Letter.objects.filter(term=term).first(),
        "templates": AgreementTemplate.objects.order_by("kind", "-version").distinct("kind"),
    }
    return render(request, "enrollment/option_list.html", context)


@role_required(*OFFICE)
def option_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    option = get_object_or_404(ServiceOption, pk=pk) if pk else None
    term = Term.objects.current(timezone.localdate())
    initial = {
        "term": term,
        "name": _("Weekday after-school care"),
        "starts_on": term and term.starts_on,
        "ends_on": term and term.ends_on,
    }
    form = OptionForm(request.POST or None, instance=option, initial=None if option else initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("enrollment:option_list")
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
            return redirect("enrollment:option_list")
    return render(request, "enrollment/option_open.html", {"form": form, "option": option})


@role_required(*OFFICE)
def letter_edit(request: HttpRequest) -> HttpResponse:
    """The current term's letter: a draft to start from, saved as often as wanted, published once."""
    term = get_object_or_404(Term, pk=getattr(Term.objects.current(timezone.localdate()), "pk", None))
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
                return redirect("enrollment:letter_edit")
        messages.success(request, _("Published.") if letter.published_at else _("Saved as a draft."))
        return redirect("enrollment:option_list")
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


@role_required(*OFFICE, "principal", "duty_leader", "homeroom_teacher")
def enrolment_list(request: HttpRequest) -> HttpResponse:
    """Who takes part today, or has ended; a homeroom teacher's own class."""
    today = timezone.localdate()
    visible = Enrolment.objects.visible_to(request.user)
    running, ended = visible.on(today), visible.filter(ends_on__lt=today)
    status = request.GET.get("status", "")
    rows = ended if status == "ended" else running
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(student__in=students_named(words))
    page_obj = Paginator(rows.select_related("student", "option"), PAGE).get_page(request.GET.get("page"))
    label_classes([row.student for row in page_obj], today)
    context = {
        "page_obj": page_obj,
        "tabs": [CountTab("", _("Taking part"), running.count()), CountTab("ended", _("Ended"), ended.count())],
        "form": ApplicationFilter(request.GET),
        "may_end": request.user.has_role(*OFFICE),
    }
    return render(request, "enrollment/enrolment_list.html", context)


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
