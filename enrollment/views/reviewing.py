"""The queue of applications and what a reviewer does with each: agree, offer another place, refuse; and paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.workbooks import Column
from enrollment.forms.family import ChoicesForm
from enrollment.forms.office import STATUS_KIND, AlternativeForm, ApplicationFilter, DecisionForm, PaperForm
from enrollment.models import Agreement, Alternative, Application, ReviewStep, ServiceOption, Signature
from enrollment.services import decide_application, enter_application, offer_alternative
from enrollment.services.reviewing import exceptions_of
from enrollment.views.family import guardianships_of, may_go_alone, siblings
from school.access import role_required, signed_in
from school.models import ClassMembership, SpecialGroupMembership, Student, Term, User
from school.models.calendar import school_year_of
from school.models.people import StudentQuerySet
from school.rows import group_memberships_of, homeroom_children
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab, TimelineEntry
from web.templatetags.formats import cn_datetime, weekdays

REVIEWERS = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")
STAFF_ENTRY = ("homeroom_teacher", "service_office", "academic_office")
PAGE = 25
AT_ONCE = 200


def label_classes(students: list[Student]) -> None:
    """Gives each student `.class_label`, in one query."""
    today = timezone.localdate()
    rows = ClassMembership.objects.on(today).filter(student__in=students).select_related("school_class")
    labels = {m.student_id: m.school_class.label(today) for m in rows}
    for student in students:
        student.class_label = labels.get(student.pk, "")


def of_grade(students: "QuerySet[Any]", grade: int | None, field: str = "student") -> "QuerySet[Any]":
    """Rows whose child is in the grade today."""
    if not grade:
        return students
    today = timezone.localdate()
    members = ClassMembership.objects.on(today).filter(school_class__entry_year=school_year_of(today) - grade + 1)
    return students.filter(**{f"{field}__in": members.values("student")})


def filtered(request: HttpRequest, rows: "QuerySet[Any]", option: str = "option") -> "QuerySet[Any]":
    """The rows that the address asks for: name, option, grade."""
    form = ApplicationFilter(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    if words := (data.get("q") or "").strip():
        rows = rows.filter(student__in=Student.objects.search(words))
    if data.get("option"):
        rows = rows.filter(**{option: data["option"]})
    return of_grade(rows, data.get("grade"))


@role_required(*REVIEWERS)
def application_list(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first; the first tab is what waits for me. Those without an exception can be agreed to at once."""
    if request.method == "POST" and not export_asked(request):
        return decide_many(request)
    visible = Application.objects.visible_to(request.user)
    waiting = Application.objects.waiting_for(request.user)
    status = request.GET.get("status", "mine" if waiting.exists() else "all")
    chosen = waiting if status == "mine" else visible if status == "all" else visible.filter(status=status)
    rows = filtered(request, chosen.with_priority()).select_related("student", "option", "submitted_by")
    if export_asked(request):
        return export_applications(request, rows)
    counts = dict(visible.order_by().values_list("status").annotate(n=Count("pk")))
    tabs = [CountTab("mine", _("Waiting for me"), waiting.count())]
    tabs += [CountTab(code, label, counts.get(code, 0)) for code, label in Application.Status.choices]
    tabs.append(CountTab("all", _("All"), sum(counts.values())))
    order = ["-has_priority", "submitted_at", "pk"] if sees_groups(request) else ["submitted_at", "pk"]
    page_obj = Paginator(rows.order_by(*order), PAGE).get_page(request.GET.get("page"))
    label_classes([row.student for row in page_obj])
    exceptions = exceptions_of(page_obj) if status == "mine" else {}
    context = {
        "page_obj": page_obj,
        "tabs": tabs,
        "form": ApplicationFilter(request.GET),
        "kinds": STATUS_KIND,
        "can_decide": status == "mine",
        "ready": [row for row in page_obj if row.pk not in exceptions],
        "set_apart": [(row, exceptions[row.pk]) for row in page_obj if row.pk in exceptions],
        "sees_groups": sees_groups(request),
        "now": timezone.now(),
    }
    return render(request, "enrollment/application_list.html", context)


def sees_groups(request: HttpRequest) -> bool:
    """Whether the person may know that a child comes first (who belongs to a special group is seen by few)."""
    return request.user.has_role("service_office", "academic_office", "homeroom_teacher")


def export_applications(request: HttpRequest, rows: "QuerySet[Application]") -> HttpResponse:
    applications = list(rows)
    label_classes([row.student for row in applications])
    columns = [_("Class"), _("Child"), _("Service"), _("Weekdays"), _("From"), _("Applied"), _("Status")]
    lines = [
        (
            a.student.class_label,
            a.student.name,
            a.option.name,
            weekdays(a.weekdays),
            a.starts_on,
            timezone.localtime(a.submitted_at).replace(tzinfo=None),
            a.get_status_display(),
        )
        for a in applications
    ]
    return export_list(
        request, title=_("Applications"), columns=[Column(c) for c in columns], rows=lines, fields=["name"]
    )


def decide_many(request: HttpRequest) -> HttpResponse:
    """Agrees to all that were ticked, children who come first before the others; what a rule refuses is named and stays."""
    chosen = Application.objects.waiting_for(request.user).filter(pk__in=request.POST.getlist("row"))
    rows = chosen.with_priority().order_by("-has_priority", "submitted_at").select_related("student", "option")
    agreed, refused = 0, []
    for application in rows[:AT_ONCE]:
        try:
            decide_application(application=application, decision="approve", by=request.user)
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
    """One application: what was chosen, what happened, what comes next, and the decision where it is this person's."""
    visible = Application.objects.visible_to(request.user).select_related("student", "option__term", "submitted_by")
    application = get_object_or_404(visible, pk=pk)
    reviews = request.user.has_role(*REVIEWERS)
    mine = reviews and Application.objects.waiting_for(request.user).filter(pk=pk).exists()
    form = DecisionForm(request.POST or None) if mine else None
    if request.method == "POST" and form and form.is_valid():
        try:
            decide_application(application=application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Decided. The family sees it on its page."))
            return redirect("enrollment:application_list")
    signatures = Prefetch("signatures", Signature.objects.defer("image"))
    agreements = list(application.agreements.prefetch_related(signatures))
    label_classes([application.student])
    is_family = application.student.has_guardian(request.user)
    context = {
        "application": application,
        "agreements": agreements,
        "collectors": application.student.collectors.all(),
        "entries": timeline_of(application, agreements),
        "alternative": offered_instead(application),
        "exceptions": exceptions_of([application]).get(application.pk, []) if mine else [],
        "comes_first": mine and has_priority(request, application.student),
        "form": form,
        "kind": STATUS_KIND[Application.Status(application.status)],
        "is_family": is_family,
        "siblings": siblings(request, application) if is_family else [],
    }
    return render(request, "enrollment/application_detail.html", context)


def offered_instead(application: Application) -> Alternative | None:
    if application.status != Application.Status.OFFERED:
        return None
    return application.alternatives.filter(state="offered").select_related("option").first()


def has_priority(request: HttpRequest, student: Student) -> bool:
    reason = group_memberships_of(request.user)
    rows = SpecialGroupMembership.objects.filter(student=student, group__has_priority=True)
    return bool(reason is not None and rows.filter(reason).exists())


def timeline_of(application: Application, agreements: list[Agreement]) -> list[TimelineEntry]:
    """What happened, the oldest first."""
    title = _("Applied on paper") if application.on_paper else _("Applied")
    entries = [
        TimelineEntry(
            title, cn_datetime(application.submitted_at), application.submitted_by.name, application.note, "ok"
        )
    ]
    kinds = {ReviewStep.Decision.APPROVE: "ok", ReviewStep.Decision.OFFER: "attention"}
    for step in application.steps.select_related("by"):
        words = f"{step.get_step_display()} · {step.get_decision_display()}"
        text = f"{step.get_ground_display()}:{step.opinion}" if step.ground else step.opinion
        kind = kinds.get(ReviewStep.Decision(step.decision), "danger")
        entries.append(TimelineEntry(words, cn_datetime(step.at), step.by.name, text, kind))
    in_force = [a.in_force_at for a in agreements if a.in_force_at]
    if in_force:
        entries.append(TimelineEntry(_("Agreement in force"), cn_datetime(max(in_force)), "", "", "ok"))
    return entries


@role_required(*REVIEWERS)
def alternative_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Another option or other weekdays, offered to the family before any refusal."""
    mine = Application.objects.waiting_for(request.user).select_related("student", "option")
    application = get_object_or_404(mine, pk=pk)
    form = AlternativeForm(application, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offer_alternative(application=application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Offered. The family answers on its phone; then you decide."))
            return redirect("enrollment:application_list")
    return render(request, "enrollment/alternative_offer.html", {"form": form, "application": application})


def entered_by(user: User) -> "StudentQuerySet":
    """The children whose papers this person enters: the whole school's, or one's own class's; not all one looks after."""
    if user.has_role("service_office", "academic_office"):
        return Student.objects.all()
    return Student.objects.filter(homeroom_children(user))


@role_required(*STAFF_ENTRY)
def paper_list(request: HttpRequest) -> HttpResponse:
    """Children without an application, to enter one from paper: search by name, one's own class first."""
    term = Term.objects.current(timezone.localdate())
    options = list(ServiceOption.objects.filter(term=term, letter__published_at__isnull=False))
    option = next((o for o in options if str(o.pk) == request.GET.get("option")), options[0] if options else None)
    words = request.GET.get("q", "").strip()
    today = timezone.localdate()
    applied = Application.objects.filter(option=option, status__in=Application.OPEN).values("student")
    rows = entered_by(request.user).on_roll(today).exclude(pk__in=applied).search(words)
    page_obj = Paginator(rows.with_class(today).order_by("-entry_year", "class_number", "name_key"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page_obj": page_obj, "options": options, "option": option, "words": words}
    return render(request, "enrollment/paper_list.html", context)


@role_required(*STAFF_ENTRY)
def paper_enter(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """An application that came on paper, with its signature: for families without a smartphone, and late joiners."""
    option = get_object_or_404(ServiceOption.objects.select_related("letter", "term"), pk=pk)
    today = timezone.localdate()
    student = get_object_or_404(entered_by(request.user).with_class(today), pk=student_pk)
    there = Application.objects.filter(option=option, student=student, status__in=Application.OPEN).first()
    if there is not None:
        messages.info(request, _("%s has an application for this already.") % student.name)
        return redirect(there)
    guardianships = guardianships_of(student)
    data = request.POST or None
    form = ChoicesForm(
        option,
        guardianships,
        data,
        periods=list(option.periods.all()),
        alone_allowed=may_go_alone(student),
        any_day=True,
    )
    paper = PaperForm(guardianships, data, request.FILES or None)
    if request.method == "POST" and form.is_valid() and paper.is_valid():
        try:
            application = enter_application(
                option=option, student=student, choices=form.choices(), signing=paper.signing(), by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Entered; it goes the same way as those from the phone."))
            return redirect(application)
    context = {"option": option, "student": student, "form": form, "paper": paper}
    return render(request, "enrollment/paper_enter.html", context)


@signed_in
def signature_scan(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of a signed paper, for those who see the application."""
    visible = Application.objects.visible_to(request.user)
    signature = get_object_or_404(Signature.objects.filter(agreement__application__in=visible), pk=pk)
    if not signature.scan:
        raise Http404
    response = FileResponse(signature.scan.open(), as_attachment=True, filename=signature.scan.name.rsplit("/", 1)[-1])
    response["X-Content-Type-Options"] = "nosniff"
    return response
