"""The queue of applications and what a reviewer does with each: agree, offer another place, refuse; and paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Min, Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.uploads import upload_response
from enrollment.children import siblings
from enrollment.exceptions import exceptions_of
from enrollment.forms.office import (
    STATUS_KIND,
    AlternativeForm,
    ApplicationFilter,
    DecisionForm,
)
from enrollment.models import Agreement, Alternative, Application, ReviewStep, Signature
from enrollment.models.applications import ApplicationQuerySet
from enrollment.services import decide_application, offer_alternative
from enrollment.services.collecting import who_collects
from enrollment.tables.applications import ApplicationTable, QueueTable
from school.access import may_enter, role_required, signed_in
from school.models import SpecialGroupMembership, Student
from school.rows import group_memberships_of, with_children
from web.tables import Batch, Link, list_page
from web.templatetags.components import CountTab, TimelineEntry
from web.templatetags.formats import cn_datetime, colon

REVIEWERS = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")


@role_required(*REVIEWERS)
def application_list(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first; the first tab is what waits for me. Those without an exception can be agreed to at once."""
    visible = Application.objects.visible_to(request.user)
    waiting = Application.objects.waiting_for(request.user)
    status = request.GET.get("status", "mine" if waiting.exists() else "all")
    rows = waiting if status == "mine" else visible if status == "all" else visible.filter(status=status)
    rows = rows.order_by("submitted_at", "pk")
    if sees_groups(request):
        rows = rows.with_priority().order_by("-has_priority", "submitted_at", "pk")
    form = ApplicationFilter(request.GET)
    rows = with_children(form.narrowed(rows).select_related("option"))
    shown: dict[str, Any] = {
        "form": form,
        "tabs": tabs_of(visible, waiting),
        "links": links_for(request),
        "status": status,
    }
    if status == "mine":
        agree = Batch("approve", _("Agree to the selected"), decide_many)
        return list_page(
            request, QueueTable(rows), template="enrollment/application_queue.html", batch=[agree], **shown
        )
    return list_page(request, ApplicationTable(rows), **shown)


def tabs_of(visible: ApplicationQuerySet, waiting: ApplicationQuerySet) -> list[CountTab]:
    counts = dict(visible.order_by().values_list("status").annotate(n=Count("pk")))
    return [
        CountTab("mine", _("Waiting for me"), waiting.count()),
        *(CountTab(code, label, counts.get(code, 0)) for code, label in Application.Status.choices),
        CountTab("all", _("All"), sum(counts.values())),
    ]


def links_for(request: HttpRequest) -> list[Link]:
    paper = reverse("enrollment:paper_list")
    return [Link(_("Enter from paper"), paper, "file-plus")] if may_enter(request.user, paper) else []


def sees_groups(request: HttpRequest) -> bool:
    """Whether the person may know that a child comes first (who belongs to a special group is seen by few)."""
    return request.user.has_role("service_office", "academic_office", "homeroom_teacher")


def decide_many(request: HttpRequest, keys: list[int]) -> None:
    """Agrees to those without an exception, children who come first before the others; what a rule refuses is named and stays."""
    chosen = Application.objects.waiting_for(request.user).filter(pk__in=keys)
    rows = list(chosen.with_priority().order_by("-has_priority", "submitted_at").select_related("student", "option"))
    set_apart = exceptions_of(rows)
    agreed, refused = 0, []
    for application in rows:
        if set_apart.get(application.pk):
            continue
        try:
            decide_application(application=application, decision="approve", by=request.user)
            agreed += 1
        except ValidationError as error:
            refused.append(f"{colon(application.student.name)}{' '.join(error.messages)}")
    if agreed:
        messages.success(request, ngettext("%d application agreed to.", "%d applications agreed to.", agreed) % agreed)
    if apart := sum(1 for application in rows if set_apart.get(application.pk)):
        words = ngettext("%d is to be looked at by itself.", "%d are to be looked at one by one.", apart)
        messages.info(request, words % apart)
    for text in refused[:10]:
        messages.error(request, text)


@signed_in
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: what was chosen, what happened, what comes next, and the decision where it is this person's."""
    visible = Application.objects.visible_to(request.user).select_related("option__term", "submitted_by")
    application = get_object_or_404(with_children(visible), pk=pk)
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
    is_family = application.student.has_guardian(request.user)
    context = facts_of(application) | {
        "form": form,
        "exceptions": exceptions_of([application]).get(application.pk, []) if mine else [],
        "comes_first": mine and has_priority(request, application.student),
        "is_family": is_family,
        "siblings": siblings(request, application) if is_family else [],
    }
    return render(request, "enrollment/application_detail.html", context)


def facts_of(application: Application) -> dict[str, Any]:
    """What everybody reads who sees the application."""
    signatures = Prefetch("signatures", Signature.objects.defer("image"))
    agreements = list(application.agreements.prefetch_related(signatures))
    day = max(timezone.localdate(), application.starts_on)
    return {
        "application": application,
        "begins": application.enrolments.aggregate(first=Min("starts_on"))["first"] or application.starts_on,
        "agreements": agreements,
        "collectors": who_collects(application.student_id, day),
        "entries": timeline_of(application, agreements),
        "alternative": offered_instead(application),
        "kind": STATUS_KIND[Application.Status(application.status)],
    }


def offered_instead(application: Application) -> Alternative | None:
    if application.status != Application.Status.OFFERED:
        return None
    return application.alternatives.filter(state=Alternative.State.OFFERED).select_related("option").first()


def has_priority(request: HttpRequest, student: Student) -> bool:
    reason = group_memberships_of(request.user)
    rows = SpecialGroupMembership.objects.filter(student=student, group__has_priority=True)
    return bool(reason is not None and rows.filter(reason).exists())


def timeline_of(application: Application, agreements: list[Agreement]) -> list[TimelineEntry]:
    """What happened, the oldest first."""
    title = _("Applied on paper") if application.on_paper else _("Applied")
    entries = [
        TimelineEntry(title, cn_datetime(application.submitted_at), application.applicant, application.note, "ok")
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


@signed_in
def signature_scan(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of a signed paper, for those who see the application."""
    visible = Application.objects.visible_to(request.user)
    signature = get_object_or_404(Signature.objects.filter(agreement__application__in=visible), pk=pk)
    if not signature.scan:
        raise Http404
    return upload_response(signature.scan)
