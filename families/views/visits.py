"""Visits to families: a class's plan of the year, and what each found (R043)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.forms import ListFilter, VisitForm
from families.models import HomeVisit
from families.rows import OFFICE
from families.services import record_visit
from families.views.care import CARERS, children_for
from families.views.common import classes_for
from school.access import role_required, signed_in
from school.models import SchoolClass, Staff, Student, Term, User
from school.models.calendar import school_year_of
from school.rows import homeroom_children, with_children
from school.services import log_access
from school.views.lists import Table, list_page
from web.editing import edit_row
from web.templatetags.components import CountTab


def year_days() -> tuple[Any, Any]:
    """First day of the school year and today's."""
    today = timezone.localdate()
    first = Term.objects.filter(school_year=school_year_of(today)).order_by("starts_on").first()
    return (first.starts_on if first else today.replace(month=1, day=1)), today


def leads_class(user: User) -> Any:
    """The classes whose plan of visits the person sees: the offices all, a homeroom teacher the own ones."""
    classes = classes_for(user)
    if user.has_role(*OFFICE):
        return classes
    return classes.filter(posts__staff__user=user, posts__role="homeroom_teacher").distinct()


@role_required(*CARERS)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits held and planned, of the children whom the person answers for or visited."""
    form = ListFilter(classes_for(request.user), request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    visible = HomeVisit.objects.visible_to(request.user)
    if data.get("q"):
        visible = visible.filter(student__in=Student.objects.search(data["q"]))
    if data.get("school_class"):
        visible = visible.filter(school_class=data["school_class"])
    tabs = [CountTab("", _("All"), visible.count())]
    tabs += [CountTab(state, label, visible.filter(state=state).count()) for state, label in HomeVisit.State.choices]
    state = request.GET.get("status", "")
    rows = visible.filter(state=state) if state else visible
    rows = with_children(rows.select_related("school_class").prefetch_related("visitors"))
    table = Table(
        _("Home visits"),
        [_("Child"), _("Class"), _("Day"), _("Way"), _("Visitors"), _("Status")],
        lambda v: (
            v.student.name,
            v.school_class,
            v.day,
            v.get_way_display(),
            "、".join(one.name for one in v.visitors.all()),
            v.get_state_display(),
        ),
        lambda v: reverse("families:visit_detail", args=[v.pk]),
        ["name", "visits"],
    )
    return list_page(request, "families/visit_list.html", table, rows, form=form, tabs=tabs)


@role_required(*OFFICE, "principal", "homeroom_teacher")
def visit_counts(request: HttpRequest) -> HttpResponse:
    """By class: how many children, how many visited this school year and this term; figures only."""
    first, today = year_days()
    term = Term.objects.current(today)
    done = Q(visits__state="done", visits__day__gte=first)
    classes = classes_for(request.user) if request.user.has_role(*OFFICE, "principal") else leads_class(request.user)
    members = (
        Student.objects.filter(class_memberships__school_class=OuterRef("pk"), class_memberships__ends_on__isnull=True)
        .order_by()
        .values("class_memberships__school_class")
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
    rows = classes.annotate(
        children=Subquery(members),
        visited=Count("visits__student", filter=done, distinct=True),
        in_term=Count(
            "visits", filter=Q(visits__state="done", visits__day__gte=term.starts_on if term else first), distinct=True
        ),
        ahead=Count("visits", filter=Q(visits__state="planned"), distinct=True),
    )
    rows = rows.order_by("-entry_year", "number")
    plans = set(leads_class(request.user).values_list("pk", flat=True))
    table = Table(
        _("Visits by class"),
        [_("Class"), _("Children"), _("Visited this year"), _("Visits this term"), _("Planned")],
        lambda c: (c, c.children or 0, c.visited, c.in_term, c.ahead),
        lambda c: reverse("families:visit_plan", args=[c.pk]) if c.pk in plans else "",
        ["visits"],
    )
    form = ListFilter(classes_for(request.user), request.GET)
    form.fields.clear()
    return list_page(request, "families/visit_counts.html", table, rows, form=form)


@role_required(*OFFICE, "homeroom_teacher")
def visit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A class's children: who has had a visit this school year, who has one planned, who still has none."""
    school_class = get_object_or_404(leads_class(request.user), pk=pk)
    first, today = year_days()
    visits = HomeVisit.objects.filter(student=OuterRef("pk"), day__gte=first)
    children = Student.objects.with_class(today).filter(class_id=school_class.pk)
    rows = children.annotate(
        last=Subquery(visits.filter(state="done").order_by("-day").values("day")[:1]),
        ahead=Subquery(visits.filter(state="planned").order_by("day").values("day")[:1]),
    )
    parts: dict[str, Any] = {
        "": rows.filter(last=None, ahead=None),
        "planned": rows.filter(last=None, ahead__isnull=False),
        "visited": rows.filter(last__isnull=False),
        "all": rows,
    }
    labels = {"": _("No visit this year"), "planned": _("Planned"), "visited": _("Visited"), "all": _("All")}
    tabs = [CountTab(key, labels[key], part.count()) for key, part in parts.items()]
    table = Table(
        _("Visits of %s") % school_class,
        [_("Child"), _("Last visit"), _("Planned")],
        lambda s: (s.name, s.last, s.ahead),
        lambda s: reverse("families:visit_add", args=[s.pk]),
        ["name", "visits"],
    )
    form = ListFilter(SchoolClass.objects.none(), request.GET)
    form.fields.pop("school_class")
    wanted = parts.get(request.GET.get("status", ""), parts[""])
    if form.is_valid() and form.cleaned_data["q"]:
        wanted = wanted.search(form.cleaned_data["q"])
    return list_page(request, "families/visit_plan.html", table, wanted, form=form, tabs=tabs)


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
        or visit.visitors.filter(user=user).exists()
        or Student.objects.filter(homeroom_children(user), pk=visit.student_id).exists()
    )


@signed_in
def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned visit: another day, or what it found."""
    visit = get_object_or_404(with_children(HomeVisit.objects.visible_to(request.user)), pk=pk)
    if not may_edit(request.user, visit):
        raise PermissionDenied
    return edit_visit(request, visit.student, visit, reverse("families:visit_detail", args=[pk]))
