"""Visits outside: planned by who leads, approved by the office, counted on the way, agreed to on the phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs import papers
from clubs.forms.catalogue import ReasonForm
from clubs.forms.visits import VisitForm
from clubs.models import Visit, VisitChild, VisitCount
from clubs.services.visiting import (
    adults_needed,
    answer_visit,
    approve_visit,
    call_off_visit,
    count_heads,
    expected_on,
    save_visit,
    what_is_missing,
)
from clubs.tables.activities import VisitTable
from clubs.views.common import OFFICE, STAFF, put_errors, this_term
from enrollment.children import children_of
from school.access import role_required
from school.models import Student
from school.rows import with_children
from school.services import log_accesses
from school.views.papers import print_paper
from web.addresses import read_numbers
from web.editing import show_refusal
from web.tables import Link, list_page

READERS = (*STAFF, "homeroom_teacher", "grade_head")
PLANNERS = (*OFFICE, "teacher", "homeroom_teacher", "grade_head")


def may_edit(request: HttpRequest, visit: Visit) -> bool:
    return request.user.has_role(*OFFICE) or visit.made_by_id == request.user.pk


@role_required(*READERS)
def visit_list(request: HttpRequest) -> HttpResponse:
    rows = Visit.objects.visible_to(request.user).annotate(
        asked=Count("children"), coming=Count("children", filter=Q(children__answer="agreed"))
    )
    add = Link(_("Plan a visit"), reverse("clubs:visit_add"), "plus", primary=True)
    return list_page(
        request,
        VisitTable(rows.order_by("-day", "-pk")),
        links=[add] if request.user.has_role(*PLANNERS) else [],
        back=reverse("clubs:activity_list"),
    )


@role_required(*PLANNERS)
def visit_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    visit = get_object_or_404(Visit.objects.visible_to(request.user), pk=pk) if pk else Visit(term=this_term())
    if pk and not may_edit(request, visit):
        raise PermissionDenied
    form = VisitForm(request.user, request.POST or None, instance=visit)
    if request.method == "POST" and form.is_valid():
        leaders, students = list(form.cleaned_data["leaders"]), form.cleaned_data["names"]
        try:
            visit = save_visit(visit=form.instance, leaders=leaders, students=students, by=request.user)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Saved. The guardians are asked on their phones now."))
            return redirect("clubs:visit_detail", visit.pk)
    return render(request, "clubs/visit_edit.html", {"form": form, "visit": visit if pk else None})


@role_required(*READERS)
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan, who comes along, what is missing, and the heads that were counted."""
    rows = Visit.objects.visible_to(request.user).select_related("club", "school_class", "approved_by", "made_by")
    visit = get_object_or_404(rows, pk=pk)
    children = list(with_children(visit.children.select_related("answered_by").order_by("student__name_key"))[:500])
    planned = visit.state == Visit.State.PLANNED
    coming = sum(child.answer == VisitChild.Answer.AGREED for child in children)
    context = {
        "visit": visit,
        "children": children,
        "leaders": visit.leaders.select_related("staff"),
        "needed": adults_needed(coming),
        "coming": coming,
        "missing": what_is_missing(visit) if planned else [],
        "without": [child for child in children if child.answer == VisitChild.Answer.OPEN],
        "counts": visit.counts.select_related("by").prefetch_related("absent__student")[:20],
        "office": request.user.has_role(*OFFICE),
        "may_edit": planned and may_edit(request, visit),
        "may_call_off": visit.state != Visit.State.CALLED_OFF and may_edit(request, visit),
        "may_count": visit.state == Visit.State.APPROVED and may_lead(request, visit),
        "may_print": may_lead(request, visit),
    }
    return render(request, "clubs/visit_detail.html", context)


def may_lead(request: HttpRequest, visit: Visit) -> bool:
    """The adults of the visit and the office: they alone see phones and count heads."""
    led = Visit.objects.led_by(request.user).filter(pk=visit.pk)
    return request.user.has_role(*OFFICE) or led.exists()


@role_required(*OFFICE)
@require_POST
def visit_approve(request: HttpRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(Visit, pk=pk)
    left_out = set(read_numbers(request.POST.getlist("left_out")))
    try:
        approve_visit(visit=visit, left_out=left_out, by=request.user)
    except ValidationError as error:
        show_refusal(request, error)
    else:
        messages.success(request, _("Approved: the list stands."))
    return redirect("clubs:visit_detail", pk)


@role_required(*PLANNERS)
def visit_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(Visit.objects.visible_to(request.user), pk=pk)
    if not may_edit(request, visit):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            call_off_visit(visit=visit, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Called off. Families read the reason."))
            return redirect("clubs:visit_detail", pk)
    return render(request, "clubs/visit_call_off.html", {"visit": visit, "form": form})


@role_required(*PLANNERS, "duty_leader", "principal")
def visit_count(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """Heads: everybody is there by default, the exceptions are taken out; who is missing stands in red."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user), pk=pk, state=Visit.State.APPROVED)
    if not may_lead(request, visit) or moment not in VisitCount.Moment.values:
        raise PermissionDenied
    if request.method == "POST":
        there = set(read_numbers(request.POST.getlist("there")))
        try:
            count = count_heads(visit=visit, moment=moment, there=there, by=request.user)
        except ValidationError as error:
            show_refusal(request, error)
        else:
            tell_count(request, count)
        return redirect("clubs:visit_detail", pk)
    children = expected_on(visit, moment)
    labels = Student.objects.with_class(visit.day).in_bulk([child.student_id for child in children])
    rows = [(child, labels[child.student_id].class_label) for child in children]
    return render(
        request,
        "clubs/visit_count.html",
        {"visit": visit, "rows": rows, "moment": VisitCount.Moment(moment).label},
    )


def tell_count(request: HttpRequest, count: VisitCount) -> None:
    facts = {"there": count.present, "expected": count.expected}
    if count.present == count.expected:
        messages.success(request, _("All are there: %(there)d of %(expected)d.") % facts)
    else:
        messages.error(request, _("%(there)d of %(expected)d are there. Look for the missing at once.") % facts)


@role_required(*PLANNERS, "duty_leader", "principal")
def visit_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the road: names, classes, guardians' phones. Each printing is an access that is logged."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user), pk=pk)
    if not may_lead(request, visit):
        raise PermissionDenied
    coming = Student.objects.filter(pk__in=visit.children.coming().values("student"))
    log_accesses(user=request.user, students=coming, fields=["phones"])
    return print_paper(request, papers.VISIT, visit)


@role_required("guardian")
def visit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian agrees for the own child, or keeps it at school."""
    rows = VisitChild.objects.filter(student__in=children_of(request)).select_related("visit__term", "student")
    child = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        try:
            answer_visit(child=child, agrees=request.POST.get("answer") == "agree", by=request.user)
        except ValidationError as error:
            show_refusal(request, error)
            return redirect("clubs:visit_answer", pk)
        messages.success(request, _("Thank you, the school has your answer."))
        return redirect("clubs:family_activities")
    leaders = child.visit.leaders.select_related("staff")
    return render(request, "clubs/visit_answer.html", {"child": child, "visit": child.visit, "leaders": leaders})
