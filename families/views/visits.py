"""Visits to families: a class's plan of the year, and what each found (R043)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.forms import ListFilter, NameFilter, VisitForm
from families.models import HomeVisit
from families.rows import OFFICE
from families.services import record_visit
from families.tables import VisitCountTable, VisitPlanTable, VisitTable
from families.views.care import CARERS, children_for
from families.views.common import classes_for
from families.visiting import children_with_visits, with_counts
from school.access import may_enter, role_required, signed_in
from school.models import Staff, Student, User
from school.rows import homeroom_children, homeroom_of, with_children
from school.services import log_access
from web.editing import edit_row
from web.tables import Link, list_page
from web.templatetags.components import CountTab


def leads_class(user: User) -> Any:
    """The classes whose plan of visits the person sees: the offices all, a homeroom teacher the own ones."""
    classes = classes_for(user)
    if user.has_role(*OFFICE):
        return classes
    return classes.filter(homeroom_of(user, timezone.localdate()))


@role_required(*CARERS)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits held and planned, of the children whom the person answers for or visited."""
    form = ListFilter(classes_for(request.user), request.GET)
    visible = form.apply(HomeVisit.objects.visible_to(request.user), Student.objects, "student")
    tabs = [CountTab("", _("All"), visible.count())]
    tabs += [CountTab(state, label, visible.filter(state=state).count()) for state, label in HomeVisit.State.choices]
    state = request.GET.get("status", "")
    rows = visible.filter(state=state) if state else visible
    rows = with_children(rows.select_related("school_class").prefetch_related("visitors"))
    counts = Link(_("By class: who still has none"), reverse("families:visit_counts"), "list-check")
    links = [counts] if may_enter(request.user, counts.url) else []
    return list_page(request, VisitTable(rows), form=form, tabs=tabs, links=links)


@role_required(*OFFICE, "principal", "homeroom_teacher")
def visit_counts(request: HttpRequest) -> HttpResponse:
    """By class: how many children, how many visited this school year and this term; figures only."""
    led = leads_class(request.user)
    classes = classes_for(request.user) if request.user.has_role(*OFFICE, "principal") else led
    rows = with_counts(classes).annotate(is_led=Exists(led.filter(pk=OuterRef("pk"))))
    back = reverse("families:visit_list")
    return list_page(
        request,
        VisitCountTable(rows.order_by("-entry_year", "number")),
        back=back if may_enter(request.user, back) else "",
    )


@role_required(*OFFICE, "homeroom_teacher")
def visit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A class's children: who has had a visit this school year, who has one planned, who still has none."""
    school_class = get_object_or_404(leads_class(request.user), pk=pk)
    rows = children_with_visits(school_class)
    parts: dict[str, Any] = {
        "": rows.filter(last=None, ahead=None),
        "planned": rows.filter(last=None, ahead__isnull=False),
        "visited": rows.filter(last__isnull=False),
        "all": rows,
    }
    labels = {"": _("No visit this year"), "planned": _("Planned"), "visited": _("Visited"), "all": _("All")}
    tabs = [CountTab(key, labels[key], part.count()) for key, part in parts.items()]
    form = NameFilter(request.GET)
    wanted = parts.get(request.GET.get("status", ""), parts[""])
    if form.is_valid() and form.cleaned_data["q"]:
        wanted = wanted.search(form.cleaned_data["q"])
    table = VisitPlanTable(wanted)
    table.title = _("Visits of %s") % school_class
    return list_page(request, table, form=form, tabs=tabs, back=reverse("families:visit_counts"))


def edit_visit(request: HttpRequest, student: Student, visit: HomeVisit | None, back: str) -> HttpResponse:
    staff = Staff.objects.active(timezone.localdate()).select_related("user")
    initial = {} if visit else {"visitors": [one.pk for one in staff if one.user_id == request.user.pk]}
    form = VisitForm(request.POST or None, instance=visit, staff=staff, initial=initial)
    return edit_row(
        request,
        form,
        template="families/_edit.html",
        title=_("Visit to the family of %s") % student.name,
        back=back,
        note=_("Findings are read by the two offices, the homeroom teacher and the visitors only."),
        save=lambda: record_visit(student=student, visit=visit, by=request.user, **form.cleaned_data),
    )


@role_required(*OFFICE, "homeroom_teacher")
def visit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Plans a visit, or records one that was held."""
    student = get_object_or_404(children_for(request.user), pk=pk)
    return edit_visit(request, student, None, reverse("families:visit_list"))


@signed_in
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a visit found. Opening it is logged."""
    rows = HomeVisit.objects.visible_to(request.user).select_related("school_class", "by").prefetch_related("visitors")
    visit = get_object_or_404(with_children(rows), pk=pk)
    log_access(user=request.user, student=visit.student, fields=["home_visit"])
    return render(request, "families/visit_detail.html", {"visit": visit, "may_edit": may_edit(request.user, visit)})


def may_edit(user: User, visit: HomeVisit) -> bool:
    """Who entered a visit, a visitor, the homeroom teacher and the offices, until its findings are written."""
    return visit.state == HomeVisit.State.PLANNED and (
        user.has_role(*OFFICE)
        or visit.visitors.filter(pk__in=Staff.objects.of_user(user)).exists()
        or Student.objects.filter(homeroom_children(user), pk=visit.student_id).exists()
    )


@signed_in
def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned visit: another day, or what it found."""
    visit = get_object_or_404(with_children(HomeVisit.objects.visible_to(request.user)), pk=pk)
    if not may_edit(request.user, visit):
        raise PermissionDenied
    return edit_visit(request, visit.student, visit, reverse("families:visit_detail", args=[pk]))
